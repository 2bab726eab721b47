// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// The shape of a cross-fade: a straight line; half a period of a cosine, which begins and ends without a corner; or the cubic
/// u^2 (3 - 2 u), which does so for a few multiplications.
enum class fade_shape { straight, raised_cosine, cubic };

namespace detail {

/// How far a fade of so many samples has come, from 0 to 1, when so many are left.
template <fade_shape shape>
[[nodiscard]] constexpr double fade_progress(int left, int length) noexcept
{
    const double u = 1.0 - static_cast<double>(left) / length;
    if constexpr (shape == fade_shape::straight) return u;
    else if constexpr (shape == fade_shape::cubic) return u * u * (3.0 - 2.0 * u);
    else return 0.5 + 0.5 * math::cos(math::pi * left / length);
}

}   // namespace detail

/// The shares of several signals in one output, which cross-fades to the selected one.
///
/// Each share moves from its present value to 1 or 0 along the shape; their sum is always 1.
template <class T, int Count, fade_shape shape = fade_shape::raised_cosine>
class cross_fade {
public:
    /// Sets the length of a fade in samples, at least 1, and ends one that is running.
    constexpr void set(int samples) noexcept
    {
        length_ = samples;
        finish();
    }

    /// Ends a fade that is running.
    constexpr void finish() noexcept { left_ = 0; }

    /// Starts a fade to a signal, numbered from 0. Returns false and changes nothing if there is no such signal.
    constexpr bool select(int signal) noexcept
    {
        if (signal < 0 || signal >= Count) return false;
        if (signal == selected_) return true;
        const T risen = rise(left_);
        for (int i = 0; i < Count; ++i) start_[i] = share(i, risen);
        selected_ = signal;
        left_ = length_;
        return true;
    }

    /// Starts a fade from one signal alone to another, whatever the shares are now.
    constexpr void go(int from, int to) noexcept
    {
        for (int i = 0; i < Count; ++i) start_[i] = i == from ? T(1) : T{};
        selected_ = to;
        left_ = length_;
    }

    /// The signal selected last.
    [[nodiscard]] constexpr int selected() const noexcept { return selected_; }

    /// The samples left of a fade; 0 if none is running.
    [[nodiscard]] constexpr int left() const noexcept { return left_; }

    /// Advances a running fade by one sample and returns its progress, above 0 and up to 1, for share().
    constexpr T step() noexcept { return rise(--left_); }

    /// The share of a signal in the output at the progress that step() returned.
    [[nodiscard]] constexpr T share(int signal, T risen) const noexcept
    {
        const T goal = signal == selected_ ? T(1) : T{};
        return start_[signal] + risen * (goal - start_[signal]);
    }

private:
    [[nodiscard]] constexpr T rise(int left) const noexcept { return static_cast<T>(detail::fade_progress<shape>(left, length_)); }

    T start_[Count]{T(1)};   ///< the shares when the fade began
    int selected_ = 0, left_ = 0, length_ = 1;
};

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
