// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/tube_circuits.hpp"

#include <phono/analysis.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/circuit/bounded_netlist.hpp>

#include <cmath>
#include <complex>
#include <limits>
#include <string>

/// A circuit that is kept and analysed: many frequencies, any node, DC voltages by name.
namespace {

using namespace phono;
using namespace phono::literals;

const double audible[] = {20.0, 1000.0, 20000.0};

double off(std::complex<double> seen, std::complex<double> expected) { return std::abs(seen - expected) / std::abs(expected); }

template <class Chain>
void is_the_schematic(const Chain& schematic)
{
    const circuit held{schematic};
    for (const double f : audible) CHECK(response(held, frequency{f}) == response(schematic, frequency{f}));
}

constexpr circuit held_stage{reference::single_coupled};
static_assert(!held_stage.problem());
static_assert(math::abs(held_stage.quiescent(at<"plate1">).si - 202.9179320835) < 1e-6);   // ngspice
static_assert(response(held_stage, 1_kHz).real() < -50.0);
static_assert(response(held_stage, at<"plate1">, 1_kHz).real() < -50.0);

}   // namespace

TEST_CASE("A circuit that is kept responds as its schematic does")
{
    catalogue::for_each_preamp([](const auto& known) { is_the_schematic(known.value); });
    catalogue::for_each_tube_preamp([](const auto& known) { is_the_schematic(known.value); });
}

TEST_CASE("A circuit of bounded size responds and rests to the last bit as its schematic does")
{
    const auto is_same = [](const auto& known) {
        INFO(known.name);
        const circuit own{known.value};
        const circuit bound{bounded(elaborate(known.value))};
        INFO(bound.problem().rule);
        REQUIRE_FALSE(bound.problem());
        for (const double f : audible) CHECK(response(bound, frequency{f}) == response(own, frequency{f}));
        const double hiss = noise_density(own, 1_kHz);
        CHECK(std::fabs(noise_density(bound, 1_kHz) - hiss) <= 1e-12 * hiss);
        const auto resting = bound.quiescent();
        const auto expected = own.quiescent();
        for (int i = 1; own.netlist().triode_count > 0 && i <= own.netlist().nodes; ++i) CHECK(resting(node{i}) == expected(node{i}));
        const math::complex s{0.0, 6283.0};
        CHECK(math::abs(analyse(bound).total()(s) - analyse(own).total()(s)) <= 1e-12 * math::abs(analyse(own).total()(s)));
    };
    catalogue::for_each_preamp(is_same);
    catalogue::for_each_tube_preamp(is_same);
}

TEST_CASE("A circuit beyond the bound has a fault that states it")
{
    flat_netlist<netlist_size{.nodes = 100, .parts = 100}> ladder;
    for (node from = ladder.node(); ladder.nodes < 100;) {
        const node to = ladder.node();
        ladder.resistor(from, to, 1_kOhm);
        from = to;
    }
    REQUIRE_FALSE(ladder.problem);
    const fault found = circuit{bounded(ladder)}.problem();
    CHECK(std::string{found.rule} == "must have at most 88 nodes, and 40 currents that are unknown");
    CHECK(found.value == 100.0);

    flat_netlist<netlist_size{.nodes = 1, .parts = 1}> wrong;
    wrong.resistor(wrong.node(), ground, -1_kOhm);
    CHECK(std::string{circuit{bounded(wrong)}.problem().rule} == "must be above zero");
}

TEST_CASE("The output of each block of a ladder is the divider that stands before it")
{
    const chain ladder{voltage_source{}, series_arm{resistor{1_kOhm}}, shunt_arm{resistor{2_kOhm}}, series_arm{resistor{1_kOhm}},
                       shunt_arm{resistor{1_kOhm}}};
    const circuit held{ladder};
    CHECK(off(response(held, at<"out0">, 1_kHz), 1.0) < 1e-15);
    CHECK(off(response(held, at<"out1">, 1_kHz), 0.5) < 1e-15);   // 1 kOhm into 2 kOhm beside 2 kOhm
    CHECK(response(held, at<"out2">, 1_kHz) == response(held, at<"out1">, 1_kHz));
    CHECK(off(response(held, at<"out4">, 1_kHz), 0.25) < 1e-15);
    CHECK(response(held, at<"out4">, 1_kHz) == response(held, 1_kHz));
    CHECK(response(held, ground, 1_kHz) == 0.0);
}

TEST_CASE("A curve counts at the nodes behind it and at no other")
{
    const chain with_curve{voltage_source{}, series_arm{resistor{1_kOhm}}, shunt_arm{resistor{1_kOhm}}, riaa, buffer{6_dB}};
    const circuit held{with_curve};
    for (const double hertz : audible) {
        const frequency f{hertz};
        const auto curve = response(chain{voltage_source{}, riaa}, f);
        CHECK(off(response(held, at<"out1">, f), 0.5) < 1e-15);
        CHECK(off(response(held, at<"out2">, f), 0.5) < 1e-15);
        CHECK(off(response(held, at<"out3">, f), 0.5 * curve) < 1e-14);
        CHECK(response(held, at<"out4">, f) == response(held, f));
    }
    // A factor of the source, such as that of groove velocity, counts everywhere.
    const magnetic_cartridge cartridge{.output = 5_mV, .resistance = 1_kOhm, .inductance = 500_mH};
    const circuit driven{chain{disc_velocity{cartridge}, loading{.resistance = 47_kOhm}, riaa}};
    const std::complex<double> coil{1e3, 2.0 * math::pi * 1e3 * 0.5};
    CHECK(off(response(driven, at<"out1">, 1_kHz), 0.1 * 47e3 / (47e3 + coil)) < 1e-14);   // 5 mV for 50 mm/s
}

TEST_CASE("The cathode and plate voltages of a stage follow from the tube's currents")
{
    const auto& stage = reference::single_coupled;
    const circuit held{stage};
    const tube_bias t = bias(held)[0];
    // In midband the bypass holds the cathode; the plate's signal is the output's, behind 100 nF into 1 MOhm.
    const double capacitor_share = std::abs(response(held, 1_kHz) / response(held, at<"plate1">, 1_kHz));
    CHECK(capacitor_share == Approx(1.0 / std::hypot(1.0, 1.0 / (2.0 * math::pi * 1e3 * 100e-9 * 1e6))).epsilon(1e-9));
    // The plate load's current, i = v(plate)/Z, through the cathode's impedance, 1.5 kOhm parallel to 25 uF.
    const std::complex<double> s{0.0, 2.0 * math::pi * 20.0}, zk = 1.0 / (1.0 / 1.5e3 + s * 25e-6);
    const std::complex<double> plate = response(held, at<"plate1">, 20_Hz), zl = 1.0 / (1.0 / 100e3 + 1.0 / (1e6 + 1.0 / (s * 100e-9)));
    CHECK(off(response(held, at<"cathode1">, 20_Hz), -plate / zl * zk) < 1e-3);   // except for the interelectrode capacitances
    CHECK(held.quiescent(at<"plate1">).si == t.plate.si);
    CHECK(held.quiescent(at<"cathode1">).si == t.cathode.si);
    CHECK(held.quiescent(at<"grid1">).si == t.grid.si);
    CHECK(held.quiescent(at<"out2">).si == t.plate.si);
    CHECK(held.quiescent(ground).si == 0.0);
}

TEST_CASE("A name that is known at run time only is looked up")
{
    const circuit held{preamps::nachbaur_magnetic_tube};
    CHECK(held.find("plate3") == held.find(at<"plate3">));
    CHECK(held.quiescent(*held.find("plate3")).si == Approx(315.0).margin(0.5));   // published: about 315 V
    CHECK(held.find("out0") == held.find(at<"out0">));
    for (const char* name :
         {"plate0", "plate5", "plate", "plate01", "plate-1", "out4", "out", "anode1", "", "1", "plate1 ", "plate9999999999"})
        CHECK_FALSE(held.find(name));
}

TEST_CASE("A circuit without an operating point keeps its fault and its response is not a number")
{
    const circuit held{chain{voltage_source{}, series_arm{capacitor{100_nF}}, common_cathode_stage{}}};
    REQUIRE(held.problem());
    CHECK(std::string{held.problem().part} == "triode.grid");
    CHECK(std::isnan(response(held, 1_kHz).real()));
    CHECK(std::isnan(response(held, at<"plate1">, 1_kHz).real()));
    CHECK(std::isnan(held.quiescent(at<"plate1">).si));
    CHECK(std::isnan(output_impedance(held, 1_kHz).real()));
    const circuit negative{chain{voltage_source{}, series_arm{resistor{resistance{-1.0}}}, shunt_arm{resistor{1_kOhm}}}};
    REQUIRE(negative.problem());
    CHECK(std::isnan(response(negative, 1_kHz).real()));
}
