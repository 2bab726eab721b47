// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

namespace phono {

/// The way from one signal to another: a straight line, or half a period of a cosine, which sets out and arrives without a corner.
enum class fade_shape { straight, raised_cosine };

/// The shares of several signals in one output, of which the selected one comes to be the only one.
///
/// Every share goes from where it stands to 1 or 0 along the shape; their sum is 1 all the while.
template <class T, int Count, fade_shape shape = fade_shape::raised_cosine>
class cross_fade {
public:
    /// Sets how many samples a fade takes, at least 1, and ends one at once.
    constexpr void set(int samples) noexcept
    {
        length_ = samples;
        finish();
    }

    constexpr void finish() noexcept { left_ = 0; }

    /// Starts a fade to a signal, counted from 0. False, and nothing changes, if there is none of that number.
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

    /// Starts a fade from one signal alone to another alone.
    constexpr void go(int from, int to) noexcept
    {
        for (int i = 0; i < Count; ++i) start_[i] = i == from ? T(1) : T{};
        selected_ = to;
        left_ = length_;
    }

    [[nodiscard]] constexpr int selected() const noexcept { return selected_; }

    /// Samples that the fade has still to go; 0 outside one.
    [[nodiscard]] constexpr int left() const noexcept { return left_; }

    /// True if a fade has been started and none of its samples has been heard.
    [[nodiscard]] constexpr bool is_unheard() const noexcept { return left_ > 0 && left_ == length_; }

    /// Goes one sample on, of those left: what share() asks for, how far the fade has come, above 0 to 1.
    constexpr T step() noexcept { return rise(--left_); }

    /// The share of a signal in the output.
    [[nodiscard]] constexpr T share(int signal, T risen) const noexcept
    {
        const T goal = signal == selected_ ? T(1) : T{};
        return start_[signal] + risen * (goal - start_[signal]);
    }

private:
    [[nodiscard]] constexpr T rise(int left) const noexcept
    {
        if constexpr (shape == fade_shape::straight) return static_cast<T>(1.0 - static_cast<double>(left) / length_);
        else return static_cast<T>(0.5 + 0.5 * math::cos(math::pi * left / length_));
    }

    T start_[Count]{T(1)};   ///< the shares when the fade began
    int selected_ = 0, left_ = 0, length_ = 1;
};

}   // namespace phono
