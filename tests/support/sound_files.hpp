// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Sound files byte by byte, by their formats' specifications, so that tests can state the right value and make a wrong one.
namespace sound_files {

using std::string;

inline string little(std::uint64_t value, int bytes)
{
    string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 0xff);
    return text;
}

inline string big(std::uint64_t value, int bytes)
{
    string text;
    for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> 8 * i & 0xff);
    return text;
}

/// How a kind of file writes a chunk.
struct grammar {
    int size_bytes;
    bool big_endian;
    std::size_t padding;   ///< to a multiple of it
    bool guid;             ///< Wave64: the rest of the GUID, and sizes with the head

    [[nodiscard]] string size(std::uint64_t value) const { return big_endian ? big(value, size_bytes) : little(value, size_bytes); }

    [[nodiscard]] string head(const string& id, std::uint64_t content) const
    {
        return guid ? id + string{"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a", 12} + size(content + 24) : id + size(content);
    }

    [[nodiscard]] string chunk(const string& id, const string& content) const
    {
        return head(id, content.size()) + content + string((padding - content.size() % padding) % padding, '\0');
    }
};

inline constexpr grammar riff{4, false, 2, false}, iff{4, true, 2, false}, wave64{8, false, 8, true}, caf{8, true, 1, false};

/// A file as its chunks; what stands in front of them is made when it is put together.
struct file {
    string kind;   ///< wav, rf64, bw64, w64, aiff, aifc, caf
    grammar with;
    std::vector<string> chunks{};   ///< with head and padding
    std::size_t sound = 0;          ///< which of them
    std::size_t in_front = 0;       ///< bytes between its head and the samples
    std::size_t frame = 4;          ///< bytes

    /// The bytes between a chunk's beginning and its size.
    [[nodiscard]] std::size_t size_at() const { return with.guid ? 16 : 4; }
    [[nodiscard]] std::size_t head_bytes() const { return size_at() + static_cast<std::size_t>(with.size_bytes); }

    [[nodiscard]] string bytes() const
    {
        string all;
        for (const auto& one : chunks) all += one;
        if (kind == "caf") return "caff" + big(1, 2) + big(0, 2) + all;
        if (kind == "w64")
            return string{"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", 16} + little(all.size() + 40, 8) + "wave" +
                   string{"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a", 12} + all;
        if (kind == "aiff") return "FORM" + big(all.size() + 4, 4) + "AIFF" + all;
        if (kind == "aifc") return "FORM" + big(all.size() + 4, 4) + "AIFC" + all;
        const bool is_long = kind != "wav";
        return (kind == "wav"    ? "RIFF"
                : kind == "rf64" ? "RF64"
                                 : "BW64") +
               little(is_long ? 0xffff'ffff : all.size() + 4, 4) + "WAVE" + all;
    }

    /// Bytes from the file's beginning to the sound's chunk.
    [[nodiscard]] std::size_t sound_at() const
    {
        std::size_t at = kind == "caf" ? 8 : kind == "w64" ? 40 : 12;
        for (std::size_t i = 0; i < sound; ++i) at += chunks[i].size();
        return at;
    }
    [[nodiscard]] std::size_t samples_at() const { return sound_at() + head_bytes() + in_front; }
};

/// WAVEFORMAT or, with a mask, WAVEFORMATEXTENSIBLE.
inline string wave_format(int tag, int channels, int rate, int bytes, int bits, int valid = 0, std::uint32_t mask = 0)
{
    const auto block = static_cast<std::uint64_t>(channels * bytes);
    const auto fields = [&](int first) {
        return little(static_cast<std::uint64_t>(first), 2) + little(static_cast<std::uint64_t>(channels), 2) +
               little(static_cast<std::uint64_t>(rate), 4) + little(block * static_cast<std::uint64_t>(rate), 4) + little(block, 2) +
               little(static_cast<std::uint64_t>(bits), 2);
    };
    if (valid == 0) return fields(tag);
    return fields(0xfffe) + little(22, 2) + little(static_cast<std::uint64_t>(valid), 2) + little(mask, 4) +
           little(static_cast<std::uint64_t>(tag), 2) + string{"\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14};
}

/// WAV, or RF64, BW64, Wave64 with the same format chunk.
inline file wave(const string& kind, const string& format, const string& samples, std::size_t frame)
{
    file made{kind, kind == "w64" ? wave64 : riff};
    made.frame = frame;
    if (kind == "rf64" || kind == "bw64")
        made.chunks.push_back(riff.chunk(
            "ds64", little(samples.size() + 72, 8) + little(samples.size(), 8) + little(samples.size() / frame, 8) + little(0, 4)));
    made.chunks.push_back(made.with.chunk("fmt ", format));
    made.sound = made.chunks.size();
    auto data = made.with.chunk("data", samples);
    if (kind == "rf64" || kind == "bw64") data.replace(4, 4, little(0xffff'ffff, 4));
    made.chunks.push_back(data);
    return made;
}

/// 80 bits, of a whole number.
inline string extended(std::uint32_t value)
{
    const int leading = 31 - std::countl_zero(value);
    return big(static_cast<std::uint64_t>(16'383 + leading), 2) + big(std::uint64_t{value} << (63 - leading), 8);
}

/// AIFF without a compression type, else AIFF-C.
inline file aiff(const string& type, int channels, std::uint32_t rate, int bits, const string& samples, std::size_t frame)
{
    file made{type.empty() ? "aiff" : "aifc", iff};
    made.frame = frame;
    made.in_front = 8;
    auto common = big(static_cast<std::uint64_t>(channels), 2) + big(samples.size() / frame, 4) + big(static_cast<std::uint64_t>(bits), 2) +
                  extended(rate);
    if (!type.empty()) {
        made.chunks.push_back(iff.chunk("FVER", big(0xa280'5140, 4)));
        common += type + string{"\x00\x00", 2};
    }
    made.chunks.push_back(iff.chunk("COMM", common));
    made.sound = made.chunks.size();
    made.chunks.push_back(iff.chunk("SSND", big(0, 8) + samples));
    return made;
}

/// CAF; the flags are 1 for floating point and 2 for little-endian.
inline file caf_file(int flags, int channels, double rate, int bits, const string& samples, std::size_t frame)
{
    file made{"caf", caf};
    made.frame = frame;
    made.in_front = 4;
    made.chunks.push_back(caf.chunk("desc", big(std::bit_cast<std::uint64_t>(rate), 8) + "lpcm" +
                                                big(static_cast<std::uint64_t>(flags), 4) + big(frame, 4) + big(1, 4) +
                                                big(static_cast<std::uint64_t>(channels), 4) + big(static_cast<std::uint64_t>(bits), 4)));
    made.sound = 1;
    made.chunks.push_back(caf.chunk("data", big(0, 4) + samples));
    return made;
}

/// Frames of two channels of 16 bits, no byte of which is 0, so that none is taken for padding.
inline string samples_16(std::size_t frames)
{
    string bytes;
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < 4 * frames; ++i) {
        state = state * 1'664'525 + 1'013'904'223;
        bytes += static_cast<char>(1 + state % 4294967291u / 16843010u % 255);
    }
    return bytes;
}

inline constexpr std::array kinds{"wav", "rf64", "bw64", "w64", "aiff", "aifc", "caf"};

/// Two channels of 16 bits at 44.1 kHz in each kind of file; AIFF-C as `sowt`.
inline file of_kind(const string& kind, const string& samples)
{
    if (kind == "aiff") return aiff("", 2, 44'100, 16, samples, 4);
    if (kind == "aifc") return aiff("sowt", 2, 44'100, 16, samples, 4);
    if (kind == "caf") return caf_file(2, 2, 44'100.0, 16, samples, 4);
    return wave(kind, wave_format(1, 2, 44'100, 2, 16), samples, 4);
}

}   // namespace sound_files
