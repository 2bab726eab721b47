// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/cross_fade.hpp>
#include <phono/kernel/processing.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/selector/dc_block.hpp>
#include <phono/selector/delay_line.hpp>
#include <phono/selector/mode_samples.hpp>
#include <phono/selector/selector_options.hpp>

#include <cmath>
#include <complex>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace phono::inline v0_2 {

/// A mode switch: several preamps on one input, of which one is heard, switched without a pop while audio runs.
///
/// Signal path: source - input coupling - every preamp - cross-fade to the selected one. All of them run all the time, so that the one
/// selected next has settled; the cost is the sum of theirs. The fade is a raised cosine of the modes' shares, whose sum is 1; a selection
/// during a fade starts from the shares of that moment.
/// DC: the modes amplify the source's DC differently. 10 mV into RIAA and into a flat mode come out about 0.1 V apart, and no fade below 50
/// ms covers such a step without a thump. As in a valve preamp, one capacitor before all modes blocks the DC, and H(s) = s/(s + 2 pi
/// coupling) is all that it adds to a mode's response; a source without DC needs none (coupling 0). Transients of the capacitor decay with
/// the time constant 1/(2 pi coupling): at 1 Hz, 10 mV fall below 0.1 uV in 2 s.
/// Latency: modes that are early (phase::minimum beside phase::corrected) are delayed by whole samples, at most 127, to within half a
/// sample of the latest, so that latency() stays the same whatever is selected. prepare() sets these delays, retune() leaves them alone.
/// Errors: preamps of different sample types do not compile. With an unsound `selector_options` or rate, or latencies further apart, it
/// outputs silence, and problem() says why.
/// Real-time: as preamp; select() too, from the audio thread.
template <class... Preamp>
class selector : public detail::processing<selector<Preamp...>, detail::first_mode_sample<Preamp...>> {
    static_assert((processor<Preamp> && ...) && sizeof...(Preamp) > 0,
                  "phono: a selector switches between preamps: write selector<preamp<magnetic>, preamp<ceramic>>");
    using T = detail::first_mode_sample<Preamp...>;
    using one_sample_type = detail::one_sample_type<typename detail::mode_sample<Preamp>::type...>;
    using calls = detail::processing<selector, T>;

public:
    using calls::prepare, calls::process, calls::operator();

    /// How many modes there are.
    static constexpr int mode_count = sizeof...(Preamp);

    /// Silent until it is prepared, which problem() says.
    selector() noexcept requires(std::is_default_constructible_v<Preamp>&&...) = default;

    /// Constructs every mode for a sampling rate.
    explicit selector(frequency rate, selector_options how = {}, one_sample_type = {}) noexcept
        requires(std::is_constructible_v<Preamp, frequency>&&...)
        : modes_{Preamp{rate}...}, how_(how)
    {
        adopt(rate);
    }

    /// Copies preamps, such as those with run-time values, and prepares them for the rate.
    selector(frequency rate, selector_options how, const Preamp&... modes, one_sample_type = {}) noexcept : modes_{modes...}, how_(how)
    {
        prepare(rate);
    }
    /// The same with the default options.
    selector(frequency rate, const Preamp&... modes, one_sample_type = {}) noexcept : selector(rate, selector_options{}, modes...) {}

    /// Prepares every mode for a sampling rate and clears the state; the selection is kept.
    void prepare(frequency rate) noexcept
    {
        for_each([rate](int, auto& mode) { mode.prepare(rate); });
        adopt(rate);
    }

    /// Clears the state and ends a fade that is running.
    void reset() noexcept
    {
        for_each([](int, auto& mode) { mode.reset(); });
        coupling_.reset();
        past_.reset();
        fade_.finish();
    }

    /// Fades to another mode, numbered from 0. Returns false and changes nothing if there is no such mode.
    bool select(int mode) noexcept { return fade_.select(mode); }

    /// The mode selected last.
    [[nodiscard]] int selected() const noexcept { return fade_.selected(); }

    /// One of the preamps, for its knobs; the selector prepares and resets it.
    template <int i>
        requires(i >= 0 && i < mode_count)
    auto& mode() noexcept { return std::get<i>(modes_); }
    /// The same, read-only.
    template <int i>
        requires(i >= 0 && i < mode_count)
    [[nodiscard]] const auto& mode() const noexcept { return std::get<i>(modes_); }

    /// One sample.
    T operator()(T x) noexcept
    {
        if (unsound_) return T{};
        past_.push(coupling_(x));
        const bool fading = fade_.left() > 0;
        const T risen = fading ? fade_.step() : T(1);
        T y{};
        for_each([&](int i, auto& mode) {
            const T heard = mode(past_[delay_[i]]);
            if (fading) y += fade_.share(i, risen) * heard;
            else if (i == selected()) y = heard;
        });
        return y;
    }

    /// A block in place: the same as sample by sample, to rounding.
    void process(std::span<T> block) noexcept { process(std::span<const T>{block}, block); }

    /// A block from one buffer to another of the same length. They may overlap in any way.
    void process(std::span<const T> in, std::span<T> out) noexcept
    {
        in = detail::readable(in, out);
        const std::size_t count = in.size();
        for (std::size_t done = 0; done < count;) {
            std::size_t n = count - done < longest_run ? count - done : longest_run;
            if (const auto left = static_cast<std::size_t>(fade_.left()); left > 0 && left < n) n = left;
            run(in.subspan(done, n), out.subspan(done, n));
            done += n;
        }
        coupling_.settle();
    }

    /// The delay of the output against the analogue circuit's, in samples: that of the latest mode, to within half a sample in any other.
    [[nodiscard]] double latency() const noexcept { return latency_; }

    /// The digital response with the mode selected last: input coupling, delay and preamp, at a frequency below half the sampling rate.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        std::complex<double> h{};
        if (unsound_) return h;
        const double angle = detail::angle(f, rate_);
        for_each([&](int i, const auto& mode) {
            if (i == selected()) h = mode.response(f) * std::polar(1.0, -angle * static_cast<double>(delay_[i]));
        });
        const math::complex coupling = coupling_.response(angle);
        return h * std::complex<double>{coupling.re, coupling.im};
    }

    /// Samples since reset() at which a circuit's solver failed to converge, over all modes.
    [[nodiscard]] long unsolved() const noexcept
    {
        long samples = 0;
        for_each([&](int, const auto& mode) { samples += mode.unsolved(); });
        return samples;
    }

    /// What is wrong with the options, the rate, the latencies or a mode, if anything: the first fault found. mode<i>().problem() tells
    /// which mode has it.
    [[nodiscard]] fault problem() const noexcept
    {
        fault found = unsound_;
        for_each([&](int, const auto& mode) {
            if (!found) found = mode.problem();
        });
        return found;
    }

private:
    static constexpr std::size_t longest_run = 256;   ///< samples processed at once, within the first-level cache
    static constexpr std::size_t places = 128;        ///< one more than the longest delay

    static void for_each_of(auto& modes, auto&& visit) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) { (visit(i, std::get<i>(modes)), ...); }
        (std::make_integer_sequence<int, mode_count>{});
    }
    void for_each(auto&& visit) noexcept { for_each_of(modes_, visit); }
    void for_each(auto&& visit) const noexcept { for_each_of(modes_, visit); }

    /// Sets up for a rate that the modes are already prepared for.
    void adopt(frequency rate) noexcept
    {
        rate_ = rate;
        unsound_ = detail::rate_fault(rate);
        if (!unsound_) unsound_ = detail::options_fault(how_);
        if (!unsound_) {
            fade_.set(static_cast<int>(std::fmax(1.0, std::round(how_.fade.si * rate.si))));
            coupling_ = dc_block<T>{how_.coupling, rate};
        }
        latency_ = std::get<0>(modes_).latency();
        for_each([this](int, auto& mode) { latency_ = std::fmax(latency_, mode.latency()); });
        for_each([this](int i, auto& mode) {
            const double delay = std::round(latency_ - mode.latency());
            if (delay > places - 1.0 && !unsound_)
                unsound_ = {"mode's latency", delay, "must be within 127 samples of the latest mode's", i, "samples"};
            delay_[i] = static_cast<std::size_t>(std::fmin(delay, places - 1.0));
        });
        reset();
    }

    /// At most longest_run samples, all of them in a fade or none.
    void run(std::span<const T> in, std::span<T> out) noexcept
    {
        const std::size_t count = in.size();
        T source[longest_run], heard[longest_run], risen[longest_run];
        for (std::size_t n = 0; n < count; ++n) source[n] = coupling_(in[n]);   // before out, which may be the same buffer, is written
        for (T& y : out) y = T{};
        if (unsound_) return;
        const bool fading = fade_.left() > 0;
        for (std::size_t n = 0; n < count && fading; ++n) risen[n] = fade_.step();
        for_each([&](int i, auto& mode) {
            const std::size_t delay = delay_[i];
            for (std::size_t n = 0; n < count; ++n) heard[n] = n < delay ? past_[delay - n - 1] : source[n - delay];
            mode.process(std::span<T>{heard, count});
            if (fading)
                for (std::size_t n = 0; n < count; ++n) out[n] += fade_.share(i, risen[n]) * heard[n];
            else if (i == selected())
                for (std::size_t n = 0; n < count; ++n) out[n] = heard[n];
        });
        past_.push(std::span<const T>{source, count});
    }

    std::tuple<Preamp...> modes_;
    selector_options how_{};
    frequency rate_{};
    fault unsound_ = detail::not_prepared;   ///< what silences the whole selector
    dc_block<T> coupling_{};
    cross_fade<T, mode_count> fade_{};
    delay_line<T, places> past_{};   ///< of the coupled input, for the modes that are delayed
    std::size_t delay_[sizeof...(Preamp)]{};
    double latency_ = 0.0;
};

template <class... Preamp>
selector(frequency, const Preamp&...) -> selector<Preamp...>;
template <class... Preamp>
selector(frequency, selector_options, const Preamp&...) -> selector<Preamp...>;

}   // namespace phono::inline v0_2
