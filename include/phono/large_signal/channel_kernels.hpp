// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/tube_kernel.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The tube kernels of several channels of one design: one whose channels are lanes where the circuit has one triode, one for every two
/// channels where it has two to four, else one for each.
///
/// Lanes without a channel, up to a number that registers hold, are silent.
template <netlist_size size, int channels>
class channel_kernels {
    static constexpr bool are_lanes = channels > 1 && size.triodes == 1, are_pairs = channels > 1 && size.triodes > 1 && size.triodes <= 4;
    static constexpr int width = are_pairs ? 2 : !are_lanes ? 1 : channels <= 2 ? channels : (channels + 3) / 4 * 4;
    static constexpr int kernels = (channels + width - 1) / width;
    using kernel_type = tube_kernel<size, width>;

public:
    /// Sets up for a circuit and a sampling period in seconds, and clears the state.
    void set(const circuit<size>& held, const port_modes<size>& found, double period) noexcept
    {
        kernel_[0].set(held, found, period);
        for (int k = 1; k < kernels; ++k) kernel_[k] = kernel_[0];
    }
    void reset() noexcept
    {
        for (kernel_type& one : kernel_) one.reset();
    }
    void settle() noexcept
    {
        for (kernel_type& one : kernel_) one.settle();
    }

    /// One sample.
    double operator()(double u) noexcept requires(channels == 1) { return kernel_[0](u); }

    /// A block in place.
    void process(const channel_block<channels>& block) noexcept { process_from<0>(block); }

    /// A channel's circuit at the latest sample, and the way on from such a state.
    [[nodiscard]] circuit_state<size> state(int c) const noexcept { return kernel_[c / width].state(c % width); }
    void start_from(const circuit_state<size>& from, int c) noexcept { kernel_[c / width].start_from(from, c % width); }

    /// What all channels share.
    [[nodiscard]] math::complex response(double angle) const noexcept { return kernel_[0].response(angle); }
    [[nodiscard]] double most_output(double emf) const noexcept { return kernel_[0].most_output(emf); }

    /// Over all channels: samples that could not be solved, and evaluations of the laws in the hardest one.
    [[nodiscard]] long unsolved() const noexcept
    {
        long samples = 0;
        for (const kernel_type& one : kernel_) samples += one.unsolved();
        return samples;
    }
    [[nodiscard]] int most_evaluations() const noexcept
    {
        int most = 0;
        for (const kernel_type& one : kernel_) most = one.most_evaluations() > most ? one.most_evaluations() : most;
        return most;
    }
    static constexpr int evaluations_at_most = kernel_type::evaluations_at_most;
    void bound_evaluations(int most) noexcept
    {
        for (kernel_type& one : kernel_) one.bound_evaluations(most);
    }

private:
    /// The channels from one on.
    template <int first>
    void process_from(const channel_block<channels>& block) noexcept
    {
        constexpr int used = channels - first < width ? channels - first : width;
        if constexpr (width == 1) kernel_[first].process(block[first]);
        else {
            channel_block<used> part;
            for (int c = 0; c < used; ++c) part.of[c] = block.of[first + c];
            part.count = block.count;
            kernel_[first / width].process(part);
        }
        if constexpr (first + used < channels) process_from<first + used>(block);
    }

    kernel_type kernel_[static_cast<std::size_t>(kernels)]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
