// SPDX-License-Identifier: BSL-1.0
#include "arguments/curve_argument.hpp"
#include "subcommands/subcommands.hpp"
#include "support/padded.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/preamps.hpp>
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
    std::string name, detail, title, source;
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
        if (sources) std::cout << std::string(name_width + 4, ' ') << e.source << '\n';
    }
}

template <class Value>
entry entry_of(const phono::catalogue::entry<Value>& item)
{
    return {std::string{item.name}, {}, std::string{item.title}, std::string{item.source}};
}

std::vector<entry> curves()
{
    std::vector<entry> entries;
    for (const auto& curve : phono::catalogue::curves) {
        entries.push_back(entry_of(curve));
        entries.back().detail = time_constants(curve.value);
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

std::vector<entry> cartridges()
{
    return entries_of([](const auto& visit) { phono::catalogue::for_each_cartridge(visit); });
}

std::vector<entry> triodes()
{
    return entries_of([](const auto& visit) { phono::catalogue::for_each_triode(visit); });
}

void run(const std::string& what, bool sources)
{
    if (what.empty() || what == "curves") print("Curves (bass shelf/turnover/treble in microseconds):", curves(), sources);
    if (what.empty()) std::cout << '\n';
    if (what.empty() || what == "preamps") {
        print("Preamps:", preamps(), sources);
        std::cout << '\n';
        print("Preamps with tubes (play runs them at large signals, so that they distort):", tube_preamps(), sources);
    }
    if (what.empty()) std::cout << '\n';
    if (what.empty() || what == "cartridges")
        print("Cartridges (in the library; the preamps above contain some of them):", cartridges(), sources);
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
    auto& sub = *app.add_subcommand("list", "show the curves, preamps, cartridges and triodes that are known by name");
    sub.add_option("WHAT", given->what, "curves, preamps, cartridges or triodes; all unless given")
        ->check(CLI::IsMember({"curves", "preamps", "cartridges", "triodes"}));
    sub.add_flag("--sources", given->sources, "where each one's values come from");
    sub.callback([given] { run(given->what, given->sources); });
}

}   // namespace command
