// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>

namespace {

using namespace programs;
using std::string;

}   // namespace

TEST_CASE("list names every curve and preamp of the catalogue, and every name is understood")
{
    const workshop shop;
    const string list = run(shop, "list");
    const auto check = [&](std::string_view name, const string& option) {
        INFO(name);
        CHECK(list.find("\n  " + string{name} + ' ') != string::npos);
        run(shop, "response --points 2 " + option + string{name});
    };
    for (const auto& entry : phono::catalogue::curves) check(entry.name, "--curve ");
    phono::catalogue::for_each_preamp([&](const auto& entry) { check(entry.name, "--preamp "); });
    phono::catalogue::for_each_tube_preamp([&](const auto& entry) { check(entry.name, "--preamp "); });
    phono::catalogue::for_each_cartridge([&](const auto& entry) { CHECK(list.find("\n  " + string{entry.name} + ' ') != string::npos); });
}

TEST_CASE("list marks the preamps with tubes and names the triodes with their sources")
{
    const workshop shop;
    const string preamps = run(shop, "list preamps"), sources = run(shop, "list triodes --sources");
    const auto marked = preamps.find("\nPreamps with tubes");
    REQUIRE(marked != string::npos);
    const auto stands_behind = [&](const auto& entry) { return preamps.find("\n  " + string{entry.name} + ' ') > marked; };
    phono::catalogue::for_each_preamp([&](const auto& entry) { CHECK_FALSE(stands_behind(entry)); });
    int tubes = 0, triodes = 0;
    phono::catalogue::for_each_tube_preamp([&](const auto& entry) {
        CHECK(stands_behind(entry));
        ++tubes;
    });
    phono::catalogue::for_each_triode([&](const auto& entry) {
        INFO(entry.name);
        const auto line = sources.find("\n  " + string{entry.name} + ' ');
        REQUIRE(line != string::npos);
        const string next = sources.substr(sources.find('\n', line + 1) + 1);
        CHECK(next.substr(0, next.find('\n')).ends_with("  " + string{entry.source}));
        ++triodes;
    });
    CHECK(count(preamps.substr(marked + 1), "\n  ") == tubes);
    CHECK(count(sources, "\n  ") == 2 * triodes);   // each with a line of source
}
