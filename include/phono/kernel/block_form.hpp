// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Where a block form has its coefficients: vectors of L samples, as many as 32 bytes hold.
template <class T>
struct block_layout {
    static constexpr int length = 32 / static_cast<int>(sizeof(T));   ///< L
    static constexpr int most_states = 32;                            ///< of a form, at most

    int states = 0;

    /// The vectors that hold all states.
    [[nodiscard]] constexpr int vectors() const noexcept { return (states + length - 1) / length; }
    [[nodiscard]] constexpr int places() const noexcept { return vectors() * length; }

    /// What sample j of a block contributes to its outputs: the impulse response behind j zeros.
    [[nodiscard]] static constexpr int impulse(int j) noexcept { return length - j; }
    /// What state m contributes to the outputs.
    [[nodiscard]] static constexpr int output(int m) noexcept { return (2 + m) * length; }
    /// What sample j contributes to the states.
    [[nodiscard]] constexpr int drive(int j) const noexcept { return output(states) + j * places(); }
    /// What the states contribute to themselves, and each to its neighbour.
    [[nodiscard]] constexpr int decay() const noexcept { return drive(length); }
    [[nodiscard]] constexpr int turn() const noexcept { return decay() + places(); }
    /// What a state of a chain contributes to those of later sections.
    [[nodiscard]] constexpr int link(int i) const noexcept { return turn() + (1 + i) * places(); }
    /// How many numbers a form consists of.
    [[nodiscard]] constexpr int size(int links = 0) const noexcept { return link(links); }
};

/// Which vectors of states hold sections: none, the first at most, or any.
enum class turning_states { none, first, all };

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
        at_ = {states};
        for (int i = 0; i < at_.places(); ++i) room_[at_.drive(l - 1) + i] = T(1), room_[at_.decay() + i] = T(-1);   // poles at 0
        return true;
    }

    /// Adds a real mode with its state at a place. `from_1` is its pole less 1; `impulse` is the response so far.
    constexpr void add_real(int place, double from_1, double gain, double (&impulse)[l]) noexcept
    {
        double change = 0.0;   // of a state of 1
        for (int k = 0; k < l; ++k) {
            const double state = 1.0 + change;
            room_[at_.output(place) + k] = static_cast<T>(gain * state);
            room_[at_.drive(l - 1 - k) + place] = static_cast<T>(state);
            if (k + 1 < l) impulse[k + 1] += gain * state;
            change += from_1 * state;
        }
        room_[at_.decay() + place] = static_cast<T>(change);
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
                        room_[at_.drive(l - 1 - k) + place + 2 * i] = static_cast<T>(a);
                        room_[at_.drive(l - 1 - k) + place + 2 * i + 1] = static_cast<T>(b);
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
            for (int i = section_behind; i < 2 * count; ++i) room_[at_.link(links_) + place + i] = static_cast<T>(change[i]);
            link_[links_++] = static_cast<signed char>(place + m);
        }
        if (place + 2 * count > turning_) turning_ = place + 2 * count;
    }

    /// Ends the form, whose impulse response is complete.
    constexpr void end(const double (&impulse)[l]) noexcept
    {
        for (int k = 0; k < l; ++k) room_[at_.impulse(0) + k] = static_cast<T>(impulse[k]);
    }

    /// True if there is a form to run.
    [[nodiscard]] constexpr bool is_set() const noexcept { return at_.states >= 0; }
    constexpr void clear() noexcept { at_ = {-1}, turning_ = links_ = 0; }

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
        const auto& by_states = links_ > 0 ? linked : turning_ == 0 ? none : turning_ <= l ? first : all;
        (this->*by_states.loop[at_.states])(samples, whole, states);
        return whole;
    }

private:
    using vector = math::block_vector<T>;

    template <int count>
    struct loops_by_states {
        void (block_form::*loop[count])(T*, std::size_t, state<T>*) const noexcept;
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
            if constexpr (std::is_void_v<Loops>) return false;
            else return Loops::is_compiled(n, turning);
        }();
        if constexpr (is_own) return &block_form::run_states<n, turning>;
        else return &block_form::run_any<layout{n}.vectors()>;
    }

    /// `n` states without links.
    template <int n, turning_states turning>
    [[gnu::noinline]] void run_states(T* samples, std::size_t count, state<T>* states) const noexcept
    {
        constexpr layout at{n};
        constexpr int vectors = at.vectors(), turns = turning == turning_states::none ? 0 : turning == turning_states::first ? 1 : vectors;
        // Copies: for all that a compiler knows, coefficients of the object change with every sample that is written.
        vector impulse[l], output[n + 1], drive[l * vectors + 1], decay[vectors + 1], turn[turns + 1], s[vectors + 1], next[vectors + 1];
#pragma GCC unroll 32
        for (int j = 0; j < l; ++j) impulse[j] = vector::from(room_ + at.impulse(j));
#pragma GCC unroll 32
        for (int m = 0; m < n; ++m) output[m] = vector::from(room_ + at.output(m));
#pragma GCC unroll 64
        for (int i = 0; i < l * vectors; ++i) drive[i] = vector::from(room_ + at.drive(0) + i * l);
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) decay[v] = vector::from(room_ + at.decay() + v * l);
#pragma GCC unroll 32
        for (int v = 0; v < turns; ++v) turn[v] = vector::from(room_ + at.turn() + v * l);
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v] = vector::from(states + v * l);

        for (T* const end = samples + count; samples != end; samples += l) {
            vector x = vector::all(samples[l - 1]), y = impulse[l - 1] * x;
            // The last sample enters the state of a real mode as it is.
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) next[v] = v < turns ? drive[(l - 1) * vectors + v] * x : x;
#pragma GCC unroll 32
            for (int j = 0; j < l - 1; ++j) {
                x = vector::all(samples[j]);
                y = fmadd(impulse[j], x, y);
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) next[v] = fmadd(drive[j * vectors + v], x, next[v]);
            }
            // The states' way to the next block comes before what they contribute to the outputs, since that block waits for it.
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) {
                const vector kept = v < turns ? fmadd(turn[v], s[v].with_pairs_swapped(), s[v]) : s[v];
                next[v] = kept + fmadd(decay[v], s[v], next[v]);
            }
            add_outputs(output, s, y, std::make_integer_sequence<int, n>{});
            y.to(samples);
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) s[v] = next[v];
        }
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v].without_smaller_than(faded<T>).to(states + v * l);
    }

    template <int... m>
    [[gnu::always_inline]] static void add_outputs([[maybe_unused]] const vector* output, [[maybe_unused]] const vector* s, vector& y,
                                                   std::integer_sequence<int, m...>) noexcept
    {
        ((y = fmadd(output[m], s[m / l].template spread<m % l>(), y)), ...);
    }

    /// Any number of states in so many vectors, of which any turns; with links. Coefficients stay in memory.
    template <int vectors>
    [[gnu::noinline]] void run_any(T* samples, std::size_t count, state<T>* states) const noexcept
    {
        vector s[vectors + 1], next[vectors + 1];
        T held[(vectors + 1) * l]{};
        const T *const drive = room_ + at_.drive(0), *const decay = room_ + at_.decay(), *const turn = room_ + at_.turn();
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v] = vector::from(states + v * l);
        for (T* const end = samples + count; samples != end; samples += l) {
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) {
                s[v].to(held + v * l);
                next[v] = fmadd(vector::from(turn + v * l), s[v].with_pairs_swapped(), vector::from(decay + v * l) * s[v]);
            }
            vector y{};
#pragma GCC unroll 32
            for (int j = 0; j < l; ++j) {
                const vector x = vector::all(samples[j]);
                y = fmadd(vector::from(room_ + at_.impulse(j)), x, y);
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) next[v] = fmadd(vector::from(drive + (j * vectors + v) * l), x, next[v]);
            }
            for (int i = 0; i < links_; ++i) {
                const vector from = vector::all(held[link_[i]]);
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) next[v] = fmadd(vector::from(room_ + at_.link(i) + v * l), from, next[v]);
            }
            for (int m = 0; m < at_.states; ++m) y = fmadd(vector::from(room_ + at_.output(m)), vector::all(held[m]), y);
            y.to(samples);
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) s[v] = s[v] + next[v];
        }
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v].without_smaller_than(faded<T>).to(states + v * l);
    }

    layout at_{-1};
    int turning_ = 0, links_ = 0;   ///< the places up to the last section's; the states with a link
    signed char link_[layout::most_states]{};
    T room_[Room]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
