// SPDX-License-Identifier: BSL-1.0
#include "support/bench.hpp"
#include "support/reference.hpp"

#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/catalogue/cartridges.hpp>

#include <cmath>
#include <complex>
#include <cstdio>
#include <string>
#include <type_traits>

namespace {

using namespace phono;
using namespace phono::literals;
using namespace bench;
using measure::figure;
using measure::note;

/// The amplifier of the reference netlists: gain 1e5, its pole by 1 kOhm and 1.59154943 uF (100 Hz).
constexpr op_amp reference_amplifier{.gain = 100_dB, .corner = corner(1_kOhm * 1.59154943_uF)};
constexpr transimpedance_stage reference_input{reference_amplifier, resistor{1_kOhm}};
constexpr cable short_cable{.capacitance = 100_pF};
/// The same by its gain-bandwidth product of 10 MHz.
constexpr transimpedance_stage current_input{op_amp{.gain = 100_dB, .corner = 100_Hz}, resistor{1_kOhm}};
/// One that leaves coil and Rf alone.
constexpr transimpedance_stage perfect_input{op_amp{.gain = 200_dB, .corner = 1000_MHz}, resistor{1_kOhm}};

complex amplifier_gain(complex s) { return low_pass(s, 1e5L, 100.0L); }
/// zf/(1 + A).
complex virtual_earth(complex s) { return 1e3L / (1.0L + amplifier_gain(s)); }

/// Three coils, the inductances of our choice, with what they do into that stage behind 100 pF, and into 100 ohms.
struct coil_row {
    moving_coil_cartridge cartridge;
    double at_1k, ideal, at_20k_re_1k, bandwidth_khz, voltage_mode;   ///< dB and kHz, rounded
};
constexpr coil_row coils[] = {
    {{.resistance = 2_Ohm, .inductance = 2_uH}, 53.9224, 53.9794, -3.524, 17.88, -0.1720},
    {{.resistance = 12_Ohm, .inductance = 25_uH}, 38.4071, 38.4164, -0.731, 46.66, -0.9844},
    {{.resistance = 40_Ohm, .inductance = 150_uH}, 27.9536, 27.9588, -1.041, 38.40, -2.9226},
};

complex impedance_of(const moving_coil_cartridge& c, complex s)
{
    return static_cast<real>(c.resistance.si) + s * static_cast<real>(c.inductance.si);
}
/// By Kirchhoff's current law at the minus input, where the coil, the cable and zf meet.
complex current_mode(const moving_coil_cartridge& c, real cable, complex s)
{
    const complex coil = impedance_of(c, s), a = amplifier_gain(s);
    return -a / coil / (1.0L / coil + s * cable + (1.0L + a) / 1e3L);
}
/// The coil into a load parallel to a cable.
complex voltage_mode(complex coil, real load, real cable, complex s) { return 1.0L / (1.0L + coil * (1.0L / load + s * cable)); }

double db(complex h) { return measure::decibels(std::abs(h)); }
double db(std::complex<double> h) { return db(complex{h}); }
std::string text(const char* format, auto... value)
{
    char line[160];
    std::snprintf(line, sizeof line, format, value...);
    return line;
}

/// Between 10 Hz and 1 MHz two responses differ by at most 1e-10 dB.
void agrees(const char* what, const auto& schematic, auto&& expected)
{
    const double worst = measure::worst_error_db([&](double f) { return complex{response(schematic, frequency{f})}; },
                                                 [&](double f) { return expected(s_at(f)); }, measure::log_frequencies(10.0, 1e6, 200));
    figure(what, worst, "dB", 1e-10);
    CHECK(worst < 1e-10);
}

void agrees_with_ngspice(const std::string& name, const auto& schematic)
{
    const auto rows = measure::reference_rows("linear/" + name);   // hertz, decibels, degrees
    const math::rational roots = poles_zeros(schematic);
    double direct = 0.0, by_roots = 0.0;
    for (const auto& row : rows) {
        const double hertz = row.at(0), expected = row.at(1);
        direct = std::max(direct, std::abs(decibels(response(schematic, frequency{hertz})) - expected));
        by_roots = std::max(by_roots, std::abs(20.0 * std::log10(math::abs(roots({0.0, 2.0 * math::pi * hertz}))) - expected));
    }
    figure(name + " against ngspice, direct", direct, "dB", 1e-9);
    figure(name + " against ngspice, by poles and zeros", by_roots, "dB", 1e-9);
    CHECK(rows.size() > 200);
    CHECK(direct < 1e-9);
    CHECK(by_roots < 1e-9);
}

}   // namespace

TEST_CASE("A cartridge read as a current source is what ngspice says")
{
    agrees_with_ngspice("tia_Rc2", chain{moving_coil_cartridge{.resistance = 2_Ohm, .inductance = 2_uH}, short_cable, reference_input});
    agrees_with_ngspice("tia_Rc12", chain{moving_coil_cartridge{.resistance = 12_Ohm, .inductance = 25_uH}, short_cable, reference_input});
    agrees_with_ngspice("tia_Rc40", chain{moving_coil_cartridge{.resistance = 40_Ohm, .inductance = 150_uH}, short_cable, reference_input});
}

TEST_CASE("An amplifier of gain 1e5 and 10 MHz gain-bandwidth has its open-loop corner at 100 Hz")
{
    CHECK(corner_of(100_dB, 10_MHz).si == Approx(100.0).epsilon(1e-12));
    CHECK(corner_of(100_dB, 10_MHz).si == Approx(reference_amplifier.corner.si).epsilon(1e-8));
}

TEST_CASE("The virtual earth is Zf over one plus the gain and an output resistance adds to Zf")
{
    constexpr op_amp with_output{.gain = 100_dB, .corner = 100_Hz, .output_resistance = 50_Ohm};
    is_small("Zin of 1 kOhm", worst_relative([](frequency f) { return input_impedance(current_input, f); }, virtual_earth));
    is_small("Zin of 1 kOhm behind 50 ohms of output",
             worst_relative(
                 [&](frequency f) {
                     return input_impedance(transimpedance_stage{with_output, resistor{1_kOhm}}, f);
                 },
                 [](complex s) { return virtual_earth(s) * 1.05L; }));
    // Of a schematic: what the coil sees, through its cable.
    const auto schematic = chain{coils[1].cartridge, cable{.capacitance = 1_nF, .resistance = 500_mOhm}, current_input};
    const auto through_cable = [](complex s) { return 0.5L + across(virtual_earth(s), farads(s, 1e-9L)); };
    const auto seen = [&](frequency f) { return input_impedance(schematic, f); };
    is_small("what a coil sees through its cable", worst_relative(seen, through_cable));
    // Rounded to seven digits: 10 mOhm in the bass, then an inductance of 1 kOhm/(2 pi 10 MHz) = 15.9 uH.
    struct row {
        double hertz, ohms;
    };
    constexpr row rows[] = {{10.0, 0.01004978}, {100.0, 0.01414199}, {1e3, 0.1004978},
                            {10e3, 1.000039},   {20e3, 2.000001},    {100e3, 9.999405}};
    for (const auto [f, ohms] : rows) {
        const double found = std::abs(input_impedance(current_input, frequency{f}));
        note(text("Zin at %g Hz, ohms", f), text("%.7g", found));
        CHECK(found == Approx(ohms).epsilon(5e-7));
    }
}

TEST_CASE("The coil sets the gain of a current input")
{
    for (const double ohms : {2.0, 5.0, 12.0, 20.0, 40.0, 100.0}) {
        const auto schematic = chain{moving_coil_cartridge{.resistance = resistance{ohms}}, current_input};
        const auto rc = static_cast<real>(ohms);
        const double worst =
            worst_relative([&](frequency f) { return response(schematic, f); },
                           [rc](complex s) { return -amplifier_gain(s) / (1.0L + amplifier_gain(s)) * 1e3L / (rc + virtual_earth(s)); });
        CHECK(worst < 1e-12);
        note(text("gain behind %g ohms at 1 kHz and 20 kHz, and Rf/Rc, dB", ohms),
             text("%8.4f %8.4f %8.4f", db(response(schematic, 1_kHz)), db(response(schematic, 20_kHz)), 20.0 * std::log10(1e3 / ohms)));
    }
}

TEST_CASE("Three coils into a current input have the gain and bandwidth of their closed form")
{
    for (const coil_row& row : coils) {
        const auto schematic = chain{row.cartridge, short_cable, current_input};
        const auto expected = [&](complex s) { return current_mode(row.cartridge, 100e-12L, s); };
        const double rc = row.cartridge.resistance.si, lc = row.cartridge.inductance.si;
        agrees(text("%g ohms, %g uH", rc, lc * 1e6).c_str(), schematic, expected);

        const double at_1k = db(response(schematic, 1_kHz));
        const auto falls = [&](complex s) { return expected(s) / (expected(s_at(1e3)) * std::sqrt(0.5L)); };
        const double bandwidth = crossing_of(falls, 1e3L, 1e7L).hertz;
        const double amplifier_limit = rc / (2.0 * math::pi * (lc + 1e3 / (2.0 * math::pi * 10e6)));
        note("    1 kHz, ideal, 20 kHz re 1 kHz, dB",
             text("%8.4f %8.4f %7.3f", at_1k, 20.0 * std::log10(1e3 / rc), db(response(schematic, 20_kHz)) - at_1k));
        note("    -3 dB, of the coil alone, with the virtual earth's inductance, kHz",
             text("%7.2f %7.2f %7.2f", bandwidth / 1e3, rc / (2.0 * math::pi * lc) / 1e3, amplifier_limit / 1e3));
        CHECK(at_1k == Approx(row.at_1k).margin(5e-5));
        const auto ideal = chain{moving_coil_cartridge{.resistance = row.cartridge.resistance, .inductance = 0_H}, perfect_input};
        CHECK(db(response(ideal, 1_kHz)) == Approx(row.ideal).margin(5e-5));
        CHECK(db(response(schematic, 20_kHz)) - at_1k == Approx(row.at_20k_re_1k).margin(5e-4));
        CHECK(bandwidth / 1e3 == Approx(row.bandwidth_khz).margin(5e-3));
        CHECK(db(response(schematic, frequency{bandwidth})) - at_1k == Approx(-3.0103).margin(1e-4));
        CHECK(bandwidth == Approx(amplifier_limit).epsilon(0.01));
    }
    // The amplifier, not the coil, limits the lowest resistance: the coil by itself reaches 2 Ohm/(2 pi 2 uH).
    const auto coil_alone = chain{coils[0].cartridge, perfect_input};
    CHECK(db(response(coil_alone, 159.155_kHz)) - db(response(coil_alone, 0_Hz)) == Approx(-3.0103).margin(1e-4));
}

TEST_CASE("The same coils in voltage mode lose what their load divides off")
{
    for (const coil_row& row : coils) {
        const auto schematic = chain{row.cartridge, short_cable, loading{.resistance = 100_Ohm}};
        const double rc = row.cartridge.resistance.si;
        agrees(text("%g ohms into 100 ohms and 100 pF", rc).c_str(), schematic,
               [&](complex s) { return voltage_mode(impedance_of(row.cartridge, s), 100.0L, 100e-12L, s); });
        const double at_1k = db(response(schematic, 1_kHz));
        note("    0 Hz, 20 kHz re 1 kHz, dB", text("%8.4f %8.4f", db(response(schematic, 0_Hz)), db(response(schematic, 20_kHz)) - at_1k));
        CHECK(db(response(schematic, 0_Hz)) == Approx(row.voltage_mode).margin(5e-5));
    }
}

TEST_CASE("A voltage input changes with its load and cable")
{
    // 1 kOhm, 500 mH into a stage of gain 1 + 99k/1k, whose own response is in both figures.
    constexpr magnetic_cartridge magnet = cartridges::typical_magnetic;
    constexpr feedback_stage stage{op_amp{.gain = 100_dB, .corner = 100_Hz}, resistor{99_kOhm}, resistor{1_kOhm}};
    const auto expected = [](real load, real capacitance, complex s) {
        const complex closed = amplifier_gain(s) / (1.0L + amplifier_gain(s) * 0.01L);
        return voltage_mode(1e3L + s * 0.5L, load, capacitance, s) * closed;
    };
    const auto change = [&](double ohms, double farad) {
        const auto schematic = chain{magnet, cable{.capacitance = capacitance{farad}}, loading{.resistance = resistance{ohms}}, stage};
        agrees(text("voltage mode into %g kohms and %g pF", ohms / 1e3, farad * 1e12).c_str(), schematic,
               [&](complex s) { return expected(static_cast<real>(ohms), static_cast<real>(farad), s); });
        const double re_1k = db(response(schematic, 20_kHz)) - db(response(schematic, 1_kHz));
        note("    20 kHz re 1 kHz, dB", text("%8.3f", re_1k));
        return re_1k;
    };
    const double usual = change(47e3, 100e-12);
    for (const double changed : {change(22e3, 100e-12), change(100e3, 100e-12), change(47e3, 500e-12), change(47e3, 5e-9)})
        CHECK(std::fabs(changed - usual) > 5.0);
}

TEST_CASE("A cable hardly matters to a current input and much to a voltage input")
{
    const auto at_20_khz = [](const auto& schematic) { return db(response(schematic, 20_kHz)); };
    for (const coil_row& row : coils) {
        const double rc = row.cartridge.resistance.si, without = at_20_khz(chain{row.cartridge, current_input});
        for (const double c : {100e-12, 500e-12, 1e-9, 5e-9}) {
            const auto schematic = chain{row.cartridge, cable{.capacitance = capacitance{c}}, current_input};
            const double measured = at_20_khz(schematic) - without;
            const complex with = current_mode(row.cartridge, static_cast<real>(c), s_at(20e3));
            const complex bare = current_mode(row.cartridge, 0.0L, s_at(20e3));
            note(text("%g ohms, %g pF of cable at 20 kHz, dB", rc, c * 1e12), text("%+.4f", measured));
            CHECK(measured == Approx(db(with) - db(bare)).margin(1e-10));
            if (rc >= 12.0 && rc < 40.0) CHECK(std::fabs(measured) < 0.02);
        }
    }
    const magnetic_cartridge magnet = cartridges::typical_magnetic;
    const double voltage = at_20_khz(chain{magnet, loading{.cable = 5_nF}}) - at_20_khz(chain{magnet, loading{}});
    note("5 nF of cable at 20 kHz behind 500 mH into 47 kohms, dB", text("%+.2f", voltage));
    CHECK(std::abs(voltage) > 10.0);
    // A cable's resistance adds to the coil's.
    const auto behind_cable =
        chain{moving_coil_cartridge{.resistance = 2_Ohm, .inductance = 2_uH}, cable{.resistance = 2_Ohm}, current_input};
    const auto larger_coil = chain{moving_coil_cartridge{.resistance = 4_Ohm, .inductance = 2_uH}, current_input};
    CHECK(at_20_khz(behind_cable) == Approx(at_20_khz(larger_coil)).margin(1e-10));
}

TEST_CASE("A capacitance at a current input takes phase margin and one across Zf gives it back")
{
    // A coil alone: T = A Rc/(Rc + Rf), one pole.
    const auto alone = [](complex s) { return amplifier_gain(s) * 40.0L / 1040.0L; };
    margin_is("40 ohms", chain{moving_coil_cartridge{.resistance = 40_Ohm}, current_input}, crossing_of(alone, 1e3L, 1e8L));
    // With a cable a second one, at 1/(2 pi C (Rc parallel Rf)).
    const real t0 = 1e5L * 40.0L / 1040.0L, parallel_ohms = 40e3L / 1040.0L;
    double last = 91.0;
    for (const double c : {100e-12, 1e-9, 5e-9, 50e-9}) {
        const auto schematic = chain{moving_coil_cartridge{.resistance = 40_Ohm}, cable{.capacitance = capacitance{c}}, current_input};
        const real second = 1.0L / (2.0L * measure::pi * static_cast<real>(c) * parallel_ohms);
        margin_is(text("40 ohms and %g pF of cable", c * 1e12).c_str(), schematic, crossing_of_two_poles(t0, 100.0L, second));
        CHECK(phase_margin(schematic)->degrees < last);
        last = phase_margin(schematic)->degrees;
    }
    // A ceramic element is a capacitance alone: T = A/(1 + s Rf C), next to no margin. A capacitor Cf across zf makes it
    // A (1 + s Rf Cf)/(1 + s Rf (C + Cf)).
    constexpr op_amp amplifier{.gain = 100_dB, .corner = 100_Hz};
    constexpr ceramic_cartridge element{.element = 600_pF};
    margin_is("600 pF into Rf of 100 kohms", chain{element, transimpedance_stage{amplifier, resistor{100_kOhm}}},
              crossing_of_two_poles(1e5L, 100.0L, 1.0L / (2.0L * measure::pi * 60e-6L)));
    const auto compensated = [](complex s) { return amplifier_gain(s) * (1.0L + s * 1e5L * 22e-12L) / (1.0L + s * 1e5L * 622e-12L); };
    margin_is("the same with 22 pF across Rf",
              chain{element, transimpedance_stage{amplifier, parallel(resistor{100_kOhm}, capacitor{22_pF})}},
              crossing_of(compensated, 1e3L, 1e8L));
}

TEST_CASE("A coil's inductance and its cable leave a current input little phase margin")
{
    // Above its corner the coil holds |T| at GBW 2 pi Lc/Rf; above the resonance with the cable T has the lag of two poles.
    for (const coil_row& row : coils)
        for (const double c : {100e-12, 1e-9}) {
            const double ohms = row.cartridge.resistance.si, henries = row.cartridge.inductance.si;
            const auto schematic = chain{row.cartridge, cable{.capacitance = capacitance{c}}, current_input};
            const auto loop = [&](complex s) {
                const complex source = across(impedance_of(row.cartridge, s), farads(s, static_cast<real>(c)));
                return amplifier_gain(s) * source / (source + 1e3L);
            };
            const std::string what = text("%g ohms, %g uH and %g pF of cable", ohms, henries * 1e6, c * 1e12);
            margin_is(what.c_str(), schematic, least_crossing(loop));
            CHECK_FALSE(check(schematic));
        }
}

TEST_CASE("A common base multiplies the coil's current by its load")
{
    constexpr common_base transistor{.input_resistance = 2.6_Ohm, .current_gain = 0.99};
    constexpr common_base_stage stage{transistor, resistor{1_kOhm}};
    for (const coil_row& row : coils) {
        const auto expected = [&](complex s) { return 0.99L * 1e3L / (impedance_of(row.cartridge, s) + 2.6L); };
        response_is(text("%g ohms into 2.6 ohms", row.cartridge.resistance.si).c_str(), chain{row.cartridge, stage}, expected);
        note("    1 kHz, dB", text("%8.4f", db(response(chain{row.cartridge, stage}, 1_kHz))));
    }
    const moving_coil_cartridge coil = coils[1].cartridge;
    is_small("input impedance", worst_relative([&](frequency f) { return input_impedance(stage, f); }, [](complex) { return 2.6L; }));
    const auto alone = chain{coil, stage};
    is_small("output impedance", worst_relative([&](frequency f) { return output_impedance(alone, f); }, [](complex) { return 1e3L; }));

    constexpr common_base_stage rolled_off{transistor, parallel(resistor{1_kOhm}, capacitor{10_nF})};
    const auto load = [](complex s) { return across(1e3L, farads(s, 10e-9L)); };
    const auto current = [&](complex s) { return 0.99L / (impedance_of(coil, s) + 2.6L); };
    response_is("a load with a capacitor", chain{coil, rolled_off}, [&](complex s) { return current(s) * load(s); });
    // What follows stands in parallel with the load.
    const auto followed = chain{coil, rolled_off, shunt_arm{resistor{2.2_kOhm}}, series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{1_nF}}};
    response_is("loaded by the next stage", followed, [&](complex s) {
        const complex next = across(2.2e3L, 1e3L + farads(s, 1e-9L));
        return current(s) * across(load(s), next) * farads(s, 1e-9L) / (1e3L + farads(s, 1e-9L));
    });
    // Input and output are apart: a load does not change what the coil sees, nor a coil what the load sees.
    CHECK(input_impedance(chain{coil, rolled_off, shunt_arm{resistor{10_Ohm}}}, 1_kHz) == input_impedance(stage, 1_kHz));

    // 1/(s C) across 2.6 ohms.
    const auto with_cable = chain{coil, cable{.capacitance = 5_nF}, stage};
    response_is("with 5 nF of cable", with_cable, [&](complex s) {
        const complex in = across(2.6L, farads(s, 5e-9L));
        return 0.99L * 1e3L / 2.6L * in / (in + impedance_of(coil, s));
    });
    const double change = db(response(with_cable, 20_kHz)) - db(response(chain{coil, stage}, 20_kHz));
    note("5 nF of cable at 20 kHz into a common base behind 12 ohms, dB", text("%+.5f", change));
    CHECK(std::fabs(change) < 0.02);

    const auto with = [&](const common_base& input) { return check(chain{coil, common_base_stage{input, resistor{1_kOhm}}}); };
    is_fault(with({.input_resistance = 0_Ohm}), "common_base.input_resistance", "must be above zero");
    is_fault(with({.current_gain = 0.0}), "common_base.current_gain", "must be above zero");
}

TEST_CASE("A ceramic cartridge into a current input is a velocity source")
{
    // Without a curve nothing has to be said.
    constexpr op_amp amplifier{.gain = 100_dB, .corner = 100_Hz};
    constexpr transimpedance_stage stage{amplifier, resistor{100_kOhm}};
    constexpr ceramic_cartridge element{.output = 200_mV, .element = 600_pF};
    static_assert(!check(chain{element, stage}));
    static_assert(!check(chain{disc_velocity{element}, stage}));
    static_assert(!check(chain{element, common_base_stage{common_base{}, resistor{1_kOhm}}}));

    // 0.2 V at 5 cm/s and 1 kHz, falling by 6 dB per octave of velocity (from 0.1 Hz on), behind 600 pF.
    const auto per_velocity = [](complex s) {
        const real leak = 2.0L * measure::pi * 0.1L;
        return 4.0L * std::abs(complex{leak, 2.0L * measure::pi * 1e3L}) / (s + leak);
    };
    const auto current = [](complex s) {   // out = -A v, v the minus input's voltage
        const complex a = amplifier_gain(s), coil = farads(s, 600e-12L);
        return -a / coil / (1.0L / coil + (1.0L + a) / 100e3L);
    };
    const auto schematic = chain{disc_velocity{as_velocity_source{element}}, stage};
    REQUIRE_FALSE(check(schematic));
    agrees("ceramic, 600 pF into Rf of 100 kohms, volts for velocity", schematic, [&](complex s) { return per_velocity(s) * current(s); });
    const auto flat_to = [](const auto& of) {
        double worst = 0.0;
        for (const double f : measure::log_frequencies(20.0, 20e3, 200))
            worst = std::max(worst, std::fabs(db(response(of, frequency{f})) - db(response(of, 1_kHz))));
        return worst;
    };
    const double current_flat = flat_to(schematic), voltage_flat = flat_to(chain{disc_velocity{element}, loading{.resistance = 2.2_MOhm}});
    note("volts for velocity, 20 Hz to 20 kHz re 1 kHz: current input, dB", text("%.4f", current_flat));
    note("the same into 2.2 Mohms, dB", text("%.2f", voltage_flat));
    CHECK(current_flat < 0.2);
    CHECK(voltage_flat > 20.0);
    // So it wants RIAA, which as_velocity_source allows; the circuit is the cartridge's own.
    const auto equalised = chain{as_velocity_source{element}, stage, riaa};
    const auto exact = measure::exact(riaa);
    agrees("as a velocity source with RIAA", equalised, [&](complex s) { return current(s) * exact(hertz(s)); });
}

TEST_CASE("A current input becomes a filter within a thousandth of a decibel")
{
    const auto exact = measure::exact(riaa);
    double worst = 0.0;
    for (const coil_row& row : coils)
        for (const double rate : measure::six_rates) {
            const auto schematic = chain{row.cartridge, short_cable, current_input, riaa};
            REQUIRE_FALSE(check(schematic, frequency{rate}));
            const double error = measure::worst_error_db(design(schematic, frequency{rate}), [&](double f) {
                return current_mode(row.cartridge, 100e-12L, s_at(f)) * exact(static_cast<real>(f));
            });
            if (!(error <= worst)) worst = error;
        }
    figure("three coils, trans-impedance and RIAA at six rates, 20 Hz to 20 kHz", worst, "dB", 1e-3);
    CHECK(worst < 1e-3);
}

namespace {

/// An amplifier of a listener's own: its gain and nothing else.
struct plain_gain {
    gain open_loop{60.0};

    constexpr node elaborate(auto& circuit, node plus, node minus) const noexcept
    {
        const node out = circuit.node();
        circuit.amplifier(out, ground, plus, minus, open_loop.ratio(), "plain_gain.open_loop");
        return out;
    }
};

}   // namespace

TEST_CASE("A stage takes any amplifier between a plus and a minus input")
{
    constexpr real a = 1000.0L;
    constexpr transimpedance_stage current{plain_gain{}, resistor{1_kOhm}};
    constexpr inverting_stage inverting{plain_gain{}, resistor{10_kOhm}, resistor{1_kOhm}};
    is_small("trans-impedance, Zf/(1 + A)",
             worst_relative([&](frequency f) { return input_impedance(current, f); }, [&](complex) { return complex{1e3L / (1.0L + a)}; }));
    agrees("trans-impedance, -A Zf/(Rc (1 + A) + Zf)", chain{moving_coil_cartridge{.resistance = 10_Ohm}, current},
           [&](complex) { return complex{-a * 1e3L / (10.0L * (1.0L + a) + 1e3L)}; });
    agrees("inverting, -A Zf/(Zf + Zi (1 + A))", chain{voltage_source{}, inverting},
           [&](complex) { return complex{-a * 10e3L / (10e3L + 1e3L * (1.0L + a))}; });
}

TEST_CASE("A current input keeps its cartridge when a flat transfer is played")
{
    constexpr auto schematic = chain{moving_coil_cartridge{.resistance = 12_Ohm}, short_cable, current_input, riaa};
    constexpr auto played = without_cartridge(schematic);
    static_assert(std::is_same_v<decltype(played), decltype(schematic)>);
    static_assert(block<0>(played).resistance == 12_Ohm && block<1>(played).capacitance == 100_pF);
    CHECK(response(played, 1_kHz) == response(schematic, 1_kHz));
    constexpr auto common = chain{moving_coil_cartridge{}, short_cable, common_base_stage{common_base{}, resistor{1_kOhm}}};
    static_assert(std::is_same_v<decltype(without_cartridge(common)), std::remove_const_t<decltype(common)>>);
}
