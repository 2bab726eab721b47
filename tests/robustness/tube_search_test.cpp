// SPDX-License-Identifier: BSL-1.0
#include "robustness/tube_search.hpp"

#include "support/catch.hpp"
#include "support/sanitized.hpp"
#include "support/tube_circuits.hpp"

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

using namespace phono;
using namespace phono::literals;
using namespace robustness;

namespace {

/// A short part of the search.
void check(tube_family family, long all_cases, std::uint64_t first = 0)
{
    const long cases = is_sanitized ? 1 + all_cases / 20 : all_cases;
    constexpr tube_bounds bounds;
    const tube_report found = search_tubes(family, first, cases);
    const std::string what = std::to_string(found.cases) + " " + names_of_tube_families[static_cast<std::size_t>(family)] +
                             (first >= whole_catalogue ? " with every triode" : "");
    measure::figure(what + ", output over the largest supply and drive", found.peak.value, "", bounds.peak);
    measure::figure(what + ", evaluations of the laws over the promised", found.evaluations.value, "", bounds.evaluations);
    if (family == tube_family::storms) measure::figure(what + ", step over that of a single turn", found.step.value, "", bounds.step);
    else if (family == tube_family::blocks) measure::figure(what + ", blocks against samples", found.off.value, "", bounds.off);
    else {
        measure::figure(what + ", turns in silence", found.unrest.value, "", bounds.unrest);
        measure::figure(what + ", left at rest", found.left.value, "", bounds.left);
        if (family == tube_family::stages) measure::figure(what + ", off a simulation", found.wrong.value, "", bounds.wrong);
    }
    measure::note(what + ", unsolved samples", std::to_string(found.unsolved));
    measure::note(what + ", seconds of audio", std::to_string(found.seconds));
    INFO("cases " << found.peak.number << ", " << found.step.number << ", " << found.unrest.number << ", " << found.wrong.number << ", "
                  << found.left.number << ", " << found.off.number << ", " << found.evaluations.number);
    CHECK(found.cases == cases);
    CHECK(found.faults == 0);
    CHECK(found.unsound == 0);
    if (family == tube_family::stages) CHECK(found.unsolved == 0);
}

/// A stage that once ran away, and what drove it there.
struct handed {
    const char* name;
    common_cathode_stage stage;
    capacitance coupling;
    resistance load;
    double rate;
    oversampling factor;
    drive_kind kind;
    double volts, period;
};

/// Stays within the supply and the drive, does what an independent simulation of the circuit does, and comes to rest.
void check_handed(const handed& h, double bound)
{
    tube_case<stage_circuit> c;
    c.values.push_back(chain{voltage_source{}, h.stage, series_arm{capacitor{h.coupling}}, shunt_arm{resistor{h.load}}});
    c.rate = h.rate;
    c.factor = h.factor;
    c.slowest = h.stage.bypass.si * h.stage.cathode_resistor.si + h.coupling.si * (h.load.si + h.stage.plate_load.si);
    c.until_silent = true;
    c.drives.push_back({.kind = h.kind, .volts = h.volts, .period = h.period, .length = 3000});
    const tube_outcome found = outcome_of(tube_family::stages, c);

    const auto preamp = robustness::detail::running(c);
    std::vector<double> y = c.drives[0].samples();
    preamp->process(y);
    const double off = robustness::detail::off_reference(c, c.drives[0], y, preamp->latency(), 16) / h.stage.supply.si;
    const std::string what = std::string{h.name} + ", " + measure::in_khz(h.rate);
    measure::figure(what + ", peak over supply and drive", found.peak, "", tube_bounds{}.peak);
    measure::figure(what + ", off a simulation, over the supply", off, "", bound);
    CHECK(found.is_sound());
    CHECK(found.unsolved == 0);
    CHECK(off <= bound);
    CHECK(measure::peak(y) > 1.0);
}

/// By how much a signal alternates from sample to sample at most.
double alternation_of(const std::vector<double>& y)
{
    const auto bend = [&](std::size_t i) { return y[i + 1] - 2.0 * y[i] + y[i - 1]; };
    double most = 0.0;
    for (std::size_t i = 2; i + 1 < y.size(); ++i)
        if (bend(i) * bend(i - 1) < 0.0) most = std::max(most, std::min(std::fabs(bend(i)), std::fabs(bend(i - 1))) / 4.0);
    return most;
}

constexpr common_cathode_stage starved{.tube = triodes::ecc83_ehx_1,
                                       .supply = 120_V,
                                       .plate_load = 180_kOhm,
                                       .cathode_resistor = 820_Ohm,
                                       .bypass = 68_nF,
                                       .grid_leak = 82_kOhm,
                                       .stopper = 30_kOhm};

common_cathode_stage with(const triode& tube)
{
    common_cathode_stage stage = starved;
    stage.tube = tube;
    return stage;
}

}   // namespace

TEST_CASE("Turns tell a limit cycle from a jump that filters ring around")
{
    std::vector<double> jump(192), cycle(192);
    for (int i = 0; i < 192; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double apart = i - 96 + 0.5;
        jump[at] = (i < 96 ? 30.0 : -90.0) + 20.0 * std::cos(std::numbers::pi * i) * std::pow(0.7, std::fabs(apart));
        cycle[at] = 0.75 * std::cos(std::numbers::pi * i);
    }
    CHECK(robustness::detail::turns_of(jump, 250.0) < tube_bounds{}.unrest);
    CHECK(robustness::detail::turns_of(cycle, 250.0) > 180.0);
}

TEST_CASE("stages whose grid current made them run away do what the circuit does")
{
    const auto stage = [](double supply, double plate_load, double cathode_resistor, double bypass, double grid_leak, double stopper) {
        return common_cathode_stage{.tube = triodes::ecc83_ehx_1,
                                    .supply = voltage{supply},
                                    .plate_load = resistance{plate_load},
                                    .cathode_resistor = resistance{cathode_resistor},
                                    .bypass = capacitance{bypass},
                                    .grid_leak = resistance{grid_leak},
                                    .stopper = resistance{stopper}};
    };
    const common_cathode_stage one = stage(107.0, 85.94e3, 538.5, 0.0, 57.89e3, 13.44e3);
    const common_cathode_stage two = stage(204.0, 58.91e3, 386.0, 557e-9, 153.5e3, 20.66e3);
    const common_cathode_stage three = stage(169.0, 365.9e3, 3654.0, 262e-9, 25.49e3, 69.83e3);
    check_handed({"step of 12.5 V", one, 210_nF, 107_kOhm, 192e3, oversampling::four_times, drive_kind::step, 12.5, 1.0}, 1e-7);
    check_handed({"square of 27 V", two, 200_nF, resistance{299.6e3}, 192e3, oversampling::automatic, drive_kind::square, 27.0, 74.0},
                 0.003);
    check_handed({"step of 37.6 V", three, 26_nF, resistance{40.72e3}, 48e3, oversampling::automatic, drive_kind::step, 37.6, 1.0}, 1e-7);
}

TEST_CASE("a starved stage at default settings does what the circuit does")
{
    const auto starts = [](const char* name, const triode& tube, double rate, oversampling factor, drive_kind kind, double volts) {
        check_handed({name, with(tube), 33_nF, 91_kOhm, rate, factor, kind, volts, rate / 280.0}, kind == drive_kind::step ? 1e-7 : 0.003);
    };
    constexpr auto automatic = oversampling::automatic;
    starts("280 Hz of 10 V", triodes::ecc83_ehx_1, 88.2e3, automatic, drive_kind::sine, 10.0);
    starts("280 Hz of 15 V", triodes::ecc83_ehx_1, 88.2e3, automatic, drive_kind::sine, 15.0);
    starts("step of 24 V", triodes::ecc83_ehx_1, 44.1e3, automatic, drive_kind::step, 24.0);
    starts("step of 20.7 V", triodes::ecc83_ehx_1, 96e3, automatic, drive_kind::step, 20.7);
    starts("RSD-1, x 4, step of 5 V", triodes::ecc83_rsd_1, 384e3, oversampling::four_times, drive_kind::step, 5.0);
    starts("RSD-1, x 4, 280 Hz of 15 V", triodes::ecc83_rsd_1, 384e3, oversampling::four_times, drive_kind::sine, 15.0);
    starts("12AX7, x 4, step of 20 V", triodes::koren_12ax7, 384e3, oversampling::four_times, drive_kind::step, 20.0);
    starts("12AX7, x 4, 280 Hz of 40 V", triodes::koren_12ax7, 384e3, oversampling::four_times, drive_kind::sine, 40.0);
}

TEST_CASE("three stages with an impulse stay within their supply")
{
    const auto c = [] {
        const auto three = chain{voltage_source{},
                                 starved,
                                 series_arm{capacitor{33_nF}},
                                 starved,
                                 series_arm{capacitor{33_nF}},
                                 starved,
                                 series_arm{capacitor{33_nF}},
                                 shunt_arm{resistor{91_kOhm}}};
        tube_case<std::remove_const_t<decltype(three)>> made;
        made.values.push_back(three);
        made.rate = 88.2e3;
        made.slowest = 3.0 * 33e-9 * 300e3;
        made.until_silent = true;
        made.drives.push_back({.kind = drive_kind::impulses, .volts = 9.4, .period = 3000.0, .length = 2000});
        return made;
    }();
    const tube_outcome found = outcome_of(tube_family::several, c);
    measure::figure("impulse of 9.4 V, peak over the supply", found.peak, "", 1.25);
    measure::figure("impulse of 9.4 V, left at rest", found.left, "", tube_bounds{}.left);
    CHECK(found.peak <= 1.25);
    CHECK(found.is_sound());
    CHECK(found.unsolved == 0);
}

TEST_CASE("a tube preamp retuned every 50 samples to the values it has is not heard")
{
    for (const oversampling factor : {oversampling::none, oversampling::twice, oversampling::four_times}) {
        tube_case<std::remove_const_t<decltype(reference::smooth)>> c;
        c.values.push_back(reference::smooth);
        c.rate = 44.1e3;
        c.factor = factor;
        c.drives.push_back({.kind = drive_kind::sine, .volts = 4.0, .period = 44.1e3 / 200.0, .length = 6000});
        for (int i = 0; i < 80; ++i) c.turns.push_back({50, 0});
        const tube_outcome found = outcome_of(tube_family::storms, c);
        const std::string what = "x " + std::to_string(static_cast<int>(factor)) + ", step over that of a single turn";
        measure::figure(what, found.step, "", 1.05);
        CHECK(found.step <= 1.05);
        CHECK(found.is_sound());
    }
}

TEST_CASE("random stages overdriven stay bounded, come to rest and do what the circuit does") { check(tube_family::stages, 200); }
TEST_CASE("stages with absurd parts overdriven stay bounded and come to rest") { check(tube_family::beyond, 40); }
TEST_CASE("several triodes driven to a million volts stay bounded and come to rest") { check(tube_family::several, 120); }
TEST_CASE("random stages with every triode of the catalogue stay bounded and come to rest")
{
    check(tube_family::stages, 150, whole_catalogue);
}
TEST_CASE("several triodes, each any of the catalogue, turned while they play, stay bounded and come to rest")
{
    check(tube_family::several, 60, whole_catalogue);
}
TEST_CASE("tube preamps turned again and again make no bursts") { check(tube_family::storms, 9); }
TEST_CASE("an overdriven tube preamp puts out the same in blocks as in samples") { check(tube_family::blocks, 60); }

TEST_CASE("What feedback makes of a small signal is not allowed to an overload: two triodes with RIAA around them, noise of 75 kV")
{
    // Held to 1.4 times its loop's small-signal gain at the first grid, the output came to 1.66 times the noise.
    const tube_outcome found = outcome_of(tube_family::several, 1'004'332);
    CHECK(found.is_sound());
    CHECK(found.peak > 1.2);
}

TEST_CASE("Circuits of several triodes do not alternate from sample to sample in the silence after they blocked")
{
    // Before such states were left, these alternated by 0.04 to 246 V for up to 35 ms: no state tried ahead was like theirs.
    double worst = 0.0;
    for (const std::uint64_t number : {1041080u, 14003683u, 200005362u, 200042150u, 200054312u, 200092740u, 200095082u, 200095754u})
        with_case(tube_family::several, number, [&]<class Schematic>(const tube_case<Schematic>& c) {
            const auto preamp = robustness::detail::running(c);
            using setting = typename phono::tube_preamp<Schematic>::setting;
            std::vector<setting> settings;
            for (const Schematic& values : c.values) settings.push_back(preamp->setting_for(values));
            for (const drive& d : c.drives) {
                preamp->fade_to(settings[0]);
                preamp->reset();
                std::vector<double> x = d.samples(), y(static_cast<std::size_t>(0.05 * c.rate));
                robustness::detail::play_turned<Schematic, setting>(c, settings, *preamp, x);
                preamp->process(y);
                y.erase(y.begin(), y.begin() + 100);   // what filters ring
                const double seen = alternation_of(y);
                INFO("case " << number << ", " << d.volts << " V");
                CHECK(seen <= 0.1);
                worst = std::max(worst, seen);
            }
        });
    measure::figure("circuits that alternated: still by", worst, "V", 0.1);
}
