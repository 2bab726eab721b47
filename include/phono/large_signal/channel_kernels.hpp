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

/// The tube kernels of several channels of one design: one whose channels are lanes where the circuit has one triode, a kernel for each
/// where it has more.
///
/// The triodes of such a circuit fill the registers themselves. Lanes without a channel, up to a number that registers hold, are silent.
template <netlist_size size, int channels>
class channel_kernels {
    static constexpr bool are_lanes = channels > 1 && size.triodes == 1;
    static constexpr int width = channels <= 2 ? channels : (channels + 3) / 4 * 4;
    static constexpr int kernels = are_lanes ? 1 : channels;
    using kernel_type = tube_kernel<size, are_lanes ? width : 1>;

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
    void process(const channel_block<channels>& block) noexcept
    {
        if constexpr (are_lanes) kernel_[0].process(block);
        else
            for (int c = 0; c < channels; ++c) kernel_[c].process(block[c]);
    }

    /// A channel's circuit at the latest sample, and the way on from such a state.
    [[nodiscard]] circuit_state<size> state(int c) const noexcept { return are_lanes ? kernel_[0].state(c) : kernel_[c].state(); }
    void start_from(const circuit_state<size>& from, int c) noexcept
    {
        if constexpr (are_lanes) kernel_[0].start_from(from, c);
        else kernel_[c].start_from(from);
    }

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
    kernel_type kernel_[static_cast<std::size_t>(kernels)]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
