// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/analysis/impedance.hpp>
#include <phono/circuit/part.hpp>
#include <phono/literals.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>

#include <cmath>
#include <complex>
#include <cstdio>
#include <type_traits>

namespace {

using namespace phono;
using namespace phono::literals;
using ohms = std::complex<double>;

ohms s_at(double f) { return {0.0, 6.283185307179586 * f}; }
ohms across(ohms a, ohms b) { return a * b / (a + b); }

/// The largest relative difference from a closed form in s, 1 Hz to 1 MHz.
double worst_error(const impedance auto& network, auto&& closed_form)
{
    double worst = 0.0;
    for (double f = 1.0; f < 1.01e6; f *= 1.23) {
        const ohms expected = closed_form(s_at(f));
        const double error = std::abs(input_impedance(network, frequency{f}) - expected) / std::abs(expected);
        if (!(error <= worst)) worst = error;
    }
    std::printf("    impedance off by at most %.1e\n", worst);
    return worst;
}

template <auto network>
struct made_of {
    static constexpr auto value = network;
};

constexpr auto riaa_network = series(parallel(resistor{100_kOhm}, capacitor{3_nF}), parallel(resistor{10_kOhm}, capacitor{1_nF}));

/// Series in parallel in series, with every kind of part.
constexpr auto three_deep = series(
    resistor{820_Ohm}, parallel(capacitor{1_nF}, series(capacitor{3_nF}, resistor{100_kOhm}, parallel(inductor{0.5_H}, resistor{22_kOhm}))),
    inductor{10_mH});

/// Places itself between two nodes and has an output: an amplifier, no network.
struct three_terminals {
    constexpr node elaborate(auto&, node, node b) const noexcept { return b; }
};
static_assert(!impedance<three_terminals>);

/// An inductance of a capacitor and a gyrator: what a network may be made of is what a circuit has.
struct gyrated_inductor {
    capacitance c{1e-9};
    double siemens = 1e-3;

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept
    {
        const node inside = circuit.node();
        circuit.check_value(siemens, value_rule::positive, "gyrated_inductor.siemens");
        circuit.capacitor(inside, ground, c, "gyrated_inductor.c");
        circuit.transconductance(ground, inside, a, b, siemens, "gyrated_inductor.siemens");
        circuit.transconductance(a, b, inside, ground, siemens, "gyrated_inductor.siemens");
    }
};
static_assert(impedance<gyrated_inductor>);
static_assert(impedance<resistor> && impedance<decltype(three_deep)> && !impedance<resistance> && !impedance<double>);
static_assert(std::is_trivially_copyable_v<decltype(three_deep)>);
static_assert(
    std::is_same_v<made_of<series(resistor{1.3_kOhm}, capacitor{330_pF})>, made_of<series(resistor{1300_Ohm}, capacitor{0.33_nF})>>);
static_assert(!std::is_same_v<made_of<series(resistor{1_kOhm}, capacitor{1_nF})>, made_of<parallel(resistor{1_kOhm}, capacitor{1_nF})>>);
static_assert(!std::is_same_v<made_of<three_deep>, made_of<riaa_network>>);
static_assert(input_impedance(parallel(resistor{3_kOhm}, resistor{6_kOhm}), 1_kHz).real() > 1999.999);

}   // namespace

TEST_CASE("A part has the impedance of the textbook")
{
    CHECK(worst_error(resistor{47_kOhm}, [](ohms) { return ohms{47e3}; }) < 1e-14);
    CHECK(worst_error(capacitor{150_pF}, [](ohms s) { return 1.0 / (s * 150e-12); }) < 1e-14);
    CHECK(worst_error(inductor{0.5_H}, [](ohms s) { return s * 0.5; }) < 1e-14);
}

TEST_CASE("A capacitor behind a gyrator is an inductor of C over the square of the gyrator's conductance")
{
    const std::complex<double> z = input_impedance(gyrated_inductor{.c = 1_nF, .siemens = 1e-3}, 1_kHz);   // 1 mH
    CHECK(std::abs(z - std::complex<double>{0.0, 2.0 * math::pi}) < 1e-12);
}

TEST_CASE("Impedances in series add, admittances in parallel add")
{
    CHECK(worst_error(series(resistor{1_kOhm}, inductor{0.5_H}), [](ohms s) { return 1e3 + s * 0.5; }) < 1e-13);
    CHECK(worst_error(series(resistor{1_kOhm}, resistor{2_kOhm}, resistor{3_kOhm}), [](ohms) { return ohms{6e3}; }) < 1e-14);
    CHECK(worst_error(parallel(resistor{47_kOhm}, capacitor{150_pF}, capacitor{100_pF}),
                      [](ohms s) { return 47e3 / (1.0 + s * 47e3 * 250e-12); }) < 1e-13);
    CHECK(worst_error(series(resistor{1_kOhm}), [](ohms) { return ohms{1e3}; }) < 1e-14);
    CHECK(worst_error(parallel(capacitor{1_nF}), [](ohms s) { return 1.0 / (s * 1e-9); }) < 1e-14);
}

TEST_CASE("A network of networks of networks has the impedance of its closed form")
{
    CHECK(worst_error(riaa_network, [](ohms s) { return 100e3 / (1.0 + s * 3e-4) + 10e3 / (1.0 + s * 1e-5); }) < 1e-13);
    CHECK(worst_error(three_deep, [](ohms s) {
              const ohms tank = across(s * 0.5, 22e3);
              return 820.0 + across(1.0 / (s * 1e-9), 1.0 / (s * 3e-9) + 100e3 + tank) + s * 10e-3;
          }) < 1e-12);
}

TEST_CASE("A network is the same as a value and as a template argument")
{
    CHECK(input_impedance(made_of<three_deep>::value, 1_kHz) == input_impedance(three_deep, 1_kHz));
    constexpr auto at_1_khz = input_impedance(three_deep, 1_kHz);
    CHECK(std::abs(at_1_khz - input_impedance(three_deep, 1_kHz)) < 1e-12 * std::abs(at_1_khz));
}

TEST_CASE("A resonant circuit is a resistor at its resonance")
{
    const auto tank = parallel(inductor{0.5_H}, capacitor{200_pF}, resistor{47_kOhm});
    const frequency resonance{1.0 / (6.283185307179586 * std::sqrt(0.5 * 200e-12))};
    CHECK(input_impedance(tank, resonance).real() == Approx(47e3).epsilon(1e-12));
    CHECK(std::abs(input_impedance(tank, resonance).imag()) < 1e-6);
    CHECK(std::abs(input_impedance(series(inductor{0.5_H}, capacitor{200_pF}), resonance)) < 1e-6);
}
