// SPDX-License-Identifier: BSL-1.0
#include "support/bench.hpp"

#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/analysis/minimum_gain.hpp>
#include <phono/analysis/open_loop.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <type_traits>

namespace {

using namespace phono;
using namespace phono::literals;

/// The same gain at all frequencies.
struct flat_amplifier {
    double gain = 1.0;

    constexpr node elaborate(auto& circuit, node plus, node minus) const noexcept
    {
        const node out = circuit.node();
        circuit.loop_amplifier(out, ground, plus, minus, gain, "flat_amplifier.gain");
        return out;
    }
};
static_assert(differential_amplifier<flat_amplifier>);
using namespace bench;
using measure::figure;
using measure::note;

constexpr op_amp plain{.gain = 100_dB, .corner = 100_Hz};
/// An amplifier that loads and is loaded.
constexpr op_amp loaded{.gain = 60_dB,
                        .corner = 2_kHz,
                        .second_corner = 3_MHz,
                        .input_resistance = 1_MOhm,
                        .input_capacitance = 8_pF,
                        .output_resistance = 600_Ohm};
constexpr moving_coil_cartridge coil{.resistance = 12_Ohm, .inductance = 25_uH};

/// What these are, written out again.
complex plain_gain(complex s) { return low_pass(s, 1e5L, 100.0L); }
complex loaded_gain(complex s) { return low_pass(s, 1e3L, 2e3L) * low_pass(s, 1.0L, 3e6L); }
constexpr real loaded_output = 600.0L;
complex loaded_input(complex s) { return across(1e6L, farads(s, 8e-12L)); }
complex coil_impedance(complex s) { return 12.0L + s * 25e-6L; }

/// A network for zf that is not a resistor.
constexpr auto bent = parallel(resistor{10_kOhm}, capacitor{220_pF});
complex bent_impedance(complex s) { return across(10e3L, farads(s, 220e-12L)); }

/// Nachbaur's arrangement: zf for the disc's curve, and a ladder that holds the working point, both at the minus input.
constexpr auto curve_network = series(resistor{820_Ohm}, parallel(capacitor{1_nF}, series(resistor{100_kOhm}, capacitor{3_nF})));
complex curve_impedance(complex s) { return 820.0L + across(farads(s, 1e-9L), 100e3L + farads(s, 3e-9L)); }
constexpr feedback_path working_point{series_arm{resistor{220_kOhm}}, shunt_arm{capacitor{2.2_nF}}, series_arm{resistor{220_kOhm}},
                                      shunt_arm{capacitor{2.2_uF}}, resistor{47_kOhm}};
constexpr series ground_leg{resistor{820_Ohm}, capacitor{22_uF}};
constexpr feedback_stage ladder_stage{loaded, curve_network, working_point, ground_leg, resistor{1_MOhm}};
constexpr auto with_ladder = chain{voltage_source{}, series_arm{resistor{5_kOhm}}, ladder_stage, shunt_arm{resistor{47_kOhm}}};

/// How much of a stage's circuit stands on the bench.
enum class loop {
    closed,
    opened_at_amplifier,   ///< which gives its gain in volts whatever its input; the signal is silent
    opened_at_servo,
    without_networks,
};

/// Nodes: 1 source, 2 plus, 3 minus, 4 out, 5 and 6 the ladder's.
bench::circuit ladder_on_the_bench(complex s, loop state, complex signal = 1.0L)
{
    bench::circuit b{6};
    b.source(1, state == loop::opened_at_amplifier ? 0.0L : signal);
    b.part(1, 2, 5e3L), b.part(2, 3, loaded_input(s));
    if (state == loop::opened_at_amplifier) b.source(4, loaded_gain(s), loaded_output);
    else b.amplifier(4, 2, 3, loaded_gain(s), loaded_output);
    b.part(4, 5, 220e3L), b.part(5, 0, farads(s, 2.2e-9L)), b.part(5, 6, 220e3L), b.part(6, 0, farads(s, 2.2e-6L)), b.part(6, 3, 47e3L);
    if (state != loop::without_networks) {
        b.part(4, 3, curve_impedance(s));
        b.part(3, 0, 820.0L + farads(s, 22e-6L)), b.part(3, 0, 1e6L);
    }
    b.part(4, 0, 47e3L);
    return b;
}

/// A DC servo: the output through a low-pass and an integrator back to the minus input.
constexpr op_amp servo_amplifier{.gain = 80_dB, .corner = 300_Hz};
constexpr feedback_path servo{series_arm{resistor{1_MOhm}}, shunt_arm{capacitor{100_nF}},
                              feedback_stage{servo_amplifier, capacitor{100_nF}, resistor{1_MOhm}}, resistor{22_kOhm}};
constexpr auto with_servo = chain{voltage_source{}, feedback_stage{plain, resistor{10_kOhm}, resistor{1_kOhm}, servo}};

/// Nodes: 1 plus, 2 minus, 3 out, 4 the low-pass, 5 the servo's minus input, 6 its output.
bench::circuit servo_on_the_bench(complex s, loop state)
{
    bench::circuit b{6};
    const complex servo_gain = low_pass(s, 1e4L, 300.0L);
    b.source(1, state == loop::closed ? 1.0L : 0.0L);
    if (state == loop::opened_at_amplifier) b.source(3, plain_gain(s));
    else b.amplifier(3, 1, 2, plain_gain(s));
    if (state == loop::opened_at_servo) b.source(6, servo_gain);
    else b.amplifier(6, 4, 5, servo_gain);
    b.part(3, 2, 10e3L), b.part(2, 0, 1e3L), b.part(2, 6, 22e3L);
    b.part(3, 4, 1e6L), b.part(4, 0, farads(s, 100e-9L));
    b.part(6, 5, farads(s, 100e-9L)), b.part(5, 0, 1e6L);
    return b;
}

/// The loop gain around an amplifier, directly and by its poles and zeros.
void loop_is(const std::string& what, const auto& schematic, auto&& expected, int amplifier = 0)
{
    const math::rational roots = loop_gain(schematic, amplifier);
    const auto by_roots = [&](frequency f) {
        const math::complex t = roots({0.0, angular(f).si});
        return std::complex<double>{t.re, t.im};
    };
    is_small(what, worst_relative([&](frequency f) { return loop_gain(schematic, f, amplifier); }, expected));
    is_small(what + ", by poles and zeros", worst_relative(by_roots, expected), 1e-10);
}

/// A stage behind an ideal source.
constexpr auto driven(const auto& stage) { return chain{voltage_source{}, stage}; }

}   // namespace

TEST_CASE("A ladder and zf that meet at the minus input are one circuit")
{
    response_is("zf, a ladder and two networks to ground", with_ladder,
                [](complex s) { return ladder_on_the_bench(s, loop::closed).voltages()[4]; });
    loop_is("their loop gain", with_ladder, [](complex s) {
        const auto v = ladder_on_the_bench(s, loop::opened_at_amplifier).voltages();
        return v[3] - v[2];
    });
    const auto output = [](complex s) {
        bench::circuit b = ladder_on_the_bench(s, loop::closed, 0.0L);
        b.inject(4, 1.0L);
        return b.voltages()[4];
    };
    is_small("their output impedance", worst_relative([](frequency f) { return output_impedance(with_ladder, f); }, output));
}

TEST_CASE("Several paths and several networks meet at the minus input")
{
    // One path by way of a buffer, one of a lone network. zf stands first, so every other network leads to ground.
    constexpr feedback_path buffered{buffer{-6_dB}, series_arm{resistor{10_kOhm}}, shunt_arm{capacitor{1_nF}}, resistor{330_kOhm}};
    constexpr feedback_path lone{series(resistor{47_kOhm}, capacitor{10_pF})};
    const auto schematic = driven(
        feedback_stage{loaded, resistor{150_kOhm}, buffered, resistor{3.3_kOhm}, lone, series(resistor{2.2_kOhm}, capacitor{470_nF})});
    // Nodes: 1 plus, 2 minus, 3 out, 4 behind the buffer, 5 its path's capacitor.
    response_is("two paths, zf and two networks to ground", schematic, [](complex s) {
        bench::circuit b{5};
        b.source(1, 1.0L);
        b.part(1, 2, loaded_input(s));
        b.amplifier(3, 1, 2, loaded_gain(s), loaded_output);
        b.amplifier(4, 3, 0, std::pow(10.0L, -6.0L / 20.0L));
        b.part(4, 5, 10e3L), b.part(5, 0, farads(s, 1e-9L)), b.part(5, 2, 330e3L);
        b.part(3, 2, 150e3L), b.part(3, 2, 47e3L + farads(s, 10e-12L));
        b.part(2, 0, 3.3e3L), b.part(2, 0, 2.2e3L + farads(s, 470e-9L));
        return b.voltages()[3];
    });
}

TEST_CASE("A path that stands first stands for zf and every network leads to ground")
{
    constexpr feedback_path by_half{series_arm{resistor{10_kOhm}}, shunt_arm{resistor{10_kOhm}}, resistor{5_kOhm}};
    // Half the output behind 5 kOhm, then 5 kOhm more, onto 2 parallel to 3 kOhm.
    const real beta = 0.5L * 1.2L / (5.0L + 5.0L + 1.2L);
    response_is("a path and then two networks", driven(feedback_stage{plain, by_half, resistor{2_kOhm}, resistor{3_kOhm}}),
                [beta](complex s) { return plain_gain(s) / (1.0L + plain_gain(s) * beta); });
    response_is("a path alone", driven(feedback_stage{plain, by_half}),
                [](complex s) { return plain_gain(s) / (1.0L + plain_gain(s) * 0.5L); });
}

TEST_CASE("A servo in a path is one circuit with the stage")
{
    REQUIRE_FALSE(check(with_servo));
    response_is("a stage with a DC servo", with_servo, [](complex s) { return servo_on_the_bench(s, loop::closed).voltages()[3]; });
    loop_is("its loop gain", with_servo, [](complex s) { return servo_on_the_bench(s, loop::opened_at_amplifier).voltages()[2]; });
    const auto around_servo = [](complex s) {
        const auto v = servo_on_the_bench(s, loop::opened_at_servo).voltages();
        return v[5] - v[4];
    };
    loop_is("around the servo's amplifier", with_servo, around_servo, 1);
}

TEST_CASE("Loop gain is the amplifier's gain times the part of its output that comes back")
{
    loop_is("feedback_stage", driven(feedback_stage{plain, bent, resistor{1_kOhm}}),
            [](complex s) { return plain_gain(s) * 1e3L / (1e3L + bent_impedance(s)); });

    const auto between =
        chain{voltage_source{}, series_arm{resistor{20_kOhm}}, feedback_stage{loaded, bent, resistor{1_kOhm}}, shunt_arm{resistor{2_kOhm}}};
    loop_is("feedback_stage between 20 and 2 kohms", between, [](complex s) {
        const complex zi = loaded_input(s), at_minus = across(1e3L, zi + 20e3L);
        const complex returned = at_minus / (at_minus + bent_impedance(s) + across(loaded_output, 2e3L));
        return loaded_gain(s) * 2e3L / (2e3L + loaded_output) * returned * zi / (zi + 20e3L);
    });
    loop_is("inverting_stage", driven(inverting_stage{loaded, bent, resistor{1_kOhm}}), [](complex s) {
        const complex at_minus = across(1e3L, loaded_input(s));
        return loaded_gain(s) * at_minus / (at_minus + bent_impedance(s) + loaded_output);
    });
    const auto current_input = chain{coil, cable{.capacitance = 1_nF, .resistance = 1_Ohm}, transimpedance_stage{loaded, bent}};
    loop_is("transimpedance_stage behind a coil and its cable", current_input, [](complex s) {
        const complex at_minus = across(across(coil_impedance(s) + 1.0L, farads(s, 1e-9L)), loaded_input(s));
        return loaded_gain(s) * at_minus / (at_minus + bent_impedance(s) + loaded_output);
    });
}

TEST_CASE("The loop of an amplifier of one's own is opened where it places its gain for that")
{
    const chain schematic{voltage_source{}, feedback_stage{flat_amplifier{.gain = 1e5}, resistor{9_kOhm}, resistor{1_kOhm}}};
    CHECK(std::abs(loop_gain(schematic, 1_kHz) - 1e4) < 1e-6);
    CHECK(std::abs(response(schematic, 1_kHz) - 1e5 / (1.0 + 1e4)) < 1e-9);
}

TEST_CASE("Loop gain is of the loop alone")
{
    // Neither a curve behind the stage nor the cartridge's transduction before it is in the loop.
    constexpr feedback_stage stage{plain, resistor{10_kOhm}, resistor{1_kOhm}};
    const auto of_stage = [](complex s) { return plain_gain(s) / 11.0L; };
    loop_is("with RIAA and a groove's velocity around it", chain{disc_velocity{magnetic_cartridge{}}, loading{}, stage, riaa}, of_stage);

    // Amplifiers are counted in signal order; one without feedback has no loop.
    const auto three = chain{voltage_source{}, stage, amplifier_stage{loaded}, feedback_stage{plain, resistor{1_kOhm}, resistor{1_kOhm}}};
    loop_is("the first of three", three, of_stage, 0);
    loop_is(
        "the third of three", three, [](complex s) { return plain_gain(s) / 2.0L; }, 2);
    CHECK(std::abs(loop_gain(three, 1_kHz, 1)) < 1e-15);
    CHECK_FALSE(phase_margin(three, 1));
    // What is not there, or not sound, has none.
    for (const int none : {-1, 3}) {
        CHECK(loop_gain(three, none).gain == 0.0);
        CHECK(loop_gain(three, 1_kHz, none) == 0.0);
        CHECK_FALSE(phase_margin(three, none));
    }
    const auto unsound = driven(feedback_stage{plain, resistor{-10_kOhm}, resistor{1_kOhm}});
    CHECK(loop_gain(unsound).gain == 0.0);
    CHECK(loop_gain(unsound, 1_kHz) == 0.0);
}

TEST_CASE("A bridge around an amplifier is a loop like any other")
{
    const auto bridged = chain{coil, tap{1}, amplifier_stage{loaded, true}, bridge{1, resistor{1_kOhm}}};
    const auto stage = chain{coil, transimpedance_stage{loaded, resistor{1_kOhm}}};
    for (const double f : {20.0, 1e3, 20e3, 1e6}) {
        CHECK(std::abs(response(bridged, frequency{f}) / response(stage, frequency{f}) - 1.0) < 1e-12);
        CHECK(std::abs(loop_gain(bridged, frequency{f}) / loop_gain(stage, frequency{f}) - 1.0) < 1e-12);
    }
}

TEST_CASE("The closed loop is the ideal gain times T/(1 + T) and the dead amplifier's over 1 + T")
{
    // The asymptotic gain formula. T is what loop_gain() says; the other two are circuits without any amplifier.
    const auto agrees = [](const char* what, const auto& schematic, auto&& ideal, auto&& dead) {
        response_is(what, schematic, [&](complex s) {
            const complex t{loop_gain(schematic, frequency{static_cast<double>(hertz(s))})};
            return ideal(s) * t / (1.0L + t) + dead(s) / (1.0L + t);
        });
    };
    const real output_side = loaded_output * 2e3L / (loaded_output + 2e3L);   // the dead amplifier's output and the load
    const auto back = [=](complex s) { return bent_impedance(s) + output_side; };
    const auto load = shunt_arm{resistor{2_kOhm}};

    const auto non_inverting = chain{voltage_source{}, series_arm{resistor{20_kOhm}}, feedback_stage{loaded, bent, resistor{1_kOhm}}, load};
    agrees(
        "non-inverting", non_inverting, [](complex s) { return 1.0L + bent_impedance(s) / 1e3L; },
        [=](complex s) {
            const complex at_minus = across(1e3L, back(s));
            return at_minus / (at_minus + 20e3L + loaded_input(s)) * output_side / back(s);
        });
    const auto inverting = chain{voltage_source{}, inverting_stage{loaded, bent, resistor{1_kOhm}}, load};
    agrees(
        "inverting", inverting, [](complex s) { return -bent_impedance(s) / 1e3L; },
        [=](complex s) {
            const complex at_minus = across(loaded_input(s), back(s));
            return at_minus / (at_minus + 1e3L) * output_side / back(s);
        });
    const auto current_input = chain{coil, cable{.capacitance = 1_nF}, transimpedance_stage{loaded, bent}, load};
    agrees(
        "trans-impedance", current_input, [](complex s) { return -bent_impedance(s) / coil_impedance(s); },
        [=](complex s) {
            const complex at_minus = across(across(loaded_input(s), farads(s, 1e-9L)), back(s));
            return at_minus / (at_minus + coil_impedance(s)) * output_side / back(s);
        });
}

TEST_CASE("Feedback divides the output impedance and multiplies the input impedance by 1 + T")
{
    // Blackman: the dead circuit's impedance times (1 + T with the port shorted)/(1 + T with it open). One of the two is always 0 here.
    constexpr feedback_stage stage{loaded, resistor{10_kOhm}, resistor{1_kOhm}};
    const auto schematic = driven(stage);
    const auto t = [&](complex s) { return complex{loop_gain(schematic, frequency{static_cast<double>(hertz(s))})}; };
    const auto out = [&](complex s) { return across(loaded_output, 10e3L + across(1e3L, loaded_input(s))) / (1.0L + t(s)); };
    const auto in = [&](complex s) { return (loaded_input(s) + across(1e3L, 10e3L + loaded_output)) * (1.0L + t(s)); };
    is_small("output impedance", worst_relative([&](frequency f) { return output_impedance(schematic, f); }, out));
    is_small("input impedance", worst_relative([&](frequency f) { return input_impedance(stage, f); }, in));
}

TEST_CASE("The phase margin of a one-pole amplifier with resistive feedback is a little above 90 degrees")
{
    // |T| = 1 at corner sqrt(T0^2 - 1); the lag there is acos(1/T0).
    const auto schematic = driven(feedback_stage{plain, resistor{9_kOhm}, resistor{1_kOhm}});
    const real t0 = 1e4L, lag = std::acos(1.0L / t0) * 180.0L / measure::pi;
    margin_is("one pole, T0 1e4", schematic, {static_cast<double>(100.0L * std::sqrt(t0 * t0 - 1.0L)), static_cast<double>(180.0L - lag)});
    CHECK(phase_margin(schematic)->degrees > 90.0);
    CHECK(phase_margin(schematic)->degrees < 90.01);
    CHECK_FALSE(phase_margin(driven(feedback_stage{op_amp{.gain = 20_dB}, resistor{99_kOhm}, resistor{1_kOhm}})));   // T0 0.1
}

TEST_CASE("The phase margin of a two-pole amplifier is what its quadratic says")
{
    constexpr op_amp two_poles{.gain = 100_dB, .corner = 100_Hz, .second_corner = 2_MHz};
    margin_is("two poles, gain 1", driven(feedback_stage{two_poles, resistor{1_kOhm}}), crossing_of_two_poles(1e5L, 100.0L, 2e6L));
    margin_is("two poles, gain 10", driven(feedback_stage{two_poles, resistor{9_kOhm}, resistor{1_kOhm}}),
              crossing_of_two_poles(1e4L, 100.0L, 2e6L));
    margin_is("two poles, gain -9", driven(inverting_stage{two_poles, resistor{9_kOhm}, resistor{1_kOhm}}),
              crossing_of_two_poles(1e4L, 100.0L, 2e6L));
}

TEST_CASE("The phase margin is below zero where the circuit is unstable and only there")
{
    // A capacitor across ri is a third pole: T0/((1 + jf/100)(1 + jf/1M)(1 + jf/f3)), f3 = 1/(2 pi C 900). Small or large it does no harm.
    constexpr op_amp two_poles{.gain = 120_dB, .corner = 100_Hz, .second_corner = 1_MHz};
    int stable = 0, unstable = 0;
    double worst = 0.0;
    for (double c = 1e-12; c < 0.02; c *= 1.7) {
        const auto schematic = driven(feedback_stage{two_poles, resistor{9_kOhm}, parallel(resistor{1_kOhm}, capacitor{capacitance{c}})});
        const real f3 = 1.0L / (2.0L * measure::pi * static_cast<real>(c) * 900.0L);
        const auto t = [f3](complex s) { return low_pass(s, 1e5L, 100.0L) * low_pass(s, 1.0L, 1e6L) * low_pass(s, 1.0L, f3); };
        const auto f = static_cast<real>(crossing_of(t, 1.0L, 1e9L).hertz);
        const real lag = std::atan(f / 100.0L) + std::atan(f / 1e6L) + std::atan(f / f3);   // of more than half a turn too
        const auto found = phase_margin(schematic);
        REQUIRE(found);
        worst = std::max(worst, std::fabs(found->degrees - static_cast<double>(180.0L - lag * 180.0L / measure::pi)));
        CHECK(static_cast<bool>(check(schematic)) == (found->degrees < 0.0));
        ++(found->degrees < 0.0 ? unstable : stable);
    }
    figure("three poles, " + std::to_string(stable) + " stable and " + std::to_string(unstable) + " unstable", worst, "deg", 1e-9);
    CHECK(worst < 1e-9);
    CHECK(stable > 5);
    CHECK(unstable > 5);
}

TEST_CASE("Positive feedback has a phase margin below zero")
{
    // An inverter of gain -0.5 in the path: T0 = -5, and the lag of one pole where |T| = 1 comes on top of 180 degrees.
    constexpr inverting_stage inverter{op_amp{.gain = 200_dB, .corner = 1_MHz}, resistor{1_kOhm}, resistor{2_kOhm}};
    const auto positive = driven(feedback_stage{op_amp{.gain = 20_dB, .corner = 1_kHz}, feedback_path{inverter, resistor{1_kOhm}}});
    REQUIRE(check(positive));
    const auto found = phase_margin(positive);
    REQUIRE(found);
    CHECK(found->degrees == Approx(-std::atan(std::sqrt(24.0)) * 180.0 / static_cast<double>(measure::pi)).margin(1e-6));
}

TEST_CASE("Of two crossovers the one with the lesser margin is told")
{
    // A path of two high-passes: two corners' lead at the lower crossover, one lag at the upper.
    constexpr op_amp wide{.gain = 60_dB, .corner = 1_MHz};
    constexpr feedback_path high_passes{series_arm{capacitor{1_uF}},
                                        shunt_arm{resistor{10_kOhm}},
                                        buffer{},
                                        series_arm{capacitor{1_uF}},
                                        shunt_arm{resistor{20_kOhm}},
                                        buffer{},
                                        resistor{1_kOhm}};
    const auto t = [](complex s) { return low_pass(s, 1e3L, 1e6L) * s * 0.01L / (1.0L + s * 0.01L) * s * 0.02L / (1.0L + s * 0.02L); };
    const crossing lower = crossing_of(t, 1e-3L, 1e3L), upper = crossing_of(t, 1e4L, 1e12L);
    CHECK(lower.margin < upper.margin);
    margin_is("two high-passes in the loop", driven(feedback_stage{wide, high_passes}), lower);
}

TEST_CASE("The floor of a non-inverting stage is 1 + R121/Ri")
{
    constexpr op_amp ideal{.gain = 200_dB, .corner = 1_MHz};
    // zf = 1 kOhm, L and 100 nF in series: the gain 1 + zf/100 is least, and real, at the resonance.
    double off_gain = 0.0, off_octaves = 0.0;
    for (double henries = 1e-3; henries < 0.1; henries *= 1.1) {
        const series resonant{resistor{1_kOhm}, inductor{inductance{henries}}, capacitor{100_nF}};
        const gain_at least = minimum_gain(driven(feedback_stage{ideal, resonant, resistor{100_Ohm}}), 20_Hz, 1_MHz);
        const real resonance = 1.0L / (2.0L * measure::pi * std::sqrt(static_cast<real>(henries) * 100e-9L));
        off_gain = std::max(off_gain, std::fabs(least.gain.decibels - measure::decibels(11.0L)));
        off_octaves = std::max(off_octaves, std::fabs(std::log2(least.frequency.si / static_cast<double>(resonance))));
    }
    figure("resonant zf, least gain, off 1 + 1000/100", off_gain, "dB", 1e-6);
    figure("resonant zf, its frequency, off the resonance", off_octaves, "oct", 1e-3);
    CHECK(off_gain < 1e-6);
    CHECK(off_octaves < 1e-3);

    // The published magnetic network, R121 = 820 and Ri = 805.9: falls towards 1 + 820/805.9, 6.10 dB, and is least at the upper end.
    const gain_at porch = minimum_gain(driven(feedback_stage{ideal, curve_network, resistor{805.9_Ohm}}), 20_Hz, 20_MHz);
    note("floor of 820 and 805.9 ohms, dB",
         std::to_string(porch.gain.decibels) + ", 1 + R121/Ri " + std::to_string(measure::decibels(1.0L + 820.0L / 805.9L)));
    CHECK(porch.frequency.si == Approx(20e6).epsilon(1e-12));
    CHECK(porch.gain.decibels == Approx(measure::decibels(std::abs(1.0L + curve_impedance(s_at(20e6)) / 805.9L))).margin(1e-6));
    CHECK(porch.gain.decibels == Approx(measure::decibels(1.0L + 820.0L / 805.9L)).margin(1e-3));

    // A capacitor in series with ri: the gain rises from 1, and is least at the lower end.
    constexpr series rising{resistor{1_kOhm}, capacitor{100_nF}};
    const gain_at foot = minimum_gain(driven(feedback_stage{ideal, resistor{9_kOhm}, rising}), 20_Hz, 20_kHz);
    CHECK(foot.frequency.si == Approx(20.0).epsilon(1e-12));
    CHECK(foot.gain.decibels == Approx(measure::decibels(std::abs(1.0L + 9e3L / (1e3L + farads(s_at(20.0), 100e-9L))))).margin(1e-6));

    // An amplifier of 60 dB and 2 kHz ends the floor: lower still at 200 kHz, as the closed loop has it.
    constexpr op_amp real_one{.gain = 60_dB, .corner = 2_kHz};
    const gain_at ended = minimum_gain(driven(feedback_stage{real_one, curve_network, resistor{805.9_Ohm}}), 20_Hz, 200_kHz);
    const complex a = low_pass(s_at(200e3), 1e3L, 2e3L), beta = 805.9L / (805.9L + curve_impedance(s_at(200e3)));
    note("the same with a gain-bandwidth of 2 MHz, at 200 kHz, dB", std::to_string(ended.gain.decibels));
    CHECK(ended.gain.decibels == Approx(measure::decibels(std::abs(a / (1.0L + a * beta)))).margin(1e-6));
}

TEST_CASE("The least gain with an impossible part or in no band is not a number")
{
    constexpr op_amp ideal{.gain = 200_dB, .corner = 1_MHz};
    const auto sound = driven(feedback_stage{ideal, resistor{9_kOhm}, resistor{1_kOhm}});
    const auto faulty = driven(feedback_stage{ideal, resistor{9_kOhm}, resistor{resistance{-1e3}}});
    const auto is_nothing = [](const gain_at& told) { return std::isnan(told.gain.decibels) && std::isnan(told.frequency.si); };
    CHECK_FALSE(is_nothing(minimum_gain(sound, 20_Hz, 20_kHz)));
    CHECK(is_nothing(minimum_gain(faulty, 20_Hz, 20_kHz)));
    CHECK(std::isnan(poles_zeros(faulty).gain));
    CHECK(is_nothing(minimum_gain(sound, 20_kHz, 20_Hz)));
    CHECK(is_nothing(minimum_gain(sound, 20_Hz, 20_Hz)));
    CHECK(is_nothing(minimum_gain(sound, frequency{0.0}, 20_kHz)));
    CHECK(is_nothing(minimum_gain(sound, 20_Hz, frequency{std::numeric_limits<double>::infinity()})));
}

TEST_CASE("An open loop is the amplifier with the networks pulled and the paths in place")
{
    constexpr feedback_stage stage{plain, resistor{10_kOhm}, resistor{1_kOhm}};
    static_assert(std::is_same_v<decltype(stage.open_loop()), amplifier_stage>);
    constexpr auto whole = open_loop(chain{magnetic_cartridge{}, loading{}, stage, riaa});
    static_assert(std::is_same_v<decltype(whole), const chain<magnetic_cartridge, loading, amplifier_stage, curve>>);
    response_is("feedback_stage", open_loop(driven(stage)), plain_gain);
    response_is("inverting_stage", open_loop(driven(inverting_stage{plain, resistor{10_kOhm}, resistor{1_kOhm}})),
                [](complex s) { return -plain_gain(s); });
    // The trans-impedance stage's coil now works into the amplifier's own input.
    response_is("transimpedance_stage", open_loop(chain{coil, transimpedance_stage{loaded, resistor{1_kOhm}}}),
                [](complex s) { return -loaded_gain(s) * loaded_input(s) / (loaded_input(s) + coil_impedance(s)); });

    // The ladder that holds the working point stays, wherever it stands: the open loop ends in the bass where the ladder does.
    response_is("feedback_stage with its ladder", open_loop(with_ladder),
                [](complex s) { return ladder_on_the_bench(s, loop::without_networks).voltages()[4]; });
    constexpr feedback_path second{resistor{1_MOhm}};
    constexpr auto two_paths = open_loop(driven(feedback_stage{plain, working_point, resistor{1_kOhm}, second}));
    constexpr auto written_out = driven(feedback_stage{plain, working_point, second});
    static_assert(std::is_same_v<decltype(two_paths), decltype(written_out)>);
    CHECK(response(two_paths, 20_Hz) == response(written_out, 20_Hz));
}

TEST_CASE("Feedback is analysed in constant expressions")
{
    constexpr op_amp amplifier{.gain = 100_dB, .corner = 100_Hz, .second_corner = 20_MHz, .output_resistance = 50_Ohm};
    constexpr auto current_input = chain{coil, cable{.capacitance = 100_pF}, transimpedance_stage{amplifier, resistor{1_kOhm}}};
    constexpr auto margin = phase_margin(current_input);
    constexpr std::complex<double> loop = loop_gain(current_input, 1_kHz);
    constexpr std::complex<double> in = input_impedance(current_input, 1_kHz), out = output_impedance(current_input, 1_kHz);
    constexpr gain_at least = minimum_gain(current_input, 20_Hz, 20_kHz);
    static_assert(margin && margin->degrees > 0.0);
    static_assert(in.real() > 0.0 && in.real() < 0.1);
    CHECK(margin->degrees == Approx(phase_margin(current_input)->degrees).epsilon(1e-9));
    CHECK(margin->crossover.si == Approx(phase_margin(current_input)->crossover.si).epsilon(1e-9));
    CHECK(std::abs(loop / loop_gain(current_input, 1_kHz) - 1.0) < 1e-13);
    CHECK(std::abs(in / input_impedance(current_input, 1_kHz) - 1.0) < 1e-13);
    CHECK(std::abs(out / output_impedance(current_input, 1_kHz) - 1.0) < 1e-13);
    CHECK(least.gain.decibels == Approx(decibels(response(current_input, 20_kHz))).margin(1e-9));

    constexpr auto stage = driven(feedback_stage{loaded, curve_network, working_point, resistor{805.9_Ohm}});
    constexpr auto stage_margin = phase_margin(stage);
    constexpr math::rational stage_loop = loop_gain(stage);
    constexpr gain_at porch = minimum_gain(stage, 20_Hz, 200_kHz);
    constexpr std::complex<double> driver = output_impedance(stage, 1_kHz);
    static_assert(stage_margin && stage_margin->degrees > 45.0);
    static_assert(porch.gain.decibels > 0.0 && porch.gain.decibels < 7.0);
    static_assert(stage_loop.poles.degree() > 0);
    CHECK(stage_margin->degrees == Approx(phase_margin(stage)->degrees).epsilon(1e-9));
    CHECK(porch.gain.decibels == Approx(minimum_gain(stage, 20_Hz, 200_kHz).gain.decibels).margin(1e-9));
    CHECK(std::abs(driver / output_impedance(stage, 1_kHz) - 1.0) < 1e-13);
}

TEST_CASE("A head amplifier is its gain corner and two impedances")
{
    constexpr op_amp head{
        .gain = 26_dB, .corner = 300_kHz, .input_resistance = 100_Ohm, .input_capacitance = 1_nF, .output_resistance = 47_Ohm};
    constexpr auto load = shunt_arm{resistor{470_Ohm}};
    const auto expected = [](complex s) {
        const complex in = across(100.0L, farads(s, 1e-9L));
        return in / (in + coil_impedance(s)) * low_pass(s, std::pow(10.0L, 26.0L / 20.0L), 300e3L) * 470.0L / 517.0L;
    };
    const auto upright = chain{coil, amplifier_stage{head}, load};
    response_is("head amplifier between 12 and 470 ohms", upright, expected);
    response_is("the same, inverting", chain{coil, amplifier_stage{head, true}, load}, [&](complex s) { return -expected(s); });
    CHECK(relative(input_impedance(upright, 20_kHz), across(100.0L, farads(s_at(20e3), 1e-9L))) < 1e-12);
    CHECK(relative(output_impedance(chain{coil, amplifier_stage{head}}, 20_kHz), 47.0L) < 1e-12);
    note("26 dB between 12 and 470 ohms at 1 kHz, dB", std::to_string(decibels(response(upright, 1_kHz))));
}

TEST_CASE("A buffer loads nothing and drives anything")
{
    constexpr auto arm = series_arm{resistor{100_kOhm}};
    constexpr auto shunt = shunt_arm{capacitor{1_nF}};
    response_is("two low-passes with a buffer between", chain{voltage_source{}, arm, shunt, buffer{-6_dB}, arm, shunt}, [](complex s) {
        const complex once = 1.0L / (1.0L + s * 1e-4L);
        return std::pow(10.0L, -6.0L / 20.0L) * once * once;
    });
    CHECK(std::isinf(std::abs(input_impedance(buffer{}, 1_kHz))));
    CHECK(std::abs(output_impedance(chain{voltage_source{}, arm, buffer{}}, 1_kHz)) < 1e-15);
    is_fault(check(driven(buffer{gain{std::numeric_limits<double>::quiet_NaN()}})), "buffer.gain", "must be finite");
}

TEST_CASE("An amplifier of impossible values is named with part and rule")
{
    const auto with = [](const op_amp& amplifier) { return check(driven(feedback_stage{amplifier, resistor{10_kOhm}, resistor{1_kOhm}})); };
    constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
    is_fault(with({.gain = gain{not_a_number}}), "op_amp.gain", "must be finite");
    is_fault(with({.corner = 0_Hz}), "op_amp.corner", "must be above zero");
    is_fault(with({.second_corner = frequency{-1.0}}), "op_amp.second_corner", "must not be negative");
    is_fault(with({.input_resistance = -1_Ohm}), "op_amp.input_resistance", "must not be negative");
    is_fault(with({.input_capacitance = -1_pF}), "op_amp.input_capacitance", "must not be negative");
    is_fault(with({.output_resistance = -1_Ohm}), "op_amp.output_resistance", "must not be negative");
    CHECK_FALSE(with(loaded));
    // A part deep inside a path is found too.
    const feedback_path ladder{series_arm{resistor{-1_kOhm}}, resistor{1_kOhm}};
    is_fault(check(driven(feedback_stage{plain, ladder, resistor{1_kOhm}})), "resistor", "must be above zero");
}
