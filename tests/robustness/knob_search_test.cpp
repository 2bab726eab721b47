// SPDX-License-Identifier: BSL-1.0
#include "robustness/knob_search.hpp"

#include "support/catch.hpp"
#include "support/sanitized.hpp"

using namespace phono;
using namespace phono::literals;
using namespace robustness;

namespace {

/// A short part of the search. `peak` and `step` are its own bounds; every case there is has to keep knob_bound.
void check(knob_family family, long all_cases, double peak, double step)
{
    const long cases = is_sanitized ? 1 + all_cases / 20 : all_cases;
    const knob_report found = search_knobs(family, 0, cases);
    const std::string what = std::to_string(found.cases) + " " + names_of_knob_families[static_cast<std::size_t>(family)];
    measure::figure(what + ", output over the larger steady one", found.peak.value, "", peak);
    measure::figure(what + ", step over the larger steady one", found.step.value, "", step);
    measure::figure(what + ", in the end off the values asked for", found.off.value, "", 1e-3);
    INFO("cases " << found.peak.number << ", " << found.step.number << ", " << found.off.number);
    CHECK(found.cases == cases);
    CHECK(found.unbounded == 0);
    CHECK(found.lost == 0);
    CHECK(found.peak.value <= peak);
    CHECK(found.step.value <= step);
}

knob_case<curve_schematic> turned_curve(const curve& from, const curve& to)
{
    const auto with = [](const curve& c) { return chain{magnetic_cartridge{}, loading{.capacitance = 150_pF}, normalised(c)}; };
    return {.values = {with(from), with(to)}, .turns = {{0, 1}}};
}

}   // namespace

TEST_CASE("a preamp turned to a curve with slower modes makes no burst")
{
    const std::pair<const char*, knob_case<curve_schematic>> turns[]{
        {"riaa to riaa_iec", turned_curve(riaa, riaa_iec)},
        {"riaa to nab", turned_curve(riaa, curves::nab)},
        {"columbia_lp to nab", turned_curve(curves::columbia_lp, curves::nab)},
    };
    for (const auto& [what, turn] : turns) {
        const knob_outcome found = outcome_of(turn);
        measure::figure(std::string{what} + ", 1 kHz, output over the larger steady one", found.peak, "", 1.01);
        measure::figure(std::string{what} + ", 1 kHz, step over the larger steady one", found.step, "", 1.01);
        CHECK(found.peak <= 1.01);
        CHECK(found.step <= 1.01);
        CHECK(found.has_arrived());
    }
}

TEST_CASE("a turnover that is turned by a fifth makes no click")
{
    curve moved = riaa;
    moved.leads = {1.2 * 318_us};
    for (const double tone : {50.0, 1000.0, 10000.0}) {
        double worst = 0.0;
        for (const double rate : {44100.0, 192000.0})
            for (const double phase : {0.0, 0.1, 0.2, 0.3, 0.4}) {
                auto turn = turned_curve(riaa, moved);
                turn.tone = tone;
                turn.rate = rate;
                turn.phase = phase;
                worst = std::max(worst, outcome_of(turn).step);
            }
        measure::figure(std::to_string(std::lround(tone)) + " Hz, step over the larger steady one", worst, "", 1.05);
        CHECK(worst <= 1.05);
    }
}

TEST_CASE("a preamp turned from any catalogue curve to any other makes no burst") { check(knob_family::curves, curve_cases, 1.1, 1.2); }
TEST_CASE("a preamp turned to other values makes no burst") { check(knob_family::values, 200, 1.1, 1.2); }
TEST_CASE("a preamp with modes below 1 Hz turned to other values makes no burst") { check(knob_family::stages, 20, 1.1, 1.2); }
TEST_CASE("a preamp turned again and again makes no burst and ends where it was turned last") { check(knob_family::storms, 400, 1.1, 1.2); }
TEST_CASE("a selector switched and turned again and again makes no burst") { check(knob_family::switches, 60, 1.1, 1.2); }

TEST_CASE("a preamp turned again and again puts out the same in blocks as in samples")
{
    double worst = -400.0;
    for (std::uint64_t number = 0; number < 40; ++number) {
        auto by_block = storm_case(number, number % 2 == 0), by_sample = by_block;
        by_block.in_blocks = true;
        by_sample.in_blocks = false;
        worst = std::max(worst, measure::residual_db(output_of<double>(by_block), output_of<double>(by_sample)));
    }
    measure::figure("40 storms, blocks against samples", worst, "dB", -250.0);
    CHECK(worst <= -250.0);
}
