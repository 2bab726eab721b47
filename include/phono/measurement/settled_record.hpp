// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/math/complex.hpp>
#include <phono/units.hpp>

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <memory>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Whether two whole numbers share no factor.
[[nodiscard]] constexpr bool are_coprime(int a, int b) noexcept
{
    while (b != 0) {
        const int rest = a % b;
        a = b, b = rest;
    }
    return a == 1;
}

/// A sine of a whole number of periods in a record.
struct tone_in_record {
    int periods = 1;
    double peak = 0.0;   ///< volts
};

/// The whole number of periods in a record that is nearest to a frequency.
[[nodiscard]] inline int nearest_periods(double hertz, double rate, int length) noexcept
{
    return static_cast<int>(std::lround(hertz * length / rate));
}

/// The number of periods that are nearest to a frequency and share no factor with the record's length: then no alias falls onto a harmonic
/// below the `length`-th.
[[nodiscard]] inline int coprime_periods(double hertz, double rate, int length) noexcept
{
    const int nearest = nearest_periods(hertz, rate, length);
    for (int away = 0;; ++away) {
        if (nearest + away >= 1 && are_coprime(nearest + away, length)) return nearest + away;
        if (nearest - away >= 1 && are_coprime(nearest - away, length)) return nearest - away;
    }
}

/// One period of what a processor answers to tones that repeat, once it has settled.
struct settled_record {
    std::vector<double> samples{};
    double unrest = std::numeric_limits<double>::quiet_NaN();   ///< largest change from the period before, relative to the peak

    /// The amplitude of so many periods in the record, with its phase: the least-squares sine, since its periods are whole.
    [[nodiscard]] math::complex line(int periods) const noexcept
    {
        const double step = 2.0 * math::pi * periods / static_cast<double>(samples.size());
        const math::complex turn{math::cos(step), -math::sin(step)};
        math::complex sum{}, at{1.0};
        for (const double y : samples) sum += y * at, at = at * turn;
        return sum * (2.0 / static_cast<double>(samples.size()));
    }
    [[nodiscard]] double amplitude(int periods) const noexcept { return math::abs(line(periods)); }
};

/// Where records that change ever less tend to: the last of them, and the geometric series of the changes to come.
struct limit_of_records {
    explicit limit_of_records(std::size_t length) : now(length), before(length), record{std::vector<double>(length)} {}

    std::vector<double> now, before;   ///< the last two changes
    settled_record record;             ///< its unrest is the distance that is left, as the last two limits tell it

    /// Takes the change `now` to a record; whether it has shrunk by a ratio as the one before.
    [[nodiscard]] bool is_near(const settled_record& last, double peak, long turn)
    {
        double both = 0.0, square = 0.0, moved = 0.0;
        for (std::size_t n = 0; n < now.size(); ++n) both += now[n] * before[n], square += before[n] * before[n];
        const double ratio = square > 0.0 ? both / square : 1.0;
        const bool shrinks = turn > 2 && ratio > 0.0 && ratio < 1.0 && peak > 0.0;
        if (shrinks)
            for (std::size_t n = 0; n < now.size(); ++n) {
                const double y = last.samples[n] + now[n] * ratio / (1.0 - ratio);
                const double change = y - record.samples[n] - (last.samples.front() - last_front_);
                moved = math::abs(change) > moved ? math::abs(change) : moved;
                record.samples[n] = y;
            }
        record.unrest = moved / ((1.0 - ratio) * peak);
        last_front_ = last.samples.front();
        now.swap(before);
        const bool had_one = had_one_;
        had_one_ = shrinks;
        return shrinks && had_one;
    }

private:
    double last_front_ = 0.0;
    bool had_one_ = false;
};

/// Records of a copy of a processor, one after the other. It lies on the heap: a tube preamp may be too large for a thread's stack.
template <processor Processor>
class recorder {
public:
    recorder(const Processor& preamp, frequency rate) : playing_{std::make_unique<Processor>(preamp)}, rate_{rate.si} { playing_->reset(); }

    /// Plays tones over and over until two records differ by less than 1e-9 of the peak, or for half a minute.
    ///
    /// The slowest coupling capacitor may still drift then, for seconds: what that is from one record to the next, a step between them and
    /// a ramp within each, is taken out.
    [[nodiscard]] settled_record settled(std::initializer_list<tone_in_record> tones, int length)
    {
        return settled(tones, length, [](const settled_record&) { return false; });
    }

    /// The same, but ends as soon as is_enough(where the records tend to), which is then the answer. That record is extrapolated from the
    /// last changes, which shrink by a steady ratio once one time constant is left; its unrest is how far it may be off, relative to the
    /// peak. A capacitor whose time constant is half a minute then need not be waited for.
    [[nodiscard]] settled_record settled(std::initializer_list<tone_in_record> tones, int length, const auto& is_enough)
    {
        const auto in = samples_of(tones, length);
        std::vector<sample> out(in.size());
        std::vector<double> played(in.size());
        settled_record record{std::vector<double>(in.size())};
        limit_of_records limit{in.size()};
        const long most = static_cast<long>(30.0 * rate_ / length) + 2;
        for (long turn = 0; turn < most; ++turn) {
            playing_->process(std::span<const sample>{in}, std::span<sample>{out});
            double drift = 0.0;
            for (std::size_t n = 0; n < in.size(); ++n) drift += (static_cast<double>(out[n]) - played[n]) / length;
            double peak = 0.0, change = 0.0, step = 0.0;
            for (std::size_t n = 0; n < in.size(); ++n) {
                played[n] = static_cast<double>(out[n]);
                const double y = turn == 0 ? played[n] : played[n] - drift * ((static_cast<double>(n) + 0.5) / length - 0.5);
                if (n == 0) step = y - record.samples[n];
                const double changed = y - record.samples[n] - step;
                limit.now[n] = changed;
                change = math::abs(changed) > change ? math::abs(changed) : change;
                peak = math::abs(y) > peak ? math::abs(y) : peak;
                record.samples[n] = y;
            }
            record.unrest = peak > 0.0 ? change / peak : 0.0;
            if (turn > 1 && record.unrest < 1e-9) break;
            if (limit.is_near(record, peak, turn) && is_enough(limit.record)) return limit.record;
        }
        return record;
    }

private:
    using sample = sample_of<Processor>;

    [[nodiscard]] static std::vector<sample> samples_of(std::initializer_list<tone_in_record> tones, int length)
    {
        std::vector<sample> in(static_cast<std::size_t>(length));
        for (int n = 0; n < length; ++n) {
            double x = 0.0;
            for (const tone_in_record& tone : tones) {
                const long turned = static_cast<long>(tone.periods) * n % length;   // whole turns cost no accuracy
                x += tone.peak * math::sin(2.0 * math::pi * static_cast<double>(turned) / length);
            }
            in[static_cast<std::size_t>(n)] = static_cast<sample>(x);
        }
        return in;
    }

    std::unique_ptr<Processor> playing_;
    double rate_;
};

/// Whether a processor can be measured at a rate with a tone of a level.
template <processor Processor>
[[nodiscard]] bool can_measure(const Processor& preamp, frequency rate, frequency tone, voltage peak) noexcept
{
    constexpr double highest_rate = 1e6;   // none is prepared for more, and a record of it would not fit into memory
    return !preamp.problem() && rate.si > 0.0 && rate.si <= highest_rate && tone.si > 0.0 && tone.si < 0.5 * rate.si && peak.si > 0.0;
}

/// The length of a record whose lines stand every so many hertz: odd, so that more numbers of periods share no factor with it.
[[nodiscard]] constexpr int record_length(frequency rate, double spacing) noexcept { return static_cast<int>(rate.si / spacing) | 1; }

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
