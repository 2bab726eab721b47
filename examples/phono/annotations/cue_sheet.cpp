// SPDX-License-Identifier: BSL-1.0
#include "annotations/cue_sheet.hpp"

#include "annotations/container_families.hpp"

#include <algorithm>

namespace command {

namespace {

constexpr auto big = std::endian::big;
constexpr std::size_t catalogue_bytes = 128;
constexpr std::size_t flags = catalogue_bytes + 8;   // behind the lead-in
constexpr std::size_t track_count = flags + 1 + 258;
constexpr std::size_t track_bytes = 36;
constexpr std::size_t index_bytes = 12;
constexpr unsigned char is_cd = 0x80;
constexpr std::uint64_t lead_out = 255;   // of a sheet that is not a CD's
constexpr std::uint64_t lead_out_of_cd = 170;

// A track's place in the block, those of its index points behind it.
struct track {
    std::size_t at;
    std::uint64_t offset, number, points;
    std::size_t point(std::size_t i) const { return at + track_bytes + i * index_bytes; }
};

std::vector<track> tracks_of(const byte_string& block)
{
    std::vector<track> tracks;
    byte_reader read{block, big};
    read.skip(track_count);
    for (auto count = read.number(1); count > 0; --count) {
        track next{read.position(), read.number(8), read.number(1), 0};
        read.skip(track_bytes - 10);
        next.points = read.number(1);
        read.skip(next.points * index_bytes);
        if (!read.good()) break;
        tracks.push_back(next);
    }
    return tracks;
}

bool is_of_cd(const byte_string& block) { return block.size() > flags && (block[flags] & is_cd) != 0; }

// Frames as they are computed with: the sum of two of them is no overflow.
std::int64_t frames_of(std::uint64_t number) { return static_cast<std::int64_t>(number & 0x3FFF'FFFF'FFFF'FFFF); }

void write_track(byte_writer& write, std::uint64_t offset, std::uint64_t number, bool has_point)
{
    write.number(offset, 8).number(number, 1).field("", 12 + 14).number(has_point ? 1 : 0, 1);
    if (has_point) write.number(0, 8).number(1, 1).field("", 3);
}

}   // namespace

std::vector<marker> markers_of_cue_sheet(const byte_string& block)
{
    std::vector<marker> markers;
    for (const auto& some : tracks_of(block)) {
        if (some.number == (is_of_cd(block) ? lead_out_of_cd : lead_out)) continue;
        // The track begins at its index 1; an index 0 is the pause before it.
        std::uint64_t into = 0;
        for (std::size_t i = 0; i < some.points; ++i)
            if (number_at(block, some.point(i) + 8, 1, big) == 1) into = number_at(block, some.point(i), 8, big);
        auto& point = markers.emplace_back();
        point.id = static_cast<std::uint32_t>(some.number);
        point.frame = frames_of(some.offset) + frames_of(into);
        point.name = "Track " + std::to_string(some.number);
    }
    return markers;
}

std::vector<std::string> beside_markers(const byte_string& block)
{
    constexpr std::size_t isrc = 9;   // in a track
    constexpr std::size_t isrc_bytes = 12;
    constexpr unsigned char has_pre_emphasis = 0x40;
    std::vector<std::string> words;
    const auto holds = [&](std::size_t at, std::size_t width) {
        byte_reader read{block, big};
        read.skip(at);
        return !until_zero(read.text(width)).empty();
    };
    if (holds(0, catalogue_bytes)) add_once(words, "the cue sheet's catalogue number");
    for (const auto& some : tracks_of(block)) {
        if (holds(some.at + isrc, isrc_bytes)) add_once(words, "the cue sheet's ISRC");
        if ((block[some.at + isrc + isrc_bytes] & has_pre_emphasis) != 0) add_once(words, "the cue sheet's pre-emphasis");
        for (std::size_t i = 0; i < some.points; ++i)
            if (number_at(block, some.point(i) + 8, 1, big) != 1) add_once(words, "the cue sheet's further index points");
    }
    return words;
}

std::optional<byte_string> cue_sheet_of(std::vector<marker> markers, std::optional<std::int64_t> frames)
{
    constexpr std::size_t most = 254;
    if (markers.empty() || markers.size() > most || !frames) return std::nullopt;
    std::stable_sort(markers.begin(), markers.end(), [](const marker& a, const marker& b) { return a.frame < b.frame; });
    byte_writer write{big};
    write.field("", track_count).number(markers.size() + 1, 1);
    std::uint64_t number = 0;
    for (const auto& point : markers) {
        ++number;
        write_track(write, static_cast<std::uint64_t>(std::max<std::int64_t>(point.frame, 0)), number, true);
    }
    write_track(write, static_cast<std::uint64_t>(*frames), lead_out, false);
    return write.written();
}

void move_cue_sheet(byte_string& block, const displacement& by)
{
    const bool of_cd = is_of_cd(block);
    const auto store = [&](std::size_t at, std::int64_t frame) {
        put(block, at, static_cast<std::uint64_t>(std::max<std::int64_t>(frame, 0)), 8, big);
    };
    for (const auto& some : tracks_of(block)) {
        const auto begin = frames_of(some.offset);
        const bool is_lead_out = some.number == (of_cd ? lead_out_of_cd : lead_out);
        for (std::size_t i = 0; i < some.points; ++i)
            store(some.point(i), by(begin + frames_of(number_at(block, some.point(i), 8, big))) - by(begin));
        store(some.at, is_lead_out && by.frames ? *by.frames : by(begin));
        if (of_cd && is_lead_out) put(block, some.at + 8, lead_out, 1, big);
    }
    if (of_cd) block[flags] = static_cast<unsigned char>(block[flags] & ~is_cd);
}

}   // namespace command
