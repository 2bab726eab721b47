// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <limits>
#include <string>

/// What check() finds, as sentences.
namespace {

/// A stage that gets a rule wrong: its capacitor comes and goes with its value.
struct fickle_stage {
    static constexpr phono::signal_role role = phono::signal_role::stage;

    phono::capacitance c{};

    constexpr phono::node elaborate(auto& circuit, phono::node in) const noexcept
    {
        const phono::node out = circuit.node();
        circuit.resistor(in, out, phono::resistance{1e3}, "fickle_stage.r");
        if (c.si > 0.0) {
            const phono::node more = circuit.node();
            circuit.resistor(out, more, phono::resistance{1e3}, "fickle_stage.more");
            circuit.capacitor(more, phono::ground, c, "fickle_stage.c");
        }
        return out;
    }
};

/// A stage with a rule of its own.
struct choosy_stage {
    static constexpr phono::signal_role role = phono::signal_role::stage;

    phono::resistance r{1e3};

    constexpr phono::node elaborate(auto& circuit, phono::node in) const noexcept
    {
        if (r.si > 2e3) circuit.report({"choosy_stage.r", r.si, "must be at most 2 kOhm", 1, "Ohm"});
        circuit.resistor(in, phono::ground, r, "choosy_stage.r");
        return in;
    }
};

using namespace phono;
using namespace phono::literals;

template <class... Block>
std::string said(const Block&... block)
{
    return to_string(check(chain{block...}));
}

constexpr magnetic_cartridge cartridge{};
constexpr loading load{};
constexpr voltage_source source{};
constexpr resistor ohms{1_kOhm};

}   // namespace

TEST_CASE("A fault is a sentence with block, part, value, unit and rule")
{
    CHECK(said(cartridge, loading{.resistance = -47_Ohm}, riaa) == "block 1, loading.resistance is -47 Ohm: must be above zero");
    CHECK(said(cartridge, loading{.capacitance = -150_pF}, riaa) == "block 1, loading.capacitance is -150 pF: must not be negative");
    CHECK(said(magnetic_cartridge{.inductance = 0_H}, load) == "block 0, magnetic_cartridge.inductance is 0 H: must be above zero");
    CHECK(said(source, common_cathode_stage{.supply = voltage{std::numeric_limits<double>::infinity()}}) ==
          "block 1, common_cathode_stage.supply is inf: must be finite");
    CHECK(to_string(check(chain{cartridge, load, riaa}, 7_kHz)) == "sampling rate is 7 kHz: must lie between 8 kHz and 768 kHz");
}

TEST_CASE("A fault that no one value is to blame for tells none")
{
    constexpr common_cathode_stage stage{.grid_leak = 1_MOhm};
    CHECK(said(source, stage, riaa, stage) == "block 2, curve: may not stand between triodes; write its network");
    CHECK(said(source, series_arm{capacitor{1_nF}}, stage, series_arm{capacitor{1_nF}}, common_cathode_stage{}) ==
          "block 4, triode.grid: has no DC path to ground: a grid_leak gives one");
    CHECK_FALSE(check(chain{source, stage, riaa, stage}).value);
}

TEST_CASE(
    "A block that places more parts for some values than for its default ones is at fault and nothing of it is placed beside the netlist")
{
    volatile double farads = 1e-9;
    const chain schematic{voltage_source{}, fickle_stage{capacitance{farads}}};
    CHECK(to_string(check(schematic)) ==
          "block 1, block: places more parts than with default values; which parts it places may depend on its type only");
    tunable_preamp silent{schematic, 48_kHz};
    CHECK(silent.problem());
    CHECK(silent(1.0) == 0.0);
    CHECK(said(voltage_source{}, fickle_stage{}) == "");
}

TEST_CASE("A block states rules of its own")
{
    volatile double three_kiloohms = 3e3;
    CHECK(said(voltage_source{}, choosy_stage{resistance{three_kiloohms}}) == "block 1, choosy_stage.r is 3 kOhm: must be at most 2 kOhm");
    CHECK(said(voltage_source{}, choosy_stage{}) == "");
}

TEST_CASE("Nothing wrong is nothing said")
{
    constexpr fault none = check(chain{cartridge, load, riaa});
    static_assert(!none);
    CHECK(to_string(none).empty());
}

TEST_CASE("0 is no tap, one number is one tap, and a bridge leads back to a tap before it")
{
    const common_cathode_stage stage{.grid_leak = 1_MOhm};   // cathode_tap is 0
    CHECK(said(source, stage, shunt_arm{resistor{1_MOhm}}, bridge{0, resistor{1_MOhm}}) ==
          "block 3, bridge.to is 0: must name a tap that stands before it in the chain");
    CHECK(said(source, tap{0}, series_arm{ohms}) == "block 1, tap is 0: must not be 0");
    CHECK(said(source, tap{1}, series_arm{ohms}, tap{1}, bridge{1, ohms}) == "block 3, tap is 1: must have a number of its own");
    CHECK(said(source, series_arm{ohms}, bridge{1, ohms}, tap{1}) ==
          "block 2, bridge.to is 1: must name a tap that stands before it in the chain");
    common_cathode_stage tapped = stage;
    tapped.cathode_tap = 1;
    CHECK(said(source, tap{1}, tapped) == "block 2, tap is 1: must have a number of its own");
    CHECK(said(source, tapped, series_arm{capacitor{100_nF}}, stage, bridge{1, resistor{1_MOhm}}).empty());
}
