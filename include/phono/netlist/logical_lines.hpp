// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/growing_list.hpp>
#include <phono/netlist/mistake.hpp>
#include <phono/netlist/netlist_choice.hpp>
#include <phono/netlist/words.hpp>

#include <span>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A place in the text of a netlist or of a file that it includes.
struct text_place {
    int line = 0;    ///< from 1
    int file = -1;   ///< place in netlist_choice::files; -1 for the text itself
};

/// A card with its continuations, without comments.
struct logical_line {
    int begin = 0, end = 0;   ///< in the letters
    text_place at{};
    int scope = -1;   ///< the subcircuit that it belongs to; -1 for none
};

/// The lines of a netlist in order: comments, line ends and continuations are gone, files are included, and .control blocks left out.
///
/// In a type files cannot be included; at run time those that are given are.
class logical_lines {
public:
    constexpr logical_lines(std::string_view text, bool is_in_a_type, std::span<const netlist_file> files)
        : is_in_a_type_(is_in_a_type), files_(files)
    {
        letters_.reserve(static_cast<int>(text.size()) + 1);
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        title_ = physical_line(text);
        read(text, -1, 2);
        if (found.kind == mistake_kind::none && is_controlling_) report(mistake_kind::unclosed_control, control_at_, {});
    }

    [[nodiscard]] constexpr std::string_view title() const noexcept { return title_; }
    /// The letters of all lines.
    [[nodiscard]] constexpr const char* letters() const noexcept { return letters_.begin(); }
    [[nodiscard]] constexpr int count() const noexcept { return lines_.count(); }
    [[nodiscard]] constexpr logical_line& operator[](int i) noexcept { return lines_[i]; }
    [[nodiscard]] constexpr const logical_line& operator[](int i) const noexcept { return lines_[i]; }
    [[nodiscard]] constexpr std::string_view text(const logical_line& line) const noexcept
    {
        return {letters_.begin() + line.begin, static_cast<std::size_t>(line.end - line.begin)};
    }
    [[nodiscard]] constexpr std::string_view text(int i) const noexcept { return text(lines_[i]); }

    struct {
        mistake_kind kind = mistake_kind::none;
        text_place at{};
        std::string_view word{};
    } found{};

private:
    static constexpr int most_letters = 4 << 20, deepest_include = 16, most_includes = 1024;

    /// Takes the first physical line off a text, without its end.
    static constexpr std::string_view physical_line(std::string_view& text) noexcept
    {
        std::size_t end = 0;
        const std::size_t size = text.size();
        while (end < size && text[end] != '\n' && text[end] != '\r') ++end;
        const std::string_view line = text.substr(0, end);
        if (end < size) end += text[end] == '\r' && end + 1 < size && text[end + 1] == '\n' ? 2 : 1;
        text.remove_prefix(end);
        return line;
    }

    constexpr void report(mistake_kind kind, text_place at, std::string_view word) noexcept
    {
        if (found.kind == mistake_kind::none) found.kind = kind, found.at = at, found.word = word;
        is_over_ = true;
    }

    /// The lines of one file; `section`, if any, is the only part of it that counts.
    constexpr void read(std::string_view text, int file, int number, std::string_view section = {})
    {
        bool is_wanted = section.empty(), was_found = is_wanted;
        while (!text.empty() && !is_over_) {
            const text_place at{number++, file};
            const std::string_view line = physical_line(text);
            if (!section.empty()) {
                card_words words{line};
                const std::string_view command = words.next();
                if (same_name(command, ".endl")) is_wanted = false;
                if (same_name(command, ".lib") && same_name(words.next(), section)) {
                    is_wanted = was_found = true;
                    continue;
                }
            }
            if (is_wanted) read_line(line, at);
        }
        finish();
        if (!was_found && !is_over_) report(mistake_kind::missing_library_section, {0, file}, section);
    }

    constexpr void read_line(std::string_view line, text_place at)
    {
        std::size_t begin = 0;
        while (begin < line.size() && is_blank(line[begin])) ++begin;
        if (begin == line.size() || line[begin] == '*' || line[begin] == ';' || line[begin] == '$') return;
        if (line.substr(begin).starts_with("//")) return;
        if (line[begin] == '+') {
            if (is_controlling_) return;
            if (!has_line_) return report(mistake_kind::nothing_to_continue, at, line.substr(begin, 1));
            letters_.add(' ');
            copy(line.substr(begin + 1), at);
            return;
        }
        finish();
        if (is_over_) return;
        has_line_ = true;
        line_ = {letters_.count(), 0, at, -1};
        copy(line.substr(begin), at);
    }

    /// The line up to its comment.
    constexpr void copy(std::string_view line, text_place at)
    {
        if (letters_.count() + static_cast<int>(line.size() < most_letters ? line.size() : most_letters) >= most_letters)
            return report(mistake_kind::text_too_long, at, {});
        bool is_quoted = false;
        char before = ' ';
        for (std::size_t i = 0; i < line.size(); ++i) {
            char c = line[i];
            if (c == '"') is_quoted = !is_quoted;
            else if (!is_quoted) {
                if (c == ';' || (c == '$' && is_blank(before))) break;
                if (c == '/' && is_blank(before) && i + 1 < line.size() && line[i + 1] == '/') break;
            }
            if (is_blank(c)) c = ' ';
            if (c == '\0') return report(mistake_kind::not_text, at, {});
            letters_.add(c);
            before = c;
        }
        if (is_quoted && !is_controlling_ && !is_title()) report(mistake_kind::unclosed_quote, at, line);
    }

    /// True while the line that is being read is a .title, whose words are as people write them: Phono 7" preamp.
    [[nodiscard]] constexpr bool is_title() const noexcept
    {
        const int begin = line_.begin;
        return same_name(card_words{{letters_.begin() + begin, static_cast<std::size_t>(letters_.count() - begin)}}.next(), ".title");
    }

    /// Ends the line that is being read, and does what it commands.
    constexpr void finish()
    {
        if (!has_line_) return;
        has_line_ = false;
        line_.end = letters_.count();
        while (line_.end > line_.begin && letters_[line_.end - 1] == ' ') --line_.end;
        if (line_.end == line_.begin) return;   // no letter of it could be read, which has been reported
        if (letters_[line_.begin] == '.') {
            if (!command(card_words{text(line_)})) return;
        } else if (is_controlling_) {
            return;
        }
        lines_.add(line_);
    }

    /// True if the line is to be kept.
    constexpr bool command(card_words words)
    {
        const std::string_view name = words.next();
        if (is_controlling_) {
            if (same_name(name, ".endc")) is_controlling_ = false;
            return false;
        }
        if (same_name(name, ".control")) {
            is_controlling_ = true;
            control_at_ = line_.at;
            return false;
        }
        if (same_name(name, ".end")) {
            is_over_ = true;
            return false;
        }
        if (is_listed(name, " .title .endl ")) return false;
        if (is_listed(name, " .include .inc .lib ")) {
            include(name, words);
            return false;
        }
        return true;
    }

    constexpr void include(std::string_view command, card_words words)
    {
        const text_place at = line_.at;
        if (is_in_a_type_) return report(mistake_kind::include_in_a_type, at, command);
        const included_words asked{words.rest()};
        const std::string_view name = asked.file, section = asked.section;
        if (name.empty()) return report(mistake_kind::value_missing, at, command);
        if (!section.empty() && !same_name(command, ".lib")) return report(mistake_kind::unexpected_word, at, section);
        if (!asked.more.empty()) return report(mistake_kind::unexpected_word, at, asked.more);
        int file = 0;
        while (file < static_cast<int>(files_.size()) && files_[file].name != name) ++file;
        if (file == static_cast<int>(files_.size())) return report(mistake_kind::missing_file, at, name);
        for (int i = 0; i < depth_; ++i)
            if (open_[i] == file) return report(mistake_kind::include_cycle, at, name);
        if (depth_ == deepest_include || ++includes_ > most_includes) return report(mistake_kind::include_cycle, at, name);
        open_[depth_++] = file;
        read(files_[file].text, file, 1, section);
        --depth_;
        if (found.kind == mistake_kind::none) is_over_ = false;   // the .end of a file ends that file
    }

    growing_list<char> letters_;
    growing_list<logical_line> lines_;
    std::string_view title_{};
    bool is_in_a_type_;
    std::span<const netlist_file> files_;
    int open_[deepest_include]{};
    int depth_ = 0, includes_ = 0;
    logical_line line_{};
    bool has_line_ = false, is_over_ = false, is_controlling_ = false;
    text_place control_at_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
