// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/number.hpp>
#include <phono/netlist/value_units.hpp>

#include <cstddef>
#include <string_view>

namespace phono::inline v0_2::detail {

/// A value that is doubtful, 4k7, 2M2, 1,5k or 47,000, as it is to be written: 4.7k, 2.2Meg, 1.5k, 47000; none where that is not clear.
class right_spelling {
public:
    constexpr right_spelling() noexcept = default;
    constexpr explicit right_spelling(std::string_view word) noexcept
    {
        if (word.starts_with('-') || word.starts_with('+')) take(word, 1);
        const std::size_t digits = digits_of(word);
        const std::string_view behind = word.substr(digits);
        const bool is_right = digits > 0 && (behind.starts_with(',') ? join(word, digits) : move_point(word, digits));
        if (!is_right || is_full_ || number_of(text()).mistake != number_mistake::none) size_ = 0;
    }

    [[nodiscard]] constexpr std::string_view text() const noexcept { return {letter_, size_}; }

private:
    static constexpr std::size_t digits_of(std::string_view text) noexcept
    {
        std::size_t count = 0;
        while (count < text.size() && is_digit(text[count])) ++count;
        return count;
    }
    constexpr void put(std::string_view text) noexcept
    {
        for (const char c : text) {
            if (size_ == sizeof letter_) is_full_ = true;
            else letter_[size_++] = c;
        }
    }
    constexpr void take(std::string_view& text, std::size_t size) noexcept { put(text.substr(0, size)), text.remove_prefix(size); }

    /// 47,000: groups of three are thousands; 1,5 and 0,047: another comma is a point.
    constexpr bool join(std::string_view word, std::size_t digits) noexcept
    {
        bool is_of_thousands = digits <= 3 && word.front() != '0';
        int commas = 0;
        for (std::string_view rest = word.substr(digits); rest.starts_with(','); ++commas) {
            const std::size_t size = digits_of(rest.substr(1));
            if (size != 3) is_of_thousands = false;
            rest.remove_prefix(1 + size);
        }
        if (!is_of_thousands && commas > 1) return false;
        for (take(word, digits); word.starts_with(','); take(word, digits_of(word))) {
            if (!is_of_thousands) put(".");
            word.remove_prefix(1);
        }
        return put(word), true;
    }

    /// 4k7: the factor comes behind the digits. A capital M in the place of a point was meant to be mega.
    constexpr bool move_point(std::string_view word, std::size_t digits) noexcept
    {
        std::string_view behind = word.substr(digits);
        const std::size_t length = suffix_at(behind).length;
        std::string_view factor = behind.substr(0, length);
        if (factor == "M") factor = "Meg";
        if (length == 0 && !behind.starts_with('r') && !behind.starts_with('R')) return false;
        behind.remove_prefix(length == 0 ? 1 : length);
        const std::size_t fraction = digits_of(behind);
        const std::string_view unit = behind.substr(fraction);
        if (fraction == 0 || (!unit.empty() && quantity_of_unit(unit) == ' ')) return false;
        take(word, digits), put("."), take(behind, fraction), put(factor), put(unit);
        return true;
    }

    char letter_[24]{};
    std::size_t size_ = 0;
    bool is_full_ = false;
};

}   // namespace phono::inline v0_2::detail
