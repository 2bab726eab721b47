// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/exact_riaa.hpp"

#include <phono/analysis/impedance.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <complex>
#include <cstdio>
#include <set>
#include <string>
#include <type_traits>

namespace {

using namespace phono;
using namespace phono::literals;
using complex = std::complex<double>;

constexpr double two_pi = 6.283185307179586;

complex s_at(double f) { return {0.0, two_pi * f}; }
complex across(complex a, complex b) { return a * b / (a + b); }
double decibels_at(const auto& schematic, double f) { return decibels(response(schematic, frequency{f})); }

/// A load of 22 kOhm with 1 nF behind 1 kOhm: what stands behind the block in question.
constexpr auto next = shunt_arm{parallel(resistor{22_kOhm}, series(resistor{1_kOhm}, capacitor{1_nF}))};
complex next_impedance(complex s) { return across(22e3, 1e3 + 1.0 / (s * 1e-9)); }

/// What a block with its source is to the block behind it: an EMF and an impedance.
struct thevenin {
    complex emf, impedance;

    complex into(complex load) const { return emf * load / (load + impedance); }
    thevenin with_shunt(complex z) const { return {into(z), across(impedance, z)}; }
    thevenin with_series(complex z) const { return {emf, impedance + z}; }
};

/// A chain, alone and with the next block behind it, is what its Thevenin equivalent says. Returns how many decibels the next block
/// takes away, at most.
double loaded_change(const char* name, const auto& schematic, const auto& loaded, auto&& equivalent)
{
    double change = 0.0, worst = 0.0;
    for (double f = 10.0; f < 1e6; f *= 1.3) {
        const complex s = s_at(f), alone = response(schematic, frequency{f}), joined = response(loaded, frequency{f});
        const thevenin expected = equivalent(s);
        change = std::max(change, std::fabs(decibels(joined) - decibels(alone)));
        for (const double error : {std::abs(alone - expected.emf) / std::abs(expected.emf),
                                   std::abs(joined - expected.into(next_impedance(s))) / std::abs(expected.into(next_impedance(s)))})
            if (!(error <= worst)) worst = error;
        const complex z = output_impedance(schematic, frequency{f});
        CHECK(std::abs(z - expected.impedance) <= 1e-11 * std::abs(expected.impedance));
    }
    std::printf("    %-22s takes %7.3f dB from it, off its Thevenin equivalent by %.1e\n", name, change, worst);
    CHECK(worst < 1e-11);
    return change;
}

struct cartridge_row {
    magnetic_cartridge cartridge;
    capacitance load;
    double at_1k, at_5k, at_10k, at_15k, at_20k, resonance, q, peak, minus_3_db;
};

}   // namespace

TEST_CASE("A magnetic cartridge into its load has the response of the closed form")
{
    const cartridge_row rows[] = {
        {{.resistance = 1_kOhm, .inductance = 500_mH}, 250_pF, -0.1604, 0.5073, 1.4295, -0.0968, -4.2795, 14386, 1.0377, 1.446, 18566},
        {{.resistance = 485_Ohm, .inductance = 550_mH}, 200_pF, -0.0753, 0.2955, 0.6233, -0.8510, -4.2809, 15253, 0.8935, 0.639, 18292},
        {{.resistance = 1.55_kOhm, .inductance = 650_mH}, 250_pF, -0.2605, 0.4336, 0.4777, -2.6708, -7.1765, 12689, 0.9113, 0.727, 15383}};
    for (const cartridge_row& row : rows) {
        const chain schematic{row.cartridge, loading{.resistance = 47_kOhm, .capacitance = row.load}};
        const double reference = decibels_at(schematic, 1000.0);
        const auto agrees = [&](double f, double printed) { CHECK(std::fabs(decibels_at(schematic, f) - reference - printed) < 0.51e-4); };
        CHECK(std::fabs(reference - row.at_1k) < 0.51e-4);
        agrees(5e3, row.at_5k), agrees(10e3, row.at_10k), agrees(15e3, row.at_15k), agrees(20e3, row.at_20k);
        CHECK(decibels_at(schematic, row.minus_3_db - 1.0) - reference > -3.0103);
        CHECK(decibels_at(schematic, row.minus_3_db + 1.0) - reference < -3.0);

        const auto h = poles_zeros(schematic);
        REQUIRE(h.poles.count == 1);
        REQUIRE(h.zeros.count == 0);
        const double w = math::abs(h.poles[0]);
        CHECK(std::fabs(w / two_pi - row.resonance) < 0.51);
        CHECK(std::fabs(w / (-2.0 * h.poles[0].re) - row.q) < 0.51e-4);
        double peak = -100.0;
        for (double f = 5e3; f < 15e3; f += 5.0) peak = std::max(peak, decibels_at(schematic, f) - reference);
        CHECK(std::fabs(peak - row.peak) < 0.51e-3);
    }
}

TEST_CASE("The bass of a ceramic cartridge ends where its load meets its capacitance")
{
    const double printed[3][3] = {{318, 199, 159}, {145, 90, 72}, {6366, 3979, 3183}};
    const resistance loads[] = {1_MOhm, 2.2_MOhm, 50_kOhm};
    const capacitance elements[] = {500_pF, 800_pF, 1000_pF};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
            const chain schematic{ceramic_cartridge{.element = elements[j]}, loading{.resistance = loads[i]}};
            const auto h = poles_zeros(schematic);
            REQUIRE(h.poles.count == 1);
            CHECK(std::fabs(-h.poles[0].re / two_pi - printed[i][j]) < 0.51);
            CHECK(decibels_at(schematic, -h.poles[0].re / two_pi) == Approx(-3.010299956639812).epsilon(1e-10));
            CHECK(std::abs(decibels_at(schematic, 1e8)) < 1e-5);
        }
    const chain unloaded{ceramic_cartridge{}, loading{.resistance = 1_MOhm, .cable = 600_pF}};
    CHECK(decibels_at(unloaded, 100e3) == Approx(-6.0206).margin(1e-4));   // a divider of two equal capacitances
}

TEST_CASE("A moving coil loses to its load what the divider says")
{
    const auto into_100_ohm = [](resistance coil) {
        return decibels_at(chain{moving_coil_cartridge{.resistance = coil}, loading{.resistance = 100_Ohm}}, 1000.0);
    };
    CHECK(std::fabs(into_100_ohm(2_Ohm) + 0.1720) < 0.51e-4);
    CHECK(std::fabs(into_100_ohm(12_Ohm) + 0.9844) < 0.51e-4);
    CHECK(std::fabs(into_100_ohm(40_Ohm) + 2.9226) < 0.51e-4);
    const chain with_winding{moving_coil_cartridge{.resistance = 40_Ohm, .inductance = 150_uH}, loading{.resistance = 100_Ohm}};
    CHECK(std::abs(response(with_winding, 100_kHz) - 100.0 / (140.0 + s_at(100e3) * 150e-6)) < 1e-14);
    const chain without_winding{moving_coil_cartridge{.resistance = 40_Ohm}, loading{.resistance = 100_Ohm}};
    CHECK(std::abs(response(without_winding, 20_kHz) - 100.0 / 140.0) < 1e-14);
    CHECK(poles_zeros(without_winding).poles.count == 0);
}

TEST_CASE("Each block is loaded by the one behind it as the joined circuit says")
{
    constexpr magnetic_cartridge magnetic{.resistance = 1.3_kOhm, .inductance = 650_mH, .interwinding = 40_pF};
    const auto magnetic_source = [](complex s) { return thevenin{1.0, 1300.0 + 0.65 * s}.with_shunt(1.0 / (s * 40e-12)); };
    CHECK(loaded_change("magnetic_cartridge", chain{magnetic}, chain{magnetic, next}, magnetic_source) > 1.0);

    constexpr moving_coil_cartridge moving_coil{.resistance = 40_Ohm, .inductance = 150_uH};
    CHECK(loaded_change("moving_coil_cartridge", chain{moving_coil}, chain{moving_coil, next}, [](complex s) {
              return thevenin{1.0, 40.0 + 150e-6 * s};
          }) > 0.01);

    constexpr ceramic_cartridge ceramic{.element = 600_pF};
    constexpr loading ceramic_load{.resistance = 2.2_MOhm};
    CHECK(loaded_change("ceramic_cartridge", chain{ceramic, ceramic_load}, chain{ceramic, ceramic_load, next}, [](complex s) {
              return thevenin{1.0, 1.0 / (s * 600e-12)}.with_shunt(2.2e6);
          }) > 1.0);

    constexpr loading load{.resistance = 47_kOhm, .capacitance = 100_pF, .cable = 150_pF};
    CHECK(loaded_change("loading", chain{magnetic, load}, chain{magnetic, load, next},
                        [&](complex s) { return magnetic_source(s).with_shunt(across(47e3, 1.0 / (s * 250e-12))); }) > 1.0);
    constexpr network_loading network{series(resistor{10_kOhm}, capacitor{2.2_nF})};
    CHECK(loaded_change("network_loading", chain{magnetic, network}, chain{magnetic, network, next},
                        [&](complex s) { return magnetic_source(s).with_shunt(10e3 + 1.0 / (s * 2.2e-9)); }) > 1.0);

    constexpr series_arm arm{parallel(resistor{10_kOhm}, capacitor{3_nF})};
    CHECK(loaded_change("series_arm", chain{voltage_source{}, arm}, chain{voltage_source{}, arm, next}, [](complex s) {
              return thevenin{1.0, across(10e3, 1.0 / (s * 3e-9))};
          }) > 1.0);
    constexpr series_arm source_resistance{resistor{5_kOhm}};
    constexpr shunt_arm shunt{series(resistor{820_Ohm}, capacitor{22_nF})};
    CHECK(loaded_change("shunt_arm", chain{voltage_source{}, source_resistance, shunt},
                        chain{voltage_source{}, source_resistance, shunt, next}, [](complex s) {
                            return thevenin{1.0, 5e3}.with_shunt(820.0 + 1.0 / (s * 22e-9));
                        }) > 1.0);
    // 5k, tap, 10k, and a capacitor from behind it back to the tap: the capacitor lies across the 10k.
    constexpr series_arm bridged{resistor{10_kOhm}};
    constexpr bridge back{1, capacitor{3_nF}};
    CHECK(loaded_change("tap and bridge", chain{voltage_source{}, source_resistance, tap{1}, bridged, back},
                        chain{voltage_source{}, source_resistance, tap{1}, bridged, back, next}, [](complex s) {
                            return thevenin{1.0, 5e3}.with_series(across(10e3, 1.0 / (s * 3e-9)));
                        }) > 1.0);

    constexpr disc_velocity groove{moving_coil};
    CHECK(loaded_change("disc_velocity", chain{groove}, chain{groove, next}, [](complex s) {
              return thevenin{0.3e-3 / 0.05, 40.0 + 150e-6 * s};
          }) > 0.01);
}

TEST_CASE("What is ideal drives any load")
{
    CHECK(loaded_change("voltage_source", chain{voltage_source{}}, chain{voltage_source{}, next}, [](complex) {
              return thevenin{1.0, 0.0};
          }) < 1e-12);
    CHECK(loaded_change("curve", chain{voltage_source{}, riaa}, chain{voltage_source{}, riaa, next}, [](complex s) {
              return thevenin{complex{measure::exact_riaa(s.imag() / two_pi)}, 0.0};
          }) < 1e-12);
}

TEST_CASE("A loading is the network of its parts")
{
    const auto cartridge = cartridges::typical_magnetic;
    const chain by_name{cartridge, loading{.resistance = 47_kOhm, .capacitance = 150_pF, .cable = 100_pF}};
    const chain by_parts{cartridge, network_loading{parallel(resistor{47_kOhm}, capacitor{150_pF}, capacitor{100_pF})}};
    const chain summed{cartridge, loading{.resistance = 47_kOhm, .cable = 250_pF}};
    for (double f = 10.0; f < 1e6; f *= 1.7) {
        CHECK(std::abs(response(by_name, frequency{f}) / response(by_parts, frequency{f}) - 1.0) < 1e-14);
        CHECK(std::abs(response(by_name, frequency{f}) / response(summed, frequency{f}) - 1.0) < 1e-13);
    }
    CHECK(std::abs(response(by_name, 10_kHz)) > 1.05 * std::abs(response(by_name, 1_kHz)));
}

TEST_CASE("Five centimetres a second give a cartridge's output")
{
    constexpr loading next_to_nothing{.resistance = 1_GOhm};
    constexpr auto with = [next_to_nothing](auto cartridge) { return chain{disc_velocity{cartridge}, next_to_nothing}; };
    const auto emf = [&](const auto& cartridge, double f) {
        return 0.05 * std::abs(response(with(cartridge), frequency{f}) / response(chain{cartridge, next_to_nothing}, frequency{f}));
    };
    constexpr magnetic_cartridge magnetic{.output = 5.5_mV};
    constexpr moving_coil_cartridge moving_coil{.output = 0.3_mV};
    constexpr ceramic_cartridge ceramic{.output = 200_mV};
    CHECK(emf(magnetic, 1000.0) == Approx(5.5e-3).epsilon(1e-13));
    CHECK(emf(moving_coil, 1000.0) == Approx(0.3e-3).epsilon(1e-13));
    CHECK(emf(ceramic, 1000.0) == Approx(0.2).epsilon(1e-13));
    CHECK(emf(magnetic, 20.0) == Approx(5.5e-3).epsilon(1e-13));                                    // velocity: flat
    CHECK(decibels(emf(ceramic, 2000.0) / emf(ceramic, 1000.0)) == Approx(-6.0206).margin(1e-6));   // displacement
    CHECK(decibels(emf(ceramic, 20.0) / emf(ceramic, 1000.0)) == Approx(33.9794).margin(2e-4));
    CHECK(std::abs(preamp<with(magnetic)>{96_kHz}.response(1_kHz)) == Approx(0.11).epsilon(1e-4));
}

TEST_CASE("An impedance is that of the circuit before or behind")
{
    const chain schematic{magnetic_cartridge{.resistance = 1_kOhm, .inductance = 500_mH}, loading{.resistance = 47_kOhm, .cable = 150_pF},
                          series_arm{resistor{2.2_kOhm}}, shunt_arm{capacitor{1_nF}}};
    for (const double f : {20.0, 1e3, 10e3, 100e3}) {
        const complex s = s_at(f), behind = 2200.0 + 1.0 / (s * 1e-9), load = across(47e3, 1.0 / (s * 150e-12));
        const complex before = across(1e3 + 0.5 * s, load) + 2200.0;
        CHECK(std::abs(input_impedance(schematic, frequency{f}) / across(load, behind) - 1.0) < 1e-12);
        CHECK(std::abs(output_impedance(schematic, frequency{f}) / across(before, 1.0 / (s * 1e-9)) - 1.0) < 1e-12);
    }
    CHECK(input_impedance(loading{.resistance = 47_kOhm}, 1_kHz).real() == Approx(47e3).epsilon(1e-14));
    CHECK(std::isinf(input_impedance(chain{voltage_source{}, riaa}, 1_kHz).real()));
    CHECK(std::isinf(input_impedance(riaa, 1_kHz).real()));
}

TEST_CASE("A flat transfer is played through what stands behind the cartridge and its load")
{
    constexpr auto rest = without_cartridge(preamps::magnetic_riaa);
    static_assert(std::is_same_v<std::remove_const_t<decltype(rest)>, chain<voltage_source, curve>>);
    for (double f = 20.0; f < 20e3; f *= 1.5) {
        const complex expected{measure::exact_riaa(f)};
        CHECK(std::abs(response(rest, frequency{f}) / expected - 1.0) < 1e-12);
    }
    const chain passive{cartridges::denon_dl103, loading{}, series_arm{resistor{3_kOhm}}, shunt_arm{resistor{1_kOhm}}};
    CHECK(std::abs(response(without_cartridge(passive), 1_kHz)) == Approx(0.25).epsilon(1e-13));
    CHECK(std::abs(response(passive, 1_kHz)) < 0.249);
}

TEST_CASE("The catalogue has a dozen cartridges of plausible values, each with its source")
{
    std::set<std::string> names;
    int count = 0;
    const loading load{.resistance = 47_kOhm, .cable = 150_pF};
    const auto is_within = [](auto value, double lowest, double highest) { return value.si >= lowest && value.si <= highest; };
    catalogue::for_each_cartridge([&](const auto& known) {
        INFO(std::string{known.name});
        ++count;
        names.insert(std::string{known.name});
        CHECK_FALSE(known.title.empty());
        CHECK_FALSE(known.source.empty());
        constexpr bool is_magnetic = std::is_same_v<std::remove_cvref_t<decltype(known.value)>, magnetic_cartridge>;
        CHECK(is_within(known.value.output, 20e-6, 20e-3));
        CHECK(is_within(known.value.resistance, 1.0, 5e3));
        CHECK(is_within(known.value.inductance, is_magnetic ? 1e-3 : 0.0, is_magnetic ? 1.0 : 1e-3));
        CHECK_FALSE(check(chain{known.value, load, riaa}, frequency{44100.0}));
    });
    CHECK(count >= 12);
    CHECK(names.size() == static_cast<std::size_t>(count));
}
