// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/math/nearest_double.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phono::inline v0_2::detail {

/// What is wrong with a number of a netlist.
enum class number_mistake {
    none,
    no_number,               ///< it does not begin with a digit
    two_points,              ///< 1.2.3
    decimal_comma,           ///< 1,5: ngspice takes a comma for a space
    no_exponent,             ///< 1e, 1e+
    suffix_as_point,         ///< 4k7, 1R5: 4k and 1 to ngspice, 4.7k and 1.5 to LTspice
    digits_behind_letters,   ///< 1d3, 0x1F, 4.7k3
    strange_character,       ///< 10_: neither a digit nor a letter of a unit
    too_large,               ///< beyond the largest double
    too_small                ///< not 0, but nearer to 0 than to the smallest double
};

/// What is right in place of a number that is not.
[[nodiscard]] constexpr std::string_view rule_for(number_mistake mistake) noexcept
{
    switch (mistake) {
        case number_mistake::none: return "";
        case number_mistake::no_number: return "must be a number";
        case number_mistake::two_points: return "must have one decimal point";
        case number_mistake::decimal_comma: return "must have a point, not a comma";
        case number_mistake::no_exponent: return "must have digits behind the e of its exponent";
        case number_mistake::suffix_as_point:
            return "is one value to ngspice, which drops the digits behind the letter, and another to LTspice, to which the letter is the "
                   "point";
        case number_mistake::digits_behind_letters: return "must have no digits behind its suffix or unit";
        case number_mistake::strange_character: return "must have nothing but a suffix and a unit of letters behind its digits";
        case number_mistake::too_large: return "is beyond the largest number of a computer, 1.8e308";
        case number_mistake::too_small: return "is nearer to 0 than the smallest number of a computer, 4.9e-324";
    }
    return "";
}

/// A number as it stands in a netlist, with its suffix, and what it says.
struct netlist_number {
    double value = 0.0;
    number_mistake mistake = number_mistake::none;
    std::size_t length = 0;        ///< of the text that was read, letters included
    std::string_view digits{};     ///< sign, digits and exponent
    std::string_view suffix{};     ///< as it is written: "k", "Meg"; none for letters that are only a unit
    std::string_view unit{};       ///< the letters behind, which mean nothing
    std::string_view fraction{};   ///< of suffix_as_point: "7" of 4k7
    double with_fraction = 0.0;    ///< of suffix_as_point: 4.7k, to LTspice; value is 4k, to ngspice
};

/// The suffix at the beginning of letters: how long it is, and what it multiplies by, factor 10^exponent.
struct number_suffix {
    std::size_t length = 0;
    int exponent = 0;
    std::uint32_t factor = 1;
};

[[nodiscard]] constexpr char in_lower_case(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) noexcept { return in_lower_case(c) >= 'a' && in_lower_case(c) <= 'z'; }

/// True if a text begins with this one, which is in lower case, in any case.
[[nodiscard]] constexpr bool begins_with(std::string_view text, std::string_view with) noexcept
{
    if (text.size() < with.size()) return false;
    for (std::size_t i = 0; i < with.size(); ++i)
        if (in_lower_case(text[i]) != with[i]) return false;
    return true;
}

/// The length of a micro sign at the beginning: U+00B5 and U+03BC in UTF-8, or the one byte that it is in Latin 1, as old files have it.
[[nodiscard]] constexpr std::size_t micro_length(std::string_view text) noexcept
{
    if (text.starts_with("\xc2\xb5") || text.starts_with("\xce\xbc")) return 2;
    return text.starts_with('\xb5') ? 1 : 0;
}
/// The same of an ohm sign: U+03A9 and U+2126.
[[nodiscard]] constexpr std::size_t ohm_length(std::string_view text) noexcept
{
    if (text.starts_with("\xce\xa9")) return 2;
    return text.starts_with("\xe2\x84\xa6") ? 3 : 0;
}

[[nodiscard]] constexpr number_suffix suffix_at(std::string_view text) noexcept
{
    if (begins_with(text, "meg")) return {3, 6};
    if (begins_with(text, "mil")) return {3, -7, 254};   // a thousandth of an inch
    if (const std::size_t length = micro_length(text)) return {length, -6};
    switch (text.empty() ? ' ' : in_lower_case(text[0])) {
        case 't': return {1, 12};
        case 'g': return {1, 9};
        case 'k': return {1, 3};
        case 'm': return {1, -3};
        case 'u': return {1, -6};
        case 'n': return {1, -9};
        case 'p': return {1, -12};
        case 'f': return {1, -15};
        default: return {};
    }
}

/// Reads the number at the beginning of a text: digits, exponent, suffix, and letters that mean nothing (10uF, 47kOhm).
class number_reader {
public:
    constexpr explicit number_reader(std::string_view text) noexcept : text_(text) {}

    [[nodiscard]] constexpr netlist_number read() noexcept
    {
        const std::size_t begin = at_;
        read_digits();
        if (digits_ == 0) return refused(number_mistake::no_number);
        const std::string_view mantissa = text_.substr(begin, at_ - begin);
        if (peek() == '.') return refused(number_mistake::two_points);
        if (!read_exponent()) return refused(number_mistake::no_exponent);
        found_.digits = text_.substr(begin, at_ - begin);

        const number_suffix suffix = suffix_at(text_.substr(at_));
        found_.suffix = text_.substr(at_, suffix.length);
        at_ += suffix.length;
        const std::size_t unit = at_;
        while (const std::size_t length = letter_length()) at_ += length;
        found_.unit = text_.substr(unit, at_ - unit);
        found_.length = at_;
        found_.value = value_of(mantissa, suffix.exponent, suffix.factor);
        if (is_digit(peek()) && at_ > begin + found_.digits.size()) read_digits_behind(mantissa, suffix);
        return found_;
    }

private:
    [[nodiscard]] constexpr char peek(std::size_t ahead = 0) const noexcept
    {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    [[nodiscard]] constexpr std::size_t letter_length() const noexcept
    {
        const std::string_view rest = text_.substr(at_);
        if (is_letter(peek())) return 1;
        return micro_length(rest) + ohm_length(rest);
    }

    constexpr void read_digits() noexcept
    {
        for (; is_digit(peek()); ++at_) ++digits_;
        if (peek() != '.') return;
        has_point_ = true;
        for (++at_; is_digit(peek()); ++at_) ++digits_;
    }

    /// An exponent, if there is one; false where it has no digits.
    constexpr bool read_exponent() noexcept
    {
        if (in_lower_case(peek()) != 'e') return true;
        const bool is_signed = peek(1) == '+' || peek(1) == '-';
        if (!is_digit(peek(is_signed ? 2 : 1))) return false;
        const bool is_negative = peek(1) == '-';
        for (at_ += is_signed ? 2 : 1; is_digit(peek()); ++at_)
            if (exponent_ < 100000000) exponent_ = 10 * exponent_ + (peek() - '0');
        if (is_negative) exponent_ = -exponent_;
        has_exponent_ = true;
        return true;
    }

    /// The number with a suffix, and whether it is one that a double can hold.
    constexpr double value_of(std::string_view mantissa, int exponent, std::uint32_t factor) noexcept
    {
        const double value = math::nearest_double(mantissa, exponent_ + exponent, factor);
        if (!math::is_finite(value)) found_.mistake = number_mistake::too_large;
        if (!(value > 0.0) && mantissa.find_first_not_of("0.") != std::string_view::npos) found_.mistake = number_mistake::too_small;
        return value;
    }

    /// 4k7 and 1R5, or what is nothing at all.
    constexpr void read_digits_behind(std::string_view mantissa, const number_suffix& suffix) noexcept
    {
        const std::size_t fraction = at_;
        while (is_digit(peek())) ++at_;
        const bool is_point = found_.suffix.empty() ? found_.unit.size() == 1 && in_lower_case(found_.unit[0]) == 'r' : found_.unit.empty();
        const bool is_last = letter_length() == 0 && peek() != '.';
        found_.mistake = number_mistake::digits_behind_letters;
        if (is_point && is_last && !has_point_ && !has_exponent_) {
            found_.mistake = number_mistake::suffix_as_point;
            found_.fraction = text_.substr(fraction, at_ - fraction);
            found_.with_fraction = with_fraction(mantissa, suffix);
        }
        while (is_digit(peek()) || peek() == '.' || letter_length() > 0) at_ += letter_length() > 0 ? letter_length() : 1;
        found_.length = at_;
    }

    /// 4.7k of 4k7: no digit is lost if there are few, as is so wherever it is written.
    [[nodiscard]] constexpr double with_fraction(std::string_view mantissa, const number_suffix& suffix) const noexcept
    {
        char digits[40]{};
        std::size_t count = 0;
        int exponent = suffix.exponent;
        for (const char c : mantissa)
            if (count < sizeof digits) digits[count++] = c;
        for (const char c : found_.fraction)
            if (count < sizeof digits) digits[count++] = c, --exponent;
        return math::nearest_double({digits, count}, exponent, suffix.factor);
    }

    [[nodiscard]] constexpr netlist_number refused(number_mistake mistake) const noexcept
    {
        netlist_number none = found_;
        none.mistake = mistake, none.length = at_;
        return none;
    }

    std::string_view text_;
    netlist_number found_{};
    std::size_t at_ = 0;
    int digits_ = 0, exponent_ = 0;
    bool has_point_ = false, has_exponent_ = false;
};

/// The number, without a sign, at the beginning of a text; what stands behind it is not looked at.
[[nodiscard]] constexpr netlist_number number_at(std::string_view text) noexcept { return number_reader{text}.read(); }

/// A word that must be a number and no more, with or without a sign.
[[nodiscard]] constexpr netlist_number number_of(std::string_view word) noexcept
{
    const bool is_signed = word.starts_with('+') || word.starts_with('-');
    netlist_number number = number_at(word.substr(is_signed ? 1 : 0));
    if (is_signed) ++number.length;
    if (word.starts_with('-')) number.value = -number.value, number.with_fraction = -number.with_fraction;
    if (number.mistake == number_mistake::none && number.length < word.size()) {
        const char next = word[number.length];
        const bool is_comma = next == ',' && number.suffix.empty() && number.unit.empty() && number.length + 1 < word.size();
        number.mistake = is_comma && is_digit(word[number.length + 1]) ? number_mistake::decimal_comma : number_mistake::strange_character;
    }
    return number;
}

}   // namespace phono::inline v0_2::detail
