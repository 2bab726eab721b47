// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace phono;
using names = std::multiset<std::string>;

static_assert(catalogue::curves[0].name == "riaa" && &catalogue::curves[0].value == &curves::riaa);
static_assert(catalogue::find_curve("columbia_lp")->value == curves::columbia_lp && catalogue::find_curve("columbia") == nullptr);

/// The constants that the headers of the catalogue declare directly in the namespaces of values, by namespace. Parts of circuits, in
/// namespaces of their own within (preamps::nachbaur, preamps::published, preamps::tube_riaa), are not entries.
std::map<std::string, names> declared()
{
    const std::regex opening(R"(namespace ([a-z_:0-9]+) \{)"), closing(R"(\}   // namespace .*)");
    const std::regex version(R"(inline v[0-9_]+(::)?)");   // a namespace that nobody writes
    const std::regex constant(R"(inline constexpr [^=({]*?(\w+) ?[={(].*)");
    std::map<std::string, names> found;
    for (const auto& header : std::filesystem::directory_iterator(PHONO_SOURCE "/include/phono/catalogue")) {
        std::ifstream file(header.path());
        std::vector<std::string> within;
        std::smatch part;
        for (std::string line; std::getline(file, line);) {
            line = std::regex_replace(line, version, "");
            if (std::regex_match(line, part, opening)) within.push_back(part[1]);
            else if (std::regex_match(line, closing)) within.pop_back();
            else if (within.size() == 1 && std::regex_match(line, part, constant)) found[within[0]].insert(part[1]);
        }
        INFO(header.path());
        CHECK(within.empty());
    }
    return found;
}

names listed(auto for_each)
{
    names found;
    for_each([&](const auto& entry) {
        INFO(entry.name);
        CHECK_FALSE(entry.title.empty());
        CHECK_FALSE(entry.source.empty());
        found.emplace(entry.name);
    });
    return found;
}

/// What a header declares and no list has, and the reverse.
std::string difference(const names& declarations, const names& list)
{
    std::string text;
    for (const std::string& name : declarations)
        if (list.count(name) == 0) text += name + " is declared and in no list; ";
    for (const std::string& name : std::set<std::string>(list.begin(), list.end())) {
        if (declarations.count(name) == 0) text += name + " is listed and not declared; ";
        if (list.count(name) > 1) text += name + " is listed twice; ";
    }
    return text;
}

}   // namespace

TEST_CASE("Every value of the catalogue is declared once and listed once, under its own identifier")
{
    auto values = declared();
    CHECK(values["phono::curves"].erase("documented_shelf") == 1);           // a time constant, of curves that have none
    CHECK(values["phono::preamps"].erase("nachbaur_open_loop_tube") == 1);   // a circuit to measure, no preamp

    const auto compare = [&](const std::string& space, const names& list) {
        measure::note("entries of " + space, std::to_string(list.size()));
        CHECK(list.size() > 5);
        CHECK(difference(values[space], list) == "");
    };
    compare("phono::curves", listed([](auto visit) { catalogue::for_each_curve(visit); }));
    compare("phono::cartridges", listed([](auto visit) { catalogue::for_each_cartridge(visit); }));
    compare("phono::triodes", listed([](auto visit) { catalogue::for_each_triode(visit); }));
    compare("phono::preamps", listed([](auto visit) {
                catalogue::for_each_preamp(visit);
                catalogue::for_each_tube_preamp(visit);
            }));
}
