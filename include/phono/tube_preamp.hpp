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
/// Real-time: operator(), process, reset and fade_to do not allocate, lock or throw. prepare() and retune() take milliseconds. The work of
/// a sample is bounded, but the hardest sample takes a hundred times that of a typical one: no deadline is guaranteed.
/// Size: 0.1 to 0.2 MB, mostly tables, which may be too much for a thread's stack.
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
        fade_.set(detail::rate_fault(rate) ? 1 : static_cast<int>(fade_time.si * rate.si));
        heard().design(schematic_, rate_, factor_);
    }

    /// The same for the specification that a host passes.
    void prepare(const process_specification auto& specification) noexcept
    {
        prepare(frequency{static_cast<double>(specification.sampleRate)});
    }

    /// Changes the values of the schematic, such as a supply or a plate load: cross-fades over 20 ms from the old circuit to the new one,
    /// which starts at its own operating point. During a fade, a new fade starts from the newer of the two circuits, and what the older one
    /// still contributed is added as a constant that fades out, so that there is no step.
    void retune(const schematic_type& values) noexcept
    {
        begin_fade();
        schematic_ = values;
        heard().design(values, rate_, factor_);
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
        begin_fade();
        schematic_ = next.schematic;
        heard() = next.engine;
        return true;
    }

    /// Clears the state and ends any fade at once.
    void reset() noexcept
    {
        fade_.finish();
        heard().reset();
    }

    /// Processes one sample.
    T operator()(T x) noexcept
    {
        const double in = static_cast<double>(x), y = heard()(in);
        if (fade_.left() == 0) return static_cast<T>(y);
        return static_cast<T>(faded(engine_[before()](in), y));
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
            double y[part], of_before[part];
            for (std::size_t i = 0; i < length; ++i) y[i] = of_before[i] = static_cast<double>(in[first + i]);
            heard().process({y, length});
            if (fade_.left() > 0) {
                engine_[before()].process({of_before, length});
                for (std::size_t i = 0; i < length && fade_.left() > 0; ++i) y[i] = faded(of_before[i], y[i]);
            }
            for (std::size_t i = 0; i < length; ++i) out[first + i] = static_cast<T>(y[i]);
        }
    }

    /// The digital small-signal response at the operating point: volts out per volt of EMF in, at a frequency below half the sampling rate.
    /// It includes oversampling, correction and curves; during a fade it is that of the newer circuit.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const math::complex h = heard().response(detail::angle(f, rate_));
        return {h.re, h.im};
    }

    /// The delay of small signals at 1 kHz beyond that of the analogue circuit, in samples.
    [[nodiscard]] double latency() const noexcept { return heard().latency(); }
    /// The largest error of the small-signal magnitude from 20 Hz to 20 kHz (at low rates, to 0.4535 of the rate), in decibels: the sum of
    /// the residual errors of the correction, oversampling and curves.
    [[nodiscard]] double accuracy() const noexcept { return heard().accuracy(); }
    /// The oversampling factor at which the circuit is computed.
    [[nodiscard]] int factor() const noexcept { return heard().factor(); }
    /// The number of samples, at the oversampled rate, for which the solver failed to converge since reset() or prepare(); each used the
    /// currents of the nearest point that was solved.
    [[nodiscard]] long unsolved() const noexcept { return heard().unsolved(); }
    /// Evaluations of the triode laws in the hardest sample since reset() or prepare(), at most `evaluations_at_most`.
    [[nodiscard]] int most_evaluations() const noexcept { return heard().most_evaluations(); }
    /// The most evaluations that any sample takes.
    static constexpr int evaluations_at_most = detail::tube_engine<schematic_type>::evaluations_at_most;
    /// What is wrong with the schematic or the rate, if anything.
    [[nodiscard]] fault problem() const noexcept { return heard().problem(); }

private:
    static constexpr std::size_t part = 64;
    static constexpr duration fade_time{20e-3};
    using engine_type = detail::tube_engine<schematic_type>;

    [[nodiscard]] int before() const noexcept { return 1 - fade_.selected(); }
    engine_type& heard() noexcept { return engine_[fade_.selected()]; }
    const engine_type& heard() const noexcept { return engine_[fade_.selected()]; }

    /// Makes room for a new circuit. One that was requested since the last sample is replaced: none of it has been heard.
    void begin_fade() noexcept
    {
        if (fade_.is_unheard()) return;
        left_over_ = fade_.left() > 0 ? added_ : 0.0;
        fade_.go(fade_.selected(), before());
    }
    /// A sample of a cross-fade, from those of the two circuits.
    double faded(double of_before, double now) noexcept
    {
        const double share = fade_.share(before(), fade_.step());
        added_ = share * (of_before - now + left_over_);
        return now + added_;
    }

    schematic_type schematic_;
    frequency rate_{};
    oversampling factor_;
    engine_type engine_[2]{};
    cross_fade<double, 2, fade_shape::straight> fade_{};
    double added_ = 0.0, left_over_ = 0.0;   ///< what the fade last added, and what a fade that was cut short had last added
};

template <class Chain>
tube_preamp(const Chain&, frequency, oversampling = oversampling::automatic) -> tube_preamp<Chain>;

}   // namespace phono
