// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/parallel_form.hpp>

#include <cassert>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// The running filter in parallel form: at most `Reals` real modes and `Sections` sections, with their states.
///
/// From sample to sample there is one multiply-add, whatever the order. In `float` each pole is stored as its distance from 1, so that a
/// pole at 20 Hz survives at 192 kHz; the loop stores and uses no `double`.
/// With `is_full` all `Reals` real modes run, and unused slots cost time but contribute nothing; otherwise only the modes of the form run.
/// Real-time safe: does not allocate, lock or throw. A non-finite input corrupts the states until reset().
template <class T, int Reals, int Sections, bool is_full = (Reals <= 12)>
class modal_kernel {
public:
    constexpr modal_kernel() noexcept = default;
    constexpr explicit modal_kernel(const parallel_form& form) noexcept { set(form); }

    /// True if a form has no more modes than the kernel has slots.
    [[nodiscard]] static constexpr bool holds(const parallel_form& form) noexcept
    {
        return form.real_count <= Reals && form.section_count <= Sections;
    }

    /// Takes the coefficients of a form that the kernel holds; the states of its modes are kept.
    constexpr void set(const auto& form) noexcept
    {
        assert(form.real_count <= Reals && form.section_count <= Sections);
        direct_ = static_cast<T>(form.direct);
        for (int i = 0; i < Reals; ++i) {
            pole_[i] = i < form.real_count ? static_cast<T>(form.real[i].pole - offset) : static_cast<T>(-offset);
            gain_[i] = i < form.real_count ? static_cast<T>(form.real[i].gain) : T{};
        }
        real_count_ = form.real_count < Reals ? form.real_count : Reals;
        section_count_ = form.section_count < Sections ? form.section_count : Sections;
        for (int i = 0; i < section_count_; ++i) {
            const auto& from = form.sections[i];
            sections_[i] = {static_cast<T>(from.alpha - offset), static_cast<T>(from.gamma), static_cast<T>(from.a_gain),
                            static_cast<T>(from.b_gain), from.chained};
        }
        for (int i = real_count_; i < Reals; ++i) state_[i] = T{};
        for (int i = section_count_; i < Sections; ++i) section_state_[i] = {};
    }

    /// Takes over the states of the modes that another kernel has as well, within 1 % of their distance from 1; of a chain of sections
    /// those that it has from the first on.
    constexpr void take_shared_states(const modal_kernel& other) noexcept
    {
        for (int i = 0; i < real_count_; ++i)
            for (int k = 0; k < other.real_count_; ++k)
                if (same_place(pole_[i], other.pole_[k])) state_[i] = other.state_[k];
        int taken = -1;   // the other's section from which the one before came
        for (int i = 0; i < section_count_; ++i) {
            const int follows = taken + 1;
            taken = -1;
            for (int k = sections_[i].chained ? follows : 0; k < other.section_count_ && taken < 0; ++k)
                if (same_place(sections_[i], other.sections_[k]) && (!sections_[i].chained || (follows > 0 && k == follows))) taken = k;
            if (taken >= 0) section_state_[i] = other.section_state_[taken];
        }
    }

    /// The response at a frequency in radians per sample, computed from the running coefficients as rounded to T.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const double half = math::sin(0.5 * angle);
        const math::complex w{math::cos(angle), -math::sin(angle)}, rise{2.0 * half * half, -w.im};   // 1 - w without its cancellation
        const auto distance = [&](T stored) { return rise - (static_cast<double>(stored) + (offset - 1.0)) * w; };   // 1 - pole w
        math::complex y{static_cast<double>(direct_)}, before{};
        for (int i = 0; i < real_count_; ++i) y += static_cast<double>(gain_[i]) * (w / distance(pole_[i]));
        for (int i = 0; i < section_count_; ++i) {
            const section& c = sections_[i];
            const math::complex d = distance(c.alpha), e = c.chained ? before : math::complex{1.0};
            const math::complex b = w * w / (d * d + static_cast<double>(c.gamma) * (w * w)) * e;
            y += static_cast<double>(c.b_gain) * b + static_cast<double>(c.a_gain) * (d / w * b);
            before = b;
        }
        return y;
    }

    /// Clears the states.
    constexpr void reset() noexcept
    {
        for (T& s : state_) s = T{};
        for (pair_state& s : section_state_) s = {};
    }

    /// One sample.
    constexpr T operator()(T x) noexcept
    {
        T y = direct_ * x;
        if constexpr (is_full) [&]<int... i>(std::integer_sequence<int, i...>)
            {
                (run_real(i, x, y), ...);
            }
        (std::make_integer_sequence<int, Reals>{});
        else for (int i = 0; i < real_count_; ++i) run_real(i, x, y);
        if constexpr (Sections > 0) run_sections(x, y);
        return y;
    }

    /// The same for a block, in place, with the states in registers. States that have decayed are flushed as often as every 1024 samples.
    constexpr void process(std::span<T> block) noexcept
    {
        constexpr std::size_t part = 1024;
        while (!block.empty()) {
            const std::size_t count = block.size() < part ? block.size() : part;
            modal_kernel local = *this;
            for (T& sample : block.first(count)) sample = local(sample);
            *this = local;
            settle();
            block = block.subspan(count);
        }
    }

    /// Flushes states that have decayed hundreds of decibels below audibility to zero, before they become subnormal and slow.
    constexpr void settle() noexcept
    {
        const auto faded = [](T s) { return s < tiny && s > -tiny; };
        for (T& s : state_)
            if (faded(s)) s = T{};
        for (pair_state& s : section_state_)
            if (faded(s.a) && faded(s.b)) s = {};
    }

private:
    static constexpr bool is_narrow = sizeof(T) < sizeof(double);
    static constexpr double offset = is_narrow ? 1.0 : 0.0;   ///< what is subtracted from a pole before it is stored
    static constexpr T tiny = is_narrow ? T(1e-30) : T(1e-200);

    struct section {
        T alpha{}, gamma{}, a_gain{}, b_gain{};
        bool chained = false;
    };
    struct pair_state {
        T a{}, b{};
    };

    static constexpr double same = 0.01;

    [[nodiscard]] static constexpr bool same_place(T stored_pole, T other) noexcept
    {
        return math::abs(static_cast<double>(stored_pole) - static_cast<double>(other)) <=
               same * (1.0 - offset - static_cast<double>(stored_pole));
    }
    [[nodiscard]] static constexpr bool same_place(const section& s, const section& other) noexcept
    {
        const double along = static_cast<double>(s.alpha) - static_cast<double>(other.alpha);
        const double from_1 = 1.0 - offset - static_cast<double>(s.alpha), gamma = static_cast<double>(s.gamma);
        const double squared_distance = from_1 * from_1 + gamma;
        return s.chained == other.chained && along * along <= same * same * squared_distance &&
               math::abs(gamma - static_cast<double>(other.gamma)) <= same * squared_distance;
    }

    /// pole * s + input, with the pole stored as it is or as its distance from 1.
    static constexpr T advance(T stored_pole, T s, T input) noexcept
    {
        if constexpr (is_narrow) return s + (stored_pole * s + input);
        else return stored_pole * s + input;
    }

    constexpr void run_real(int i, T x, T& y) noexcept
    {
        y += gain_[i] * state_[i];
        state_[i] = advance(pole_[i], state_[i], x);
    }

    constexpr void run_sections(T x, T& y) noexcept
    {
        T before{};
        for (int i = 0; i < section_count_; ++i) {
            const section& c = sections_[i];
            const pair_state s = section_state_[i];
            y += c.a_gain * s.a + c.b_gain * s.b;
            section_state_[i] = {advance(c.alpha, s.a, (c.chained ? before : x) - c.gamma * s.b), advance(c.alpha, s.b, s.a)};
            before = s.b;
        }
    }

    [[nodiscard]] static constexpr int places(int n) noexcept { return n > 0 ? n : 1; }

    T direct_{};
    T pole_[places(Reals)]{}, gain_[places(Reals)]{}, state_[places(Reals)]{};
    section sections_[places(Sections)]{};
    pair_state section_state_[places(Sections)]{};
    int real_count_ = 0, section_count_ = 0;
};

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
