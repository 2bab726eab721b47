// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/one_channel.hpp>
#include <phono/large_signal/paired_channels.hpp>
#include <phono/large_signal/several_channels.hpp>

#include <span>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

namespace detail {

/// Which of its kinds runs a tube kernel.
template <netlist_size size, int channels>
constexpr auto kernel_kind() noexcept
{
    if constexpr (channels == 1) return std::type_identity<one_channel<size>>{};
    else if constexpr (size.triodes == 1) return std::type_identity<several_channels<size, channels>>{};
    else {
        static_assert(channels == 2 && size.triodes <= 4,
                      "phono: a tube_kernel has several channels where there is one triode, two where there are two to four; take one for "
                      "each channel");
        return std::type_identity<paired_channels<size>>{};
    }
}

}   // namespace detail

/// A circuit with triodes, sample by sample: its modes advanced by exponential steps, its triodes solved within each sample, feedback
/// around them included. Volts of EMF in, volts of signal out, both as deviations from the operating point.
///
/// The modes are those of the circuit linearised at its operating point; the tubes drive them with the currents beyond that. What does not
/// depend on a sample's own currents is computed before they are.
///
/// A building block that runs at the rate of its samples: it does not oversample, does not correct the response and leaves out the
/// circuit's ideal curves; a tube_preamp does all that. For a circuit with one triode it may have several channels, side by side in vector
/// registers, for one with two to four triodes two: the same samples to rounding. Set it up away from the audio thread:
///
///     const circuit held{schematic};
///     const auto found = find_port_modes(held);   // phono/large_signal/modes/mode_finder.hpp
///     if (found.problem) ...      // nothing to play
///     const auto stereo = std::make_unique<tube_kernel<decltype(held)::capacity, 2>>();
///     stereo->set(held, found, 1.0 / 96e3);
///     (*stereo)(samples);                            // a std::span<double, 2>: volts of EMF in, of signal out
///
/// Real-time safe: does not allocate, lock or throw. For finite input within +-1e6 V no voltage grows beyond what supplies and drive can
/// cause, for circuits whose other parts are passive (section "What cannot run away" of large_signal/README.md). set() is not for the audio
/// thread: with one triode it takes some milliseconds to tabulate the solution.
/// Time: the work per sample is bounded by 3000 evaluations of the laws, or by what bound_evaluations() says. Overloads that a preamp may
/// meet, up to 100 V of EMF, take fewer than 300.
/// Size: 88 kB with one triode, mostly its table: too much for a small stack. With Nachbaur's four 57.3 kB, 122.4 kB for two channels.
/// Method: eq. 15 to 18 of large_signal/README.md.
template <netlist_size size, int channels = 1>
class tube_kernel {
    static_assert(channels > 0);
    using runner = typename decltype(detail::kernel_kind<size, channels>())::type;

public:
    tube_kernel() noexcept { bound_evaluations(evaluations_at_most); }

    /// Sets up for a circuit and a sampling period in seconds, and clears the state.
    void set(const circuit<size>& held, const detail::port_modes<size>& found, double period) noexcept { runner_.set(held, found, period); }

    /// Clears the state and the counts.
    void reset() noexcept { runner_.reset(); }

    /// Flushes decayed states to zero, before they become subnormal and slow: to be called once a block, say.
    void settle() noexcept { runner_.settle(); }

    /// One sample.
    double operator()(double u) noexcept requires(channels == 1) { return runner_(u); }

    /// A block in place: the same samples, faster.
    void process(std::span<double> block) noexcept requires(channels == 1) { runner_.process(block); }

    /// A sample of each channel, in place.
    void operator()(std::span<double, channels> samples) noexcept requires(channels > 1) { runner_(samples); }

    /// A block of the first `used` channels in place, the same samples faster; the others are silent.
    template <int used>
        requires(channels > 1 && used <= channels)
    void process(const detail::channel_block<used>& block) noexcept { runner_.process(block); }

    /// The circuit at the latest sample of a channel, and the way on from such a state, which may be that of other values.
    [[nodiscard]] detail::circuit_state<size> state(int channel = 0) const noexcept { return runner_.state(channel); }
    void start_from(const detail::circuit_state<size>& from, int channel = 0) noexcept { runner_.start_from(from, channel); }

    /// The small-signal response at a frequency in radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept { return runner_.response(angle); }

    /// The most volts that the output can be with an EMF of at most so many volts of late; infinite where an amplifier, or an inductor
    /// behind a triode, may raise it, and where there is no supply.
    [[nodiscard]] double most_output(double emf) const noexcept { return runner_.most_output(emf); }

    /// Samples since reset() that could not be solved at all: each held the circuit as it was in the sample before.
    [[nodiscard]] long unsolved() const noexcept { return runner_.unsolved(); }

    /// Evaluations of the tubes' laws in the hardest sample since reset(); no sample takes more than `evaluations_at_most`, or the bound
    /// that was set.
    [[nodiscard]] int most_evaluations() const noexcept { return runner_.most_evaluations(); }
    /// The most evaluations that any sample takes, unless a lower bound is set.
    static constexpr int evaluations_at_most = 3000;
    /// Sets a bound, from 30 to evaluations_at_most, on the evaluations of a sample. A sample that is not solved exactly by then is stepped
    /// by backward differences, and held as a last resort. One evaluation solves a linear system of at most twice as many unknowns as there
    /// are triodes.
    void bound_evaluations(int most) noexcept
    {
        const int bound = most < 30 ? 30 : most < evaluations_at_most ? most : evaluations_at_most;
        runner_.set_limit((bound - extra_evaluations) / attempts);
    }

private:
    /// Attempts at a sample: the step of order 4, backward differences of order 2 and of order 1; and evaluations for changing over.
    static constexpr int attempts = 3, extra_evaluations = 7;

    runner runner_{};
};

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
