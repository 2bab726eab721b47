// SPDX-License-Identifier: BSL-1.0
#include "arguments/curve_argument.hpp"
#include "subcommands/subcommands.hpp"
#include "support/number.hpp"
#include "support/origin_notes.hpp"
#include "support/padded.hpp"

#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/labels.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/rivals.hpp>
#include <phono/catalogue/sheet_points.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

struct entry {
    std::string name, detail, title;
    std::vector<std::string> notes;   // where its figures come from, and what else is said of it
};

void print(std::string_view heading, const std::vector<entry>& entries, bool sources)
{
    std::size_t name_width = 0;
    std::size_t detail_width = 0;
    for (const auto& e : entries) {
        name_width = std::max(name_width, e.name.size());
        detail_width = std::max(detail_width, e.detail.size());
    }
    std::cout << heading << '\n';
    for (const auto& e : entries) {
        std::cout << "  " << padded(e.name, name_width + 2);
        if (detail_width > 0) std::cout << padded(e.detail, detail_width + 2);
        std::cout << e.title << '\n';
        if (!sources) continue;
        for (const auto& note : e.notes) std::cout << std::string(name_width + 4, ' ') << note << '\n';
    }
}

template <class Value>
entry entry_of(const phono::catalogue::entry<Value>& item)
{
    return {std::string{item.name}, {}, std::string{item.title}, origin_notes(item)};
}

// What other sources say, and how much it matters.
void add_rivals(entry& to, const phono::catalogue::entry<phono::curve>& curve)
{
    for (const auto& rival : phono::catalogue::rivals) {
        if (rival.of != curve.name) continue;
        const auto gap = phono::catalogue::gap_between(curve.value, rival.other);
        to.notes.push_back("elsewhere: " + std::string{rival.title} + ", " + signed_fixed(gap.difference.decibels, 2) + " dB at " +
                           brief(gap.at.si) + " Hz, " + std::string{rival.source});
    }
    for (const auto& alias : phono::catalogue::curve_aliases)
        if (alias.of == curve.name) to.title += ", also " + std::string{alias.name};
}

std::vector<entry> curves()
{
    std::vector<entry> entries;
    for (const auto& curve : phono::catalogue::curves) {
        entries.push_back(entry_of(curve));
        entries.back().detail = time_constants(curve.value);
        add_rivals(entries.back(), curve);
    }
    return entries;
}

std::vector<entry> labels()
{
    std::vector<entry> entries;
    for (const auto& row : phono::catalogue::labels) {
        const auto years = std::to_string(row.first) + '-' + std::to_string(row.last) + (row.rpm == 0 ? "" : " " + std::to_string(row.rpm));
        std::vector<std::string> notes{std::string{row.source}};
        for (const auto& origin : row.origins)
            if (origin.how != phono::catalogue::standing::said)
                notes.push_back(std::string{origin.figures} + ": " + std::string{word(origin.how)} + ", " + std::string{origin.source});
        entries.push_back({std::string{row.names.substr(0, row.names.find('|'))}, years, std::string{row.curve_name}, notes});
    }
    return entries;
}

// `for_each` visits a part of the catalogue.
std::vector<entry> entries_of(const auto& for_each)
{
    std::vector<entry> entries;
    for_each([&](const auto& item) { entries.push_back(entry_of(item)); });
    return entries;
}

std::vector<entry> preamps()
{
    return entries_of([](const auto& visit) { phono::catalogue::for_each_preamp(visit); });
}

std::vector<entry> tube_preamps()
{
    return entries_of([](const auto& visit) { phono::catalogue::for_each_tube_preamp(visit); });
}

// The output in its maker's words, and what the library makes of them.
std::string convention_of(const phono::stated_output& stated)
{
    using phono::groove_cut, phono::velocity_amplitude;
    const auto amplitude = stated.amplitude == velocity_amplitude::peak  ? " peak"
                           : stated.amplitude == velocity_amplitude::rms ? " RMS"
                                                                         : ", RMS or peak not stated";
    const auto cut = stated.cut == groove_cut::lateral    ? ", cut sideways"
                     : stated.cut == groove_cut::one_wall ? ", of one groove wall"
                                                          : ", of one wall or sideways not stated";
    const auto converted = stated.at_5_cm_s(), most = stated.at_most();
    return "stated: " + value_text(stated.level) + " at " + brief(100.0 * stated.at.si) + " cm/s" + amplitude + cut +
           "; at 5 cm/s RMS of one wall " + value_text(converted) + (most > converted ? " to " + value_text(most) : std::string{});
}

std::vector<entry> cartridges()
{
    std::vector<entry> entries;
    for (const auto& sheet : phono::catalogue::cartridge_sheets) {
        entries.push_back(entry_of(sheet));
        entries.back().notes.push_back(convention_of(sheet.value.output));
    }
    return entries;
}

std::vector<entry> amplifiers()
{
    return entries_of([](const auto& visit) { phono::catalogue::for_each_amplifier(visit); });
}

std::vector<entry> triodes()
{
    std::vector<entry> entries;
    for (const auto& tube : phono::catalogue::triodes) {
        entries.push_back(entry_of(tube));
        const auto type = type_of(tube);
        const auto seen = phono::catalogue::against_sheet(tube.value.law, type);
        entries.back().notes.push_back("data sheet of the " + std::string{type} + ": current, gm and rp at " + std::to_string(seen.points) +
                                       (seen.points == 1 ? " point" : " points") + " met within " + brief(100.0 * seen.worst, 2) + " %");
    }
    return entries;
}

void run(const std::string& what, bool sources)
{
    if (what.empty() || what == "curves") print("Curves (bass shelf/turnover/treble in microseconds):", curves(), sources);
    if (what.empty()) std::cout << '\n';
    if (what == "labels") print("Labels, years and speed, and the curve, as --label \"columbia 1941\" takes it:", labels(), sources);
    if (what.empty() || what == "preamps") {
        print("Preamps:", preamps(), sources);
        std::cout << '\n';
        print("Preamps with tubes (play runs them at large signals, so that they distort):", tube_preamps(), sources);
    }
    if (what.empty()) std::cout << '\n';
    if (what.empty() || what == "cartridges")
        print("Cartridges (in the library; the preamps above contain some of them):", cartridges(), sources);
    if (what.empty()) std::cout << '\n';
    if (what.empty() || what == "amplifiers") print("Amplifiers (in the library; some preamps above contain them):", amplifiers(), sources);
    if (what.empty()) std::cout << '\n';
    if (what.empty() || what == "triodes")
        print("Triodes (in the library; the preamps with tubes contain some of them):", triodes(), sources);
}

}   // namespace

void add_list(CLI::App& app)
{
    struct arguments {
        std::string what;
        bool sources = false;
    };
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("list", "show the curves, labels, preamps, cartridges, amplifiers and triodes that are known by name");
    sub.add_option("WHAT", given->what, "curves, labels, preamps, cartridges, amplifiers or triodes; all but labels unless given")
        ->check(CLI::IsMember({"curves", "labels", "preamps", "cartridges", "amplifiers", "triodes"}));
    sub.add_flag("--sources", given->sources, "where each one's values come from, and what other sources say");
    sub.callback([given] { run(given->what, given->sources); });
}

}   // namespace command
