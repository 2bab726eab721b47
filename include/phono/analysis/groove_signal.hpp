// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/block.hpp>
#include <phono/chain/chain.hpp>
#include <phono/circuit/circuit_block.hpp>
#include <phono/math/elementary.hpp>
#include <phono/source/transduction.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2::detail {

/// The EMF, in volts RMS, of a source in a groove cut with a velocity of 5 cm/s RMS at any frequency.
struct groove_signal {
    double at_reference = 0.0;   ///< at 1 kHz, as cartridges state their output
    bool follows_displacement = false;

    [[nodiscard]] constexpr double at(double hertz) const noexcept
    {
        return follows_displacement ? at_reference * (reference_frequency.si / hertz) : at_reference;
    }
};

/// Of a source by its `output`, or by that of the cartridge in it; 0 V for a source that has neither, such as a voltage source.
template <class Source>
[[nodiscard]] constexpr groove_signal signal_of(const Source& source) noexcept
{
    if constexpr (requires { voltage{source.output}; }) return {source.output.si, follows_displacement<Source>};
    else if constexpr (requires { signal_of(source.cartridge); }) return signal_of(source.cartridge);
    else return {};
}

template <class Source, class... Block>
[[nodiscard]] constexpr groove_signal signal_of_schematic(const chain<Source, Block...>& schematic) noexcept
{
    return signal_of(block<0>(schematic));
}

/// Power of a disc's RIAA replay curve re 1 kHz.
[[nodiscard]] constexpr double riaa_power(double hertz) noexcept
{
    const auto unscaled = [](double f) {
        const double w = 2.0 * math::pi * f, shelf = 3180e-6 * w, turnover = 318e-6 * w, rolloff = 75e-6 * w;
        return (1.0 + turnover * turnover) / ((1.0 + shelf * shelf) * (1.0 + rolloff * rolloff));
    };
    return unscaled(hertz) / unscaled(1e3);
}

}   // namespace phono::inline v0_2::detail
