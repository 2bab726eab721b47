// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/circuit/fault.hpp>
#include <phono/circuit/kept_fault.hpp>
#include <phono/filter/accuracy.hpp>
#include <phono/filter/design.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/cancellation.hpp>
#include <phono/kernel/kernel_size.hpp>
#include <phono/kernel/mistaken_calls.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/processing.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/kernel/retuning_kernel.hpp>
#include <phono/kernel/sample_range.hpp>
#include <phono/units.hpp>

#include <complex>
#include <concepts>
#include <limits>
#include <span>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// Values of a schematic, designed and ready to fade to. One type for a constant schematic's type and for that of its copies.
template <class Schematic, class T, phase kind>
struct tunable_setting {
    Schematic schematic = default_chain<Schematic>::make();
    frequency rate{};
    parallel_form modes{};
    double latency = 0.0;
    fault problem = not_prepared;   ///< what is wrong with the values; such a setting is refused
};

}   // namespace detail

/// A running phono preamplifier with knobs: a schematic whose values are known only at run time, at a sampling rate.
///
///     tunable_preamp left{magnetic, 96_kHz};
///     left.retune(with_another_load);   // the same blocks with other values: fades to them within 75 ms
///     tunable_preamp<decltype(magnetic), float> right;   // spelled, before values and rate are known
///
/// T, float or double, is the type in which the sample loop stores and computes. The design is done in double.
/// Errors: prepared with an unsound schematic, at a rate outside 8 to 768 kHz, or with gains or states beyond the range of T, it outputs
/// silence; turned to such values it plays on with those it has. problem() says why. An ideal block of your own may have at most 8 poles and
/// 8 zeros.
/// Real-time: operator(), process, reset and retune do not allocate, lock or throw. Finite input within +-largest_input<T>, 1e30 (float:
/// 1e12), gives finite output; reset() recovers from any other.
/// Size: about a kilobyte, depending on the blocks' types. It holds what usual filters, up to seven modes of cartridge, load and a curve,
/// compute blocks with: they run as fast as constant ones. Larger ones, such as the eight modes with the IEC's RIAA, compute it in each block
/// anew, an eighth of a microsecond: in blocks of 64 samples they take 2.5 times as long as in a preamp, of 512 a third more. Below 32 they
/// run sample by sample.
template <class Chain, class T = double, phase kind = phase::minimum>
class tunable_preamp : public detail::processing<tunable_preamp<Chain, T, kind>, T>,
                       public detail::mistaken_values<std::remove_const_t<Chain>> {
    using calls = detail::processing<tunable_preamp, T>;

public:
    using calls::prepare, calls::process, calls::operator();
    using detail::mistaken_values<std::remove_const_t<Chain>>::retune;

    /// The type of the schematic, whose values retune() changes.
    using schematic_type = std::remove_const_t<Chain>;

    /// The values of a schematic, silent until prepare(), which problem() says.
    explicit tunable_preamp(const schematic_type& schematic) noexcept : schematic_(schematic), is_given_(true) {}
    /// Prepares a schematic for a sampling rate.
    tunable_preamp(const schematic_type& schematic, frequency rate) noexcept { prepare(schematic, rate); }
    /// Of values that are not known yet: silent until prepare(values, rate).
    tunable_preamp() noexcept = default;

    /// Takes values, designs for a sampling rate and clears the state.
    void prepare(const schematic_type& values, frequency rate) noexcept
    {
        schematic_ = values;
        is_given_ = true;
        prepare(rate);
    }
    /// Designs for a sampling rate and clears the state.
    void prepare(frequency rate) noexcept
    {
        rate_ = rate;
        const setting designed = is_given_ ? setting_for(schematic_) : setting{schematic_, rate_, {}, 0.0, detail::no_values};
        kernel_.set(designed.modes, detail::rate_fault(rate_) ? frequency{} : rate_);
        kernel_.reset();
        is_late_ = false;
        problem_ = designed.problem;
        is_silent_ = static_cast<bool>(problem_);
        latency_ = delay{designed.latency};
    }

    /// The result of setting_for(): values, designed and ready to fade to.
    using setting = detail::tunable_setting<schematic_type, T, kind>;

    /// Changes to any other values of the same schematic while it plays: by a fade of 25 ms, before which the new filter warms up for 50 ms
    /// unless its modes have only moved a little. Values asked for in the meantime wait for that; the last ones asked for are always
    /// reached. Of tones from 20 Hz on, however often it is called, neither the output nor a step from sample to sample exceeds 1.5 times
    /// the larger of those that the values have in their steady states (tests/robustness/knob_search_test). Of lower tones the steps are
    /// larger; where all of these values have a notch at the tone there is no such bound. While it changes, two filters run sample by sample,
    /// and a sample takes ten times as long as one of a block does otherwise. Takes about 7 us for an order-7 schematic, and one or two
    /// milliseconds where values far from usual ones need poles and zeros in more than double precision; with the phase corrected about a
    /// millisecond more, so not on the audio thread (benchmarks/run). Filters of more modes than usual, such as those of curves with more
    /// than four poles, have no room to wait in: values that wait for such a change are designed once more when it ends, within a sample. Two
    /// of them that have no room beside each other, as only ideal blocks of your own may have, change at once.
    /// Values with a fault, such as a part of 0 ohms, are refused: the preamp plays on with those it has, problem() names the part until
    /// sound ones arrive, and false is returned. Before prepare() sound values are kept for it.
    bool retune(const schematic_type& values) noexcept
    {
        if (!rate_problem()) return fade_to(setting_for(values));
        problem_ = check(values);
        if (problem_) return false;
        problem_ = rate_problem();
        schematic_ = values;
        is_given_ = true;
        return true;
    }

    /// retune() in two halves, for a control that is moved while audio runs: this half may be called on any thread, even while another one
    /// processes audio with this preamp (but does not prepare it). It may take a millisecond ...
    [[nodiscard]] setting setting_for(const schematic_type& values) const noexcept
    {
        const auto model = analyse(values);
        const fault wrong = model.problem ? model.problem : rate_problem();
        digital_filter filter = wrong ? detail::silence(rate_, wrong) : detail::design_model(model, rate_, kind);
        parallel_form modes = partial_fractions<T>(filter);
        fault beyond = range_fault<T>(modes);
        if (model.forward.poles.degree() > bounds.poles || !kernel_type::holds(modes))
            beyond = {"ideal block", {}, "may have at most 8 poles and 8 zeros", -1};
        if (beyond) {
            filter = detail::silence(rate_, beyond);
            modes = partial_fractions(filter);
        }
        return {values, rate_, modes, filter.delay, filter.problem};
    }

    /// ... and this half on the audio thread, in a microsecond (a mailbox hands the setting over). Refuses a setting with a fault as
    /// retune() does, and one made for another rate.
    bool fade_to(const setting& next) noexcept
    {
        problem_ = rate_problem();
        if (!problem_) problem_ = detail::setting_fault(next.rate, rate_);
        if (!problem_) problem_ = next.problem;
        if (problem_) return false;
        is_silent_ = false;
        is_given_ = true;
        schematic_ = next.schematic;
        latency_ = delay{next.latency};
        is_late_ = !kernel_.retune(next.modes);
        return true;
    }

    /// Clears the state.
    void reset() noexcept
    {
        kernel_.reset();
        if (!is_late_) return;
        kernel_.set(setting_for(schematic_).modes, rate_);
        kernel_.reset();
        is_late_ = false;
    }

    /// One sample.
    T operator()(T x) noexcept { return kernel_.is_usual() ? kernel_.usual_sample(x) : any_sample(x); }

    /// A block in place: the same as sample by sample, to rounding.
    void process(std::span<T> block) noexcept
    {
        while (is_late_ && !block.empty()) [[unlikely]]
            {
                block.front() = (*this)(block.front());
                block = block.subspan(1);
            }
        kernel_.process(block);
    }

    /// A block from one buffer to another of the same length. They may overlap in any way.
    void process(std::span<const T> in, std::span<T> out) noexcept { process(detail::move_samples(in, out)); }

    /// The digital response: volts out per volt in, at a frequency below half the sampling rate. That of the values asked for last.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const math::complex h = response_asked_for()(detail::angle(f, rate_));
        return {h.re, h.im};
    }

    /// The largest error of the magnitude against the analogue circuit from 20 Hz to the top of the band (20 kHz, or 0.4535 of a rate below
    /// 44.1 kHz), in decibels, by the coefficients that run, as rounded to T; infinite where it is silent. It is computed at each call,
    /// which takes some tenths of a millisecond.
    [[nodiscard]] double accuracy() const noexcept
    {
        if (is_silent_) return std::numeric_limits<double>::infinity();
        return detail::error_of_model(response_asked_for(), analyse(schematic_), rate_);
    }

    /// The delay of the output against the analogue circuit's, in samples: 0 for the minimum-phase design, which is early by less than a
    /// sample; one or two with the phase corrected.
    [[nodiscard]] double latency() const noexcept { return static_cast<double>(latency_); }

    /// Samples at which the solver failed to converge: a linear circuit has none.
    [[nodiscard]] static constexpr long unsolved() noexcept { return 0; }

    /// What is wrong with the schematic, the rate or the range of T, if anything: what silences it, or the values that it refused last.
    [[nodiscard]] fault problem() const noexcept { return problem_.get(); }

private:
    friend struct detail::kernel_access;

    static constexpr detail::type_bounds bounds = detail::bounds_of<schematic_type>;
    static constexpr detail::kernel_size size = bounds.kernel(kind == phase::corrected);
    using kernel_type = detail::retuning_kernel<T, size>;

    /// What is wrong with the rate; one of 0 Hz is not set yet.
    [[nodiscard]] fault rate_problem() const noexcept { return rate_ == frequency{} ? detail::not_prepared : detail::rate_fault(rate_); }

    /// One sample of a large filter or during a change. A filter is late during one only: it is asked for again when that ends.
    [[gnu::noinline]] T any_sample(T x) noexcept
    {
        const T y = kernel_(x);
        if (is_late_ && !kernel_.is_changing()) is_late_ = !kernel_.retune(setting_for(schematic_).modes);
        return y;
    }

    /// The response of the values asked for last, a function of radians per sample.
    [[nodiscard]] auto response_asked_for() const noexcept
    {
        kernel_type asked = kernel_;
        if (is_late_) asked.set(setting_for(schematic_).modes, rate_);
        return [asked](double angle) { return asked.response(angle); };
    }

    static constexpr bool has_delay = kind == phase::corrected;
    struct no_delay {
        constexpr no_delay() noexcept = default;
        constexpr explicit no_delay(double) noexcept {}
        constexpr explicit operator double() const noexcept { return 0.0; }
    };
    using delay = std::conditional_t<has_delay, double, no_delay>;

    [[no_unique_address]] kernel_type kernel_{};
    schematic_type schematic_ = detail::default_chain<schematic_type>::make();
    frequency rate_{};
    [[no_unique_address]] detail::kept_fault problem_ = detail::not_prepared;
    bool is_given_ = false;   ///< the schematic
    bool is_silent_ = true;
    bool is_late_ = false;   ///< the schematic's filter, for which there is no room before the change under way ends
    [[no_unique_address]] delay latency_{};
};

/// tunable_preamp<float>, in which the schematic's type is missing, is refused in a sentence.
template <std::floating_point Sample, class T, phase kind>
class tunable_preamp<Sample, T, kind> : public detail::mistaken_schematic<Sample> {
    using detail::mistaken_schematic<Sample>::mistaken_schematic;
};

template <class... Block>
tunable_preamp(const chain<Block...>&) -> tunable_preamp<chain<Block...>>;
template <class... Block>
tunable_preamp(const chain<Block...>&, frequency) -> tunable_preamp<chain<Block...>>;

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
