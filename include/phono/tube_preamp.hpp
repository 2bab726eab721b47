// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/cross_fade.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/large_signal/tube_engine.hpp>
#include <phono/oversampling/oversampling.hpp>
#include <phono/units.hpp>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <span>
#include <type_traits>

namespace phono {

/// A large-signal preamp with triodes, including distortion, grid current and blocking.
///
/// The circuit, its feedback loops and its triodes are one implicit system, solved within each sample. A fixed filter behind it corrects
/// the small-signal magnitude to that of the circuit, within accuracy(). A preamp of the same schematic is its small-signal model.
/// Units: volts of EMF in, volts out, the output relative to its quiescent voltage. Ideal curves ahead of the first triode or behind the
/// last are run as filters; one between triodes is a fault.
/// T is the type of the samples; the circuit is computed in double.
/// Errors: with a faulty schematic or rate it outputs silence, and problem() says why.
/// Bounds: whatever the input and however the values are turned, no voltage of a circuit with passive parts around its triodes grows beyond
/// what supplies and drive can cause, and the output stays within 1.5 times the larger of them (large_signal/README.md says why; tested by
/// tests/robustness).
/// Real-time: operator(), process, reset and fade_to do not allocate, lock or throw. prepare() and retune() take milliseconds. The hardest
/// sample takes a hundred times as long as a typical one: bound_evaluations() is for threads with a deadline.
/// Size: 0.2 to 0.4 MB, mostly tables, which may be too much for a thread's stack.
template <class Chain, class T = double>
class tube_preamp {
public:
    /// The type of the schematic, whose values retune() changes.
    using schematic_type = std::remove_const_t<Chain>;

    /// Prepares a schematic for a sampling rate, with an oversampling factor.
    explicit tube_preamp(const schematic_type& schematic, frequency rate, oversampling factor = oversampling::automatic) noexcept
        : schematic_(schematic), factor_(factor)
    {
        prepare(rate);
    }

    /// Designs the processing for a sampling rate and clears the state.
    void prepare(frequency rate) noexcept
    {
        rate_ = rate;
        fade_.finish();
        warm_up_left_ = 0;
        played_ = coming_ = newest_ = 0;
        unsolved_before_ = 0, most_before_ = 0;
        newest().design(schematic_, rate_, factor_);
    }

    /// The same for the specification that a host passes.
    void prepare(const process_specification auto& specification) noexcept
    {
        prepare(frequency{static_cast<double>(specification.sampleRate)});
    }

    /// Changes the values of the schematic, such as a supply or a plate load: within 20 ms the new circuit, which starts at its own
    /// operating point, has run up and is cross-faded to. Values asked for while a change is under way wait until it has ended, and of
    /// several that wait the last is taken, so that a knob may be turned at any pace and the output never steps.
    void retune(const schematic_type& values) noexcept
    {
        begin_change();
        schematic_ = values;
        newest().design(values, rate_, factor_);
    }

    /// The result of setting_for(): a circuit designed and ready to fade to.
    struct setting {
        schematic_type schematic;
        frequency rate;
        detail::tube_engine<schematic_type> engine{};
    };

    /// retune() in two halves, for a control that is moved while audio runs: this half may be called on any thread, even while another one
    /// processes audio with this preamp (but does not prepare it) ...
    [[nodiscard]] setting setting_for(const schematic_type& values) const noexcept
    {
        setting next{values, rate_};
        next.engine.design(values, rate_, factor_);
        return next;
    }

    /// ... and this half on the audio thread. Returns false and changes nothing if the setting was made for another rate.
    bool fade_to(const setting& next) noexcept
    {
        if (!(next.rate.si == rate_.si)) return false;
        begin_change();
        schematic_ = next.schematic;
        newest() = next.engine;
        newest().bound_evaluations(bound_);
        return true;
    }

    /// Clears the state and the counts, and ends any change at once.
    void reset() noexcept
    {
        fade_.finish();
        warm_up_left_ = 0;
        played_ = coming_ = newest_;
        unsolved_before_ = 0, most_before_ = 0;
        newest().reset();
    }

    /// Processes one sample.
    T operator()(T x) noexcept
    {
        const double in = static_cast<double>(x), y = engine_[played_](in);
        if (!is_changing()) return static_cast<T>(y);
        return static_cast<T>(mixed(y, engine_[coming_](in)));
    }

    /// Processes a block in place: the same as sample by sample to within rounding, but faster.
    void process(std::span<T> block) noexcept { process(block, block); }

    /// Processes a block from one buffer into another of the same length. They may overlap in any way.
    void process(std::span<const T> in, std::span<T> out) noexcept
    {
        in = detail::readable(in, out);
        const std::size_t count = in.size();
        for (std::size_t first = 0; first < count; first += part) {
            const std::size_t length = std::min(part, count - first);
            double y[part];
            for (std::size_t i = 0; i < length; ++i) y[i] = static_cast<double>(in[first + i]);
            play({y, length});
            for (std::size_t i = 0; i < length; ++i) out[first + i] = static_cast<T>(y[i]);
        }
    }

    /// The digital small-signal response at the operating point: volts out per volt of EMF in, at a frequency below half the sampling rate.
    /// It includes oversampling, correction and curves; during a change it is that of the values asked for last.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const math::complex h = newest().response(detail::angle(f, rate_));
        return {h.re, h.im};
    }

    /// The delay of small signals at 1 kHz beyond that of the analogue circuit, in samples.
    [[nodiscard]] double latency() const noexcept { return newest().latency(); }
    /// The largest error of the small-signal magnitude from 20 Hz to 20 kHz (at low rates, to 0.4535 of the rate), in decibels: the sum of
    /// the residual errors of the correction, oversampling and curves.
    [[nodiscard]] double accuracy() const noexcept { return newest().accuracy(); }
    /// The oversampling factor at which the circuit is computed.
    [[nodiscard]] int factor() const noexcept { return newest().factor(); }
    /// The number of samples, at the oversampled rate, that could not be solved since reset() or prepare(): each held the circuit as it was
    /// in the sample before.
    [[nodiscard]] long unsolved() const noexcept
    {
        return unsolved_before_ + engine_[played_].unsolved() + (is_changing() ? engine_[coming_].unsolved() : 0);
    }
    /// Evaluations of the triode laws in the hardest sample since reset() or prepare(), at most `evaluations_at_most`.
    [[nodiscard]] int most_evaluations() const noexcept
    {
        return std::max({most_before_, engine_[played_].most_evaluations(), is_changing() ? engine_[coming_].most_evaluations() : 0});
    }
    /// The most evaluations that any sample takes.
    static constexpr int evaluations_at_most = detail::tube_engine<schematic_type>::evaluations_at_most;
    /// Sets a bound, from 30 to evaluations_at_most, on the evaluations of any sample: for a thread with a deadline. A sample that is not
    /// solved exactly by then takes a step of lower order, and, if not even that is solved, holds the circuit as it was and is counted as
    /// unsolved. At the internal rate: oversampled four times, a sample of output is four of these.
    void bound_evaluations(int most) noexcept
    {
        bound_ = most;
        for (engine_type& engine : engine_) engine.bound_evaluations(most);
    }
    /// What is wrong with the schematic or the rate, if anything.
    [[nodiscard]] fault problem() const noexcept { return newest().problem(); }

private:
    static constexpr std::size_t part = 64;
    static constexpr duration change_time{20e-3};
    static constexpr int engines = 3;   ///< the one played, the one coming, and one that waits
    using engine_type = detail::tube_engine<schematic_type>;

    engine_type& newest() noexcept { return engine_[newest_]; }
    const engine_type& newest() const noexcept { return engine_[newest_]; }
    [[nodiscard]] bool is_changing() const noexcept { return coming_ != played_; }

    /// Makes room for new values. Those of which no sample has been played yet are replaced.
    void begin_change() noexcept
    {
        if (!is_changing()) {
            coming_ = (played_ + 1) % engines;
            start_change();
        }
        newest_ = is_unheard_ ? coming_ : 3 - played_ - coming_;
    }
    void start_change() noexcept
    {
        is_unheard_ = true;
        is_timed_ = false;
    }

    /// A sample of a change, from those of the two circuits.
    double mixed(double before, double after) noexcept
    {
        if (!is_timed_) time_change();
        is_unheard_ = false;
        if (warm_up_left_ > 0) {
            --warm_up_left_;
            return before;
        }
        const double y = before + fade_.share(1, fade_.step()) * (after - before);
        if (fade_.left() == 0) end_change();
        return y;
    }
    /// The new circuit's signal is as late as its filters: until it is there, nothing is mixed.
    void time_change() noexcept
    {
        const int whole = detail::rate_fault(rate_) ? 2 : static_cast<int>(change_time.si * rate_.si);
        const double latency = engine_[coming_].latency();
        warm_up_left_ = std::min(whole / 2, static_cast<int>(1.5 * latency) + 1);
        fade_.set(whole - warm_up_left_);
        fade_.go(0, 1);
        is_timed_ = true;
    }
    void end_change() noexcept
    {
        unsolved_before_ += engine_[played_].unsolved();
        most_before_ = std::max(most_before_, engine_[played_].most_evaluations());
        played_ = coming_;
        if (newest_ == coming_) return;
        coming_ = newest_;
        start_change();
    }

    /// A block of at most `part` samples in place.
    void play(std::span<double> block) noexcept
    {
        while (!block.empty()) {
            if (!is_changing()) return engine_[played_].process(block);
            if (!is_timed_) time_change();
            const std::size_t length = std::min(block.size(), static_cast<std::size_t>(warm_up_left_ + fade_.left()));
            double after[part];
            std::copy_n(block.begin(), length, after);
            engine_[coming_].process({after, length});
            engine_[played_].process(block.first(length));
            for (std::size_t i = 0; i < length; ++i) block[i] = mixed(block[i], after[i]);
            block = block.subspan(length);
        }
    }

    schematic_type schematic_;
    frequency rate_{};
    oversampling factor_;
    int bound_ = evaluations_at_most;
    engine_type engine_[engines]{};
    int played_ = 0, coming_ = 0, newest_ = 0;             ///< the circuits played, faded to (the same if none is), and asked for last
    cross_fade<double, 2, fade_shape::straight> fade_{};   ///< from the circuit played to the one coming
    int warm_up_left_ = 0;                                 ///< samples until the fade begins
    bool is_unheard_ = false, is_timed_ = false;           ///< a change of which no sample has been played; whose length is set
    long unsolved_before_ = 0;
    int most_before_ = 0;   ///< of circuits that are no longer played
};

template <class Chain>
tube_preamp(const Chain&, frequency, oversampling = oversampling::automatic) -> tube_preamp<Chain>;

}   // namespace phono
