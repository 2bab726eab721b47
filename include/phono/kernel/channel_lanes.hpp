// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/frame_pairs.hpp>
#include <phono/kernel/frames.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/byte_difference.hpp>
#include <phono/math/instruction_sets.hpp>
#include <phono/math/wide_vector.hpp>

#include <cstddef>
#include <type_traits>
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

/// Their type.
template <has_modes Preamp>
using modes_of = std::remove_pointer_t<decltype(kernel_access::modes_of(std::declval<Preamp&>()))>;

/// Channels of one filter side by side, a lane each: for every mode and sample two multiply-adds, whatever the number of lanes.
template <class Modes>
class channel_lanes {
    using T = typename Modes::sample;

public:
    /// Channels of which a vector of 32 bytes holds a sample each.
    static constexpr int fewest = block_layout<T>::length;
    /// Two registers for each number would be more than there are.
    static constexpr int most = math::widest_register >= 64 ? 2 * fewest : fewest;

    /// Runs so many frames of `fewest` or `most` channels in place. False, and nothing is done, if the channels' filters differ, or if they
    /// have more than `most_reals` real modes or one section.
    template <int width>
    [[nodiscard]] static bool run(Modes* const* channels, const auto& frames, std::size_t count) noexcept
    {
        const Modes& filter = *channels[0];
        if (!have_one_filter<width>(channels)) return false;
        if constexpr (Modes::is_unrolled) {
            run_modes<Modes::real_modes, Modes::pair_modes, width>(channels, frames, count);
            return true;
        } else {
            const auto run_by = [&]<int reals>() {
                if (reals != filter.real_count()) return false;
                if (filter.section_count() == 0) run_modes<reals, 0, width>(channels, frames, count);
                else run_modes<reals, 1, width>(channels, frames, count);
                return true;
            };
            return [&]<int... reals>(std::integer_sequence<int, reals...>) { return (run_by.template operator()<reals>() || ...); }
            (std::make_integer_sequence<int, most_reals + 1>{});
        }
    }

    /// The loop over frames of so many modes and channels as a type (math::run_as_compiled). Frames by a pointer: a copy of them on the stack
    /// is made by wide loads of pointers that were just stored one by one, for which a processor waits.
    template <int reals, int pairs, int width>
    struct loop {
        template <int doubles>
        [[gnu::always_inline]] static void run(Modes* const* channels, const auto* frames, std::size_t count) noexcept
        {
            constexpr int bytes = doubles * static_cast<int>(sizeof(double));
            run_lanes<reals, pairs, math::wide_vector<T, width, bytes>>(channels, *frames, count);
        }
    };

private:
    static constexpr int most_reals = 8;

    template <int width>
    [[nodiscard]] static bool have_one_filter(Modes* const* channels) noexcept
    {
        const Modes& filter = *channels[0];
        bool have_as_many = filter.fits_lanes();
        math::byte_difference differ;
        for (int c = 1; c < width && have_as_many; ++c) {
            const Modes& other = *channels[c];
            have_as_many =
                other.fits_lanes() && filter.real_count() == other.real_count() && filter.section_count() == other.section_count();
            if (have_as_many) filter.compare(other, differ);
        }
        return have_as_many && !differ.found();
    }

    /// Coefficients and states of all channels, sections first, as the states are in the kernels.
    template <int reals, int pairs, class Vector>
    struct modes {
        using vector = Vector;

        vector direct, pole[reals + 1], gain[reals + 1], alpha[pairs + 1], gamma[pairs + 1], a_gain[pairs + 1], b_gain[pairs + 1];
        vector state[block_layout<T>{2 * pairs + reals + 1}.places()];

        [[gnu::always_inline]] explicit modes(const Modes& filter) noexcept : direct(vector::all(filter.direct()))
        {
            for (int i = 0; i < reals; ++i) {
                const auto c = filter.real(i);
                pole[i] = vector::all(c.pole), gain[i] = vector::all(c.gain);
            }
            for (int i = 0; i < pairs; ++i) {
                const auto c = filter.lane_section(i);
                alpha[i] = vector::all(c.alpha), gamma[i] = vector::all(c.gamma);
                a_gain[i] = vector::all(c.a_gain), b_gain[i] = vector::all(c.b_gain);
            }
        }

        /// One frame.
        [[gnu::always_inline]] vector operator()(const vector& x) noexcept
        {
            vector y = direct * x;
#pragma GCC unroll 32
            for (int i = 0; i < reals; ++i) {
                vector& s = state[2 * pairs + i];
                y = fmadd(gain[i], s, y);
                s = advance(pole[i], s, x);
            }
#pragma GCC unroll 32
            for (int i = 0; i < pairs; ++i) {
                vector &a = state[2 * i], &b = state[2 * i + 1];
                const vector was = a;
                y = fmadd(a_gain[i], was, fmadd(b_gain[i], b, y));
                a = advance(alpha[i], was, fnmadd(gamma[i], b, x));
                b = advance(alpha[i], b, was);
            }
            return y;
        }

        /// The stored pole's way, as sample_kernel's.
        [[gnu::always_inline]] static vector advance(const vector& pole_as_stored, const vector& s, const vector& input) noexcept
        {
            if constexpr (stored_pole<T>::is_distance) return s + fmadd(pole_as_stored, s, input);
            else return fmadd(pole_as_stored, s, input);
        }
    };

    template <int reals, int pairs, int width>
    static void run_modes(Modes* const* channels, const auto& frames, std::size_t count) noexcept
    {
        using loop_type = loop<reals, pairs, width>;
        constexpr int doubles = math::widest_register / static_cast<int>(sizeof(double));
        if constexpr (math::may_have_avx2)
            if (math::has_avx2()) return math::run_for_avx2<loop_type>(channels, &frames, count);
        math::run_as_compiled<loop_type, doubles>(channels, &frames, count);
    }

    template <int reals, int pairs, class vector>
    [[gnu::always_inline]] static void run_lanes(Modes* const* channels, auto frames, std::size_t count) noexcept
    {
        constexpr int states = 2 * pairs + reals, row = vector::row_length;
        modes<reals, pairs, vector> all{*channels[0]};
        state<T>* states_of[vector::length];
        for (int c = 0; c < vector::length; ++c) states_of[c] = channels[c]->joined_states();
        const auto rows = [&](int first) __attribute__((always_inline))
        {
            return [&, first ](int c) __attribute__((always_inline)) { return states_of[c] + first; };
        };
#pragma GCC unroll 16
        for (int first = 0; first < states; first += row) {
            vector columns[row];
            vector::from_rows(rows(first), columns);
#pragma GCC unroll 8
            for (int i = 0; i < row; ++i) all.state[first + i] = columns[i];
        }
        std::size_t n = 0;
        // With a register for each of so few states a frame would wait for the one before it.
        constexpr bool is_by_pairs = math::wide_vector<T, vector::length>::is_one_register && states > 0 && states <= 2;
        using pairs_type = std::conditional_t<is_by_pairs, frame_pairs<T, vector, reals>, no_frame_pairs>;
        [[maybe_unused]] const pairs_type two{*channels[0]};
        constexpr std::size_t tile = decltype(frames)::at_once > 1 ? decltype(frames)::at_once : is_by_pairs ? 2 : 1;
        if constexpr (tile > 1)
            for (; n + tile <= count; n += tile) {
                vector x[tile];
                if constexpr (decltype(frames)::at_once > 1) frames.load(n, x);
                else
                    for (std::size_t i = 0; i < tile; ++i) frames.load(n + i, x[i]);
                if constexpr (is_by_pairs) {
#pragma GCC unroll 8
                    for (std::size_t i = 0; i < tile; i += 2) two(all.state, x[i], x[i + 1]);
                } else {
#pragma GCC unroll 8
                    for (vector& sample : x) sample = all(sample);
                }
                if constexpr (decltype(frames)::at_once > 1) frames.store(n, x);
                else
                    for (std::size_t i = 0; i < tile; ++i) frames.store(n + i, x[i]);
            }
        for (; n < count; ++n) {
            vector x;
            frames.load(n, x);
            frames.store(n, all(x));
        }
#pragma GCC unroll 16
        for (int first = 0; first < states; first += row) {
            vector columns[row];
#pragma GCC unroll 8
            for (int i = 0; i < row; ++i) columns[i] = all.state[first + i].without_smaller_than(faded<T>);
            vector::to_rows(columns, rows(first));
        }
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
