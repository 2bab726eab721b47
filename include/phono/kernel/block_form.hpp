// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wconversion"        // and are stored in less

namespace phono::inline v0_2::detail {

/// A modal filter that is computed L samples at once.
///
/// With its states s at the beginning of a block of samples x_0 ... x_(L-1) and its impulse response h,
///
///     y_k = sum of h_(k-j) x_j over j <= k  +  sum of F_m[k] s_m over the states m
///     s  <- s + A s + B swap(s) + sum of G_j x_j + sum of C_m s_m over the links m
///
/// A real mode of pole p and gain c has F[k] = c p^k, G_j = p^(L-1-j) and A = p^L - 1, computed without the cancellation that would blur a
/// slow pole. A section's two states are neighbours; B is what each makes of the other, `swap` exchanges them. In a chain of sections C_m is
/// what state m makes of the states of later sections.
/// The states are those of the same filter sample by sample, so that the two readings may alternate.
///
/// This computes those coefficients of a filter's modes, into room that its user has for size() numbers.
template <class T>
class block_form {
    using layout = block_layout<T>;
    static constexpr int l = layout::length;

public:
    /// A form of modes that run in a loop for so many states, those of the filter or more: a place for which there is no mode is that of a
    /// pole at 0 that is not heard. It is not set where they are too many.
    template <class Modes>
    constexpr block_form(const Modes& filter, int states) noexcept
    {
        if (states > layout::most_states) return;
        int sections_end = 0;   // the places up to the last section's
        for (int i = 0; i < filter.section_count(); ++i) {
            sections_end = filter.section_place(i) + 2;
            if (i == 0 || !filter.is_chained(i)) continue;
            modes_.linked |= std::uint32_t{3} << filter.section_place(i - 1);
            links_ += 2;
        }
        modes_.states = static_cast<std::int8_t>(states);
        modes_.turns = static_cast<std::int8_t>(layout{sections_end}.vectors());
        modes_.is_slow = slow_modes<T>::are_in_blocks(filter);
        at_ = modes_.template layout<T>();
    }

    [[nodiscard]] constexpr const block_modes& modes() const noexcept { return modes_; }
    [[nodiscard]] constexpr int links() const noexcept { return links_; }
    /// How many numbers the form consists of, if it is set.
    [[nodiscard]] constexpr int size() const noexcept { return at_.size(links_); }

    /// A number of the form that may be anything, as long as it is finite, or below 0: what a sample makes of the state at a place for which
    /// there is no mode.
    [[nodiscard]] constexpr int unused_place() const noexcept
    {
        constexpr int none = -(1 << 16);
        return at_.states < at_.places() ? at_.drive(1) - 1 : none;
    }

    /// Computes the form of those modes.
    template <class Modes>
    constexpr void compute(const Modes& filter, state<T>* room) noexcept
    {
        room_ = room;
        for (int i = 0; i < size(); ++i) room_[i] = T{};
        for (int i = 0; i < at_.places(); ++i) {   // poles at 0
            if (i < at_.turns * l) room_[at_.drive(l - 1) + i] = T(1);
            room_[at_.decay() + i] = T(-1);
        }
        double impulse[l]{static_cast<double>(filter.direct())};
        for (int i = 0; i < filter.real_count(); ++i) {
            const real_coefficients<T> c = filter.real(i);
            add_real(filter.real_place(i), stored::from_1(c.pole), static_cast<double>(c.gain), impulse);
        }
        int next_link = 0;
        for (int i = 0; i < filter.section_count();) {
            section chain[layout::most_states / 2]{};
            const int first = i;
            do {
                const section_coefficients<T> c = filter.section(i);
                chain[i - first] = {stored::from_1(c.alpha), static_cast<double>(c.gamma), static_cast<double>(c.a_gain),
                                    static_cast<double>(c.b_gain)};
            } while (++i < filter.section_count() && filter.is_chained(i));
            add_chain(filter.section_place(first), chain, i - first, next_link, impulse);
        }
        for (int k = 0; k < l; ++k) room_[at_.impulse(0) + k] = static_cast<T>(impulse[k]);
    }

private:
    using stored = stored_pole<T>;

    struct section {
        double from_1 = 0.0, gamma = 0.0, a_gain = 0.0, b_gain = 0.0;   ///< the first is alpha less 1
    };

    /// What sample j makes of the state at a place.
    constexpr void drive(int j, int place, double value) noexcept
    {
        if (j < l - 1 || place < at_.turns * l) room_[at_.drive(j) + place] = static_cast<T>(value);
    }

    /// A real mode with its state at a place. `from_1` is its pole less 1; `impulse` is the response so far.
    constexpr void add_real(int place, double from_1, double gain, double (&impulse)[l]) noexcept
    {
        double change = 0.0;   // of a state of 1
        for (int k = 0; k < l; ++k) {
            const double held = 1.0 + change;
            room_[at_.output(place) + k] = static_cast<T>(gain * held);
            drive(l - 1 - k, place, held);
            if (k + 1 < l) impulse[k + 1] += gain * held;
            change += from_1 * held;
        }
        room_[at_.decay() + place] = static_cast<T>(change);
    }

    /// A chain of sections, or a single one, with their states from an even place on.
    constexpr void add_chain(int place, const section* sections, int count, int& next_link, double (&impulse)[l]) noexcept
    {
        for (int m = 0; m < 2 * count; ++m) {
            double change[layout::most_states]{};   // of the states, of which m was 1 and the others 0
            for (int k = 0; k < l; ++k) {
                double y = 0.0, before = 0.0;
                for (int i = 0; i < count; ++i) {
                    const section& c = sections[i];
                    const double a = change[2 * i] + (m == 2 * i ? 1.0 : 0.0), b = change[2 * i + 1] + (m == 2 * i + 1 ? 1.0 : 0.0);
                    y += c.a_gain * a + c.b_gain * b;
                    if (m == 0) {   // as an impulse leaves the states
                        drive(l - 1 - k, place + 2 * i, a);
                        drive(l - 1 - k, place + 2 * i + 1, b);
                    }
                    change[2 * i] += c.from_1 * a + (before - c.gamma * b);
                    change[2 * i + 1] += c.from_1 * b + a;
                    before = b;
                }
                room_[at_.output(place + m) + k] = static_cast<T>(y);
                if (m == 0 && k + 1 < l) impulse[k + 1] += y;
            }
            const int neighbour = m % 2 == 0 ? m + 1 : m - 1, section_behind = m / 2 * 2 + 2;
            room_[at_.decay() + place + m] = static_cast<T>(change[m]);
            room_[at_.turn() + place + neighbour] = static_cast<T>(change[neighbour]);
            if (section_behind == 2 * count) continue;
            for (int i = section_behind; i < 2 * count; ++i) room_[at_.link(next_link) + place + i] = static_cast<T>(change[i]);
            ++next_link;
        }
    }

    block_modes modes_{};
    layout at_{};
    int links_ = 0;
    state<T>* room_ = nullptr;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
