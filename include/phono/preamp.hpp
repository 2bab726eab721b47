// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/filter/accuracy.hpp>
#include <phono/filter/design.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/cancellation.hpp>
#include <phono/kernel/kernel_size.hpp>
#include <phono/kernel/mistaken_calls.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/processing.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/kernel/sample_range.hpp>
#include <phono/units.hpp>

#include <complex>
#include <limits>
#include <span>

namespace phono::inline v0_2 {

/// A running phono preamplifier: a constant schematic at a sampling rate.
///
///     preamp<magnetic> left{96_kHz};   // everything but coefficients and state is in the type
///     double out = left(0.005);        // volts of EMF in, volts out (see the schematic's source)
///
/// Triodes are linearised at their operating points; a tube_preamp runs them at large signals. For values known only at run time there is
/// the tunable_preamp. The compiler analyses the circuit: any of the catalogue, to 25 capacitors and inductors or three op-amps and a
/// follower, within the default limits of g++ 12 and clang 14 for constant expressions. One that exceeds them is for the tunable_preamp too.
/// T, float or double, is the type in which the sample loop stores and computes. The design is done in double.
/// Errors: a schematic with a fault does not compile. At a rate outside 8 to 768 kHz, or with gains or states beyond the range of T, it
/// outputs silence, and problem() says why.
/// Real-time: operator(), process and reset do not allocate, lock or throw. Finite input within +-largest_input<T>, 1e30 (float: 1e12),
/// gives finite output; reset() recovers from any other.
/// Size: one or two kilobytes, most of it coefficients for blocks; on 32-bit processors a few hundred bytes.
template <auto schematic, class T = double, phase kind = phase::minimum>
class preamp : public detail::processing<preamp<schematic, T, kind>, T>, public detail::mistaken_retune {
    using calls = detail::processing<preamp, T>;
    static constexpr auto model = analyse(schematic);
    static_assert(*model.problem.rule == '\0',   // compared, so that g++ does not print the whole type a second time
                  "phono: this schematic cannot be made into a preamp; check(schematic) names the part and the rule. If the compiler says "
                  "above that it reached a limit for constant expressions, the circuit is too large for it: write tunable_preamp");
    static constexpr detail::kernel_size size = detail::size_of_kernel(model, kind == phase::corrected);

public:
    using calls::prepare, calls::process, calls::operator();

    /// Silent until it is prepared, which problem() says.
    preamp() noexcept = default;

    /// Prepares for a sampling rate.
    explicit preamp(frequency rate) noexcept { prepare(rate); }

    /// Designs for a sampling rate and clears the state.
    void prepare(frequency rate) noexcept
    {
        rate_ = rate;
        const fault wrong = detail::rate_fault(rate);
        digital_filter filter = wrong ? detail::silence(rate, wrong) : detail::design_model(model, rate, kind);
        parallel_form modes = partial_fractions<T>(filter, size.reals);
        if (const fault beyond = range_fault<T>(modes)) {
            filter = detail::silence(rate, beyond);
            modes = partial_fractions(filter);
        }
        problem_ = filter.problem;
        latency_ = filter.delay;
        kernel_.set(modes);
        kernel_.reset();
    }

    /// Clears the state.
    void reset() noexcept { kernel_.reset(); }

    /// One sample.
    [[gnu::always_inline]] T operator()(T x) noexcept { return kernel_(x); }

    /// A block in place: the same as sample by sample, to rounding.
    void process(std::span<T> block) noexcept { kernel_.process(block); }

    /// A block from one buffer to another of the same length. They may overlap in any way.
    void process(std::span<const T> in, std::span<T> out) noexcept { process(detail::move_samples(in, out)); }

    /// The digital response: volts out per volt in, at a frequency below half the sampling rate.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const math::complex h = kernel_.response(detail::angle(f, rate_));
        return {h.re, h.im};
    }

    /// The largest error of the magnitude against the analogue circuit from 20 Hz to the top of the band (20 kHz, or 0.4535 of a rate below
    /// 44.1 kHz), in decibels, by the coefficients that run, as rounded to T; infinite where there is a problem. It is computed at each
    /// call, which takes some tenths of a millisecond.
    [[nodiscard]] double accuracy() const noexcept
    {
        if (problem_) return std::numeric_limits<double>::infinity();
        return detail::error_of_model([this](double angle) { return kernel_.response(angle); }, model, rate_);
    }

    /// The delay of the output against the analogue circuit's, in samples: 0 for the minimum-phase design, which is early by less than a
    /// sample; one or two with the phase corrected.
    [[nodiscard]] double latency() const noexcept { return latency_; }

    /// Samples at which the solver failed to converge: a linear circuit has none.
    [[nodiscard]] static constexpr long unsolved() noexcept { return 0; }

    /// What is wrong with the rate, or with the range of T at that rate, if anything.
    [[nodiscard]] fault problem() const noexcept { return problem_; }

private:
    friend struct detail::kernel_access;

    frequency rate_{};
    double latency_ = 0.0;
    fault problem_ = detail::not_prepared;
    modal_kernel<T, size.reals, size.sections, size.pairs> kernel_{};
};

}   // namespace phono::inline v0_2
