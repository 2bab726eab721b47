// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/circuit/fault.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/mistaken_calls.hpp>
#include <phono/kernel/processing.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/large_signal/changing_engines.hpp>
#include <phono/large_signal/tube_engine.hpp>
#include <phono/oversampling/oversampling.hpp>
#include <phono/units.hpp>

#include <complex>
#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// A circuit, designed and ready to fade to. One type for a constant schematic's type and for that of its copies.
template <class Schematic>
struct tube_setting {
    Schematic schematic = default_chain<Schematic>::make();
    frequency rate{};
    tube_engine<Schematic> engine{};
};

}   // namespace detail

/// A large-signal preamp with triodes, including distortion, grid current and blocking.
///
/// The circuit, its feedback loops and its triodes are one implicit system, solved within each sample. A fixed filter behind it corrects
/// the small-signal magnitude to that of the circuit, within accuracy(). A preamp of the same schematic is its small-signal model.
/// Units: volts of EMF in, volts out, the output relative to its quiescent voltage. Ideal curves ahead of the first triode or behind the
/// last are run as filters; one between triodes is a fault.
/// T is the type of the samples; the circuit is computed in double.
/// Errors: prepared with a faulty schematic or rate it outputs silence; turned to faulty values it plays on with those it has. problem()
/// says why.
/// Bounds: whatever the input and however the values are turned, no voltage of a circuit with passive parts around its triodes grows beyond
/// what supplies and drive can cause, and the output stays within 1.5 times the larger of them (large_signal/README.md says why; tested by
/// tests/robustness).
/// Real-time: operator(), process, reset and fade_to do not allocate, lock or throw. prepare() and retune() take milliseconds. The hardest
/// sample takes a hundred times as long as a typical one: bound_evaluations() is for threads with a deadline.
/// Size: 0.2 to 0.4 MB, mostly tables, which may be too much for a thread's stack.
template <class Chain, class T = double>
class tube_preamp : public detail::processing<tube_preamp<Chain, T>, T>, public detail::mistaken_values<std::remove_const_t<Chain>> {
    using calls = detail::processing<tube_preamp, T>;

public:
    using calls::prepare, calls::process, calls::operator();
    using detail::mistaken_values<std::remove_const_t<Chain>>::retune;

    /// The type of the schematic, whose values retune() changes.
    using schematic_type = std::remove_const_t<Chain>;

    /// Prepares a schematic for a sampling rate, with an oversampling factor.
    explicit tube_preamp(const schematic_type& schematic, frequency rate, oversampling factor = oversampling::automatic) noexcept
        : schematic_(schematic), factor_(factor), is_given_(true)
    {
        prepare(rate);
    }
    /// The values of a schematic, silent until prepare(), which problem() says.
    explicit tube_preamp(const schematic_type& schematic, oversampling factor = oversampling::automatic) noexcept
        : schematic_(schematic), factor_(factor), is_given_(true)
    {
    }
    /// Of values that are not known yet: silent until prepare(values, rate).
    tube_preamp() noexcept = default;

    /// Takes values, designs the processing for a sampling rate and clears the state.
    void prepare(const schematic_type& values, frequency rate) noexcept
    {
        schematic_ = values;
        is_given_ = true;
        prepare(rate);
    }
    /// Designs the processing for a sampling rate and clears the state.
    void prepare(frequency rate) noexcept
    {
        refused_ = is_given_ ? fault{} : detail::no_values;
        engines_.start(rate);
        if (is_given_) engines_.newest().design(schematic_, rate, factor_);
    }

    /// Changes the values of the schematic, such as a supply or a plate load: within 20 ms the new circuit, which starts at its own
    /// operating point, has run up and is cross-faded to. Values asked for while a change is under way wait until it has ended, and of
    /// several that wait the last is taken, so that a knob may be turned at any pace and the output never steps.
    /// Values with a fault are refused: the preamp plays on with those it has, problem() names the part until sound ones arrive, and false
    /// is returned. Before prepare() sound values are kept for it.
    bool retune(const schematic_type& values) noexcept
    {
        const bool is_prepared = !detail::rate_fault(engines_.rate());
        refused_ = is_prepared ? check(values, engines_.rate()) : check(values);
        if (refused_) return false;
        is_given_ = true;
        if (!is_prepared) {
            schematic_ = values;
            return true;
        }
        engines_.begin_change();
        schematic_ = values;
        engines_.newest().design(values, engines_.rate(), factor_);
        return true;
    }

    /// The result of setting_for(): a circuit designed and ready to fade to.
    using setting = detail::tube_setting<schematic_type>;

    /// retune() in two halves, for a control that is moved while audio runs: this half may be called on any thread, even while another one
    /// processes audio with this preamp (but does not prepare it) ...
    [[nodiscard]] setting setting_for(const schematic_type& values) const noexcept
    {
        setting next{values, engines_.rate()};
        next.engine.design(values, next.rate, factor_);
        return next;
    }

    /// ... and this half on the audio thread. Refuses a setting with a fault as retune() does, and one made for another rate.
    bool fade_to(const setting& next) noexcept
    {
        refused_ = engines_.rate() == frequency{} ? detail::not_prepared : detail::setting_fault(next.rate, engines_.rate());
        if (!refused_) refused_ = next.engine.problem();
        if (refused_) return false;
        is_given_ = true;
        engines_.begin_change();
        schematic_ = next.schematic;
        engines_.newest() = next.engine;
        engines_.newest().bound_evaluations(bound_);
        return true;
    }

    /// Clears the state and the counts, and ends any change at once.
    void reset() noexcept { engines_.reset(); }

    /// Processes one sample.
    T operator()(T x) noexcept { return static_cast<T>(engines_(static_cast<double>(x))); }

    /// Processes a block in place: the same as sample by sample to within rounding, but faster.
    void process(std::span<T> block) noexcept { process(block, block); }

    /// Processes a block from one buffer into another of the same length. They may overlap in any way.
    void process(std::span<const T> in, std::span<T> out) noexcept
    {
        in = detail::readable(in, out);
        const std::size_t count = in.size();
        constexpr std::size_t part = engines_type::part;
        for (std::size_t first = 0; first < count; first += part) {
            const std::size_t length = count - first < part ? count - first : part;
            double y[part];
            for (std::size_t i = 0; i < length; ++i) y[i] = static_cast<double>(in[first + i]);
            engines_.play({y, length});
            for (std::size_t i = 0; i < length; ++i) out[first + i] = static_cast<T>(y[i]);
        }
    }

    /// The digital small-signal response at the operating point: volts out per volt of EMF in, at a frequency below half the sampling rate.
    /// It includes oversampling, correction and curves; during a change it is that of the values asked for last.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const math::complex h = engines_.newest().response(detail::angle(f, engines_.rate()));
        return {h.re, h.im};
    }

    /// The delay of small signals at 1 kHz beyond that of the analogue circuit, in samples.
    [[nodiscard]] double latency() const noexcept { return engines_.newest().latency(); }
    /// The largest error of the small-signal magnitude from 20 Hz to 20 kHz (at low rates, to 0.4535 of the rate), in decibels: the sum of
    /// the residual errors of the correction, oversampling and curves.
    [[nodiscard]] double accuracy() const noexcept { return engines_.newest().accuracy(); }
    /// The oversampling factor at which the circuit is computed.
    [[nodiscard]] int factor() const noexcept { return engines_.newest().factor(); }
    /// The number of samples, at the oversampled rate, that could not be solved since reset() or prepare(): each held the circuit as it was
    /// in the sample before.
    [[nodiscard]] long unsolved() const noexcept { return engines_.unsolved(); }
    /// Evaluations of the triode laws in the hardest sample since reset() or prepare(), at most `evaluations_at_most`.
    [[nodiscard]] int most_evaluations() const noexcept { return engines_.most_evaluations(); }
    /// The most evaluations that any sample takes.
    static constexpr int evaluations_at_most = detail::tube_engine<schematic_type>::evaluations_at_most;
    /// Sets a bound, from 30 to evaluations_at_most, on the evaluations of any sample: for a thread with a deadline. A sample that is not
    /// solved exactly by then takes a step of lower order, and, if not even that is solved, holds the circuit as it was and is counted as
    /// unsolved. At the internal rate: oversampled four times, a sample of output is four of these.
    void bound_evaluations(int most) noexcept
    {
        bound_ = most;
        engines_.bound_evaluations(most);
    }
    /// What is wrong with the schematic or the rate, if anything: what silences it, or the values that it refused last.
    [[nodiscard]] fault problem() const noexcept { return refused_ ? refused_ : engines_.newest().problem(); }

private:
    using engines_type = detail::changing_engines<detail::tube_engine<schematic_type>>;

    schematic_type schematic_ = detail::default_chain<schematic_type>::make();
    oversampling factor_ = oversampling::automatic;
    bool is_given_ = false;   ///< the schematic
    fault refused_{};
    int bound_ = evaluations_at_most;
    engines_type engines_{};
};

/// tube_preamp<float>, in which the schematic's type is missing, is refused in a sentence.
template <std::floating_point Sample, class T>
class tube_preamp<Sample, T> : public detail::mistaken_schematic<Sample> {
    using detail::mistaken_schematic<Sample>::mistaken_schematic;
};

template <class Chain>
tube_preamp(const Chain&, oversampling = oversampling::automatic) -> tube_preamp<Chain>;
template <class Chain>
tube_preamp(const Chain&, frequency, oversampling = oversampling::automatic) -> tube_preamp<Chain>;

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
