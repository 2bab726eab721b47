// SPDX-License-Identifier: BSL-1.0
#include "containers/sound_layout.hpp"

#include "containers/formats.hpp"
#include "containers/tail.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace command {

namespace {

// The first 16 bytes of Wave64, a GUID.
constexpr std::array<unsigned char, 16> wave64_riff{'r',  'i',  'f',  'f',  0x2e, 0x91, 0xcf, 0x11,
                                                    0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0x00, 0x00};

struct opening {
    std::uint64_t bytes;
    sound_layout (*read)(byte_source&);
};

std::optional<opening> opening_of(std::span<const unsigned char> head)
{
    const auto begins = [&](std::string_view text) {
        return head.size() >= text.size() && std::equal(text.begin(), text.end(), head.begin());
    };
    if (head.size() >= wave64_riff.size() && std::equal(wave64_riff.begin(), wave64_riff.end(), head.begin()))
        return opening{wave64_riff.size(), read_wave64};
    if (begins("RIFF")) return opening{4, [](byte_source& source) { return read_riff(source, "RIFF"); }};
    if (begins("RIFX")) return opening{4, [](byte_source& source) { return read_riff(source, "RIFX"); }};
    if (begins("RF64")) return opening{4, [](byte_source& source) { return read_riff(source, "RF64"); }};
    if (begins("BW64")) return opening{4, [](byte_source& source) { return read_riff(source, "BW64"); }};
    if (begins("FORM")) return opening{4, read_aiff};
    if (begins("caff")) return opening{4, read_caf};
    if (begins("fLaC")) return opening{4, read_flac};
    return std::nullopt;
}

}   // namespace

void set_sample_rate(sound_layout& layout, double rate)
{
    constexpr double highest = 1e9;   // which is refused, as 0 is
    layout.sample_rate = rate >= 0.0 && rate < highest ? static_cast<int>(std::lround(rate)) : rate >= highest ? 1'000'000'000 : 0;
    constexpr double shown = 0.0005;
    if (rate > 0.0 && rate < highest && std::abs(rate - layout.sample_rate) >= shown)
        layout.assumptions.push_back("its sample rate of " + fixed(rate, 3) + " Hz is no whole number; it is taken as " +
                                     std::to_string(layout.sample_rate) + " Hz");
}

std::optional<sound_layout> read_layout(byte_source& source)
{
    const auto tag = id3v2_bytes(source.peek(10));   // which may stand in front of any kind of file
    if (tag > chunk_collection::most_in_tag) return std::nullopt;
    const auto ahead = source.peek(static_cast<std::size_t>(tag) + wave64_riff.size());
    const auto begin = std::min<std::size_t>(ahead.size(), static_cast<std::size_t>(tag));
    const auto found = opening_of(std::span{ahead}.subspan(begin));
    if (!found) return std::nullopt;   // MP3 begins with a tag, too
    source.move_to(tag + found->bytes);
    auto layout = found->read(source);
    layout.form_end += tag;
    if (tag > 0) layout.in_front.add_first({"id3 ", {ahead.begin(), ahead.begin() + static_cast<std::ptrdiff_t>(tag)}});
    return layout;
}

}   // namespace command
