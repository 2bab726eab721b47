// SPDX-License-Identifier: BSL-1.0
#include "support/bench.hpp"

#include <phono/analysis/open_loop.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <string>

/// The follower, the filters of Sallen and Key and the rumble filter: stages around one amplifier.
namespace {

using namespace phono;
using namespace phono::literals;
using namespace bench;

/// An amplifier as good as ideal: 220 dB, up to 1 MHz.
constexpr op_amp huge{.gain = 220_dB, .corner = 1_MHz};
constexpr op_amp plain{.gain = 100_dB, .corner = 100_Hz};
/// An amplifier that loads and is loaded.
constexpr op_amp loaded{.gain = 60_dB,
                        .corner = 2_kHz,
                        .second_corner = 3_MHz,
                        .input_resistance = 1_MOhm,
                        .input_capacitance = 8_pF,
                        .output_resistance = 600_Ohm};

/// What these are, written out again.
complex plain_gain(complex s) { return low_pass(s, 1e5L, 100.0L); }
complex loaded_gain(complex s) { return low_pass(s, 1e3L, 2e3L) * low_pass(s, 1.0L, 3e6L); }
complex loaded_input(complex s) { return across(1e6L, farads(s, 8e-12L)); }
constexpr real loaded_output = 600.0L;

constexpr auto driven(const auto&... stage) { return chain{voltage_source{}, stage...}; }

double level(const auto& schematic, double hertz) { return decibels(response(schematic, frequency{hertz})); }

}   // namespace

TEST_CASE("A follower's gain is A/(1 + A)")
{
    response_is("100 dB, 100 Hz", driven(follower{plain}), [](complex s) { return plain_gain(s) / (1.0L + plain_gain(s)); });
    // Its gain falls by 3 dB where A has fallen to 1 (but for the part in quadrature): at 10 MHz.
    CHECK(level(driven(follower{plain}), 10.0001e6) == Approx(-3.0103).margin(1e-3));
}

TEST_CASE("A follower hardly loads and is hardly loaded")
{
    const auto schematic = driven(series_arm{resistor{100_kOhm}}, follower{loaded, 2.2_kOhm}, shunt_arm{resistor{1_kOhm}});
    response_is("100 kOhm before it, 2.2 kOhm in its loop, 1 kOhm behind it", schematic, [](complex s) {
        bench::circuit b{4};
        b.source(1, 1.0L);
        b.part(1, 2, 100e3L), b.part(2, 3, loaded_input(s)), b.part(4, 3, 2.2e3L), b.part(4, 0, 1e3L);
        b.amplifier(4, 2, 3, loaded_gain(s), loaded_output);
        return b.voltages()[4];
    });
    // At low frequencies A = 1000: the load draws 1 mA per volt through 600 ohms over 1 + A.
    CHECK(level(schematic, 1.0) == Approx(20.0 * std::log10(1000.0 / 1001.7)).margin(1e-3));
}

TEST_CASE("The loop gain of a follower is its amplifier's gain, and its open loop is the amplifier")
{
    constexpr auto schematic = driven(follower{plain});
    is_small("loop gain", worst_relative([&](frequency f) { return loop_gain(schematic, f); }, plain_gain));
    response_is("open loop", open_loop(schematic), plain_gain);
    margin_is("phase margin", schematic, crossing_of(plain_gain, 1e3L, 1e9L));
}

TEST_CASE("A high-pass of Sallen and Key is its closed form")
{
    constexpr sallen_key_high_pass section{.r1 = 12_kOhm, .r2 = 150_kOhm, .c1 = 100_nF, .c2 = 47_nF, .amplifier = huge};
    const auto formula = [](real k) {
        return [k](complex s) {
            const real t = 12e3L * 150e3L * 100e-9L * 47e-9L;
            return k * s * s * t / (1.0L + s * (12e3L * 147e-9L + 150e3L * 47e-9L * (1.0L - k)) + s * s * t);
        };
    };
    const auto below_amplifier = [](const char* what, const auto& schematic, auto&& expected) {
        is_small(what, worst_relative([&](frequency f) { return response(schematic, f); }, expected, 1.0, 1e5), 1e-9);
    };
    below_amplifier("unity gain", driven(section), formula(1.0L));
    auto amplifying = section;
    amplifying.rf = 2.2_kOhm, amplifying.ri = 10_kOhm;
    below_amplifier("gain of 1.22", driven(amplifying), formula(1.22L));
    amplifying.rf = 0_Ohm;
    below_amplifier("rf of 0 is a wire", driven(amplifying), formula(1.0L));
    // It oscillates from K = 1 + r1 (c1 + c2)/(r2 c2) = 1.2502 on.
    const auto has_gain = [&](double k) {
        auto tried = section;
        tried.rf = 10_kOhm * (k - 1.0), tried.ri = 10_kOhm;
        return check(driven(tried));
    };
    CHECK_FALSE(has_gain(1.249));
    CHECK(has_gain(1.252));
}

TEST_CASE("A low-pass of Sallen and Key is its closed form")
{
    constexpr sallen_key_low_pass section{.r1 = 12_kOhm, .r2 = 15_kOhm, .c1 = 2.2_nF, .c2 = 330_pF, .amplifier = huge};
    const auto formula = [](real k) {
        return [k](complex s) {
            const real t = 12e3L * 15e3L * 2.2e-9L * 330e-12L;
            return k / (1.0L + s * (330e-12L * 27e3L + 12e3L * 2.2e-9L * (1.0L - k)) + s * s * t);
        };
    };
    const auto below_amplifier = [](const char* what, const auto& schematic, auto&& expected) {
        is_small(what, worst_relative([&](frequency f) { return response(schematic, f); }, expected, 1.0, 1e5), 1e-9);
    };
    below_amplifier("unity gain", driven(section), formula(1.0L));
    auto amplifying = section;
    amplifying.rf = 2.2_kOhm, amplifying.ri = 10_kOhm;
    below_amplifier("gain of 1.22", driven(amplifying), formula(1.22L));
}

TEST_CASE("Sections of Sallen and Key around a real amplifier are what Kirchhoff's laws say")
{
    const auto amplifying = driven(
        series_arm{resistor{1_kOhm}},
        sallen_key_high_pass{.r1 = 56_kOhm, .r2 = 112_kOhm, .c1 = 100_nF, .c2 = 82_nF, .amplifier = loaded, .rf = 5_kOhm, .ri = 10_kOhm},
        shunt_arm{resistor{2_kOhm}});
    is_small("high-pass, gain 1.5, behind 1 kOhm",
             worst_relative([&](frequency f) { return response(amplifying, f); },
                            [](complex s) {
                                bench::circuit b{6};   // 1 source, 2 in, 3 middle, 4 plus, 5 minus, 6 out
                                b.source(1, 1.0L);
                                b.part(1, 2, 1e3L), b.part(2, 3, farads(s, 100e-9L)), b.part(3, 4, farads(s, 82e-9L)), b.part(4, 0, 112e3L);
                                b.part(3, 6, 56e3L), b.part(6, 5, 5e3L), b.part(5, 0, 10e3L), b.part(4, 5, loaded_input(s)),
                                    b.part(6, 0, 2e3L);
                                b.amplifier(6, 4, 5, loaded_gain(s), loaded_output);
                                return b.voltages()[6];
                            }),
             2e-12);
    const auto low_pass_section = driven(sallen_key_low_pass{.r1 = 10_kOhm, .r2 = 22_kOhm, .c1 = 1_nF, .c2 = 220_pF, .amplifier = loaded});
    response_is("low-pass", low_pass_section, [](complex s) {
        bench::circuit b{4};   // 1 source, 2 middle, 3 plus, 4 out and minus
        b.source(1, 1.0L);
        b.part(1, 2, 10e3L), b.part(2, 3, 22e3L), b.part(3, 0, farads(s, 220e-12L)), b.part(2, 4, farads(s, 1e-9L));
        b.part(3, 4, loaded_input(s));
        b.amplifier(4, 3, 4, loaded_gain(s), loaded_output);
        return b.voltages()[4];
    });
    // The stop band ends where the amplifier has no gain left: r1 into the output resistance, beside which are the inputs' 8 pF and c2.
    const complex out = across(600.0L, farads(s_at(100e6), 1.0L / (1.0L / 8e-12L + 1.0L / 220e-12L)));
    CHECK(level(low_pass_section, 100e6) == Approx(measure::decibels(std::abs(out / (10e3L + out)))).margin(0.1));
}

TEST_CASE("A section made for a corner and a Q has the Q as its gain at the corner")
{
    for (const double q : {0.5, 0.70710678118654752, 1.0, 5.0}) {
        INFO(q);
        const double expected = 20.0 * std::log10(q);
        CHECK(level(driven(sallen_key_high_pass_for(20_Hz, q, 220_nF, huge)), 20.0) == Approx(expected).margin(1e-9));
        CHECK(level(driven(sallen_key_low_pass_for(20_kHz, q, 4.7_kOhm, huge)), 20e3) == Approx(expected).margin(1e-9));
    }
    // Butterworth by default: 1/sqrt(1 + (f/corner)^4), here with an amplifier that can be bought.
    for (const double octaves : {-3.0, -1.0, 0.0, 1.0, 3.0}) {
        const double ratio = std::exp2(octaves), power = std::pow(ratio, 4.0);
        CHECK(level(driven(sallen_key_high_pass_for(20_Hz)), 20.0 * ratio) == Approx(-10.0 * std::log10(1.0 + 1.0 / power)).margin(1e-3));
        CHECK(level(driven(sallen_key_low_pass_for(1_kHz)), 1e3 * ratio) == Approx(-10.0 * std::log10(1.0 + power)).margin(2e-3));
    }
    constexpr auto bought = nearest(sallen_key_high_pass_for(20_Hz), e_series::e24, e_series::e12);
    static_assert(bought.r1 == 56_kOhm && bought.r2 == 110_kOhm && bought.c1 == 100_nF && bought.c2 == 100_nF);
    static_assert(nearest(sallen_key_low_pass_for(20_kHz), e_series::e24, e_series::e12).c1 == 1.2_nF);
    is_fault(check(driven(sallen_key_high_pass_for(-20_Hz))), "sallen_key_high_pass.r2", "must be above zero");
    CHECK(check(driven(sallen_key_low_pass_for(20_kHz, 0.0))));
}

TEST_CASE("The rumble filter is Butterworth's of order 3")
{
    for (const frequency corner : {10_Hz, 20_Hz, 33_Hz}) {
        const auto schematic = driven(rumble_filter{.corner = corner, .amplifier = huge});
        const real hertz = static_cast<real>(corner.si);
        is_small("corner " + std::to_string(corner.si),
                 worst_relative([&](frequency f) { return response(schematic, f); },
                                [&](complex s) {
                                    const complex u = s / (2.0L * measure::pi * hertz);
                                    return u * u * u / (1.0L + 2.0L * u + 2.0L * u * u + u * u * u);
                                },
                                1.0, 1e5),
                 1e-9);
    }
    // As it is bought, with an amplifier of 10 MHz.
    double worst = 0.0;
    for (const double f : measure::log_frequencies(5.0, 20e3, 300))
        worst = std::max(worst, std::fabs(level(driven(rumble_filter{20_Hz}), f) + 10.0 * std::log10(1.0 + std::pow(20.0 / f, 6.0))));
    measure::figure("with an op_amp{}", worst, "dB", 1e-3);
    CHECK(worst < 1e-3);
    CHECK(level(driven(butterworth_high_pass{.corner = 20_Hz, .order = 3}), 15.0) ==
          Approx(level(driven(rumble_filter{20_Hz}), 15.0)).margin(1e-3));
    is_fault(check(driven(rumble_filter{-20_Hz})), "rumble_filter.corner", "must be above zero");
}

TEST_CASE("The rumble filter is a capacitor, a resistor and a section of Sallen and Key")
{
    constexpr rumble_filter whole{20_Hz};
    const auto parts =
        driven(series_arm{capacitor{100_nF}}, shunt_arm{resistor{whole.r1()}}, sallen_key_high_pass{.r1 = whole.r2(), .r2 = whole.r3()});
    is_small("the same circuit",
             worst_relative([&](frequency f) { return response(driven(whole), f); },
                            [&](complex s) { return complex{response(parts, frequency{static_cast<double>(hertz(s))})}; }));
    CHECK(whole.r1().si == Approx(57140.0).margin(10.0));
    CHECK(whole.r2().si == Approx(22436.0).margin(10.0));
    CHECK(whole.r3().si == Approx(393070.0).margin(50.0));
}
