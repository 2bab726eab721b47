// SPDX-License-Identifier: BSL-1.0
#include "support/bench.hpp"
#include "support/triode_formulas.hpp"

#include <phono/analysis/ripple.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <string>

/// Tube stages that share a supply: what it does to their operating points and to their signals.
namespace {

using namespace phono;
using namespace phono::literals;
using bench::across, bench::farads, bench::hertz, bench::is_fault, bench::is_small, bench::worst_relative;
using measure::complex, measure::real;

/// A 12AX7 without grid current or capacitances, and its law written out again.
constexpr triode tube{
    .law = koren<no_grid_current>{100.0, 1.4, 1060.0, 600.0, 300.0}, .grid_cathode = 0_pF, .grid_plate = 0_pF, .plate_cathode = 0_pF};
constexpr formula::koren law{100.0L, 1.4L, 1060.0L, 600.0L, 300.0L};

constexpr real cathode = 1500.0L, load = 100e3L;

constexpr common_cathode_stage on(int rail) { return {.tube = tube, .plate_load = 100_kOhm, .cathode_resistor = 1.5_kOhm, .rail = rail}; }
constexpr common_cathode_stage next_on(int rail)
{
    common_cathode_stage stage = on(rail);
    stage.grid_leak = 1_MOhm;
    return stage;
}

/// Where a falling function is zero.
real root_of(auto&& falling, real low, real high)
{
    for (int i = 0; i < 200; ++i) {
        const real middle = 0.5L * (low + high);
        (falling(middle) > 0.0L ? low : high) = middle;
    }
    return 0.5L * (low + high);
}
/// The current of a stage between a rail and ground, its grid at ground.
real current_of(real rail, real plate_load = load)
{
    return root_of([&](real i) { return law(-i * cathode, rail - i * (plate_load + cathode)) - i; }, 0.0L, rail / (plate_load + cathode));
}

/// The slopes of a stage's triode at a current, by differences of fourth order.
struct slopes {
    real gm, gp;
};
slopes slopes_at(real rail, real i, real plate_load = load)
{
    const auto slope = [](auto&& f) {
        constexpr real h = 2e-3L;
        return (8.0L * (f(h) - f(-h)) - (f(2.0L * h) - f(-2.0L * h))) / (12.0L * h);
    };
    const real vgk = -i * cathode, vpk = rail - i * (plate_load + cathode);
    return {slope([&](real d) { return law(vgk + d, vpk); }), slope([&](real d) { return law(vgk, vpk + d); })};
}
/// A triode at its slopes between nodes of a bench.
void place(bench::circuit& b, int plate, int grid, int at_cathode, const slopes& s)
{
    b.part(plate, at_cathode, 1.0L / s.gp);
    b.controlled(plate, grid, at_cathode, -s.gm), b.controlled(at_cathode, grid, at_cathode, s.gm);
}

/// Stage a on a decoupled rail behind that of stage b, as most preamps have it; the last value is of both capacitors.
constexpr auto two_stages(capacitance decoupled)
{
    return chain{voltage_source{},
                 supply_rail{.number = 1, .voltage = 320_V, .resistance = 4.7_kOhm, .capacitance = decoupled},
                 decoupling{.number = 2, .from = 1, .resistance = 22_kOhm, .capacitance = decoupled},
                 on(2),
                 series_arm{capacitor{100_nF}},
                 next_on(1)};
}
/// Their rails and currents by Kirchhoff's laws.
struct rails {
    real one, two, a, b;
};
rails rails_of_two_stages()
{
    rails r{};
    r.two = root_of(
        [&](real v) {
            r.a = current_of(v), r.one = v + 22e3L * r.a, r.b = current_of(r.one);
            return 320.0L - 4.7e3L * (r.a + r.b) - r.one;
        },
        0.0L, 320.0L);
    return r;
}

/// Stages in a row, each on rail 1, coupled by 100 nF and 1 MOhm.
constexpr auto in_a_row(const auto&... next)
{
    return chain{voltage_source{}, next..., series_arm{capacitor{1_uF}}, shunt_arm{resistor{1_MOhm}}};
}
constexpr series_arm coupling{capacitor{100_nF}};
constexpr supply_rail with_resistance(resistance r) { return {.voltage = 300_V, .resistance = r}; }

double gain_of(const auto& schematic, frequency f) { return std::abs(response(schematic, f)); }

}   // namespace

TEST_CASE("Stages on a shared supply rest where their currents have dropped it to")
{
    const auto schematic = two_stages(22_uF);
    REQUIRE_FALSE(check(schematic));
    const circuit held{schematic};
    const rails r = rails_of_two_stages();
    const auto is = [](const char* what, voltage found, real expected) {
        is_small(what, static_cast<double>(std::fabs(static_cast<real>(found.si) - expected) / expected), 1e-9);
    };
    is("plate of the first stage", held.quiescent(at<"plate1">), r.two - r.a * load);
    is("plate of the second stage", held.quiescent(at<"plate2">), r.one - r.b * load);
    is("cathode of the first stage", held.quiescent(at<"cathode1">), r.a * cathode);
    // The first stage draws less than on a supply of 320 V of its own.
    CHECK(r.a < 0.95L * current_of(320.0L));
}

TEST_CASE("Stages on a rail of no resistance are stages on supplies of their own")
{
    constexpr auto shared = chain{voltage_source{}, with_resistance(0_Ohm), on(1), coupling, next_on(1)};
    constexpr auto own = chain{voltage_source{}, on(0), coupling, next_on(0)};
    is_small("response", worst_relative([&](frequency f) { return response(shared, f); },
                                        [&](complex s) { return complex{response(own, frequency{static_cast<double>(hertz(s))})}; }));
    constexpr circuit a{shared};
    constexpr circuit b{own};
    CHECK(a.quiescent(at<"plate1">).si == Approx(b.quiescent(at<"plate1">).si).epsilon(1e-12));
}

TEST_CASE("One stage on a rail has the rail's impedance as part of its plate load")
{
    // mu (Rl + Z)/(rp + Rl + Z + (mu + 1) Rk), Z being the rail's resistance parallel to its capacitance.
    constexpr auto schematic = chain{voltage_source{}, supply_rail{.resistance = 10_kOhm, .capacitance = 1_uF}, on(1)};
    const real rest = current_of(300.0L, load + 10e3L);
    const slopes tube_at = slopes_at(300.0L, rest, load + 10e3L);
    is_small("closed form",
             worst_relative([&](frequency f) { return response(schematic, f); },
                            [&](complex s) {
                                const complex z = load + across(10e3L, farads(s, 1e-6L));
                                const real mu = tube_at.gm / tube_at.gp;
                                return -mu * z / (1.0L / tube_at.gp + z + (mu + 1.0L) * cathode);
                            }),
             1e-9);
}

TEST_CASE("Signals couple from stage to stage through the rails as Kirchhoff's laws say")
{
    for (const double farad : {22e-6, 0.1e-6}) {
        const auto schematic = two_stages(capacitance{farad});
        const rails r = rails_of_two_stages();
        const slopes first = slopes_at(r.two, r.a), second = slopes_at(r.one, r.b);
        const real c = static_cast<real>(farad);
        is_small(
            "two stages, two rails, " + std::to_string(1e6 * farad) + " uF",
            worst_relative([&](frequency f) { return response(schematic, f); },
                           [&](complex s) {
                               bench::circuit b{8};   // 1 in, 2 and 3 cathode and plate, 4 grid, 5 and 6 cathode and plate, 7 and 8 rails
                               b.source(1, 1.0L);
                               place(b, 3, 1, 2, first), place(b, 6, 4, 5, second);
                               b.part(2, 0, cathode), b.part(5, 0, cathode), b.part(3, 8, load), b.part(6, 7, load);
                               b.part(3, 4, farads(s, 100e-9L)), b.part(4, 0, 1e6L);
                               b.part(7, 0, 4.7e3L), b.part(7, 0, farads(s, c)), b.part(7, 8, 22e3L), b.part(8, 0, farads(s, c));
                               return b.voltages()[6];
                           }),
            1e-8);
    }
}

TEST_CASE("Two stages oppose each other through a shared rail, a third one helps the first until they oscillate")
{
    constexpr auto two = [](resistance r) { return in_a_row(with_resistance(r), on(1), coupling, next_on(1)); };
    constexpr auto three = [](resistance r) { return in_a_row(with_resistance(r), on(1), coupling, next_on(1), coupling, next_on(1)); };
    const auto ratio = [](auto&& schematic) { return gain_of(schematic(47_Ohm), 100_Hz) / gain_of(schematic(0_Ohm), 100_Hz); };
    measure::figure("47 ohms, two stages: gain over that of an ideal supply", ratio(two), "", 1.0);
    measure::figure("47 ohms, three stages", ratio(three), "", 2.0);
    CHECK(ratio(two) < 0.9999);
    CHECK(ratio(three) > 1.05);

    // Motorboating: the loop gain of three stages passes one with the rail's resistance ...
    CHECK_FALSE(check(three(100_Ohm)));
    CHECK_FALSE(check(two(4.7_kOhm)));
    const fault boats = check(three(4.7_kOhm));
    REQUIRE(boats);
    UNSCOPED_INFO(boats.part << ' ' << boats.rule);
    CHECK(std::string{boats.rule}.find("stable") != std::string::npos);
    // ... and a first stage with a decoupled rail of its own is out of the loop.
    constexpr auto decoupled = in_a_row(with_resistance(4.7_kOhm), decoupling{.resistance = 47_kOhm, .capacitance = 47_uF}, on(2), coupling,
                                        next_on(1), coupling, next_on(1));
    CHECK_FALSE(check(decoupled));
}

TEST_CASE("A decoupled rail carries less of the later stages' signal the higher the frequency and the larger its capacitor")
{
    // Of the last stage's signal at rail 1, rail 2 has 1/(1 + s R C), where the first stage's own current is small beside it.
    const auto rail_share = [](capacitance c, frequency f) {
        const auto schematic =
            in_a_row(with_resistance(1_kOhm), decoupling{.resistance = 22_kOhm, .capacitance = c}, on(2), coupling, next_on(1));
        const circuit held{schematic};
        node one{}, two{};
        for (const part& p : held.netlist().parts)
            if (p.name == std::string{"decoupling.resistance"}) one = p.a, two = p.b;
        return std::abs(response(held, two, f) / response(held, one, f));
    };
    CHECK(rail_share(2.2_uF, 1_kHz) < 0.3 * rail_share(2.2_uF, 100_Hz));
    CHECK(rail_share(22_uF, 100_Hz) < 0.3 * rail_share(2.2_uF, 100_Hz));
}

TEST_CASE("A supply's ripple reaches the output through its filter, the plate load and the plate's own resistance")
{
    // 1/(1 + s R C) behind Z = R || C, then the divider of Rl and r = rp + (mu + 1) Rk.
    constexpr supply_rail rail{.resistance = 10_kOhm, .capacitance = 10_uF};
    const real rest = current_of(300.0L, load + 10e3L);
    const slopes tube_at = slopes_at(300.0L, rest, load + 10e3L);
    const auto at_plate = [&](complex s) {
        const real r = 1.0L / tube_at.gp + (tube_at.gm / tube_at.gp + 1.0L) * cathode;
        return r / (r + load + across(10e3L, farads(s, 10e-6L))) / (1.0L + s * 10e3L * 10e-6L);
    };
    const auto is = [&](const char* what, const auto& schematic, auto&& expected) {
        is_small(what, worst_relative([&](frequency f) { return ripple_gain(schematic, f); }, expected, 1.0, 1e5), 1e-9);
    };
    is("one stage", chain{voltage_source{}, rail, on(1)}, at_plate);
    is("RIAA behind it", chain{voltage_source{}, rail, on(1), riaa},
       [&](complex s) { return at_plate(s) * (1.0L + s * 318e-6L) / ((1.0L + s * 3180e-6L) * (1.0L + s * 75e-6L)); });
    is("RIAA before it", chain{voltage_source{}, riaa, rail, on(1)}, at_plate);
    is("RIAA undone before and behind it", chain{voltage_source{}, riaa, rail, on(1), inverse(riaa)},
       [&](complex s) { return at_plate(s) / ((1.0L + s * 318e-6L) / ((1.0L + s * 3180e-6L) * (1.0L + s * 75e-6L))); });
    // A second filter takes its share off, as long as the stage's current in it is small.
    const auto twice = chain{voltage_source{}, rail, decoupling{.resistance = 10_kOhm, .capacitance = 10_uF}, on(2)};
    const auto once = chain{voltage_source{}, rail, on(1)};
    CHECK(std::abs(ripple_gain(twice, 100_Hz) / ripple_gain(once, 100_Hz)) == Approx(1.0 / std::hypot(1.0, 62.83)).epsilon(0.05));
    CHECK(std::isnan(ripple_gain(once, 100_Hz, 1).real()));
    CHECK(std::isnan(ripple_gain(chain{voltage_source{}, on(0)}, 100_Hz).real()));
}

TEST_CASE("Followers and pairs take their supply from a rail too")
{
    // A follower's own current drops its rail: i (R + Rk) + vpk = V.
    constexpr auto follower_on_rail =
        chain{voltage_source{}, with_resistance(22_kOhm), cathode_follower{.tube = tube, .cathode_resistor = 1.5_kOhm, .rail = 1}};
    const real i = current_of(300.0L, 22e3L);
    CHECK(circuit{follower_on_rail}.quiescent(at<"cathode1">).si == Approx(static_cast<double>(i * cathode)).epsilon(1e-9));
    CHECK(circuit{follower_on_rail}.quiescent(at<"plate1">).si == Approx(static_cast<double>(300.0L - i * 22e3L)).epsilon(1e-9));
    // The two halves of a pair draw a constant sum: the signal does not move their rail, which only lowers their supply.
    constexpr differential_pair pair{.tube = tube, .tail = 10_MOhm, .tail_supply = -10000_V};
    const auto on_rail = [&](resistance r) {
        differential_pair stage = pair;
        stage.rail = 1;
        return chain{voltage_source{}, with_resistance(r), stage};
    };
    const double dropped = circuit{on_rail(10_kOhm)}.quiescent(at<"plate1">).si, ideal = circuit{on_rail(0_Ohm)}.quiescent(at<"plate1">).si;
    CHECK(ideal - dropped == Approx(10.0).margin(0.1));
    CHECK(gain_of(on_rail(10_kOhm), 1_kHz) == Approx(gain_of(on_rail(0_Ohm), 1_kHz)).epsilon(0.02));
}

TEST_CASE("A rail that is not there is a fault of the stage that names it")
{
    is_fault(check(chain{voltage_source{}, on(3)}), "common_cathode_stage.rail",
             "must name a supply_rail or a decoupling that stands before it in the chain");
    is_fault(check(chain{voltage_source{}, decoupling{}, on(2)}), "decoupling.from",
             "must name a supply_rail or a decoupling that stands before it in the chain");
    is_fault(check(chain{voltage_source{}, supply_rail{}, decoupling{.number = 1}, on(1)}), "decoupling.number",
             "must have a number of its own", 2);
    CHECK(check(chain{voltage_source{}, supply_rail{.number = 0}, on(0)}));
    // Taps are counted apart: tap 1 and rail 1 are two places.
    CHECK_FALSE(check(chain{voltage_source{}, tap{1}, supply_rail{}, on(1), bridge{1, series{capacitor{100_nF}, resistor{10_MOhm}}}}));
    CHECK(check(chain{voltage_source{}, supply_rail{}, on(1), bridge{1, series{capacitor{100_nF}, resistor{10_MOhm}}}}));
    // A curve between two stages that share a rail would stand within the loop through it.
    CHECK(check(chain{voltage_source{}, with_resistance(1_kOhm), on(1), coupling, shunt_arm{resistor{1_MOhm}}, riaa, next_on(1)}));
}

TEST_CASE("A tube preamp runs with a shared supply")
{
    const auto schematic = two_stages(22_uF);
    tube_preamp running{schematic, 48_kHz};
    REQUIRE_FALSE(running.problem());
    double worst = 0.0;
    for (const frequency f : {10_Hz, 100_Hz, 1_kHz, 10_kHz})
        worst = std::max(worst, std::fabs(decibels(running.response(f)) - decibels(response(schematic, f))));
    measure::figure("small signals, running against the circuit", worst, "dB", 1e-3);
    CHECK(worst < 1e-3);
    for (int i = 0; i < 4800; ++i) CHECK(std::isfinite(running(2.0 * std::sin(0.05 * i))));
    CHECK(running.unsolved() == 0);
}
