// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/circuit/ideal_curves.hpp>
#include <phono/filter/design.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/large_signal/step/correction_filter.hpp>
#include <phono/large_signal/step/post_correction.hpp>
#include <phono/large_signal/step/stepped_response.hpp>
#include <phono/large_signal/tube_kernel.hpp>
#include <phono/oversampling/oversampler.hpp>
#include <phono/oversampling/oversampling.hpp>

#include <limits>
#include <span>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// One design of a circuit with triodes, with its state: ideal curves ahead, the tube kernel with the correction of its small-signal
/// magnitude, both oversampled, and the ideal curves behind.
/// The signal path: large_signal/README.md; the correction: eq. 27.
template <class Chain>
class tube_engine {
public:
    static constexpr netlist_size size = decltype(circuit{std::declval<Chain>()})::capacity;
    static_assert(size.triodes > 0, "phono: tube_preamp takes a schematic with triodes; a linear one is a preamp");

    /// Designs for a schematic and a sampling rate, and clears the state.
    void design(const Chain& schematic, frequency rate, oversampling asked) noexcept
    {
        factor_ = asked == oversampling::automatic ? default_oversampling(rate) : static_cast<int>(asked);
        latency_ = at_factor([](const auto& oversampled) { return static_cast<double>(oversampled.latency()); });   // while silent, too
        accuracy_ = std::numeric_limits<double>::infinity();
        reset();   // counts are those of this circuit, also if it is refused
        const circuit<size> held{schematic};
        problem_ = held.problem() ? held.problem() : detail::rate_fault(rate);
        if (!problem_ && factor_ != 1 && factor_ != 2 && factor_ != 4 && factor_ != 8)
            problem_ = {"oversampling", static_cast<double>(factor_), "must be automatic, 1, 2, 4 or 8", -1};
        if (problem_) return;
        const auto found = find_port_modes(held);
        const auto curves = detail::find_ideal_curves(held.netlist());
        problem_ = found.problem ? found.problem : curves.problem;
        if (problem_) return;

        const double period = 1.0 / (rate.si * factor_);
        kernel_.set(held, found, period);
        forgets_ = math::exp(-1.0 / (rate.si * physical_region<size>::memory));
        const auto own = [&](double hertz) { return output_voltage(held.equations(), math::complex{0.0, 2.0 * math::pi * hertz}); };
        const auto stepped = [&](double hertz) { return detail::stepped_response(found, hertz, period); };
        // Designed at the circuit's own, higher rate: the correction's phase, which follows from its magnitude up to half that rate, then
        // matters less.
        const post_correction corrected = design_post_correction(own, stepped, frequency{rate.si * factor_});
        problem_ = corrected.filter.problem;
        correction_.set(corrected.filter);
        accuracy_ = corrected.error_db + at_factor([](const auto& oversampled) { return oversampled.ripple_db(); });
        latency_ += corrected.delay / factor_;
        is_ahead_ = take(curves.ahead, rate, ahead_);
        is_behind_ = take(curves.behind, rate, behind_);
        reset();
    }

    void reset() noexcept
    {
        kernel_.reset();
        twice_.reset(), four_times_.reset(), eight_times_.reset();
        ahead_.reset(), behind_.reset(), correction_.reset();
        drive_ = 0.0;
    }

    double operator()(double in) noexcept
    {
        if (problem_) return 0.0;
        const double u = is_ahead_ ? ahead_(in) : in;
        const double bound = most_output(u);
        const own_rate circuit{*this};
        const double y = held(at_factor([&](auto& oversampled) { return oversampled(u, circuit); }), bound);
        return is_behind_ ? behind_(y) : y;
    }

    /// A block in place: the same as sample by sample, to rounding; fastest in multiples of 32. Decayed states of the circuit and the
    /// curves are flushed to zero after it, before they become subnormal and slow.
    void process(std::span<double> block) noexcept
    {
        if (problem_) {
            for (double& sample : block) sample = 0.0;
            return;
        }
        if (is_ahead_) ahead_.process(block);
        for (std::span<double> left = block; !left.empty();) {
            const std::span<double> next = left.size() < part ? left : left.first(part);
            run(next);
            left = left.subspan(next.size());
        }
        if (is_behind_) behind_.process(block);
        settle();
    }

    /// The small-signal response of all that runs, by the coefficients that it runs with.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        if (problem_) return {};
        const auto circuit = [this](double own) noexcept { return kernel_.response(own) * correction_.response(own); };
        math::complex h = at_factor([&](const auto& oversampled) { return oversampled.response(angle, circuit); });
        if (is_ahead_) h *= ahead_.response(angle);
        if (is_behind_) h *= behind_.response(angle);
        return h;
    }

    double latency() const noexcept { return latency_; }
    double accuracy() const noexcept { return accuracy_; }
    int factor() const noexcept { return factor_; }
    fault problem() const noexcept { return problem_; }
    long unsolved() const noexcept { return kernel_.unsolved(); }
    int most_evaluations() const noexcept { return kernel_.most_evaluations(); }
    static constexpr int evaluations_at_most = tube_kernel<size>::evaluations_at_most;
    void bound_evaluations(int bound) noexcept { kernel_.bound_evaluations(bound); }

private:
    static constexpr std::size_t part = 64;   ///< samples that run() takes

    /// A part of a block through the circuit.
    void run(std::span<double> block) noexcept
    {
        double bound[part];
        for (std::size_t i = 0; i < block.size(); ++i) bound[i] = most_output(block[i]);
        const own_rate circuit{*this};
        at_factor([&](auto& oversampled) { oversampled.process(block, circuit); });
        for (std::size_t i = 0; i < block.size(); ++i) block[i] = held(block[i], bound[i]);
    }

    /// Calls does(oversampler) for the one of the factor.
    auto at_factor(const auto& does) noexcept { return of_factor(*this, does); }
    auto at_factor(const auto& does) const noexcept { return of_factor(*this, does); }
    static auto of_factor(auto& engine, const auto& does) noexcept
    {
        switch (engine.factor_) {
            case 2: return does(engine.twice_);
            case 4: return does(engine.four_times_);
            case 8: return does(engine.eight_times_);
            default: return does(engine.once_);
        }
    }

    /// What runs at the circuit's own rate: sample by sample, and in blocks of at most correction_filter::longest.
    struct own_rate {
        tube_engine& of;

        double operator()(double x) const noexcept { return of.correction_(of.kernel_(x)); }
        void operator()(std::span<double> block) const noexcept
        {
            of.kernel_.process(block);
            of.correction_.process(block);
        }
    };

    /// The most that the output can be from now on, with this EMF.
    double most_output(double u) noexcept
    {
        const double now = math::abs(u), faded = forgets_ * drive_;
        drive_ = now > faded ? now : faded;
        return kernel_.most_output(drive_);
    }
    /// A voltage of the output, held to what the circuit can make. The correction raises what is near half the rate, and the oversampler's
    /// filters overshoot, so that noise or jumps at full level would come out larger than that.
    static double held(double y, double bound) noexcept { return !(math::abs(y) > bound) ? y : y > 0.0 ? bound : -bound; }

    void settle() noexcept { kernel_.settle(), ahead_.settle(), behind_.settle(), correction_.settle(); }

    using ideal_model = analogue_model<size.factors>;
    static constexpr int most = parallel_form::capacity / 2;
    using filter_kernel = modal_kernel<double, most, most>;

    /// Designs the filter of the curves on one side of the tubes and adds its sampling error and its delay to the totals; false if there
    /// are no curves.
    bool take(const ideal_model& curves, frequency rate, filter_kernel& kernel) noexcept
    {
        const digital_filter filter = detail::design_model(curves, rate);
        if (!problem_) problem_ = filter.problem;
        kernel.set(partial_fractions(filter));
        const math::rational exact = curves.total();
        const auto analogue = [&](double hertz) { return exact({0.0, 2.0 * math::pi * hertz}); };
        const auto digital = [&](double hertz) {
            const double w = 2.0 * math::pi * hertz / rate.si;
            return filter(math::complex{math::cos(w), -math::sin(w)});
        };
        accuracy_ += detail::largest_error_db(digital, analogue, rate);
        latency_ += detail::delay_at_1_khz(digital, analogue, rate);
        return exact.poles.count != 0 || exact.zeros.count != 0 || exact.gain != 1.0;
    }

    int factor_ = 1;
    double latency_ = 0.0, accuracy_ = 0.0;
    double drive_ = 0.0, forgets_ = 0.0;   ///< the largest EMF of late
    bool is_ahead_ = false, is_behind_ = false;
    fault problem_ = detail::not_prepared;
    tube_kernel<size> kernel_{};
    oversampler<1> once_{};
    oversampler<2> twice_{};
    oversampler<4> four_times_{};
    oversampler<8> eight_times_{};
    filter_kernel ahead_{}, behind_{};
    correction_filter correction_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
