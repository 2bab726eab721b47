// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/tube_engine.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>

namespace phono {

/// A preamp with triodes that runs at large signals: what the circuit does, distortion, grid current and blocking included.
///
/// The circuit, its feedback loops and its triodes are one implicit system, solved within each sample. Small signals have the circuit's
/// own magnitude, by a fixed filter behind it: accuracy() tells how closely. A preamp<...> of the same schematic is its linear reading.
/// Units: volts of EMF in, volts out, the output as deviation from rest. Ideal curves before the first or behind the last triode are run
/// as filters; one between triodes is a fault.
/// T is what the samples are stored in; the circuit is computed in double.
/// Errors: an unsound schematic or rate makes silence, and problem() tells why.
/// Real-time: operator(), process, reset and fade_to allocate nothing, lock nothing and throw nothing. prepare() and retune() take
/// milliseconds. A sample's work is bounded, but of the hardest it is a hundred times that of a usual one: no deadline.
/// Size: 0.1 to 0.2 MB, mostly tables: mind a thread's stack.
template <class Chain, class T = double>
class tube_preamp {
public:
    using schematic_type = std::remove_const_t<Chain>;

    explicit tube_preamp(const schematic_type& schematic, frequency rate, oversampling factor = oversampling::automatic) noexcept
        : schematic_(schematic), factor_(factor)
    {
        prepare(rate);
    }

    /// Designs for a sampling rate and forgets what was played.
    void prepare(frequency rate) noexcept
    {
        rate_ = rate;
        fade_ = detail::rate_fault(rate) ? 0 : static_cast<int>(0.02 * rate.si);
        left_ = 0;
        heard().design(schematic_, rate_, factor_);
    }

    /// The same for a host's specification: anything with a sampleRate in hertz.
    void prepare(const auto& specification) noexcept requires requires { specification.sampleRate; }
    {
        prepare(frequency{static_cast<double>(specification.sampleRate)});
    }

    /// Takes other values of the same schematic, a supply or a plate load: the circuit of before and that of now, which begins at its own
    /// rest, are cross-faded for 20 ms. Asked for during a fade, the newer of its two circuits is faded from, with what was still heard of
    /// the older at that moment as a constant on top, so that there is no step.
    void retune(const schematic_type& values) noexcept
    {
        begin_fade();
        schematic_ = values;
        heard().design(values, rate_, factor_);
    }

    /// What retune() works out.
    struct setting {
        schematic_type schematic;
        frequency rate;
        tube_engine<schematic_type> engine{};
    };

    /// retune() in two halves, for a knob that is turned while audio runs: this one on any thread, even while another plays this preamp
    /// (but does not prepare it) ...
    setting setting_for(const schematic_type& values) const noexcept
    {
        setting next{values, rate_};
        next.engine.design(values, rate_, factor_);
        return next;
    }

    /// ... and this one on the thread that plays. False, and nothing changes, if the setting was made for another rate.
    bool fade_to(const setting& next) noexcept
    {
        if (!(next.rate.si == rate_.si)) return false;
        begin_fade();
        schematic_ = next.schematic;
        heard() = next.engine;
        return true;
    }

    /// Forgets what was played; a fade is over at once.
    void reset() noexcept
    {
        left_ = 0;
        heard().reset();
    }

    /// One sample.
    T operator()(T x) noexcept
    {
        const double in = static_cast<double>(x), y = heard()(in);
        if (left_ == 0) return static_cast<T>(y);
        return static_cast<T>(y + faded(engine_[1 - now_](in) - y));
    }

    /// A block in place: the same within rounding, faster.
    void process(std::span<T> block) noexcept { process(block, block); }

    /// A block from one place to another, of the same length.
    void process(std::span<const T> in, std::span<T> out) noexcept
    {
        const std::size_t count = std::min(in.size(), out.size());
        for (std::size_t first = 0; first < count; first += part) {
            const std::size_t length = std::min(part, count - first);
            double y[part], of_before[part];
            for (std::size_t i = 0; i < length; ++i) y[i] = of_before[i] = static_cast<double>(in[first + i]);
            heard().process({y, length});
            if (left_ > 0) {
                engine_[1 - now_].process({of_before, length});
                for (std::size_t i = 0; i < length && left_ > 0; ++i) y[i] += faded(of_before[i] - y[i]);
            }
            for (std::size_t i = 0; i < length; ++i) out[first + i] = static_cast<T>(y[i]);
        }
    }

    /// Samples by which small signals of 1 kHz are later than the circuit's.
    double latency() const noexcept { return heard().latency(); }
    /// The most that the small-signal magnitude is off from 20 Hz to 20 kHz (or 0.45 of a low rate), in decibels: the sum of what the
    /// correction, oversampling and curves leave.
    double accuracy() const noexcept { return heard().accuracy(); }
    /// How many times the base rate the circuit is computed at.
    int factor() const noexcept { return heard().factor(); }
    /// What is wrong with the schematic or the rate, if anything.
    const fault& problem() const noexcept { return heard().problem(); }
    /// The running circuit: its solver counts what it did.
    const auto& kernel() const noexcept { return heard().kernel(); }

private:
    static constexpr std::size_t part = 64;

    tube_engine<schematic_type>& heard() noexcept { return engine_[now_]; }
    const tube_engine<schematic_type>& heard() const noexcept { return engine_[now_]; }

    void begin_fade() noexcept
    {
        const bool unheard = left_ > 0 && left_ == fade_;   // since the last: its circuit gives way, the one before it is still faded from
        if (!unheard) {
            rest_of_fade_ = left_ > 0 ? faded_ : 0.0;
            now_ = 1 - now_;
        }
        left_ = fade_;
    }
    /// What the circuit of before adds to a sample of a fade, for the difference of the two.
    double faded(double difference) noexcept
    {
        const double share = static_cast<double>(left_--) / fade_;
        return faded_ = share * (difference + rest_of_fade_);
    }

    schematic_type schematic_;
    frequency rate_{};
    oversampling factor_;
    tube_engine<schematic_type> engine_[2]{};
    int now_ = 0, left_ = 0, fade_ = 0;
    double faded_ = 0.0, rest_of_fade_ = 0.0;   ///< what the fade added last, and what one that was cut short had added
};

template <class Chain>
tube_preamp(const Chain&, frequency, oversampling = oversampling::automatic) -> tube_preamp<Chain>;

}   // namespace phono
