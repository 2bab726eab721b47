// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/block_loops.hpp>
#include <phono/kernel/state.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

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
/// `Room`: how many numbers there are for coefficients.
template <class T, int Room>
class block_form {
    using layout = block_layout<T>;
    static constexpr int l = layout::length;

public:
    /// A shorter block is faster sample by sample.
    static constexpr std::size_t shortest = 8;

    /// Two poles of a section; `from_1` is alpha less 1.
    struct section {
        double from_1 = 0.0, gamma = 0.0, a_gain = 0.0, b_gain = 0.0;
    };

    /// Begins a form of so many states, of which so many are those of sections with another one behind them in their chain. False if there
    /// is no room; then the form is empty. A place for which nothing is added is that of a pole at 0 that is not heard.
    constexpr bool begin(int states, int links) noexcept
    {
        clear();
        if (states > layout::most_states || layout{states}.size(links) > Room) return false;
        for (int i = 0; i < layout{states}.size(links); ++i) room_[i] = T{};
        modes_.at = {states};
        for (int i = 0; i < modes_.at.places(); ++i)
            room_[modes_.at.drive(l - 1) + i] = T(1), room_[modes_.at.decay() + i] = T(-1);   // poles at 0
        return true;
    }

    /// Adds a real mode with its state at a place. `from_1` is its pole less 1; `impulse` is the response so far.
    constexpr void add_real(int place, double from_1, double gain, double (&impulse)[l]) noexcept
    {
        double change = 0.0;   // of a state of 1
        for (int k = 0; k < l; ++k) {
            const double state = 1.0 + change;
            room_[modes_.at.output(place) + k] = static_cast<T>(gain * state);
            room_[modes_.at.drive(l - 1 - k) + place] = static_cast<T>(state);
            if (k + 1 < l) impulse[k + 1] += gain * state;
            change += from_1 * state;
        }
        room_[modes_.at.decay() + place] = static_cast<T>(change);
    }

    /// Adds a chain of sections, or a single one, with their states from an even place on.
    constexpr void add_chain(int place, const section* sections, int count, double (&impulse)[l]) noexcept
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
                        room_[modes_.at.drive(l - 1 - k) + place + 2 * i] = static_cast<T>(a);
                        room_[modes_.at.drive(l - 1 - k) + place + 2 * i + 1] = static_cast<T>(b);
                    }
                    change[2 * i] += c.from_1 * a + (before - c.gamma * b);
                    change[2 * i + 1] += c.from_1 * b + a;
                    before = b;
                }
                room_[modes_.at.output(place + m) + k] = static_cast<T>(y);
                if (m == 0 && k + 1 < l) impulse[k + 1] += y;
            }
            const int neighbour = m % 2 == 0 ? m + 1 : m - 1, section_behind = m / 2 * 2 + 2;
            room_[modes_.at.decay() + place + m] = static_cast<T>(change[m]);
            room_[modes_.at.turn() + place + neighbour] = static_cast<T>(change[neighbour]);
            if (section_behind == 2 * count) continue;
            for (int i = section_behind; i < 2 * count; ++i) room_[modes_.at.link(modes_.links) + place + i] = static_cast<T>(change[i]);
            modes_.link[modes_.links++] = static_cast<signed char>(place + m);
        }
        if (place + 2 * count > modes_.turning) modes_.turning = place + 2 * count;
    }

    /// Ends the form, whose impulse response is complete.
    constexpr void end(const double (&impulse)[l]) noexcept
    {
        for (int k = 0; k < l; ++k) room_[modes_.at.impulse(0) + k] = static_cast<T>(impulse[k]);
    }

    /// True if there is a form to run.
    [[nodiscard]] constexpr bool is_set() const noexcept { return modes_.at.states >= 0; }
    constexpr void clear() noexcept { modes_.at = {-1}, modes_.turning = modes_.links = 0; }

    /// Computes the samples of whole blocks, in place, flushes states that have faded, and returns how many samples they were. There are
    /// states in whole vectors. `Loops::is_compiled(states, turning)` tells for which filters there is a loop of their own; others share one.
    template <class Loops>
    std::size_t run(T* samples, std::size_t count, state<T>* states) const noexcept
    {
        constexpr int most = Loops::most_states;
        static constexpr loops_by_states<most + 1> none = table<Loops, turning_states::none>(std::make_integer_sequence<int, most + 1>{}),
                                                   first = table<Loops, turning_states::first>(std::make_integer_sequence<int, most + 1>{}),
                                                   all = table<Loops, turning_states::all>(std::make_integer_sequence<int, most + 1>{}),
                                                   linked = table<void, turning_states::all>(std::make_integer_sequence<int, most + 1>{});
        const std::size_t whole = count / l * l;
        const auto& by_states = modes_.links > 0 ? linked : modes_.turning == 0 ? none : modes_.turning <= l ? first : all;
        by_states.loop[modes_.at.states](modes_, room_, samples, whole, states);
        return whole;
    }

private:
    using loops = block_loops<T>;

    template <int count>
    struct loops_by_states {
        typename loops::loop loop[count];
    };
    template <class Loops, turning_states turning, int... n>
    [[nodiscard]] static constexpr loops_by_states<sizeof...(n)> table(std::integer_sequence<int, n...>) noexcept
    {
        return {{loop_for<Loops, turning, n>()...}};
    }
    template <class Loops, turning_states turning, int n>
    [[nodiscard]] static constexpr auto loop_for() noexcept
    {
        constexpr bool is_own = [] {
            if constexpr (n == 0) return true;
            else if constexpr (std::is_void_v<Loops>) return false;
            else return Loops::is_compiled(n, turning);
        }();
        if constexpr (is_own) return &loops::template run_states < n, n == 0 ? turning_states::none : turning > ;
        else return &loops::template run_any<layout{n}.vectors()>;
    }

    block_modes<T> modes_{};
    T room_[Room]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
