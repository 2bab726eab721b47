// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/exact_riaa.hpp"
#include "support/tube_circuits.hpp"

#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

/// Which curves stand ahead of the triodes, which behind and which between, told by the circuit and not by the order of its nodes.
namespace {

using namespace phono;
using namespace phono::literals;

constexpr common_cathode_stage stage{.tube = triodes::ecc83, .grid_leak = 1_MOhm};

/// A user's block: the order in which it asks for its nodes is its own.
template <bool behind>
struct stage_with_curve {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node plate = circuit.node(), corrected = circuit.ideal(behind ? plate : in, riaa.transfer()), cathode = circuit.node();
        const node grid = behind ? in : corrected;
        circuit.biased_resistor(plate, ground, 100_kOhm, 300_V, "load");
        circuit.resistor(cathode, ground, 1.5_kOhm, "cathode");
        triodes::ecc83.elaborate(circuit, plate, grid, cathode);
        return behind ? corrected : plate;
    }
};

/// A cathode follower whose plate is on the rail that biases what is ahead of its curve.
struct follower_on_a_shared_rail {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node rail = circuit.node(), biased = circuit.node(), grid = circuit.node(), cathode = circuit.node();
        circuit.supply(rail, 300_V, "rail");
        circuit.capacitor(in, biased, 100_nF, "coupling");
        circuit.resistor(biased, rail, 10_MOhm, "upper");
        circuit.resistor(biased, ground, 1_MOhm, "lower");
        circuit.resistor(circuit.ideal(biased, riaa.transfer()), grid, 1_kOhm, "stopper");
        circuit.resistor(cathode, ground, 100_kOhm, "cathode");
        triodes::ecc83.elaborate(circuit, rail, grid, cathode);
        return cathode;
    }
};

/// A tube that listens and is not heard.
struct listening_tube {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        static_cast<void>(stage.elaborate(circuit, in));
        return in;
    }
};

/// A pair whose second grid is fed by what the caller says: a bias supply, its own output or the signal.
enum class second_grid { supply, feedback, signal };
template <second_grid fed_by>
struct pair_with {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node tail = circuit.node(), bias = circuit.node();
        circuit.biased_resistor(tail, ground, 47_kOhm, -100_V, "tail");
        const node out = differential_pair{}.place(circuit, in, fed_by == second_grid::signal ? in : bias, tail).second;
        if constexpr (fed_by == second_grid::feedback) {
            circuit.resistor(out, bias, 1_MOhm, "zf");
            circuit.resistor(bias, ground, 10_kOhm, "ri");
        } else circuit.supply(bias, 0_V, "bias");
        return out;
    }
};

/// Curves that not all of the signal goes through.
enum class way { beside_a_resistor, nowhere, in_a_loop };
template <way leads>
struct curve_that_leads {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node x = circuit.node();
        circuit.resistor(in, x, 1_kOhm, "r");
        const node curved = circuit.ideal(leads == way::in_a_loop ? x : in, riaa.transfer());
        if constexpr (leads == way::nowhere) circuit.resistor(curved, ground, 1_kOhm, "nowhere");
        else circuit.resistor(curved, x, 1_kOhm, "sum");
        return leads == way::in_a_loop ? curved : x;
    }
};

struct counted {
    int ahead = 0, behind = 0;
};

/// How many roots the curves on each side have.
template <class Chain>
counted curves_of(const Chain& schematic)
{
    const auto curves = detail::find_ideal_curves(elaborate(schematic));
    REQUIRE_FALSE(curves.problem);
    return {curves.ahead.total().poles.degree(), curves.behind.total().poles.degree()};
}

template <class Chain>
bool stands_between(const Chain& schematic)
{
    return std::string{check(schematic).rule} == "may not stand between triodes; write its network";
}

}   // namespace

TEST_CASE("A curve is ahead of the triodes or behind them by what can move what")
{
    CHECK(curves_of(chain{voltage_source{}, riaa, stage}).ahead == 2);
    CHECK(curves_of(chain{voltage_source{}, stage, riaa}).behind == 2);
    const counted both = curves_of(chain{voltage_source{}, inverse(riaa), stage, riaa_iec});
    CHECK(both.ahead == 1);   // 318 us, undone
    CHECK(both.behind == 3);
    CHECK(curves_of(chain{voltage_source{}, stage_with_curve<true>{}}).behind == 2);
    CHECK(curves_of(chain{voltage_source{}, stage_with_curve<false>{}}).ahead == 2);
    CHECK(curves_of(chain{disc_velocity{ceramic_cartridge{}}, loading{}, stage}).ahead == 1);   // the integrator, before everything
}

TEST_CASE("A user's block with a triode and a curve plays, whatever the order of its nodes")
{
    const tube_preamp behind{chain{voltage_source{}, stage_with_curve<true>{}}, 48_kHz};
    const tube_preamp ahead{chain{voltage_source{}, stage_with_curve<false>{}}, 48_kHz};
    CHECK_FALSE(behind.problem());
    CHECK_FALSE(ahead.problem());
}

TEST_CASE("check() finds the curve between triodes that a tube preamp refuses")
{
    CHECK(stands_between(chain{voltage_source{}, stage, riaa, stage}));
    CHECK(check(chain{voltage_source{}, stage, riaa, stage}).block == 2);
    CHECK(stands_between(chain{voltage_source{}, stage_with_curve<true>{}, stage}));
    CHECK(stands_between(chain{voltage_source{}, stage, stage_with_curve<false>{}}));
    CHECK_FALSE(check(chain{voltage_source{}, riaa, stage, stage, riaa}));
    const tube_preamp refused{chain{voltage_source{}, stage, riaa, stage}, 48_kHz};
    CHECK(std::string{refused.problem().rule} == check(chain{voltage_source{}, stage, riaa, stage}).rule);
}

TEST_CASE("What something holds no triode moves: a curve ahead of a pair, a follower or a shared rail is not between triodes")
{
    const auto ahead = [](const auto& schematic) {
        const counted seen = curves_of(schematic);
        return seen.ahead == 2 && seen.behind == 0 && !check(schematic);
    };
    const auto behind = [](const auto& schematic) {
        const counted seen = curves_of(schematic);
        return seen.ahead == 0 && seen.behind == 2 && !check(schematic);
    };
    const voltage_source source{};
    CHECK(ahead(chain{source, riaa, differential_pair{}}));
    CHECK(ahead(chain{source, riaa, differential_pair{.inverting = true}}));
    CHECK(ahead(chain{magnetic_cartridge{}, loading{}, riaa, differential_pair{.grid_leak = 1_MOhm}}));
    CHECK(ahead(chain{source, riaa, pair_with<second_grid::supply>{}}));
    CHECK(ahead(chain{source, riaa, pair_with<second_grid::feedback>{}}));
    CHECK(ahead(chain{source, riaa, pair_with<second_grid::signal>{}}));
    CHECK(ahead(chain{source, riaa, cathode_follower{}}));
    CHECK(ahead(chain{source, riaa, preamps::nachbaur::magnetic_tube_stage, series_arm{capacitor{1_uF}}, shunt_arm{resistor{470_kOhm}}}));
    CHECK(ahead(chain{source, follower_on_a_shared_rail{}}));
    CHECK(ahead(chain{source, listening_tube{}, riaa, stage}));
    CHECK(behind(chain{source, differential_pair{}, riaa}));
    CHECK(behind(chain{source, pair_with<second_grid::feedback>{}, riaa}));
    CHECK(behind(chain{source, stage, tap{1}, cathode_follower{}, riaa}));
    const counted two = curves_of(chain{source, riaa, riaa_iec, differential_pair{}});
    CHECK(two.ahead == 5);
    CHECK(two.behind == 0);

    CHECK(stands_between(chain{source, stage, riaa, differential_pair{}}));
    CHECK(stands_between(chain{source, differential_pair{}, riaa, cathode_follower{}}));
    // Held by nothing: the tube's grid current moves what its stopper leads to.
    CHECK(stands_between(chain{source, series_arm{resistor{1_kOhm}}, listening_tube{}, riaa, stage}));
}

TEST_CASE("A pair behind a curve plays as the pair behind an exact RIAA")
{
    const tube_preamp whole{chain{voltage_source{}, riaa, differential_pair{}}, 96_kHz};
    REQUIRE_FALSE(whole.problem());
    double off = 0.0;
    for (const double f : {20.0, 100.0, 1e3, 5e3, 20e3}) {
        const auto alone = response(chain{voltage_source{}, differential_pair{}}, frequency{f});
        const double expected = std::abs(alone) * static_cast<double>(std::abs(measure::exact_riaa(f)));
        off = std::max(off, std::abs(20.0 * std::log10(std::abs(whole.response(frequency{f})) / expected)));
    }
    std::printf("pair behind a curve against the pair behind an exact RIAA: %.1e dB (at most 2e-6)\n", off);
    CHECK(off <= 2e-6);

    // Loud, so that the pair distorts: what it makes of the curve's output.
    auto playing = std::make_unique<tube_preamp<chain<voltage_source, curve, differential_pair>>>(
        chain{voltage_source{}, riaa, differential_pair{}}, 96_kHz);
    const auto pair =
        std::make_unique<tube_preamp<chain<voltage_source, differential_pair>>>(chain{voltage_source{}, differential_pair{}}, 96_kHz);
    tunable_preamp equaliser{chain{voltage_source{}, riaa}, 96_kHz};
    double apart = 0.0, most = 0.0;
    for (int n = 0; n < 20000; ++n) {
        const double x = 20.0 * std::sin(0.065 * n);
        const double y = (*playing)(x);
        most = std::max(most, std::abs(y));
        apart = std::max(apart, std::abs(y - (*pair)(equaliser(x))));
    }
    std::printf("    20 V of 1 kHz: %.1f V, %.1e V apart (at most 1e-9)\n", most, apart);
    CHECK(most > 20.0);
    CHECK(apart <= 1e-9);
}

TEST_CASE("A curve with a way around it, or in a loop, is a fault with triodes and without")
{
    const std::string around = "block 1, curve: has a way around it, but all of the signal must go through it: write its network";
    const std::string loop = "block 1, curve: may not stand within a loop, which cannot close through it: write its network";
    const auto said = [](const auto& schematic) { return to_string(check(schematic)); };
    CHECK(said(chain{voltage_source{}, curve_that_leads<way::beside_a_resistor>{}}) == around);
    CHECK(said(chain{voltage_source{}, curve_that_leads<way::nowhere>{}}) == around);
    CHECK(said(chain{voltage_source{}, curve_that_leads<way::in_a_loop>{}}) == loop);
    CHECK(said(chain{voltage_source{}, curve_that_leads<way::beside_a_resistor>{}, stage}) == around);
    CHECK(said(chain{voltage_source{}, curve_that_leads<way::in_a_loop>{}, stage}) == loop);
    CHECK(check(chain{voltage_source{}, stage, curve_that_leads<way::beside_a_resistor>{}}).block == 2);

    const chain beside{voltage_source{}, curve_that_leads<way::beside_a_resistor>{}, stage};
    CHECK(to_string(tube_preamp{beside, 48_kHz}.problem()) == around);
    CHECK(to_string(tunable_preamp{chain{voltage_source{}, curve_that_leads<way::in_a_loop>{}}, 48_kHz}.problem()) == loop);
    CHECK(std::isnan(response(chain{voltage_source{}, curve_that_leads<way::beside_a_resistor>{}}, 1_kHz).real()));

    // In a row all of the signal goes through each: a cartridge, a divider, two curves, one of them undone.
    CHECK(said(chain{magnetic_cartridge{}, loading{}, riaa, series_arm{resistor{1_kOhm}}, shunt_arm{resistor{1_kOhm}}, inverse(riaa)})
              .empty());
}
