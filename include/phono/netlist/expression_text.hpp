// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/number.hpp>

#include <cstddef>
#include <string_view>

namespace phono::inline v0_2::detail {

/// The letters of a name. A point belongs to it (X1.R5), a colon does not, since it is that of a ? b : c.
[[nodiscard]] constexpr bool begins_name(char c) noexcept { return is_letter(c) || c == '_' || c == '#' || c == '@' || c == '$'; }
[[nodiscard]] constexpr bool is_in_name(char c) noexcept { return begins_name(c) || is_digit(c) || c == '.'; }
[[nodiscard]] constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

[[nodiscard]] constexpr std::string_view without_spaces_around(std::string_view text) noexcept
{
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// True if the factor of a number is mil, in any case.
[[nodiscard]] constexpr bool has_mil(std::string_view number) noexcept
{
    for (std::size_t i = 0; i + 3 <= number.size(); ++i)
        if ((number[i] | 0x20) == 'm' && (number[i + 1] | 0x20) == 'i' && (number[i + 2] | 0x20) == 'l') return true;
    return false;
}

/// The text of an expression, and how far it has been read: what its reader takes from it.
class expression_text {
protected:
    constexpr explicit expression_text(std::string_view text) noexcept : text_(text) {}

    /// How strongly an operator between two operands binds, the weakest first.
    enum class order { either = 1, both, comparison, sum, product };
    struct infix {
        std::string_view sign{};
        order strength{};
    };

    [[nodiscard]] constexpr char peek(std::size_t ahead = 0) const noexcept
    {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    constexpr void skip_spaces() noexcept
    {
        while (is_space(peek())) ++at_;
    }
    [[nodiscard]] constexpr bool at_end() noexcept
    {
        skip_spaces();
        return at_ >= text_.size();
    }
    constexpr bool take(char c) noexcept
    {
        skip_spaces();
        if (peek() != c || at_ >= text_.size()) return false;
        ++at_;
        return true;
    }
    constexpr std::string_view take_name() noexcept
    {
        const std::size_t begin = at_;
        while (is_in_name(peek())) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    /// For a mistake: the next name, number or sign; at the end of the text all of it.
    [[nodiscard]] constexpr std::string_view next_word() noexcept
    {
        if (at_end()) return without_spaces_around(text_);
        std::size_t length = 1;
        if (is_in_name(peek()))
            while (is_in_name(peek(length))) ++length;
        return text_.substr(at_, length);
    }
    /// The operator between two operands that stands next.
    [[nodiscard]] constexpr infix next_infix() noexcept
    {
        skip_spaces();
        const std::string_view pair = text_.substr(at_, 2), one = pair.substr(0, 1);
        const bool is_twice = pair.size() == 2 && pair[0] == pair[1], is_with_equals = pair.size() == 2 && pair[1] == '=';
        switch (peek()) {
            case '+':
            case '-': return {one, order::sum};
            case '*':
            case '/':
            case '%': return {one, order::product};
            case '|': return {is_twice ? pair : one, order::either};
            case '&': return {is_twice ? pair : one, order::both};
            case '<': return {is_with_equals || pair == "<>" ? pair : one, order::comparison};
            case '>': return {is_with_equals ? pair : one, order::comparison};
            case '=': return {is_twice ? pair : std::string_view{}, order::comparison};
            case '!': return {is_with_equals ? pair : std::string_view{}, order::comparison};
            default: return {};
        }
    }

    /// True if an operator stands before a place, so that a sign there is not at the beginning of what it belongs to.
    [[nodiscard]] constexpr bool is_behind_operator(std::size_t place) const noexcept
    {
        while (place > 0 && is_space(text_[place - 1])) --place;
        return place > 0 && std::string_view{"+-*/%^|&<>=!~?:"}.find(text_[place - 1]) != std::string_view::npos;
    }

    [[nodiscard]] constexpr bool take_power() noexcept
    {
        skip_spaces();
        const std::size_t length = peek() == '^' ? 1 : peek() == '*' && peek(1) == '*' ? 2 : 0;
        at_ += length;
        return length > 0;
    }
    /// The name of a node or a source: all up to a comma or parenthesis, with the pairs of parentheses that it may have itself.
    constexpr std::string_view take_node() noexcept
    {
        skip_spaces();
        const std::size_t begin = at_;
        for (int open = 0; at_ < text_.size() && (open > 0 || (peek() != ',' && peek() != ')')); ++at_) {
            if (peek() == '(') ++open;
            if (peek() == ')') --open;
        }
        return text_from(begin);
    }
    /// What has been read since, for a mistake.
    [[nodiscard]] constexpr std::string_view text_from(std::size_t begin) const noexcept
    {
        return without_spaces_around(text_.substr(begin, at_ - begin));
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}   // namespace phono::inline v0_2::detail
