// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/oversampling/oversampler.hpp>

#include <new>
#include <type_traits>

namespace phono::inline v0_2::detail {

/// An oversampler of a factor that is known at run time, in the room of the largest.
class chosen_oversampler {
    static auto with_factor(auto& chosen, const auto& does) noexcept
    {
        switch (chosen.factor_) {
            case 2: return does(chosen.twice_);
            case 4: return does(chosen.four_times_);
            case 8: return does(chosen.eight_times_);
            default: return does(chosen.once_);
        }
    }

public:
    chosen_oversampler() noexcept : once_{} {}

    /// Takes a factor of 1, 2, 4 or 8, any other counting as 1, and clears the state.
    void choose(int factor) noexcept
    {
        factor_ = factor;
        with_factor(*this, [](auto& one) { ::new (static_cast<void*>(&one)) std::remove_reference_t<decltype(one)>{}; });
    }

    /// Calls does(oversampler).
    auto visit(const auto& does) noexcept { return with_factor(*this, does); }
    auto visit(const auto& does) const noexcept { return with_factor(*this, does); }

    /// The oversampler, of the factor that was chosen.
    template <int factor>
    oversampler<factor>& get() noexcept
    {
        if constexpr (factor == 2) return twice_;
        else if constexpr (factor == 4) return four_times_;
        else if constexpr (factor == 8) return eight_times_;
        else return once_;
    }

private:
    int factor_ = 1;
    union {
        oversampler<1> once_;
        oversampler<2> twice_;
        oversampler<4> four_times_;
        oversampler<8> eight_times_;
    };
};
static_assert(std::is_trivially_copyable_v<chosen_oversampler>);

}   // namespace phono::inline v0_2::detail
