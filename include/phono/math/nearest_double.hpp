// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/big_natural.hpp>

#include <bit>
#include <cstdint>
#include <string_view>

namespace phono::inline v0_2::math {

namespace detail {

/// The double nearest to bits 2^exponent, whose highest bit of 64 is set, and a little more if `is_more`; of two the even one.
[[nodiscard]] constexpr double rounded(std::uint64_t bits, int exponent, bool is_more) noexcept
{
    const int leading = exponent + 63;
    constexpr std::uint64_t infinite = std::uint64_t{0x7ff} << 52;
    if (leading > 1023) return std::bit_cast<double>(infinite);
    const int dropped = leading < -1022 ? 11 - 1022 - leading : 11;   // more of a denormal number
    if (dropped > 64) return 0.0;
    std::uint64_t kept = dropped < 64 ? bits >> dropped : 0;
    const std::uint64_t rest = dropped < 64 ? bits - (kept << dropped) : bits, half = std::uint64_t{1} << (dropped - 1);
    if (rest > half || (rest == half && (is_more || kept % 2 == 1))) ++kept;
    // Rounding up to a power of two carries into the exponent.
    return std::bit_cast<double>(leading < -1022 ? kept : (static_cast<std::uint64_t>(leading + 1022) << 52) + kept);
}

/// The significant digits of a text, which may have a point among them, as a number and a power of ten.
struct significand {
    int count = 0;               ///< without the zeros in front
    int exponent = 0;            ///< of the last digit, relative to the point
    std::uint64_t leading = 0;   ///< the first 19 of them

    constexpr explicit significand(std::string_view digits) noexcept
    {
        bool is_behind_point = false;
        for (const char c : digits) {
            if (c == '.') {
                is_behind_point = true;
                continue;
            }
            if (is_behind_point) --exponent;
            if (count == 0 && c == '0') continue;
            if (++count <= 19) leading = 10 * leading + static_cast<std::uint64_t>(c - '0');
        }
    }
};

/// The quotient of two numbers, rounded once; numbers below 2^63 and the second not 0.
[[nodiscard]] constexpr double rounded_quotient(std::uint64_t number, std::uint64_t divisor) noexcept
{
    if (number == 0) return 0.0;
    std::uint64_t bits = number / divisor, rest = number % divisor;
    int exponent = 0;
    for (; bits >> 63 == 0; --exponent) {
        rest *= 2;
        bits = 2 * bits + (rest >= divisor ? 1 : 0);
        if (rest >= divisor) rest -= divisor;
    }
    return rounded(bits, exponent, rest != 0);
}

[[nodiscard]] constexpr double rounded_quotient(big_natural number, big_natural divisor, int exponent) noexcept
{
    const int longer = number.bit_count() - divisor.bit_count();
    if (longer < 0) number.shift_left(-longer);
    else divisor.shift_left(longer);
    std::uint64_t bits = 0;
    for (exponent += longer + 1; bits >> 63 == 0; --exponent) {
        bits = 2 * bits + (number.subtract(divisor) ? 1 : 0);
        number.shift_left(1);
    }
    return rounded(bits, exponent, !number.is_zero());
}

/// The first `count` significant digits as an integer; behind them, where there are more, a digit 1 if one of those is not 0, or else 0.
[[nodiscard]] constexpr big_natural integer_of(std::string_view digits, int count) noexcept
{
    big_natural number;
    std::uint32_t group = 0, scale = 1;
    int taken = 0;
    bool are_more = false, is_more = false;
    const auto add = [&](std::uint32_t digit) {
        group = 10 * group + digit, scale *= 10;
        if (scale < 1000000000) return;
        number.multiply_add(scale, group);
        group = 0, scale = 1;
    };
    for (const char c : digits) {
        if (c == '.' || (taken == 0 && c == '0')) continue;
        if (taken < count) ++taken, add(static_cast<std::uint32_t>(c - '0'));
        else are_more = true, is_more = is_more || c != '0';
    }
    if (are_more) add(is_more ? 1 : 0);
    number.multiply_add(scale, group);
    return number;
}

}   // namespace detail

/// The double nearest to digits * factor * 10^exponent, and of two as near the even one: what strtod gives, without its locale, in constant
/// expressions too, and with the same bits everywhere since it computes in integers.
///
/// Digits: a text of any length of digits, with at most one point among them. An infinite result is beyond the largest double.
/// Range: factor above 0 and at most 1000.
[[nodiscard]] constexpr double nearest_double(std::string_view digits, int exponent = 0, std::uint32_t factor = 1) noexcept
{
    constexpr int most_digits = 770;   // no two doubles have a midpoint of more
    const detail::significand s{digits};
    if (s.count == 0) return 0.0;
    const int last = exponent + s.exponent;
    if (factor == 1 && last >= 0 && s.count + last <= 15) {   // 47k: a whole number that a double has
        std::uint64_t whole = s.leading;
        for (int i = 0; i < last; ++i) whole *= 10;
        return static_cast<double>(whole);
    }
    if (s.count <= 15 && last <= 0 && last >= -18) {   // as nearly all are
        std::uint64_t divisor = 1;
        for (int i = last; i < 0; ++i) divisor *= 10;
        return detail::rounded_quotient(s.leading * factor, divisor);
    }
    if (s.count + last > 310) return detail::rounded(~std::uint64_t{0}, 1024, false);
    if (s.count + last < -330) return 0.0;

    big_natural number = detail::integer_of(digits, s.count < most_digits ? s.count : most_digits), divisor{1};
    number.multiply_add(factor, 0);
    const int power = s.count > most_digits ? last + s.count - most_digits - 1 : last;   // a digit of its own stands for all the others
    (power < 0 ? divisor : number).times_power_of_five(power < 0 ? -power : power);
    return detail::rounded_quotient(number, divisor, power);
}

}   // namespace phono::inline v0_2::math
