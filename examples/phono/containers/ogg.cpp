// SPDX-License-Identifier: BSL-1.0
#include "containers/ogg.hpp"

#include "containers/extent.hpp"
#include "containers/tail.hpp"
#include "support/bytes.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

namespace command {

namespace {

constexpr std::string_view capture = "OggS";
constexpr std::size_t head_bytes = 27, checksum_at = 22;
constexpr std::size_t longest_page = head_bytes + 255 + 255 * 255;

struct page {
    std::uint64_t begin{}, end{};   ///< in bytes from the file's beginning
    bool first{}, last{};           ///< of its stream
    std::uint64_t granule{};        ///< frames of sound up to its end; all bits where it ends no packet
    std::uint64_t serial{}, sequence{};
    double rate{};   ///< Hz, of a first page that tells it
};

// RFC 3533, 6: polynomial 0x04c11db7, from the highest bit, begun with 0 and not inverted.
constexpr auto checksum_table = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        auto value = i << 24;
        for (int bit = 0; bit < 8; ++bit) value = value << 1 ^ ((value >> 31) * 0x04c1'1db7u);
        table[i] = value;
    }
    return table;
}();

std::uint32_t checksum(std::span<const unsigned char> bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const bool own = i >= checksum_at && i < checksum_at + 4;   // counts as 0
        value = value << 8 ^ checksum_table[value >> 24 ^ (own ? 0u : bytes[i])];
    }
    return value;
}

// The rate in which the positions of Vorbis and Opus are counted, which the first packet tells.
double rate_of(std::span<const unsigned char> packet)
{
    const auto begins = [&](std::string_view text) { return packet.size() >= 16 && std::equal(text.begin(), text.end(), packet.begin()); };
    if (begins("OpusHead")) return 48'000.0;
    if (begins("\x01vorbis")) return double(number(packet.subspan(12, 4), std::endian::little));
    return 0.0;
}

// A page that begins there, is whole and has its checksum.
std::optional<page> page_in(std::span<const unsigned char> bytes, std::uint64_t begin)
{
    if (bytes.size() < head_bytes || !std::equal(capture.begin(), capture.end(), bytes.begin())) return std::nullopt;
    const std::size_t segments = bytes[26];
    if (bytes.size() < head_bytes + segments) return std::nullopt;
    const auto lengths = bytes.subspan(head_bytes, segments);
    const auto size = std::accumulate(lengths.begin(), lengths.end(), head_bytes + segments);
    if (bytes.size() < size) return std::nullopt;
    const auto value = [&](std::size_t at, std::size_t width) { return number(bytes.subspan(at, width), std::endian::little); };
    if (checksum(bytes.first(size)) != value(checksum_at, 4)) return std::nullopt;
    page found{begin, begin + size, (bytes[5] & 2) != 0, (bytes[5] & 4) != 0, value(6, 8), value(14, 4), value(18, 4)};
    if (found.first) found.rate = rate_of(bytes.first(size).subspan(head_bytes + segments));
    return found;
}

// The pages of a file, one after the other, with whatever stands between them passed over.
class pages {
public:
    explicit pages(byte_source& file) : file_{file} {}

    std::optional<page> next()
    {
        for (;;) {
            if (bytes_.size() - at_ < longest_page && !ended_) refill();
            const auto found = std::search(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), bytes_.end(), capture.begin(), capture.end());
            at_ = static_cast<std::size_t>(found - bytes_.begin());
            if (found == bytes_.end()) {
                if (ended_) return std::nullopt;
                at_ -= std::min(at_, capture.size() - 1);   // it may lie across
                continue;
            }
            if (bytes_.size() - at_ < longest_page && !ended_) continue;
            if (auto one = page_in(std::span{bytes_}.subspan(at_), begin_ + at_)) {
                at_ += static_cast<std::size_t>(one->end - one->begin);
                return one;
            }
            ++at_;
        }
    }

private:
    void refill()
    {
        constexpr std::size_t step = std::size_t{1} << 18;
        bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at_));
        begin_ += at_;
        at_ = 0;
        file_.move_to(begin_ + bytes_.size());
        const auto more = file_.take(step);
        ended_ = more.size() < step;
        bytes_.insert(bytes_.end(), more.begin(), more.end());
    }

    byte_source& file_;
    std::vector<unsigned char> bytes_;
    std::uint64_t begin_ = 0;   ///< of these bytes
    std::size_t at_ = 0;        ///< in these bytes
    bool ended_ = false;
};

// Streams one behind the other, each with what was wrong in it.
struct stream {
    page begin{}, end{};
    std::uint64_t pages = 0, granule = 0;
    std::uint64_t holes = 0, hole_at = 0;   ///< how many; where the first is, as a granule

    [[nodiscard]] std::string time(std::uint64_t at) const
    {
        return begin.rate > 0.0 ? time_words(double(at) / begin.rate) : "an unknown time";
    }
};

}   // namespace

std::optional<decoder_input> examine_ogg(byte_source& file)
{
    constexpr std::uint64_t no_granule = ~std::uint64_t{0};
    file.move_to(0);
    if (const auto first = file.take(capture.size()); !std::equal(first.begin(), first.end(), capture.begin(), capture.end()))
        return std::nullopt;
    constexpr std::size_t page_head = 28;   // with one segment, as every first page has
    constexpr std::string_view of_flac =
        "\x7f"
        "FLAC";
    file.move_to(page_head);
    if (const auto packet = file.take(of_flac.size());
        std::equal(of_flac.begin(), of_flac.end(), packet.begin(), packet.end(),
                   [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; }))
        throw failure{file.name() + ": holds FLAC in Ogg, which phono does not read; decode it first, by flac -d --ogg"};
    auto all = all_of(file);
    std::vector<stream> streams;
    bool interleaved = false;
    const auto tags = tags_at_end(file, 0);
    const auto end = tags.empty() ? *file.size() : tags.front().begin;
    std::uint64_t walked = 0, others = 0, first_other = 0;   // up to where; bytes of no page, and where the first of them stand
    const auto pass_over = [&](std::uint64_t next) {
        if (next > walked && others == 0) first_other = walked;
        others += next - std::min(next, walked);
    };
    pages walk{file};
    while (const auto next = walk.next()) {
        pass_over(next->begin);
        walked = next->end;
        const bool other = streams.empty() || next->serial != streams.back().begin.serial;
        // First pages of streams that run side by side stand together.
        if (!streams.empty() && ((other && !next->first) || (other && streams.back().pages == 1))) {
            interleaved = true;
            continue;
        }
        if (streams.empty() || next->first) {
            streams.push_back({*next, *next});
        } else if (auto& now = streams.back(); next->sequence != (now.end.sequence + 1) % (std::uint64_t{1} << 32)) {
            if (now.holes++ == 0) now.hole_at = now.granule;
        }
        auto& now = streams.back();
        ++now.pages;
        now.end = *next;
        if (next->granule != no_granule) now.granule = next->granule;
    }
    if (streams.empty()) return all;   // not one page is whole: the decoder will say so
    if (!is_padding(file, walked, end)) pass_over(end);
    const auto& first = streams.front();
    if (interleaved)
        all.faults.push_back({"holds several Ogg streams at once",
                              "add --recover to take the first that can be decoded, or " + convert_first(file),
                              "the first that can be decoded was taken"});
    if (streams.size() > 1) {
        std::uint64_t further = 0;
        for (std::size_t i = 1; i < streams.size(); ++i) further += streams[i].granule;
        all.faults.push_back({"holds " + std::to_string(streams.size()) + " Ogg streams one behind the other: the first has " +
                                  first.time(first.granule) + ", the others " + streams[1].time(further),
                              "add --recover to take the first, or " + convert_first(file), "the first was taken"});
        all.parts.front().end = streams[1].begin.begin;
    }
    if (first.holes > 0)
        all.faults.push_back({"damaged at " + first.time(first.hole_at) +
                                  (first.holes > 1 ? " and at " + std::to_string(first.holes - 1) + " more places" : "") +
                                  ": pages of its Ogg stream are missing or differ from their checksum",
                              copy_or_recover, "what is damaged was left out"});
    if (!interleaved && !first.end.last)
        all.faults.push_back({"truncated: the last page of its Ogg stream is missing; " + first.time(first.granule) + " are there",
                              copy_or_recover, "all that is there was taken"});
    // What is damaged or cut is no page, either, and has been told.
    if (others > 0 && all.faults.empty())
        all.faults.push_back({"holds " + std::to_string(others) + " bytes that are no pages of its Ogg stream, the first of them behind " +
                                  std::to_string(first_other) + " bytes",
                              "add --recover to leave them out, or " + convert_first(file), "they were left out"});
    return all;
}

}   // namespace command
