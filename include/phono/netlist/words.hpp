// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/node_name.hpp>

#include <cstddef>
#include <string_view>

namespace phono::inline v0_2::detail {

[[nodiscard]] constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
[[nodiscard]] constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// How many letters must be changed, added or taken away to make one name of another, of up to 32 letters.
[[nodiscard]] constexpr int name_distance(std::string_view a, std::string_view b) noexcept
{
    constexpr std::size_t most = 32;
    a = a.substr(0, most), b = b.substr(0, most);
    int row[most + 1]{};
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
    for (std::size_t i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i) + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const int changed = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1), added = row[j] + 1, dropped = row[j + 1] + 1;
            diagonal = row[j + 1];
            row[j + 1] = changed < added ? (changed < dropped ? changed : dropped) : (added < dropped ? added : dropped);
        }
    }
    return row[b.size()];
}

/// True if a word is one of those in a list, in any case: they stand in lower case between blanks, as in " ac dc tran ".
[[nodiscard]] constexpr bool is_listed(std::string_view word, std::string_view list) noexcept
{
    const std::size_t size = word.size();
    for (std::size_t begin = 1; begin + size < list.size(); ++begin) {
        if (list[begin - 1] != ' ' || list[begin + size] != ' ') continue;
        std::size_t i = 0;
        while (i < size && lower(word[i]) == list[begin + i]) ++i;
        if (i == size) return size > 0;
    }
    return false;
}

[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// A name without the double quotes around it, if any.
[[nodiscard]] constexpr std::string_view unquoted(std::string_view name) noexcept
{
    return name.size() >= 2 && name.front() == '"' && name.back() == '"' ? name.substr(1, name.size() - 2) : name;
}

/// The name of a parameter without the word PARAMS: that may stand before it, also without a blank between them.
[[nodiscard]] constexpr std::string_view without_params(std::string_view name) noexcept
{
    constexpr std::string_view word = "params:";
    if (name.starts_with(':')) return name.substr(1);
    return name.size() > word.size() && same_name(name.substr(0, word.size()), word) ? name.substr(word.size()) : name;
}

/// True for an expression that is in braces or quotes as a whole, which {a}*{b} is not.
[[nodiscard]] constexpr bool is_braced(std::string_view word) noexcept
{
    if (word.size() < 2) return false;
    const char opening = word.front(), closing = opening == '{' ? '}' : '\'';
    if ((opening != '{' && opening != '\'') || word.back() != closing) return false;
    int depth = 1;
    for (std::size_t i = 1; i + 1 < word.size(); ++i) {
        if (word[i] == closing && --depth == 0) return false;
        if (word[i] == opening) ++depth;
    }
    return true;
}

/// What stands behind .include or .lib: the name of a file, in quotes or with blanks in it as LTspice writes it, and what follows.
struct included_words {
    std::string_view file{}, section{}, more{};

    constexpr explicit included_words(std::string_view rest) noexcept
    {
        rest = trimmed(rest);
        if (rest.empty()) return;
        const char quote = rest.front() == '"' || rest.front() == '\'' ? rest.front() : '\0';
        std::size_t end = quote != '\0' ? rest.find(quote, 1) : end_of_word(rest, 0);
        if (quote == '\0' && rest.substr(0, end).find('.') == std::string_view::npos)   // C:\Program Files\valves.lib
            for (std::size_t at = end; at < rest.size(); at = end_of_word(rest, at + 1))
                if (const std::size_t next = end_of_word(rest, at + 1); rest.substr(at, next - at).find('.') != std::string_view::npos)
                    end = next;
        if (end > rest.size()) end = rest.size();
        file = quote != '\0' ? rest.substr(1, end - 1) : rest.substr(0, end);
        rest = trimmed(rest.substr(quote != '\0' && end < rest.size() ? end + 1 : end));
        section = rest.substr(0, end_of_word(rest, 0));
        more = trimmed(rest.substr(section.size()));
    }

private:
    [[nodiscard]] static constexpr std::size_t end_of_word(std::string_view text, std::size_t at) noexcept
    {
        while (at < text.size() && !is_blank(text[at])) ++at;
        return at < text.size() ? at : text.size();
    }
};

/// The words of a card, one after another.
///
/// An expression in braces or quotes is one word, as are each of = ( and ); a comma is a blank.
class card_words {
public:
    constexpr explicit card_words(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] constexpr bool is_empty() noexcept
    {
        skip();
        return rest_.empty();
    }
    /// What is left of the card.
    [[nodiscard]] constexpr std::string_view rest() noexcept
    {
        skip();
        return rest_;
    }
    /// True if a quote or brace was not closed.
    [[nodiscard]] constexpr bool is_unclosed() const noexcept { return is_unclosed_; }

    constexpr std::string_view next() noexcept
    {
        skip();
        if (rest_.empty()) return {};
        switch (rest_.front()) {
            case '=':
            case '(':
            case ')': return take(1);
            case '{': return take(closed_by('{', '}'));
            case '\'': return take(closed_by('\0', '\''));
            case '"': return take(closed_by('\0', '"'));
            default: break;
        }
        std::size_t end = 1;
        while (end < rest_.size() && !ends_word(rest_[end])) ++end;
        return take(end);
    }

    /// The word that is next, without taking it.
    [[nodiscard]] constexpr std::string_view peek() const noexcept { return card_words{*this}.next(); }

    /// A name of a node or file: up to the next blank, with the brackets that belong to it, as Net-(U1-Pad2); or in double quotes. Brackets
    /// around several nodes, and commas between them, are left out.
    constexpr std::string_view next_name() noexcept
    {
        skip();
        while (!rest_.empty() && (rest_.front() == '(' || rest_.front() == ')')) rest_.remove_prefix(1), skip();
        if (rest_.empty()) return {};
        if (rest_.front() == '"') return take(closed_by('\0', '"'));
        std::size_t end = 0;
        int depth = 0;
        while (end < rest_.size()) {
            const char c = rest_[end];
            if (c == ' ' || c == ',' || c == '\t' || c == '=') break;
            if (c == '(') ++depth;
            if (c == ')' && --depth < 0) break;
            ++end;
        }
        return take(end == 0 ? 1 : end);
    }

    /// An expression: in braces or quotes, or bare up to the `name =` of what follows.
    constexpr std::string_view next_expression() noexcept
    {
        skip();
        if (rest_.empty()) return {};
        if (rest_.front() == '{' || rest_.front() == '\'' || rest_.front() == '"') {
            card_words behind{*this};
            const std::string_view word = behind.next();
            const std::string_view more = behind.rest();
            const bool goes_on = !more.empty() && std::string_view{"*/+-^%?<>=!&|"}.find(more.front()) != std::string_view::npos;
            if (!goes_on) return *this = behind, word;   // {a}*V(b) goes on behind its first brace
        }
        std::size_t end = rest_.size();
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            const bool compares = rest_[i - 1] == '=' || rest_[i - 1] == '<' || rest_[i - 1] == '>' || rest_[i - 1] == '!' ||
                                  (i + 1 < rest_.size() && rest_[i + 1] == '=');
            if (rest_[i] != '=' || compares) continue;
            end = i;
            while (end > 0 && is_blank(rest_[end - 1])) --end;
            while (end > 0 && !is_blank(rest_[end - 1]) && rest_[end - 1] != ',') --end;
            break;
        }
        const std::string_view found = trimmed(take(end));
        return found.ends_with(',') ? found.substr(0, found.size() - 1) : found;
    }

    /// True where a comma and a digit follow directly: a number may have been meant to have a decimal comma.
    [[nodiscard]] constexpr bool has_decimal_comma() const noexcept
    {
        return rest_.size() > 1 && rest_[0] == ',' && rest_[1] >= '0' && rest_[1] <= '9';
    }
    /// The word that was taken last with what follows it up to the next blank.
    [[nodiscard]] constexpr std::string_view with_what_follows(std::string_view word) const noexcept
    {
        std::size_t end = 0;
        while (end < rest_.size() && !is_blank(rest_[end])) ++end;
        return {word.data(), word.size() + end};
    }
    /// Passes over all up to the bracket that closes what is open, or to the end.
    constexpr void skip_to_closed() noexcept
    {
        int depth = 1;
        std::size_t i = 0;
        for (; i < rest_.size() && depth > 0; ++i) depth += rest_[i] == '(' ? 1 : rest_[i] == ')' ? -1 : 0;
        rest_.remove_prefix(i);
    }

private:
    [[nodiscard]] static constexpr bool ends_word(char c) noexcept
    {
        return c == ' ' || c == '=' || c == ',' || c == '(' || c == ')' || c == '\t' || c == '{';
    }
    constexpr void skip() noexcept
    {
        std::size_t i = 0;
        while (i < rest_.size() && (is_blank(rest_[i]) || rest_[i] == ',')) ++i;
        rest_.remove_prefix(i);
    }
    constexpr std::string_view take(std::size_t size) noexcept
    {
        const std::string_view word = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return word;
    }
    /// How long what begins here is, with what closes it.
    [[nodiscard]] constexpr std::size_t closed_by(char opening, char closing) noexcept
    {
        int depth = 1;
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            if (rest_[i] == closing && --depth == 0) return i + 1;
            if (rest_[i] == opening) ++depth;
        }
        is_unclosed_ = true;
        return rest_.size();
    }

    std::string_view rest_;
    bool is_unclosed_ = false;
};

[[nodiscard]] constexpr bool begins_number(std::string_view word) noexcept
{
    const std::size_t sign = word.starts_with('-') || word.starts_with('+') ? 1 : 0;
    return word.size() > sign && ((word[sign] >= '0' && word[sign] <= '9') || word[sign] == '.');
}

}   // namespace phono::inline v0_2::detail
