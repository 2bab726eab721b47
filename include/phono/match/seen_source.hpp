// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>
#include <phono/match/match_inputs.hpp>

namespace phono::inline v0_2::detail {

/// What stands before an amplifier's input at one frequency, by Thevenin: its impedance, and the share of the EMF that is there without the
/// amplifier. It is passive, so that its noise is 4kT times the real part of the impedance, whatever it is made of (Nyquist, 1928).
struct seen_source {
    math::complex impedance{}, share{1.0};

    /// With an admittance across it.
    [[nodiscard]] constexpr seen_source shunted(math::complex admittance) const noexcept
    {
        const math::complex left = math::complex{1.0} / (1.0 + impedance * admittance);
        return {impedance * left, share * left};
    }
    /// With an impedance in series.
    [[nodiscard]] constexpr seen_source behind(math::complex series) const noexcept { return {impedance + series, share}; }
    /// Through an ideal transformer.
    [[nodiscard]] constexpr seen_source stepped_up(double ratio) const noexcept { return {ratio * ratio * impedance, ratio * share}; }
};

/// The coil without its cable.
template <class Cartridge>
[[nodiscard]] constexpr math::complex coil_impedance(const Cartridge& cartridge, math::complex s) noexcept
{
    return {cartridge.resistance.si, s.im * cartridge.inductance.si};
}

/// The coil with cable and its own capacitance.
template <class Cartridge>
[[nodiscard]] constexpr seen_source cabled_coil(const Cartridge& cartridge, const match_inputs& inputs, math::complex s) noexcept
{
    double farads = inputs.cable.si;
    if constexpr (requires { cartridge.interwinding; }) farads += cartridge.interwinding.si;
    return seen_source{coil_impedance(cartridge, s)}.shunted(farads * s);
}

/// What the amplifier of a voltage input sees.
template <class Cartridge>
[[nodiscard]] constexpr seen_source loaded_source(const Cartridge& cartridge, const match_inputs& inputs, math::complex s) noexcept
{
    return cabled_coil(cartridge, inputs, s).shunted(1.0 / inputs.load.si);
}

/// What the amplifier behind a transformer sees.
template <class Cartridge>
[[nodiscard]] constexpr seen_source transformed_source(const Cartridge& cartridge, const match_inputs& inputs, math::complex s) noexcept
{
    const step_up_transformer& t = inputs.transformer;
    return cabled_coil(cartridge, inputs, s)
        .behind(math::complex{t.primary_resistance.si, s.im * t.leakage.si})
        .shunted(math::complex{1.0} / math::complex{0.0, s.im * t.magnetising.si})
        .stepped_up(t.ratio)
        .behind(t.secondary_resistance.si)
        .shunted(math::complex{1.0 / inputs.transformer_load.si, s.im * t.secondary_capacitance.si});
}

}   // namespace phono::inline v0_2::detail
