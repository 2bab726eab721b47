// SPDX-License-Identifier: BSL-1.0
#include "arguments/curve_argument.hpp"
#include "subcommands/subcommands.hpp"

#include <phono/catalogue.hpp>
#include <phono/phono.hpp>

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

std::string padded(const std::string& text, std::size_t width) { return text + std::string(width - text.size(), ' '); }

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

template <class Known>
void add(std::vector<entry>& entries, const Known& known)
{
    entries.push_back({std::string{known.name}, {}, std::string{known.title}, std::string{known.source}});
}

std::vector<entry> curves()
{
    std::vector<entry> entries;
    for (const auto& known : phono::catalogue::curves)
        entries.push_back({std::string{known.name}, time_constants(known.value), std::string{known.title}, std::string{known.source}});
    return entries;
}

std::vector<entry> preamps()
{
    std::vector<entry> entries;
    phono::catalogue::for_each_preamp([&](const auto& known) { add(entries, known); });
    return entries;
}

std::vector<entry> tube_preamps()
{
    std::vector<entry> entries;
    phono::catalogue::for_each_tube_preamp([&](const auto& known) { add(entries, known); });
    return entries;
}

std::vector<entry> cartridges()
{
    std::vector<entry> entries;
    phono::catalogue::for_each_cartridge([&](const auto& known) { add(entries, known); });
    return entries;
}

std::vector<entry> triodes()
{
    std::vector<entry> entries;
    phono::catalogue::for_each_triode([&](const auto& known) { add(entries, known); });
    return entries;
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
