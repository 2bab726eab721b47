// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/by_turns.hpp>
#include <phono/math/lanes.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Coordinates of the ports, four to a row, of one channel or by turns of two.
template <int channels, int rows>
struct port_coordinates {
    math::lanes<4 * channels> at[rows]{};

    /// A channel's.
    void set_channel(int channel, double x) noexcept
    {
        for (auto& r : at) math::by_turns<channels>::set_channel(r, channel, x);
    }
    void copy_channel(const port_coordinates& from, int channel) noexcept
    {
        for (int r = 0; r < rows; ++r) math::by_turns<channels>::copy_channel(from.at[r], channel, at[r]);
    }
};

/// What is known of the next sample before its own EMF. The solver waits for the coordinates alone; of these, what the latest currents
/// contribute comes last. What they contribute to the sample after that is ready as soon, not only when the modes have taken them.
template <int channels, int rows>
struct coming_sample {
    using turns = math::by_turns<channels>;
    using coordinates = port_coordinates<channels, rows>;

    coordinates ahead{};               ///< as the modes and the earlier inputs make them
    coordinates currents{};            ///< what the latest currents add
    coordinates later{};               ///< what the latest inputs contribute to the sample after it
    typename turns::number output{};   ///< as the modes make it
    /// What the inputs so far contribute to the outputs past the modes, of this sample and then of the one after it.
    math::lanes<4 * channels> outputs{};

    /// In this channel no sample is small from here on, until a detour is over.
    void hold_off(int channel) noexcept { ahead.set_channel(channel, std::numeric_limits<double>::quiet_NaN()); }
    /// The same where nothing that was before counts.
    void forget(int channel) noexcept
    {
        turns::set_channel(output, channel, 0.0), turns::set_channel(outputs, channel, 0.0);
        currents.set_channel(channel, 0.0), later.set_channel(channel, 0.0);
        hold_off(channel);
    }
    /// What another one knows of a channel.
    void copy_channel(const coming_sample& from, int channel) noexcept
    {
        turns::copy_channel(from.output, channel, output), turns::copy_channel(from.outputs, channel, outputs);
        ahead.copy_channel(from.ahead, channel), currents.copy_channel(from.currents, channel), later.copy_channel(from.later, channel);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
