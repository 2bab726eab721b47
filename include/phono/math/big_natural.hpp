// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>

namespace phono::inline v0_2::math {

/// A natural number of up to 2816 bits, in limbs of 32. Range: what would be larger is cut off without a word.
class big_natural {
public:
    constexpr explicit big_natural(std::uint32_t value = 0) noexcept : used_(value != 0 ? 1 : 0) { limbs_[0] = value; }

    /// Multiplies by a factor and adds.
    constexpr void multiply_add(std::uint32_t factor, std::uint32_t added) noexcept
    {
        std::uint64_t carry = added;
        for (int i = 0; i < used_; ++i) {
            carry += static_cast<std::uint64_t>(limbs_[i]) * factor;
            limbs_[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry != 0 && used_ < capacity) limbs_[used_++] = static_cast<std::uint32_t>(carry);
    }

    /// Multiplies by five to the power of `exponent`.
    constexpr void times_power_of_five(int exponent) noexcept
    {
        for (; exponent >= 13; exponent -= 13) multiply_add(1220703125, 0);   // 5^13, the largest in a limb
        for (; exponent > 0; --exponent) multiply_add(5, 0);
    }

    constexpr void shift_left(int bits) noexcept
    {
        if (used_ == 0) return;
        const int limbs = bits / 32;
        if (limbs > 0) {
            used_ = used_ + limbs < capacity ? used_ + limbs : capacity;
            for (int i = used_ - 1; i >= 0; --i) limbs_[i] = i >= limbs ? limbs_[i - limbs] : 0;
        }
        if (bits % 32 > 0) multiply_add(std::uint32_t{1} << (bits % 32), 0);
    }

    [[nodiscard]] constexpr int bit_count() const noexcept { return used_ == 0 ? 0 : 32 * used_ - std::countl_zero(limbs_[used_ - 1]); }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return used_ == 0; }

    /// Subtracts a number unless it is larger; true if it was subtracted.
    constexpr bool subtract(const big_natural& other) noexcept
    {
        if (is_less(other)) return false;
        std::uint32_t borrow = 0;
        for (int i = 0; i < used_; ++i) {
            const std::uint64_t taken = static_cast<std::uint64_t>(i < other.used_ ? other.limbs_[i] : 0) + borrow;
            borrow = limbs_[i] < taken ? 1 : 0;
            limbs_[i] = static_cast<std::uint32_t>(limbs_[i] - taken);
        }
        while (used_ > 0 && limbs_[used_ - 1] == 0) --used_;
        return true;
    }

private:
    static constexpr int capacity = 88;

    [[nodiscard]] constexpr bool is_less(const big_natural& other) const noexcept
    {
        if (used_ != other.used_) return used_ < other.used_;
        for (int i = used_ - 1; i >= 0; --i)
            if (limbs_[i] != other.limbs_[i]) return limbs_[i] < other.limbs_[i];
        return false;
    }

    std::uint32_t limbs_[capacity]{};
    int used_;
};

}   // namespace phono::inline v0_2::math
