// SPDX-License-Identifier: BSL-1.0
#include "netlists/read_netlist.hpp"

#include "support/failures.hpp"
#include "support/one_line.hpp"
#include "support/suggestion.hpp"
#include "support/utf8.hpp"
#include "support/warning.hpp"

#include <phono/netlist/flat_card.hpp>
#include <phono/netlist/number.hpp>
#include <phono/netlist/right_spelling.hpp>
#include <phono/netlist/value_units.hpp>
#include <phono/print.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace command {

namespace {

char upper(char letter) { return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter; }

// How a doubtful value is to be written, if that is clear.
std::string as_written(std::string_view value) { return value.empty() ? std::string{} : "; write " + std::string{value}; }

// `R5=51k`, the value read as in the netlist.
phono::netlist_setting setting_of(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string_view::npos || equals + 1 == text.size())
        throw failure{"--set '" + std::string{text} + "': give a part of the netlist and its value, as R5=51k"};
    const auto word = text.substr(equals + 1);
    const auto value = phono::detail::number_of(word);
    if (value.mistake != phono::detail::number_mistake::none)
        throw failure{"--set " + std::string{text} + ": " + std::string{word} + ' ' + std::string{phono::detail::rule_for(value.mistake)} +
                      as_written(phono::detail::right_spelling{word}.text())};
    const auto part = text.substr(0, equals);
    const auto own = part.substr(part.rfind('.') + 1);
    const auto quantity = own.empty() ? ' ' : upper(own.front());
    const bool is_farad =
        value.unit.empty() && (value.suffix == "F" || value.suffix == "f");   // 10F: femto, which only a capacitor may have
    const auto unit = is_farad && quantity != 'C' ? value.suffix : value.unit;
    if (std::string_view{"RCLVI"}.find(quantity) != std::string_view::npos && !unit.empty() &&
        phono::detail::quantity_of_unit(unit) != quantity)
        throw failure{"--set " + std::string{text} + ": " + std::string{unit} + " is no unit of " + std::string{part} + ", which has " +
                      phono::detail::unit_of(quantity)};
    if (quantity == 'R' && (value.suffix == "M" || value.suffix == "m"))
        warn_once("--set " + std::string{text} + ": as in a netlist, M is milli; a million is Meg");
    return {part, value.value};
}

// What is wrong in one line, where and with which word first.
std::string mistaken(const netlist_text& source, const phono::netlist_problem& found, const std::string& near)
{
    auto text = source.place(found.line) + ": ";
    if (!found.part.empty() && found.part != found.word) text += found.part + ": ";
    if (!found.word.empty()) text += '\'' + found.word + "': ";
    text += found.rule;
    if (found.nodes > 0) text += "; here it has " + std::to_string(found.nodes);
    const bool asks_for_output = found.rule == phono::detail::sentence_of(phono::detail::mistake_kind::no_output);
    if (asks_for_output) return in_one_line(text + "; give it by --output" + (found.nearest.empty() ? "" : ": " + found.nearest));
    const bool is_value = found.nearest == phono::detail::right_spelling{found.word}.text();
    text += found.nearest.empty() ? near : is_value ? as_written(found.nearest) : "; nearest: " + found.nearest;
    return in_one_line(text);
}

// The names near to one that the command line gives and the netlist has not: of its parts, or of its nodes.
std::string near_names(const netlist_text& source, const netlist_argument& given, const std::string& word)
{
    const bool is_part =
        std::any_of(given.settings.begin(), given.settings.end(), [&](const auto& setting) { return setting.starts_with(word + '='); });
    if (word.empty() || (!is_part && word != given.input && word != given.output)) return {};
    const phono::netlist_reading reading{source.text(),
                                         {.input = is_part ? std::string_view{given.input} : std::string_view{},
                                          .output = is_part ? std::string_view{given.output} : std::string_view{}}};
    std::vector<std::string_view> names;
    for (const auto& part : reading.parts())
        if (is_part) names.push_back(part.name);
    for (const auto& name : reading.nodes())
        if (!is_part && !name.empty()) names.push_back(name);
    return names.empty() ? std::string{} : "; " + nearest(word, names);
}

// The same of all that was found.
failures all_mistakes(const netlist_text& source, const netlist_argument& given, const phono::netlist_reading& reading)
{
    std::vector<std::string> lines;
    const auto asks = [](const auto& found) {   // for what a library may have
        using enum phono::detail::mistake_kind;
        const auto kinds = {unknown_subcircuit, unknown_model, unknown_parameter, unknown_function};
        return std::any_of(kinds.begin(), kinds.end(), [&](auto kind) { return found.rule == phono::detail::sentence_of(kind); });
    };
    const auto problems = reading.problems();
    for (const auto& [line, name] : source.missing())
        if (std::any_of(problems.begin(), problems.end(), asks))
            lines.push_back(in_one_line(source.place(line) + ": .lib " + name + ": " + source.where_missing()));
    for (const auto& found : problems)
        lines.push_back(mistaken(source, found, found.line == 0 ? near_names(source, given, found.word) : std::string{}));
    return failures{std::move(lines)};
}

// As people write a title, without the star of a comment or KiCad's command.
std::string_view without_marks(std::string_view title)
{
    for (const std::string_view mark : {".title", ".TITLE", "*"})
        if (title.starts_with(mark)) title.remove_prefix(mark.size());
    const auto first = title.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{} : title.substr(first);
}

std::string title_of(const phono::netlist_reading& reading, const std::string& file)
{
    constexpr std::size_t most = 120;   // bytes
    std::string words{without_marks(reading.title())};
    std::replace_if(
        words.begin(), words.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7F; }, ' ');
    auto title = shortened(words, most);
    return title.empty() ? file : title;
}

// FNV-1a of 32 bits, in hexadecimal digits.
std::string checksum_of(std::string_view text)
{
    std::uint32_t sum = 2166136261U;
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619U;
    std::string digits;
    for (int shift = 28; shift >= 0; shift -= 4) digits += "0123456789abcdef"[sum >> shift & 15U];
    return digits;
}

}   // namespace

std::string read_netlist::words() const
{
    auto text = "netlist " + std::filesystem::path{asked.file}.filename().string() + " (" + checksum_of(source.text()) + ')';
    if (!asked.input.empty()) text += " from " + asked.input;
    if (!asked.output.empty()) text += " to " + asked.output;
    for (const auto& setting : asked.settings) text += ", " + setting;
    return in_one_line(text);
}

std::string read_netlist::told(const phono::netlist_note& note) const { return source.place(note.line) + ": " + note.text; }

std::string read_netlist::told(phono::fault found) const
{
    found.block = -1;   // of which a netlist has one
    return in_one_line(place_of(found.part) + ": " + phono::to_string(found));
}

std::string read_netlist::place_of(std::string_view part) const
{
    for (const auto& device : reading.devices())
        if (device.name == part) return source.place(device.line);
    for (const auto& known : reading.parts())
        if (known.name == part) return source.place(known.line);
    return source.place(0);
}

std::vector<phono::netlist_note> read_netlist::notes() const
{
    std::vector<phono::netlist_note> all;
    for (const auto& [line, name] : source.missing())
        all.push_back(
            {line, {}, ".lib " + name + ": this file is not there; what the netlist asks for it has itself, or the catalogue", true});
    all.insert(all.end(), reading.notes().begin(), reading.notes().end());
    return all;
}

std::vector<std::string> read_netlist::names_of(phono::netlist_device::device_kind kind) const
{
    std::vector<std::string> names;
    for (const auto& device : reading.devices())
        if (device.kind == kind) names.push_back(device.name);
    return names;
}

std::vector<std::string> read_netlist::noiseless() const
{
    std::vector<std::string> names;
    const auto& flat = reading.flat();
    const auto of_catalogue = names_of(phono::netlist_device::amplifier);
    for (int i = 0; i < flat.part_count; ++i) {
        const auto& part = flat.parts[i];
        if (std::find(of_catalogue.begin(), of_catalogue.end(), part.name) != of_catalogue.end()) continue;
        if (part.kind != phono::part_kind::amplifier && part.kind != phono::part_kind::transconductance) continue;
        std::string name = part.name;
        const auto dot = name.rfind('.');
        const char letter = name[dot == std::string::npos ? 0 : dot + 1];
        const bool is_inner = dot != std::string::npos && (name.front() == 'X' || name.front() == 'x');   // op_amp.gain is the library's
        if (std::string_view{"EGBegb"}.find(letter) == std::string_view::npos || (dot != std::string::npos && !is_inner)) continue;
        if (dot != std::string::npos) name.erase(dot);
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

const read_netlist& read_netlist_of(const netlist_argument& given)
{
    static std::deque<read_netlist> all;   // one thread reads the command line
    for (const auto& known : all)
        if (known.asked == given) return known;
    netlist_text source{given.file};
    std::vector<phono::netlist_setting> settings;
    for (const auto& text : given.settings) settings.push_back(setting_of(text));
    phono::netlist_reading reading{source.text(), {.input = given.input, .output = given.output, .settings = settings}};
    if (reading.problem()) throw all_mistakes(source, given, reading);
    const auto title = title_of(reading, given.file);
    all.push_back({given, std::move(source), std::move(reading), title});
    return all.back();
}

}   // namespace command
