// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/units.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// A value in engineering notation: up to six significant digits and an SI prefix, in steps of a thousand from pico to giga.
[[nodiscard]] inline std::string engineering(double value, const char* unit)
{
    static constexpr const char* prefixes[] = {"p", "n", "u", "m", "", "k", "M", "G"};
    constexpr int none = 4, last = 7;
    int place = none;
    if (value != 0.0 && std::isfinite(value))
        place = std::clamp(none + static_cast<int>(std::floor(std::log10(std::fabs(value)) / 3.0)), 0, last);
    const auto mantissa = [&] { return value * std::pow(10.0, 3.0 * (none - place)); };
    // To six digits, 999.9995 and above is 1000, which is 1 with the next prefix.
    if (std::isfinite(value) && place < last && std::fabs(mantissa()) >= 999.9995) ++place;
    char text[48];
    std::snprintf(text, sizeof text, "%.6g %s%s", mantissa(), prefixes[place], unit);
    return text;
}

/// A value in decibels, which take no prefix.
[[nodiscard]] inline std::string in_decibels(double value)
{
    char text[48];
    std::snprintf(text, sizeof text, "%.6g dB", value);
    return text;
}

}   // namespace detail

/// A value as written on a schematic: "47 kOhm", "330 pF", "-6 dB".
/// @{
[[nodiscard]] inline std::string to_string(resistance r) { return detail::engineering(r.si, "Ohm"); }
[[nodiscard]] inline std::string to_string(capacitance c) { return detail::engineering(c.si, "F"); }
[[nodiscard]] inline std::string to_string(inductance l) { return detail::engineering(l.si, "H"); }
[[nodiscard]] inline std::string to_string(voltage v) { return detail::engineering(v.si, "V"); }
[[nodiscard]] inline std::string to_string(current i) { return detail::engineering(i.si, "A"); }
[[nodiscard]] inline std::string to_string(frequency f) { return detail::engineering(f.si, "Hz"); }
[[nodiscard]] inline std::string to_string(angular_frequency w) { return detail::engineering(w.si, "rad/s"); }
[[nodiscard]] inline std::string to_string(duration t) { return detail::engineering(t.si, "s"); }
[[nodiscard]] inline std::string to_string(velocity v) { return detail::engineering(v.si, "m/s"); }
[[nodiscard]] inline std::string to_string(gain g) { return detail::in_decibels(g.decibels); }
/// @}

/// A fault as a sentence: "block 1, loading.resistance is -47 kOhm: must be above zero"; empty where there is none.
[[nodiscard]] inline std::string to_string(const fault& found)
{
    if (!found) return {};
    std::string text = found.block >= 0 ? "block " + std::to_string(found.block) + ", " : "";
    text += found.part;
    if (found.value && *found.unit != '\0' && std::isfinite(*found.value)) text += " is " + detail::engineering(*found.value, found.unit);
    else if (found.value) {
        char number[32];
        std::snprintf(number, sizeof number, " is %g", *found.value);
        text += number;
    }
    return text + ": " + found.rule;
}

namespace detail {

template <class Value, class... Other>
inline constexpr bool is_one_of = (std::is_same_v<Value, Other> || ...);

/// The types that to_string() is for, without those that convert to one of them.
template <class Value>
concept printable =
    is_one_of<Value, resistance, capacitance, inductance, voltage, current, frequency, angular_frequency, duration, velocity, gain, fault>;

}   // namespace detail

/// Prints a quantity or fault by its to_string().
template <detail::printable Value>
std::ostream& operator<<(std::ostream& out, const Value& value)
{
    return out << to_string(value);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
