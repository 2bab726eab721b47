// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/growing_list.hpp>
#include <phono/netlist/logical_lines.hpp>
#include <phono/netlist/words.hpp>

#include <string_view>

namespace phono::inline v0_2::detail {

/// What a line of a netlist is.
enum class line_kind { card, subcircuit, ends, parameters, function, model, global, passed_over };

/// A definition of a subcircuit: its lines are those of its scope between first and last.
struct subcircuit {
    std::string_view name{}, pins{};   ///< `pins`: the rest of its line, with its parameters
    int first = 0, last = 0;
    int parent = -1;
    text_place at{};
};

/// The subcircuits of a netlist, and what each of its lines is.
class subcircuit_list {
public:
    constexpr explicit subcircuit_list(const logical_lines& lines) : lines_(lines)
    {
        kinds_.reserve(lines.count());
        scopes_.reserve(lines.count());
        for (int i = 0; i < lines.count() && found.kind == mistake_kind::none; ++i) {
            const std::string_view text = lines.text(i);
            kinds_.add(line_kind::card);
            scopes_.add(open_);
            if (text.front() == '.') kinds_[i] = command(text, i);
        }
        if (open_ >= 0) report(mistake_kind::unclosed_subcircuit, all_[open_].at, ".subckt", all_[open_].name);
    }

    [[nodiscard]] constexpr int count() const noexcept { return all_.count(); }
    [[nodiscard]] constexpr const subcircuit& operator[](int i) const noexcept { return all_[i]; }
    [[nodiscard]] constexpr line_kind kind(int line) const noexcept { return kinds_[line]; }
    [[nodiscard]] constexpr int scope(int line) const noexcept { return scopes_[line]; }

    /// The lines of a scope: begin ... end - 1, of which those count that have that scope.
    [[nodiscard]] constexpr int begin_of(int scope) const noexcept { return scope < 0 ? 0 : all_[scope].first; }
    [[nodiscard]] constexpr int end_of(int scope) const noexcept { return scope < 0 ? lines_.count() : all_[scope].last; }

    /// The subcircuit that a name means within another, or within none (-1): its own, or one around it; -1 if there is none.
    [[nodiscard]] constexpr int find(std::string_view name, int within) const noexcept
    {
        for (int scope = within;; scope = all_[scope].parent) {
            for (int i = 0; i < all_.count(); ++i)
                if (all_[i].parent == scope && same_name(all_[i].name, name)) return i;
            if (scope < 0) return -1;
        }
    }

    struct {
        mistake_kind kind = mistake_kind::none;
        text_place at{};
        std::string_view part{}, word{};
    } found{};

private:
    constexpr void report(mistake_kind kind, text_place at, std::string_view part, std::string_view word) noexcept
    {
        if (found.kind == mistake_kind::none) found.kind = kind, found.at = at, found.part = part, found.word = word;
    }

    constexpr line_kind command(std::string_view text, int line)
    {
        card_words words{text};
        const std::string_view name = words.next();
        if (is_listed(name, " .subckt .macro ")) return open(name, words, line);
        if (is_listed(name, " .ends .eom ")) return close(name, words, line);
        if (is_listed(name, " .param .params .parameter ")) return line_kind::parameters;
        if (is_listed(name, " .func .function ")) return line_kind::function;
        if (is_listed(name, " .model ")) return line_kind::model;
        if (is_listed(name, " .global ")) return line_kind::global;
        if (is_listed(name, " .if .elseif .else .endif ")) report(mistake_kind::conditional_text, lines_[line].at, name, name);
        if (is_listed(
                name,
                " .ac .tran .dc .op .noise .tf .four .fourier .pz .sens .disto .save .print .plot .probe .meas .measure .option "
                ".options .opt .temp .ic .nodeset .width .step .backanno .wave .net .machine .loadbias .savebias .csparam .sp .list "))
            return line_kind::passed_over;
        report(mistake_kind::unknown_command, lines_[line].at, name, name);
        return line_kind::passed_over;
    }

    /// True for a line of a file that is included twice, of which the first reading counts.
    [[nodiscard]] static constexpr bool is_same_line(const text_place& one, const text_place& other) noexcept
    {
        return one.file >= 0 && one.file == other.file && one.line == other.line;
    }

    constexpr line_kind open(std::string_view command, card_words words, int line)
    {
        const std::string_view name = words.next_name();
        const text_place at = lines_[line].at;
        if (name.empty()) report(mistake_kind::subcircuit_without_name, at, command, command);
        for (const subcircuit& other : all_)
            if (other.parent == open_ && same_name(other.name, name) && !is_same_line(other.at, at))
                report(mistake_kind::duplicate_subcircuit, at, command, name);
        all_.add({name, words.rest(), line + 1, line + 1, open_, at});
        open_ = all_.count() - 1;
        return line_kind::subcircuit;
    }

    constexpr line_kind close(std::string_view command, card_words words, int line)
    {
        const std::string_view name = words.next_name();
        if (open_ < 0 || (!name.empty() && !same_name(name, all_[open_].name))) {
            report(mistake_kind::ends_without_subcircuit, lines_[line].at, command, name.empty() ? command : name);
            return line_kind::ends;
        }
        all_[open_].last = line;
        open_ = all_[open_].parent;
        return line_kind::ends;
    }

    const logical_lines& lines_;
    growing_list<subcircuit> all_{};
    growing_list<line_kind> kinds_{};
    growing_list<int> scopes_{};
    int open_ = -1;
};

}   // namespace phono::inline v0_2::detail
