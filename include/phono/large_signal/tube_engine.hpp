// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/circuit/ideal_curves.hpp>
#include <phono/filter/design.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/channel_kernels.hpp>
#include <phono/large_signal/circuit_state.hpp>
#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/large_signal/output_limit.hpp>
#include <phono/large_signal/step/correction_filter.hpp>
#include <phono/large_signal/step/post_correction.hpp>
#include <phono/large_signal/step/stepped_response.hpp>
#include <phono/math/interleaving.hpp>
#include <phono/oversampling/chosen_oversampler.hpp>
#include <phono/oversampling/oversampler.hpp>
#include <phono/oversampling/oversampling.hpp>

#include <cstddef>
#include <limits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// One design of a circuit with triodes, with the states of its channels: ideal curves ahead, the tube kernel with the correction of its
/// small-signal magnitude, both oversampled, and the ideal curves behind.
///
/// Channels go side by side through the tube kernel alone. Filters have neighbouring samples side by side, which fills registers whatever
/// the number of channels.
/// The signal path: large_signal/README.md; the correction: eq. 27.
template <class Chain, int channel_count = 1>
class tube_engine {
public:
    static constexpr int channels = channel_count;
    using block_type = channel_block<channels>;
    static constexpr netlist_size size = decltype(circuit{std::declval<Chain>()})::capacity;
    static_assert(size.triodes > 0, "phono: tube_preamp takes a schematic with triodes; a linear one is a preamp");

    /// Designs for a schematic and a sampling rate, and clears the state.
    void design(const Chain& schematic, frequency rate, oversampling asked) noexcept
    {
        factor_ = asked == oversampling::automatic ? default_oversampling(rate) : static_cast<int>(asked);
        for (chosen_oversampler& one : oversampler_) one.choose(factor_);
        latency_ = oversampler_[0].visit([](const auto& one) { return static_cast<double>(one.latency()); });   // while silent, too
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
        kernels_.set(held, found, period);
        stored_.set(held, found);
        for (output_limit& limit : limit_) limit.set(math::exp(-1.0 / (rate.si * physical_region<size>::memory)));
        const auto own = [&](double hertz) { return output_voltage(held.equations(), math::complex{0.0, 2.0 * math::pi * hertz}); };
        const auto wanted = [&](double hertz) {
            return found.is_spread ? own(hertz) : found.response(decltype(found)::ports, 0, {0.0, 2.0 * math::pi * hertz});
        };
        const auto stepped = [&](double hertz) { return detail::stepped_response(found, hertz, period); };
        // Designed at the circuit's own, higher rate: the correction's phase, which follows from its magnitude up to half that rate, then
        // matters less.
        const post_correction corrected = design_post_correction(own, wanted, stepped, frequency{rate.si * factor_});
        problem_ = corrected.filter.problem;
        for (correction_filter& correction : correction_) correction.set(corrected.filter);
        accuracy_ = corrected.error_db + oversampler_[0].visit([](const auto& one) { return one.ripple_db(); });
        latency_ += corrected.delay / factor_;
        is_ahead_ = take(curves.ahead, rate, ahead_);
        is_behind_ = take(curves.behind, rate, behind_);
        reset();
    }

    void reset() noexcept
    {
        kernels_.reset();
        for (int c = 0; c < channels; ++c) {
            oversampler_[c].visit([](auto& one) { one.reset(); });
            ahead_[c].reset(), behind_[c].reset(), correction_[c].reset();
            limit_[c].reset();
        }
    }

    /// Goes on from where another design of the same schematic and rate is: with what its reactances hold and its filters remember. A curve
    /// that is the same in both goes on, too; one that is not starts from rest.
    void start_from(const tube_engine& other) noexcept
    {
        if (problem_ || other.problem_ || factor_ != other.factor_) return;
        typename stored_state<size>::values held;
        for (int c = 0; c < channels; ++c) {
            circuit_state<size> state = other.kernels_.state(c);
            other.stored_.read(state, held);
            stored_.take(held, state);
            if (!is_finite(state) || !other.correction_[c].is_finite()) continue;   // what was not a number is left behind
            for (int j = 1; j <= 2 * size.triodes; ++j) state.driven[j] = 0.0;      // currents beyond another operating point
            kernels_.start_from(state, c);
            oversampler_[c] = other.oversampler_[c];
            correction_[c].start_from(other.correction_[c]);
            limit_[c] = other.limit_[c];
            if (is_same(ahead_[c], other.ahead_[c])) ahead_[c] = other.ahead_[c];
            if (is_same(behind_[c], other.behind_[c])) behind_[c] = other.behind_[c];
        }
    }

    /// One sample.
    double operator()(double in) noexcept requires(channel_count == 1)
    {
        if (problem_) return 0.0;
        const double u = is_ahead_ ? ahead_[0](in) : in;
        const double bound = limit_[0](u, most_output());
        const auto circuit = [this](double x) noexcept { return correction_[0](kernels_(x)); };
        const double y = output_limit::held(oversampler_[0].visit([&](auto& one) { return one(u, circuit); }), bound);
        return is_behind_ ? behind_[0](y) : y;
    }

    /// A block in place: the same as sample by sample, to rounding; fastest in multiples of 128. Decayed states of the circuit and the
    /// curves are flushed to zero after it, before they become subnormal and slow.
    void process(const block_type& block) noexcept
    {
        if (problem_) {
            for (int c = 0; c < channels; ++c)
                for (double& sample : block[c]) sample = 0.0;
            return;
        }
        for (int c = 0; c < channels && is_ahead_; ++c) ahead_[c].process(block[c]);
        for (std::size_t first = 0; first < block.count; first += part) {
            run(block.from(first, part));
            if (first % longest_run == longest_run - part) settle();
        }
        for (int c = 0; c < channels && is_behind_; ++c) behind_[c].process(block[c]);
        settle();
    }

    /// The small-signal response of all that runs, by the coefficients that it runs with.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        if (problem_) return {};
        const auto circuit = [this](double own) noexcept { return kernels_.response(own) * correction_[0].response(own); };
        math::complex h = oversampler_[0].visit([&](const auto& one) { return one.response(angle, circuit); });
        if (is_ahead_) h *= ahead_[0].response(angle);
        if (is_behind_) h *= behind_[0].response(angle);
        return h;
    }

    double latency() const noexcept { return latency_; }
    double accuracy() const noexcept { return accuracy_; }
    int factor() const noexcept { return factor_; }
    fault problem() const noexcept { return problem_; }
    long unsolved() const noexcept { return kernels_.unsolved(); }
    int most_evaluations() const noexcept { return kernels_.most_evaluations(); }
    static constexpr int evaluations_at_most = channel_kernels<size, channels>::evaluations_at_most;
    void bound_evaluations(int bound) noexcept { kernels_.bound_evaluations(bound); }

private:
    /// Samples that run() takes: of many channels few, so that all are close.
    static constexpr std::size_t part = channels <= 2 ? 256 : 128;
    static constexpr std::size_t longest_run = 1024;   ///< samples after which faded states are flushed

    /// A part of a block through the circuit.
    void run(const block_type& block) noexcept
    {
        oversampler_[0].visit([&]<int factor>(oversampler<factor>&) {
            constexpr std::size_t longest = oversampler<factor>::longest < part ? oversampler<factor>::longest : part;
            for (std::size_t first = 0; first < block.count; first += longest) run_oversampled<factor, longest>(block.from(first, longest));
        });
    }
    template <int factor, std::size_t longest>
    void run_oversampled(const block_type& block) noexcept
    {
        constexpr std::size_t room = correction_filter::room;
        alignas(64) double samples[static_cast<std::size_t>(channels)][room + factor * longest], corrected[factor * longest];
        block_type many;
        many.count = factor * block.count;
        constexpr std::size_t copied = factor == 1 ? longest : 1;   // what an oversampler keeps need not be
        alignas(64) double emf[static_cast<std::size_t>(channels)][copied];
        const double* taken[static_cast<std::size_t>(channels)];
        for (int c = 0; c < channels; ++c) {
            many.of[c] = samples[c] + room;
            oversampler_[c].template get<factor>().up(block.of[c], many.of[c], block.count);
            if constexpr (factor == 1) {
                math::copy(block.of[c], emf[c], static_cast<int>(block.count));
                taken[c] = emf[c];
            } else taken[c] = oversampler_[c].template get<factor>().taken(block.count);
        }
        kernels_.process(many);
        for (int c = 0; c < channels; ++c) {
            correction_[c].process(many.of[c], corrected, static_cast<int>(many.count));
            oversampler_[c].template get<factor>().down(corrected, block.of[c], block.count);
            limit_[c].hold({taken[c], block.count}, block[c], most_output());
        }
    }

    /// The most that the output can be, of an EMF of late.
    auto most_output() const noexcept
    {
        return [this](double emf) noexcept { return kernels_.most_output(emf); };
    }

    void settle() noexcept
    {
        kernels_.settle();
        for (int c = 0; c < channels; ++c) ahead_[c].settle(), behind_[c].settle(), correction_[c].settle();
    }

    using ideal_model = analogue_model<size.factors>;
    static constexpr int most = parallel_form::capacity / 2;
    using filter_kernel = modal_kernel<double, most, most>;

    /// Designs the filter of the curves on one side of the tubes and adds its sampling error and its delay to the totals; false if there
    /// are no curves.
    bool take(const ideal_model& curves, frequency rate, filter_kernel (&kernels)[static_cast<std::size_t>(channels)]) noexcept
    {
        const digital_filter filter = detail::design_model(curves, rate);
        if (!problem_) problem_ = filter.problem;
        const parallel_form modes = partial_fractions(filter);
        for (filter_kernel& kernel : kernels) kernel.set(modes);
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

    static bool is_finite(const circuit_state<size>& state) noexcept
    {
        double sum = 0.0;
        for (const math::complex x : state.modes) sum += math::abs(x.re) + math::abs(x.im);
        return sum <= std::numeric_limits<double>::max();
    }
    static bool is_same(const filter_kernel& one, const filter_kernel& other) noexcept
    {
        for (const double angle : {0.001, 0.1, 1.0}) {
            const math::complex a = one.response(angle), b = other.response(angle);
            if (a.re != b.re || a.im != b.im) return false;
        }
        return true;
    }

    template <class State>
    using each = State[static_cast<std::size_t>(channels)];

    int factor_ = 1;
    double latency_ = 0.0, accuracy_ = 0.0;
    each<output_limit> limit_{};
    bool is_ahead_ = false, is_behind_ = false;
    fault problem_ = detail::not_prepared;
    channel_kernels<size, channels> kernels_{};
    stored_state<size> stored_{};
    each<chosen_oversampler> oversampler_{};
    each<filter_kernel> ahead_{}, behind_{};
    each<correction_filter> correction_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
