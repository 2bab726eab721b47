// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/design.hpp>
#include <phono/kernel/kernel_size.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/retuning_kernel.hpp>

#include <span>

namespace phono {

/// Stands for a schematic that is known at run time only, where a template argument is asked for: preamp<run_time<Chain>{}>.
template <class Chain>
struct run_time {
    using schematic_type = Chain;
};

namespace detail {

/// A constant schematic: its analysis is done by the compiler and nothing of it is stored.
template <auto schematic, phase kind>
class schematic_holder {
public:
    static constexpr auto model = analyse(schematic);
    static_assert(!model.problem, "phono: this schematic cannot be made into a preamp; check(schematic) names the part and the rule");
    static constexpr kernel_size size = size_of_kernel(model, kind == phase::corrected);
    template <class T>
    using kernel = modal_kernel<T, size.reals, size.sections>;
};

/// A schematic with run-time values.
template <class Chain, run_time<Chain> tag, phase kind>
class schematic_holder<tag, kind> {
public:
    explicit constexpr schematic_holder(const Chain& schematic) noexcept : model(analyse(schematic)) {}

    decltype(analyse(std::declval<Chain>())) model;
    static constexpr int most = parallel_form::capacity / 2;
    template <class T>
    using kernel = retuning_kernel<T, most, most>;
};

template <class T>
inline constexpr bool is_run_time = false;
template <class Chain>
inline constexpr bool is_run_time<run_time<Chain>> = true;

}   // namespace detail

/// A phono preamplifier that runs: a schematic brought to a sampling rate.
///
/// preamp<magnetic> left{96_kHz} has everything but coefficients and state in its type; preamp tuned{magnetic, 96_kHz} takes
/// values at run time and can be retuned. Both give and take volts (see the schematic's source).
///
/// T is float or double: what the sample loop stores and computes with. The design is done in double.
/// Errors: a constant schematic with a fault does not compile. An unsound run-time schematic, or a rate outside 8 to
/// 768 kHz, makes silence, and problem() tells why.
/// Real-time: operator(), process, reset and retune allocate nothing, lock nothing and throw nothing; finite input within +-1e30
/// (float: +-1e12) gives finite output, and reset() recovers from any other.
template <auto schematic, class T = double, phase kind = phase::minimum>
class preamp {
    using bare_schematic = std::remove_cvref_t<decltype(schematic)>;
    using holder = detail::schematic_holder<schematic, kind>;

public:
    static constexpr bool has_run_time_values = detail::is_run_time<bare_schematic>;

    explicit preamp(frequency rate) noexcept requires(!has_run_time_values) { prepare(rate); }

    template <class Chain>
    preamp(const Chain& values, frequency rate) noexcept requires(has_run_time_values) : held_(values)
    {
        prepare(rate);
    }

    /// Designs for a sampling rate and forgets what was played.
    void prepare(frequency rate) noexcept
    {
        redesign(rate);
        kernel_.set(partial_fractions(filter_));
        kernel_.reset();
    }

    /// The same for a host's specification: anything with a sampleRate in hertz.
    void prepare(const auto& specification) noexcept requires requires { specification.sampleRate; }
    {
        prepare(frequency{static_cast<double>(specification.sampleRate)});
    }

    /// Takes other values of the same schematic, gliding to them over 32 samples. Takes about 10 us for an order-7 schematic; with the
    /// phase corrected about 17 ms, so not on the audio thread (benchmarks/run).
    template <class Chain>
    void retune(const Chain& values) noexcept requires(has_run_time_values)
    {
        held_ = holder{values};
        redesign(filter_.rate);
        kernel_.retune(partial_fractions(filter_));
    }

    /// Forgets what was played.
    void reset() noexcept { kernel_.reset(); }

    /// One sample.
    T operator()(T x) noexcept { return kernel_(x); }

    /// A block in place: the same as sample by sample, to rounding.
    void process(std::span<T> block) noexcept
    {
        kernel_.process(block);
        kernel_.settle();
    }

    /// A block from one place to another, of the same length.
    void process(std::span<const T> in, std::span<T> out) noexcept
    {
        const std::size_t count = in.size() < out.size() ? in.size() : out.size();
        for (std::size_t i = 0; i < count; ++i) out[i] = in[i];
        process(out.first(count));
    }

    /// The digital response: volts out per volt in, at a frequency below half the sampling rate.
    std::complex<double> response(frequency f) const noexcept { return filter_.response(f); }

    /// Samples by which the output is later than the analogue circuit's: 0 for the minimum-phase design, which is early by less than
    /// a sample; one or two with the phase corrected.
    double latency() const noexcept { return filter_.delay; }

    /// The filter that runs.
    const digital_filter& design() const noexcept { return filter_; }

    /// What is wrong with a run-time schematic or the rate, if anything.
    const fault& problem() const noexcept { return found_; }

private:
    void redesign(frequency rate) noexcept
    {
        found_ = held_.model.problem ? held_.model.problem : detail::rate_fault(rate);
        filter_ = found_ ? detail::silence(rate) : detail::design_model(held_.model, rate, kind);
    }

    [[no_unique_address]] holder held_;
    fault found_{};
    digital_filter filter_{};
    typename holder::template kernel<T> kernel_{};
};

template <class... Block>
preamp(const chain<Block...>&, frequency) -> preamp<run_time<chain<Block...>>{}>;

}   // namespace phono
