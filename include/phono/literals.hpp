// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/decimal.hpp>
#include <phono/units.hpp>

#include <cstdint>

/// Literals for part values: `47_kOhm`, `0.33_nF`, `650_mH`, `5_mV`, `96_kHz`, `3180_us`, `5_cm_s`, `-6_dB`.
///
/// The digits are read as a decimal number and rounded once, so that `330_pF` and `0.33_nF` are the same value, and
/// therefore the same type as a template argument, on every platform. At most 15 significant digits and a decimal exponent
/// within +-22: beyond that the number would be rounded twice, and the literal does not compile.
namespace phono::inline v0_2::literals {

namespace spelling {

// Not constexpr, so that the compiler's error names what is wrong with a literal.
inline void phono_a_literal_is_a_decimal_number_such_as_47_or_0_33() {}
inline void phono_a_literal_has_at_most_15_significant_digits() {}
inline void phono_a_literal_is_too_large_or_too_small() {}

/// The decimal number `text` times ten to the `prefix`, rounded once.
[[nodiscard]] constexpr double decimal(const char* text, int prefix)
{
    std::int64_t digits = 0;
    int exponent = prefix;
    bool after_point = false;
    for (; *text != '\0' && *text != 'e' && *text != 'E'; ++text) {
        if (*text == '\'') continue;
        if (*text == '.') {
            after_point = true;
            continue;
        }
        if (*text < '0' || *text > '9') phono_a_literal_is_a_decimal_number_such_as_47_or_0_33();
        if (digits > 100'000'000'000'000'000) phono_a_literal_has_at_most_15_significant_digits();
        digits = 10 * digits + (*text - '0');
        if (after_point) --exponent;
    }
    if (*text != '\0') {
        ++text;
        const bool negative = *text == '-';
        if (*text == '-' || *text == '+') ++text;
        int written = 0;
        for (; *text != '\0'; ++text) written = 10 * written + (*text - '0');
        exponent += negative ? -written : written;
    }
    if (digits == 0) return 0.0;
    for (; digits % 10 == 0; digits /= 10) ++exponent;
    if (digits > 999'999'999'999'999) phono_a_literal_has_at_most_15_significant_digits();
    if (exponent > 22 || exponent < -22) phono_a_literal_is_too_large_or_too_small();
    return math::decimal(digits, exponent);
}

/// The value of a literal's characters, always evaluated at compile time.
template <int prefix, char... character>
inline constexpr double value = [] {
    constexpr char text[] = {character..., '\0'};
    return decimal(text, prefix);
}();

}   // namespace spelling

// A table, one line per unit.
// clang-format off
template <char... c> constexpr resistance operator""_mOhm() noexcept { return resistance{spelling::value<-3, c...>}; }
template <char... c> constexpr resistance operator""_Ohm() noexcept { return resistance{spelling::value<0, c...>}; }
template <char... c> constexpr resistance operator""_kOhm() noexcept { return resistance{spelling::value<3, c...>}; }
template <char... c> constexpr resistance operator""_MOhm() noexcept { return resistance{spelling::value<6, c...>}; }
template <char... c> constexpr resistance operator""_GOhm() noexcept { return resistance{spelling::value<9, c...>}; }

template <char... c> constexpr capacitance operator""_pF() noexcept { return capacitance{spelling::value<-12, c...>}; }
template <char... c> constexpr capacitance operator""_nF() noexcept { return capacitance{spelling::value<-9, c...>}; }
template <char... c> constexpr capacitance operator""_uF() noexcept { return capacitance{spelling::value<-6, c...>}; }
template <char... c> constexpr capacitance operator""_mF() noexcept { return capacitance{spelling::value<-3, c...>}; }
template <char... c> constexpr capacitance operator""_F() noexcept { return capacitance{spelling::value<0, c...>}; }

template <char... c> constexpr inductance operator""_nH() noexcept { return inductance{spelling::value<-9, c...>}; }
template <char... c> constexpr inductance operator""_uH() noexcept { return inductance{spelling::value<-6, c...>}; }
template <char... c> constexpr inductance operator""_mH() noexcept { return inductance{spelling::value<-3, c...>}; }
template <char... c> constexpr inductance operator""_H() noexcept { return inductance{spelling::value<0, c...>}; }

template <char... c> constexpr voltage operator""_uV() noexcept { return voltage{spelling::value<-6, c...>}; }
template <char... c> constexpr voltage operator""_mV() noexcept { return voltage{spelling::value<-3, c...>}; }
template <char... c> constexpr voltage operator""_V() noexcept { return voltage{spelling::value<0, c...>}; }

template <char... c> constexpr current operator""_uA() noexcept { return current{spelling::value<-6, c...>}; }
template <char... c> constexpr current operator""_mA() noexcept { return current{spelling::value<-3, c...>}; }
template <char... c> constexpr current operator""_A() noexcept { return current{spelling::value<0, c...>}; }

template <char... c> constexpr frequency operator""_Hz() noexcept { return frequency{spelling::value<0, c...>}; }
template <char... c> constexpr frequency operator""_kHz() noexcept { return frequency{spelling::value<3, c...>}; }
template <char... c> constexpr frequency operator""_MHz() noexcept { return frequency{spelling::value<6, c...>}; }

template <char... c> constexpr duration operator""_ns() noexcept { return duration{spelling::value<-9, c...>}; }
template <char... c> constexpr duration operator""_us() noexcept { return duration{spelling::value<-6, c...>}; }
template <char... c> constexpr duration operator""_ms() noexcept { return duration{spelling::value<-3, c...>}; }
template <char... c> constexpr duration operator""_s() noexcept { return duration{spelling::value<0, c...>}; }

template <char... c> constexpr velocity operator""_mm_s() noexcept { return velocity{spelling::value<-3, c...>}; }
template <char... c> constexpr velocity operator""_cm_s() noexcept { return velocity{spelling::value<-2, c...>}; }
template <char... c> constexpr velocity operator""_m_s() noexcept { return velocity{spelling::value<0, c...>}; }

template <char... c> constexpr gain operator""_dB() noexcept { return gain{spelling::value<0, c...>}; }
// clang-format on

}   // namespace phono::inline v0_2::literals
