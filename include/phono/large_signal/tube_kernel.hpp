// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/one_channel.hpp>
#include <phono/large_signal/several_channels.hpp>

#include <span>
#include <type_traits>

namespace phono {

/// A circuit with triodes, sample by sample: its modes advanced by exponential steps, its triodes solved within each sample, feedback
/// around them included. Volts of EMF in, volts of signal out, both as deviations from the operating point.
///
/// The modes are those of the circuit linearised at its operating point, the tubes' inputs to them the currents beyond that. What does not
/// depend on a sample's own currents is worked out before they are.
///
/// A building block, at the rate of its samples: it does no oversampling, corrects no response and leaves out the circuit's ideal curves; a
/// tube_preamp does all that. Of a circuit with one triode it may have several channels, side by side in vector instructions: the same
/// samples to rounding. Set it away from the audio thread:
///
///     const circuit held{schematic};
///     const auto found = find_port_modes(held);   // phono/large_signal/modes/mode_finder.hpp
///     if (found.problem) ...      // nothing to play
///     const auto stereo = std::make_unique<tube_kernel<decltype(held)::capacity, 2>>();
///     stereo->set(held, found, 1.0 / 96e3);
///     (*stereo)(samples);                            // a std::span<double, 2>: volts of EMF in, of signal out
///
/// Real-time safe: no allocation, no lock, no exception, finite output for finite input within +-1e6 V. set() is not for the audio thread:
/// with one triode it tabulates the solution for some milliseconds.
/// Time: the work in a sample is bounded, by 3000 evaluations of the laws; that is no deadline to plan with. White noise of 1e5 V takes
/// four triodes 2400 of them and 1 ms, 50 samples long. Overloads that a preamp may meet, up to 100 V of EMF, take fewer than 300.
/// Size: with one triode 82 kB, for its table: not for a small stack. With several far less: with Nachbaur's four 25 kB.
/// Method: eq. 15 to 18 of large_signal/README.md.
template <netlist_size size, int channels = 1>
class tube_kernel {
    static_assert(channels > 0);
    using runner = typename std::conditional_t<channels == 1, std::type_identity<detail::one_channel<size>>,
                                               std::type_identity<detail::several_channels<size, channels>>>::type;

public:
    /// Takes a circuit for a sampling period in seconds and forgets what was played.
    void set(const circuit<size>& held, const detail::port_modes<size>& found, double period) noexcept { runner_.set(held, found, period); }

    /// Forgets what was played and counted.
    void reset() noexcept { runner_.reset(); }

    /// Sets what has faded away to zero, before it becomes subnormal and slow: once a block, say.
    void settle() noexcept { runner_.settle(); }

    /// One sample.
    double operator()(double u) noexcept requires(channels == 1) { return runner_(u); }

    /// A sample of each channel, in place.
    void operator()(std::span<double, channels> samples) noexcept requires(channels > 1) { runner_(samples); }

    /// What it does to a small sine of so many radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept { return runner_.response(angle); }

    /// Samples without a solution since reset(): each had the currents of the nearest point that was solved.
    [[nodiscard]] long unsolved() const noexcept { return runner_.solver().unsolved(); }

    /// Evaluations of the tubes' laws in the hardest sample since reset(); no sample takes more than `evaluations_at_most`.
    [[nodiscard]] int most_evaluations() const noexcept { return runner_.solver().most_evaluations(); }
    static constexpr int evaluations_at_most = detail::port_solver<size.triodes>::evaluations_at_most;

private:
    runner runner_{};
};

}   // namespace phono
