// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/units.hpp>

#include <cstdint>

/// Literals for part values: `47_kOhm`, `0.33_nF`, `650_mH`, `5_mV`, `96_kHz`, `3180_us`, `5_cm_s`, `-6_dB`.
///
/// The digits are read as a decimal number and rounded once, so that `330_pF` and `0.33_nF` are the same value, and with
/// it the same type, on every platform. At most 15 significant digits and a decimal exponent within +-22: beyond
/// that a decimal number would be rounded twice, and the literal does not compile.
namespace phono::literals {

namespace spelling {

// Not constexpr, so that the compiler names what is wrong with a literal.
inline void phono_a_literal_is_a_decimal_number_such_as_47_or_0_33() {}
inline void phono_a_literal_has_at_most_15_significant_digits() {}
inline void phono_a_literal_is_too_large_or_too_small() {}

/// The decimal number `text` times ten to the `prefix`, rounded once.
consteval double decimal(const char* text, int prefix)
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
    double power = 1.0;   // exact: powers of ten up to 10^22 are doubles
    for (int i = exponent < 0 ? -exponent : exponent; i > 0; --i) power *= 10.0;
    return exponent < 0 ? static_cast<double>(digits) / power : static_cast<double>(digits) * power;
}

}  // namespace spelling

consteval resistance operator""_mOhm(const char* text) { return resistance{spelling::decimal(text, -3)}; }
consteval resistance operator""_Ohm(const char* text) { return resistance{spelling::decimal(text, 0)}; }
consteval resistance operator""_kOhm(const char* text) { return resistance{spelling::decimal(text, 3)}; }
consteval resistance operator""_MOhm(const char* text) { return resistance{spelling::decimal(text, 6)}; }
consteval resistance operator""_GOhm(const char* text) { return resistance{spelling::decimal(text, 9)}; }

consteval capacitance operator""_pF(const char* text) { return capacitance{spelling::decimal(text, -12)}; }
consteval capacitance operator""_nF(const char* text) { return capacitance{spelling::decimal(text, -9)}; }
consteval capacitance operator""_uF(const char* text) { return capacitance{spelling::decimal(text, -6)}; }
consteval capacitance operator""_mF(const char* text) { return capacitance{spelling::decimal(text, -3)}; }
consteval capacitance operator""_F(const char* text) { return capacitance{spelling::decimal(text, 0)}; }

consteval inductance operator""_nH(const char* text) { return inductance{spelling::decimal(text, -9)}; }
consteval inductance operator""_uH(const char* text) { return inductance{spelling::decimal(text, -6)}; }
consteval inductance operator""_mH(const char* text) { return inductance{spelling::decimal(text, -3)}; }
consteval inductance operator""_H(const char* text) { return inductance{spelling::decimal(text, 0)}; }

consteval voltage operator""_uV(const char* text) { return voltage{spelling::decimal(text, -6)}; }
consteval voltage operator""_mV(const char* text) { return voltage{spelling::decimal(text, -3)}; }
consteval voltage operator""_V(const char* text) { return voltage{spelling::decimal(text, 0)}; }

consteval current operator""_uA(const char* text) { return current{spelling::decimal(text, -6)}; }
consteval current operator""_mA(const char* text) { return current{spelling::decimal(text, -3)}; }
consteval current operator""_A(const char* text) { return current{spelling::decimal(text, 0)}; }

consteval frequency operator""_Hz(const char* text) { return frequency{spelling::decimal(text, 0)}; }
consteval frequency operator""_kHz(const char* text) { return frequency{spelling::decimal(text, 3)}; }
consteval frequency operator""_MHz(const char* text) { return frequency{spelling::decimal(text, 6)}; }

consteval duration operator""_ns(const char* text) { return duration{spelling::decimal(text, -9)}; }
consteval duration operator""_us(const char* text) { return duration{spelling::decimal(text, -6)}; }
consteval duration operator""_ms(const char* text) { return duration{spelling::decimal(text, -3)}; }
consteval duration operator""_s(const char* text) { return duration{spelling::decimal(text, 0)}; }

consteval velocity operator""_mm_s(const char* text) { return velocity{spelling::decimal(text, -3)}; }
consteval velocity operator""_cm_s(const char* text) { return velocity{spelling::decimal(text, -2)}; }
consteval velocity operator""_m_s(const char* text) { return velocity{spelling::decimal(text, 0)}; }

consteval gain operator""_dB(const char* text) { return gain{spelling::decimal(text, 0)}; }

}  // namespace phono::literals
