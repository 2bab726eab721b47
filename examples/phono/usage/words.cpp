// SPDX-License-Identifier: BSL-1.0
#include "usage/words.hpp"

#include "support/failure.hpp"
#include "support/suggestion.hpp"
#include "usage/option_list.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>

namespace command {

namespace {

bool asks_for_help(const std::string& word) { return word == "--help" || word == "-h"; }

const CLI::App& find_command(const CLI::App& app, const std::string& word)
{
    std::vector<std::string> names;
    for (const auto* sub : subcommands_of(app)) {
        if (sub->check_name(word)) return *sub;
        names.push_back(sub->get_name());
    }
    throw failure{"unknown command '" + word + "'; " + nearest(word, {names.begin(), names.end()}) + "; `phono --help` shows all"};
}

// Whether a word with one dash is a file's name: no option here has one dash but -h.
bool is_dashed_name(const std::string& word)
{
    std::error_code error;
    return word.find('.') != std::string::npos || std::filesystem::exists(word, error);
}

bool is_negative_number(const std::string& word) { return std::isdigit(static_cast<unsigned char>(word[1])) != 0 || word[1] == '.'; }

// Walks along the words of one subcommand.
class reader {
public:
    explicit reader(const CLI::App& sub) : sub_{sub}, options_{options_of(sub)} {}

    std::vector<std::string> operator()(const std::vector<std::string>& typed)
    {
        for (std::size_t i = 1; i < typed.size(); ++i) {
            const auto& word = typed[i];
            if (word == "--") {
                for (++i; i < typed.size(); ++i) add_file(typed[i]);
            } else if (word.starts_with("--")) {
                i += add_option(word, std::span{typed}.subspan(i + 1));
            } else if (word.size() > 1 && word.front() == '-' && !is_negative_number(word) && !is_dashed_name(word)) {
                throw unknown(word);
            } else {
                add_file(word);
            }
        }
        require_room();
        return words_;
    }

private:
    std::vector<listed_option>::const_iterator find(const std::string& typed) const
    {
        return std::find_if(options_.begin(), options_.end(), [&](const auto& option) {
            return std::find(option.spellings.begin(), option.spellings.end(), typed) != option.spellings.end();
        });
    }

    // Returns how many of the words behind it are its values.
    std::size_t add_option(const std::string& word, std::span<const std::string> behind)
    {
        const auto equals = word.find('=');
        const auto name = word.substr(0, equals);
        const auto found = find(name);
        if (found == options_.end()) throw unknown(name);
        words_.push_back(word);
        if (equals != std::string::npos) return 0;
        auto values = std::min(static_cast<std::size_t>(found->values), behind.size());
        if (values > 0 && find(behind.front()) != options_.end())
            throw failure{name + ": its value is missing, " + behind.front() + " follows; a value that reads so is written " + name + '=' +
                          behind.front()};
        while (found->takes_several && values < behind.size() && !behind[values].starts_with('-')) ++values;
        words_.insert(words_.end(), behind.begin(), behind.begin() + static_cast<std::ptrdiff_t>(values));
        return values;
    }

    void add_file(const std::string& word)
    {
        files_.push_back(word);
        words_.push_back(word.size() > 1 && word.front() == '-' ? "./" + word : word);
    }

    failure unknown(const std::string& word) const
    {
        std::vector<std::string_view> names;
        for (const auto& option : options_)
            if (!option.is_positional) names.push_back(option.name);
        return failure{"unknown option '" + word + "'; " + nearest(word, names) + "; `phono " + sub_.get_name() + " --help` shows all"};
    }

    void require_room() const
    {
        std::size_t room = 0;
        std::string takes;
        for (const auto& option : options_) {
            if (!option.is_positional) continue;
            if (option.takes_several) return;
            ++room;
            takes += (takes.empty() ? "" : " ") + option.name;
        }
        if (files_.size() <= room) return;
        std::string surplus;
        for (auto i = room; i < files_.size(); ++i) surplus += (surplus.empty() ? "'" : ", '") + files_[i] + '\'';
        throw failure{"not expected: " + surplus + "; " + sub_.get_name() + " takes " + (takes.empty() ? "options only" : takes)};
    }

    const CLI::App& sub_;
    std::vector<listed_option> options_;
    std::vector<std::string> words_{sub_.get_name()}, files_{};
};

}   // namespace

std::vector<std::string> checked_words(const CLI::App& app, const std::vector<std::string>& typed)
{
    if (typed.empty() || std::any_of(typed.begin(), typed.end(), asks_for_help) || typed.front() == "--version") return typed;
    if (typed.front().starts_with('-')) throw failure{"unknown option '" + typed.front() + "' before a command; `phono --help` shows all"};
    return reader{find_command(app, typed.front())}(typed);
}

}   // namespace command
