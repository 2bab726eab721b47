// SPDX-License-Identifier: BSL-1.0
#include "netlists/netlist_text.hpp"

#include "netlists/text_lines.hpp"
#include "support/failure.hpp"
#include "support/suggestion.hpp"

#include <phono/netlist/words.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace command {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_nested = 16, most_bytes = std::size_t{1} << 20U;

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// A line without the comment at its end.
std::string_view without_comment(std::string_view line)
{
    char quote = '\0';
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool is_first = i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t';
        if (quote != '\0') quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'') quote = c;
        else if (c == ';' || (c == '$' && is_first) || (is_first && line.substr(i).starts_with("//"))) return line.substr(0, i);
    }
    return line;
}

// True for a line of a card's continuation, and for one that may stand within it: a comment, or nothing.
bool is_continuation(std::string_view line) { return trimmed(line).starts_with('+'); }
bool is_no_line(std::string_view line)
{
    line = trimmed(line);
    return line.empty() || line.front() == '*' || line.front() == ';' || line.front() == '$' || line.starts_with("//");
}

// A line of a netlist that is a command, its word small; that of any other line is empty.
struct command_line {
    std::string word{}, first{}, second{}, more{};

    explicit command_line(std::string_view line)
    {
        line = trimmed(line);
        if (!line.starts_with('.')) return;
        const auto end = std::min(line.find_first_of(" \t\"'"), line.size());
        word = folded(line.substr(0, end));
        line.remove_prefix(end);
        if (includes() || word == ".lib") {
            const phono::detail::included_words asked{without_comment(line)};
            first = asked.file, second = asked.section, more = asked.more;
        }
    }
    [[nodiscard]] bool includes() const { return word == ".include" || word == ".inc"; }
    [[nodiscard]] bool begins_section() const { return word == ".lib" && !first.empty() && second.empty(); }
};

// How many subcircuits a line opens: 1, -1 for one that closes, 0 for any other.
int opened_by(const std::string& word)
{
    if (word == ".subckt" || word == ".macro") return 1;
    return word == ".ends" || word == ".eom" ? -1 : 0;
}

// True for a file that has no part but within subcircuits, and includes no other, so that twice it says no more than once.
bool only_defines(const std::vector<std::string>& lines)
{
    int open = 0;
    for (const auto& line : lines) {
        if (is_no_line(line) || is_continuation(line)) continue;
        const command_line command{line};
        if (command.includes() || (command.word == ".lib" && !command.begins_section())) return false;
        if (command.word.empty() && open == 0) return false;
        open += opened_by(command.word);
    }
    return true;
}

// Where the section that begins with the line before `first` ends; nothing where no .endl follows.
std::size_t end_of_section(const std::vector<std::string>& lines, std::size_t first)
{
    for (auto i = first; i < lines.size(); ++i) {
        const command_line command{lines[i]};
        if (command.word == ".endl") return i;
        if (command.begins_section()) break;
    }
    return lines.size();
}

// Beside the file that includes it. A name with backslashes comes from elsewhere.
std::string beside(const std::string& includer, std::string name)
{
    const auto of = [&](const fs::path& spelt) {
        return (spelt.is_absolute() ? spelt : fs::path{includer}.parent_path() / spelt).string();
    };
    std::error_code error;
    if (name.find('\\') != std::string::npos && !fs::exists(of(name), error)) std::replace(name.begin(), name.end(), '\\', '/');
    return of(name);
}

}   // namespace

netlist_text::netlist_text(const std::string& file) { take_file(file, {}, {}); }

std::string netlist_text::place(int line) const
{
    const auto at = static_cast<std::size_t>(line) - 1;
    if (line < 1 || at >= origins_.size()) return files_.front();
    return files_[origins_[at].file] + ':' + std::to_string(origins_[at].line);
}

void netlist_text::take_file(const std::string& name, const std::string& asked_by, const std::string& section)
{
    std::error_code error;
    const auto identity = fs::weakly_canonical(name, error).string() + '\n' + folded(section);
    if (std::find(open_.begin(), open_.end(), identity) != open_.end()) throw failure{asked_by + name + ": includes itself"};
    if (open_.size() == most_nested)
        throw failure{asked_by + name + ": files are nested " + std::to_string(most_nested) + " deep; put them into fewer"};
    const auto all = lines_of(name, asked_by, most_bytes - std::min(text_.size(), most_bytes));
    if (std::find(taken_.begin(), taken_.end(), identity) != taken_.end() && subcircuits_ == 0 && only_defines(all)) return;
    if (subcircuits_ == 0) taken_.push_back(identity);
    open_.push_back(identity);
    if (std::find(files_.begin(), files_.end(), name) == files_.end()) files_.push_back(name);
    if (section.empty()) {
        take_lines(name, all, 0, all.size(), open_.size() == 1);
    } else {
        std::vector<std::string> names;
        std::size_t first = 0;
        for (std::size_t i = 0; i < all.size() && first == 0; ++i) {
            const command_line command{all[i]};
            if (!command.begins_section()) continue;
            names.push_back(command.first);
            if (folded(command.first) == folded(section)) first = i + 1;
        }
        if (first == 0)
            throw failure{asked_by + name + ": has no section '" + section + "'; " +
                          (names.empty() ? "it has no .lib of its own: leave the name of a section out"
                                         : nearest(section, {names.begin(), names.end()}))};
        take_lines(name, all, first, end_of_section(all, first), false);
    }
    open_.pop_back();
}

void netlist_text::take_lines(const std::string& name, const lines& all, std::size_t first, std::size_t end, bool has_title)
{
    const auto file = static_cast<std::size_t>(std::find(files_.begin(), files_.end(), name) - files_.begin());
    bool is_control = false;            // the lines of .control are those of a program
    bool is_first = open_.size() > 1;   // the next line begins a text, and so continues nothing
    for (auto i = first; i < end; ++i) {
        const bool is_title = has_title && i == 0;
        const command_line command{is_title ? std::string_view{} : all[i]};
        if (command.word == ".control" || command.word == ".endc") is_control = command.word == ".control";
        const auto at = name + ':' + std::to_string(i + 1) + ": ", place = at + command.word;
        if (is_first && !is_title && is_continuation(all[i]))
            throw failure{at +
                          "'+': a line that begins with + continues the one before it, which is here none of a part's: write the name of a "
                          "file, and all of it, on the line of its .include"};
        is_first = is_first && (is_title || is_no_line(all[i]));
        if (!is_control && (command.includes() || command.word == ".lib")) {
            is_first = true;
            add(file, i + 1, "*");   // the line itself, so that the text says nothing twice
            if (command.first.empty()) throw failure{place + ": give the name of a file"};
            if (const auto& word = command.includes() && command.more.empty() ? command.second : command.more; !word.empty())
                throw failure{place + ": '" + word + "': this word has no meaning here; a name with blanks stands in quotes"};
            if (command.begins_section() && end_of_section(all, i + 1) < all.size())
                throw failure{place + ' ' + command.first + ": is a section of this file; include it as .lib FILE " + command.first};
            take_included(name, {place, command.first, command.includes() ? std::string{} : command.second,
                                 !command.includes() && command.second.empty()});
        } else {
            if (!is_control && command.word == ".end" && open_.size() == 1) end = i + 1;   // what stands behind it counts no more
            add(file, i + 1, command.word == ".end" && open_.size() > 1 ? "*" : std::string_view{all[i]});
        }
    }
}

void netlist_text::take_included(const std::string& includer, const inclusion& asked)
{
    const auto file = beside(includer, asked.name);
    std::error_code error;
    if (!fs::exists(file, error)) {
        if (!asked.is_library) throw failure{asked.place + ' ' + asked.name + ": " + missing_beside(includer)};
        return missing_.push_back({static_cast<int>(origins_.size()), asked.name});
    }
    take_file(file, asked.place + ' ', asked.section);
}

std::string netlist_text::missing_beside(const std::string& includer)
{
    return "this file is not there; it is looked for beside " + includer +
           ", and what a program keeps in a folder of its own is to be copied there; where the catalogue has its parts, leave the line out";
}

void netlist_text::add(std::size_t file, std::size_t line, std::string_view text)
{
    origins_.push_back({file, line});
    if (origins_.size() > 1) subcircuits_ += opened_by(command_line{text}.word);   // the first is the title
    text_.append(text).push_back('\n');
    if (text_.size() > most_bytes)
        throw failure{place(static_cast<int>(origins_.size())) + ": the text is larger than 1 MiB; no netlist of a preamp is"};
}

}   // namespace command
