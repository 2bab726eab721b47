// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/tube_circuits.hpp"

#include <phono/phono.hpp>

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
