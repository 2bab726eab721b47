// SPDX-License-Identifier: BSL-1.0
#include "reports/info_report.hpp"

#include "annotations/foreign_metadata.hpp"
#include "support/full_scale.hpp"
#include "support/number.hpp"
#include "support/padded.hpp"
#include "support/utf8.hpp"

#include <cmath>

namespace command {

namespace {

std::string name_of(const file_facts& facts)
{
    switch (facts.about.kind) {
        case file_kind::wav: return "WAV";
        case file_kind::rf64: return "RF64";
        case file_kind::bw64: return "BW64";
        case file_kind::wave64: return "Wave64";
        case file_kind::aiff: return "AIFF";
        case file_kind::aiff_c: return "AIFF-C";
        case file_kind::caf: return "CAF";
        case file_kind::flac: return "FLAC";
        case file_kind::other: break;
    }
    return facts.kind;
}

// `FLAC`, `WAV, IMA ADPCM`, `MPEG-1/2 Audio, MPEG Layer III`.
std::string full_name_of(const file_facts& facts)
{
    const bool is_told = facts.kind.empty() || facts.about.kind == file_kind::other;
    return is_told ? name_of(facts) : name_of(facts) + ", " + facts.kind;
}

// Where a decoder made the samples, the file does not hold them so.
std::string format_words(const file_facts& facts) { return (facts.kind.empty() ? "" : "read as ") + std::string{name(facts.about.format)}; }

double crest_db(const channel_levels& one) { return one.rms() > 0.0 ? 20.0 * std::log10(one.peak() / one.rms()) : 0.0; }

double seconds_at(const file_facts& facts, std::int64_t frame) { return double(frame) / facts.about.sample_rate; }

// A value over several lines stays under its name; what a terminal would take for a command does not reach it: the controls of ASCII, and
// those that UTF-8 writes as C2 80 to C2 9F.
std::string under(std::string_view value, std::size_t column)
{
    std::string text;
    for (const char c : value) {
        const bool is_upper_control = text.ends_with('\xC2') && static_cast<unsigned char>(c) < 0xA0;
        if (c == '\n') text += '\n' + std::string(column, ' ');
        else if (is_upper_control) text.back() = ' ';
        else if (c != '\r') text += c >= '\0' && c < ' ' ? ' ' : c == '\x7F' ? ' ' : c;
    }
    return text;
}

std::string line(const std::string& name, std::string_view value)
{
    constexpr std::size_t width = 22;
    return "  " + padded(under(name, 0), width - 2) + ' ' + under(value, width + 1) + '\n';
}

std::string words(const channel_levels& one)
{
    auto text = "peak " + dbfs_text(one.peak()) + " dBFS, true peak " + dbfs_text(one.true_peak()) + " dBTP, RMS " + dbfs_text(one.rms()) +
                " dBFS, crest " + fixed(crest_db(one), 2) + " dB, DC " + fixed(one.dc(), 6) + ", " + std::to_string(one.clipped().count()) +
                " clipped runs";
    if (one.clipped().count() > 0) text += ", the longest of " + std::to_string(one.clipped().longest()) + " samples";
    return text;
}

std::string words(const file_facts& facts, const marker& point)
{
    auto text = fixed(seconds_at(facts, point.frame), 3) + " s";
    if (point.frames > 0) text += " to " + fixed(seconds_at(facts, point.frame + point.frames), 3) + " s";
    if (!point.name.empty()) text += "  " + point.name;
    if (!point.note.empty()) text += "  (" + point.note + ')';
    return text;
}

json as_json(const channel_levels& one)
{
    return json::short_object({{"peak_dbfs", dbfs(one.peak())},
                               {"true_peak_dbtp", dbfs(one.true_peak())},
                               {"rms_dbfs", dbfs(one.rms())},
                               {"crest_db", crest_db(one)},
                               {"dc", one.dc()},
                               {"clipped_runs", double(one.clipped().count())},
                               {"longest_clipped_run", double(one.clipped().longest())}});
}

// Those, too, that will not be true of a processed sound.
std::vector<text_tag> all_tags(const file_facts& facts)
{
    auto all = facts.notes.tags;
    all.insert(all.end(), facts.notes.untrue.begin(), facts.notes.untrue.end());
    return all;
}

template <class Items, class Convert>
json list_of(const Items& items, const Convert& convert)
{
    std::vector<json> all;
    for (const auto& item : items) all.push_back(convert(item));
    return json::array(all);
}

}   // namespace

std::string words(const file_facts& facts)
{
    const auto& about = facts.about;
    auto text = facts.file.string() + ": " + full_name_of(facts) + ", " + std::to_string(about.sample_rate) + " Hz, " +
                std::to_string(about.channels) + (about.channels == 1 ? " channel, " : " channels, ") + format_words(facts) + ", " +
                fixed(seconds_at(facts, facts.frames), 3) + " s (" + std::to_string(facts.frames) + " frames)" +
                (facts.bytes ? ", " + std::to_string(*facts.bytes) + " bytes" : "") + '\n';
    for (const auto& fault : facts.faults) text += line("fault", fault);
    for (std::size_t i = 0; i < facts.levels.size(); ++i) text += line("channel " + std::to_string(i + 1), words(facts.levels[i]));
    text += line("playback curve", facts.curve ? *facts.curve + ", as the file says" : "none noted in the file");
    for (const auto& [name, value] : all_tags(facts)) text += line(name, value);
    for (const auto& point : facts.notes.markers) text += line("marker", words(facts, point));
    if (!facts.notes.pictures.empty()) text += line("pictures", std::to_string(facts.notes.pictures.size()));
    for (const auto& some : about.chunks) text += line(name_with_content(some), std::to_string(some.bytes.size()) + " bytes");
    return text;
}

json as_json(const file_facts& facts)
{
    const auto& about = facts.about;
    return json::object({
        {"file", facts.file.string()},
        {"container", name_of(facts)},
        {"bytes", facts.bytes ? json{double(*facts.bytes)} : json{}},
        {"sample_rate", double(about.sample_rate)},
        {"channels", double(about.channels)},
        {"format", name(about.format)},
        {"announced_frames", about.frames ? json{double(*about.frames)} : json{}},
        {"frames", double(facts.frames)},
        {"seconds", seconds_at(facts, facts.frames)},
        {"faults", list_of(facts.faults, [](const auto& fault) { return json{fault}; })},
        {"levels", list_of(facts.levels, [](const auto& one) { return as_json(one); })},
        {"playback_curve", facts.curve ? json{*facts.curve} : json{}},
        {"tags", list_of(all_tags(facts),
                         [](const auto& tag) {
                             return json::short_object({{"name", tag.name}, {"value", tag.value}});
                         })},
        {"markers", list_of(facts.notes.markers,
                            [&](const auto& point) {
                                return json::short_object({{"seconds", seconds_at(facts, point.frame)},
                                                           {"frame", double(point.frame)},
                                                           {"frames", double(point.frames)},
                                                           {"name", point.name},
                                                           {"note", point.note}});
                            })},
        {"pictures", double(facts.notes.pictures.size())},
        {"chunks", list_of(about.chunks,
                           [](const auto& some) {
                               return json::short_object({{"id", as_utf8(name_with_content(some))}, {"bytes", double(some.bytes.size())}});
                           })},
    });
}

}   // namespace command
