// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/svg.hpp"

#include <phono/analysis/overload.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/phono.hpp>

namespace {

using namespace programs;
using namespace phono::literals;
using std::string;

}   // namespace

TEST_CASE("overload tells the headroom of every amplifier, as the library has it")
{
    const workshop shop;
    const string text = run(shop, "overload --preamp rjm_vsps --swing 13 --json --points 3 --plot plot.svg");
    const auto first = phono::overload(phono::preamps::rjm_vsps, {.swing = 13_V}).clips_first();
    CHECK(std::abs(number_after(text, "\"least_margin_db\": ") - first.least.decibels) < 1e-6);
    CHECK(std::abs(number_after(text, "\"at_hz\": ") - first.at.si) < 1e-3 * first.at.si);
    CHECK(std::abs(number_after(text, "\"swing_v\": ") - 13.0) == 0.0);
    check_svg(contents(shop / "plot.svg"));
    // Twice the swing is 6.02 dB more.
    const string twice = run(shop, "overload --preamp rjm_vsps --swing 26 --json --points 3");
    CHECK(std::abs(number_after(twice, "\"least_margin_db\": ") - first.least.decibels - 20.0 * std::log10(2.0)) < 1e-6);
}

TEST_CASE("overload as CSV has a margin for each amplifier and frequency")
{
    const workshop shop;
    const string text = run(shop, "overload --preamp rjm_vsps --csv --points 2");
    CHECK(text.starts_with("preamp,amplifier,frequency_hz,margin_db,emf_v\nrjm_vsps,"));
    CHECK(text.find(",20.000000,") != string::npos);
    CHECK(text.find(",20000.000000,") != string::npos);
}

TEST_CASE("overload of tubes tells the levels of 1 % and 3 % distortion")
{
    const workshop shop;
    const string text = run(shop, "overload --preamp kennedy_single_tube --rate 48000 --signal 1mV --json");
    const auto third = text.substr(text.find("\"thd_percent\": 3"));
    const double one = number_after(text, "\"thd_percent\": 1, \"emf_v\": "), three = number_after(third, "\"emf_v\": ");
    CHECK(one > 1e-3);
    CHECK(three > 2.0 * one);
    CHECK(three < 5.0 * one);
    CHECK(std::abs(number_after(third, "\"margin_db\": ") - 20.0 * std::log10(three / 1e-3)) < 0.01);
}
