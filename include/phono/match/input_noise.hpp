// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/band_integral.hpp>
#include <phono/analysis/noise_sources.hpp>
#include <phono/analysis/noise_weight.hpp>
#include <phono/match/seen_source.hpp>

namespace phono::inline v0_2 {

/// The noise of an input, from 20 Hz to 20 kHz at 300 K, and its signal in a groove of 5 cm/s RMS at 1 kHz.
struct input_noise {
    double density = 0.0;    ///< V per root hertz at 1 kHz, referred to the EMF
    double snr = 0.0;        ///< dB, RIAA- and A-weighted
    double snr_riaa = 0.0;   ///< dB, RIAA-weighted
};

namespace detail {

/// Gain from the EMF, and the square of the noise's density, both at an amplifier's output.
struct signal_and_noise {
    math::complex signal{};
    double power = 0.0;
};

inline constexpr double four_kt = 4.0 * boltzmann * 300.0;

[[nodiscard]] constexpr double squared(double x) noexcept { return x * x; }

[[nodiscard]] constexpr math::complex open_loop_gain(const amplifier_sheet& sheet, math::complex s) noexcept
{
    const double at_dc = sheet.gain.ratio();
    return math::complex{at_dc} / math::complex{1.0, s.im * at_dc / (2.0 * math::pi * sheet.gain_bandwidth.si)};
}

/// Of a non-inverting amplifier behind a source: its voltage noise, its current noise in the source and in its feedback, whose two arms are
/// parallel to each other for it, and the thermal noise of both.
[[nodiscard]] constexpr signal_and_noise at_voltage_output(const seen_source& source, const amplifier_sheet& sheet,
                                                           const match_inputs& inputs, math::complex s) noexcept
{
    const frequency f{s.im / (2.0 * math::pi)};
    const math::complex a = open_loop_gain(sheet, s);
    const double times = inputs.voltage_gain.ratio(), arms = inputs.ground_arm.si * (1.0 - 1.0 / times);
    const math::complex gain = a / (1.0 + (1.0 / times) * a);
    const double at_input = four_kt * (source.impedance.re + arms) + squared(sheet.voltage_noise.at(f)) +
                            squared(sheet.current_noise.at(f)) * (math::norm(source.impedance) + squared(arms));
    return {source.share * gain, at_input * math::norm(gain)};
}

/// Of a trans-impedance stage: its voltage noise times 1 + Zf/Zs, and the currents of the amplifier, of Rf and of the source in Zf.
template <class Cartridge>
[[nodiscard]] constexpr signal_and_noise at_transimpedance_output(const Cartridge& cartridge, const match_inputs& inputs,
                                                                  math::complex s) noexcept
{
    const frequency f{s.im / (2.0 * math::pi)};
    const math::complex a = open_loop_gain(inputs.amplifier, s);
    const seen_source source = cabled_coil(cartridge, inputs, s);
    const math::complex by_source = math::complex{1.0} / source.impedance;
    const math::complex by_feedback{1.0 / inputs.feedback.si, s.im * inputs.feedback_capacitor.si};
    const math::complex together = math::complex{1.0} / (by_source + by_feedback);
    const math::complex gain = a / (1.0 + a * by_feedback * together);
    const double current = four_kt * (by_source.re + by_feedback.re) + squared(inputs.amplifier.current_noise.at(f));
    const double at_input = squared(inputs.amplifier.voltage_noise.at(f)) + current * math::norm(together);
    return {gain * together / coil_impedance(cartridge, s), at_input * math::norm(gain)};
}

/// The figures of an input whose `at(s)` is its signal and noise.
[[nodiscard]] constexpr input_noise noise_of(voltage emf, const auto& at) noexcept
{
    const signal_and_noise middle = at(on_axis(frequency{1e3}));
    const double signal = math::norm(middle.signal);
    const auto densities = [&](double hertz, double* values) {
        const double referred = at(on_axis(frequency{hertz})).power / signal;
        values[0] = referred * power_of(noise_weight::by_riaa, hertz);
        values[1] = values[0] * power_of(noise_weight::by_a, hertz);
    };
    double sums[2]{}, room[4]{};
    integrate_band(densities, 2, 20.0, 20e3, sums, room);
    const auto snr = [&](double sum) { return math::decibels(emf.si / math::sqrt(sum)); };
    return {math::sqrt(middle.power / signal), snr(sums[1]), snr(sums[0])};
}

}   // namespace detail

/// The noise of a cartridge on the voltage input, in closed form.
/// Accuracy: within 1e-9 dB of noise(voltage_input(...)).
template <class Cartridge>
[[nodiscard]] constexpr input_noise voltage_input_noise(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return detail::noise_of(cartridge.output, [&](math::complex s) {
        return detail::at_voltage_output(detail::loaded_source(cartridge, inputs, s), inputs.amplifier, inputs, s);
    });
}
/// The same of the trans-impedance input.
template <class Cartridge>
[[nodiscard]] constexpr input_noise transimpedance_input_noise(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return detail::noise_of(cartridge.output, [&](math::complex s) { return detail::at_transimpedance_output(cartridge, inputs, s); });
}
/// The same of the transformer and its amplifier.
template <class Cartridge>
[[nodiscard]] constexpr input_noise transformer_input_noise(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return detail::noise_of(cartridge.output, [&](math::complex s) {
        return detail::at_voltage_output(detail::transformed_source(cartridge, inputs, s), inputs.transformer_amplifier, inputs, s);
    });
}
/// The coil's thermal noise alone: what no input is below.
template <class Cartridge>
[[nodiscard]] constexpr input_noise coil_noise(const Cartridge& cartridge) noexcept
{
    return detail::noise_of(cartridge.output, [&](math::complex) {
        return detail::signal_and_noise{1.0, detail::four_kt * cartridge.resistance.si};
    });
}

}   // namespace phono::inline v0_2
