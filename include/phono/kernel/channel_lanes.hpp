// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_form.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>

#include <cstddef>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Gets at what runs in a preamp, for a bank of them: its sample_kernel, or null while it changes to another filter.
struct kernel_access {
    template <class Preamp>
    static constexpr auto modes_of(Preamp& one) noexcept -> decltype(one.kernel_.modes_alone())
    {
        return one.kernel_.modes_alone();
    }
};

/// Preamps whose modes can run side by side.
template <class Preamp>
concept has_modes = requires(Preamp& one)
{
    kernel_access::modes_of(one);
};

/// Samples of several channels in one buffer each.
template <class T>
struct planar_frames {
    T* const* buffers;
    std::size_t first = 0;

    [[gnu::always_inline]] math::block_vector<T> load(std::size_t frame, int lane) const noexcept
    {
        return math::block_vector<T>::from_each([&](int i) { return buffers[lane + i][first + frame]; });
    }
    [[gnu::always_inline]] void store(std::size_t frame, int lane, const math::block_vector<T>& y) const noexcept
    {
        for (int i = 0; i < math::block_vector<T>::length; ++i) buffers[lane + i][first + frame] = y[i];
    }
};

/// Neighbouring channels of frames of so many numbers, one after another.
template <class T, int width>
struct interleaved_frames {
    T* samples;

    [[gnu::always_inline]] math::block_vector<T> load(std::size_t frame, int lane) const noexcept
    {
        return math::block_vector<T>::from(samples + frame * width + lane);
    }
    [[gnu::always_inline]] void store(std::size_t frame, int lane, const math::block_vector<T>& y) const noexcept
    {
        y.to(samples + frame * width + lane);
    }
};

/// Channels of one filter side by side, a lane each: for every mode and sample two multiply-adds, whatever the number of lanes.
template <class Modes>
class channel_lanes {
    using T = typename Modes::sample;
    using vector = math::block_vector<T>;
    static constexpr int l = block_layout<T>::length;

public:
    /// Runs so many frames in place, of `vectors` times L channels. False, and nothing is done, if the channels' filters differ, or if they
    /// have more than `most_reals` real modes or one section.
    template <int vectors>
    [[nodiscard]] static bool run(Modes* const* channels, const auto& frames, std::size_t count) noexcept
    {
        const Modes& filter = *channels[0];
        for (int c = 1; c < vectors * l; ++c)
            if (!filter.is_same_filter(*channels[c])) return false;
        if constexpr (Modes::is_unrolled) {
            if (filter.looped_count_ > 0) return false;
            run_modes<Modes::real_modes, Modes::pair_modes, vectors>(channels, frames, count);
            return true;
        } else {
            const auto run_by = [&]<int reals>() {
                if (reals != filter.real_count_) return false;
                if (filter.looped_count_ == 0) run_modes<reals, 0, vectors>(channels, frames, count);
                else run_modes<reals, 1, vectors>(channels, frames, count);
                return true;
            };
            return filter.looped_count_ <= 1 && [&]<int... reals>(std::integer_sequence<int, reals...>)
            {
                return (run_by.template operator()<reals>() || ...);
            }
            (std::make_integer_sequence<int, most_reals + 1>{});
        }
    }

private:
    static constexpr int most_reals = 8;

    template <int reals, int pairs, int vectors>
    [[gnu::noinline]] static void run_modes(Modes* const* channels, const auto& frames, std::size_t count) noexcept
    {
        const Modes& filter = *channels[0];
        const vector direct = vector::all(filter.direct_);
        vector pole[reals + 1], gain[reals + 1], s[(reals + 1) * vectors];
        vector alpha[pairs + 1], gamma[pairs + 1], a_gain[pairs + 1], b_gain[pairs + 1], a[(pairs + 1) * vectors], b[(pairs + 1) * vectors];
        for (int i = 0; i < reals; ++i) {
            pole[i] = vector::all(filter.pole_[i]), gain[i] = vector::all(filter.gain_[i]);
            for (int v = 0; v < vectors; ++v) s[i * vectors + v] = states(channels + v * l, filter.real_place(i));
        }
        for (int i = 0; i < pairs; ++i) {
            const auto& c = Modes::is_unrolled ? filter.pairs_[i] : filter.looped_[i];
            const int place = Modes::is_unrolled ? 2 * i : Modes::first_looped + 2 * i;
            alpha[i] = vector::all(c.alpha), gamma[i] = vector::all(c.gamma);
            a_gain[i] = vector::all(c.a_gain), b_gain[i] = vector::all(c.b_gain);
            for (int v = 0; v < vectors; ++v) {
                a[i * vectors + v] = states(channels + v * l, place);
                b[i * vectors + v] = states(channels + v * l, place + 1);
            }
        }
        for (std::size_t n = 0; n < count; ++n) {
#pragma GCC unroll 2
            for (int v = 0; v < vectors; ++v) {
                const vector x = frames.load(n, v * l);
                vector y = direct * x;
#pragma GCC unroll 32
                for (int i = 0; i < reals; ++i) {
                    vector& at = s[i * vectors + v];
                    y = fmadd(gain[i], at, y);
                    at = advance(pole[i], at, x);
                }
#pragma GCC unroll 32
                for (int i = 0; i < pairs; ++i) {
                    vector &at_a = a[i * vectors + v], &at_b = b[i * vectors + v];
                    const vector was = at_a;
                    y = y + fmadd(a_gain[i], was, b_gain[i] * at_b);
                    at_a = advance(alpha[i], was, fnmadd(gamma[i], at_b, x));
                    at_b = advance(alpha[i], at_b, was);
                }
                frames.store(n, v * l, y);
            }
        }
        for (int v = 0; v < vectors; ++v) {
            for (int i = 0; i < reals; ++i) take_states(channels + v * l, filter.real_place(i), s[i * vectors + v]);
            for (int i = 0; i < pairs; ++i) {
                const int place = Modes::is_unrolled ? 2 * i : Modes::first_looped + 2 * i;
                take_states(channels + v * l, place, a[i * vectors + v]);
                take_states(channels + v * l, place + 1, b[i * vectors + v]);
            }
        }
    }

    /// The stored pole's way, as sample_kernel's.
    [[gnu::always_inline]] static vector advance(const vector& pole, const vector& s, const vector& input) noexcept
    {
        if constexpr (sizeof(T) < sizeof(double)) return s + fmadd(pole, s, input);
        else return fmadd(pole, s, input);
    }

    [[nodiscard]] static vector states(Modes* const* channels, int place) noexcept
    {
        return vector::from_each([&](int c) { return channels[c]->at(place); });
    }
    /// Writes the states back, flushed where they have faded.
    static void take_states(Modes* const* channels, int place, const vector& s) noexcept
    {
        const vector kept = s.without_smaller_than(faded<T>);
        for (int c = 0; c < l; ++c) channels[c]->at(place) = kept[c];
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
