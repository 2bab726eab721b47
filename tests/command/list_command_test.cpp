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
    CHECK(count(sources, " data sheet of the ") == triodes);   // each tells how well it meets its sheet
    CHECK(sources.find("data sheet of the 6SL7: current, gm and rp at 27 points met within 6.4 %") != string::npos);
}

TEST_CASE("list --sources shows a cartridge's figures, its maker's convention, and how each is known")
{
    const workshop shop;
    const string sources = run(shop, "list cartridges --sources");
    const auto of = [&](const string& name) {
        const auto at = sources.find("\n  " + name + ' ');
        REQUIRE(at != string::npos);
        const auto next = sources.find("\n  ", at + 1 + sources.substr(at + 1).find('\n'));
        string text = sources.substr(at, next - at);
        // An entry's own lines are indented further than names.
        for (auto from = next; from != string::npos && sources.compare(from, 6, "\n     ") == 0; from = sources.find('\n', from + 1))
            text += sources.substr(from, sources.find('\n', from + 1) - from);
        return text;
    };
    const string mono = of("denon_dl103d");
    CHECK(mono.find("stated: 250 uV at 5 cm/s, RMS or peak not stated, cut sideways; at 5 cm/s RMS of one wall 353.6 uV to 500 uV") !=
          string::npos);
    CHECK(mono.find("Audio, September 1980") != string::npos);
    const string bare = of("ortofon_2m_black");
    CHECK(bare.find("output 5 mV, coil 1.2 kOhm, winding 630 mH") != string::npos);
    CHECK(bare.find(": said") != string::npos);
    CHECK(of("shure_m97xe").find("coil 1.55 kOhm, winding 650 mH: unverified, handed down") != string::npos);
}

TEST_CASE("list --sources tells where sources differ on a curve, and by how much")
{
    const workshop shop;
    const string sources = run(shop, "list curves --sources");
    CHECK(sources.find("elsewhere: no bass shelf, +2.83 dB at 50 Hz, Audacity") != string::npos);
    CHECK(sources.find("elsewhere: 50 us treble, +2.83 dB at 10000 Hz, IASA TC-04, table 1") != string::npos);
    CHECK(sources.find("treble 23.4 us: derived, 5 dB down at 10 kHz") != string::npos);
    CHECK(sources.find("also teldec") != string::npos);
}

TEST_CASE("A label and a year name a curve, and where the speed matters it is asked for")
{
    const workshop shop;
    const auto rows = [&](const string& arguments) { return run(shop, "response --points 5 " + arguments); };
    const auto table_of = [&](const string& arguments) { return table(rows(arguments)); };
    CHECK(table_of("--label 'columbia 1941'") == table_of("--curve columbia_78"));
    CHECK(table_of("--curve 'Columbia 1950 33'") == table_of("--curve columbia_lp"));
    CHECK(table_of("--label \"His Master's Voice, 1935\"") == table_of("--curve european_78"));
    CHECK(table_of("--curve teldec") == table_of("--curve din_1957"));
    const struct {
        string arguments, said;
    } refused[] = {
        {"--label 'columbia 1950'", "columbia_78 at 78, columbia_lp at 33, nartb_1949 at 45: add the speed"},
        {"--label 'columbia 1900'", "known are 1931 to 1937 at 78"},
        {"--label 'colombia 1941'", "unknown label 'colombia'; nearest: columbia"},
        {"--label columbia", "unknown curve 'columbia'"},
    };
    for (const auto& row : refused) {
        INFO(row.arguments);
        const auto done = attempt(shop, "response --points 5 " + row.arguments);
        CHECK(done.status != 0);
        CHECK(done.err.find(row.said) != string::npos);
    }
    const string labels = run(shop, "list labels --sources");
    CHECK(labels.find("columbia_78") != string::npos);
    CHECK(labels.find("years: chosen, the source gives no last year") != string::npos);
}
