// SPDX-License-Identifier: BSL-1.0
#include "usage/bash_completion.hpp"

#include "usage/option_list.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/tube_preamps.hpp>

#include <map>
#include <string_view>

namespace command {

namespace {

std::string spaced(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// The catalogue's names for the values that options are said to take.
std::map<std::string, std::string> catalogue_names()
{
    std::map<std::string, std::vector<std::string>> names;
    for (const auto& curve : phono::catalogue::curves) names["CURVE"].emplace_back(curve.name);
    phono::catalogue::for_each_cartridge([&](const auto& entry) { names["CARTRIDGE"].emplace_back(entry.name); });
    phono::catalogue::for_each_preamp([&](const auto& entry) { names["PREAMP"].emplace_back(entry.name); });
    phono::catalogue::for_each_tube_preamp([&](const auto& entry) { names["PREAMP"].emplace_back(entry.name); });
    std::map<std::string, std::string> result;
    for (const auto& [value, all] : names) result[value] = spaced(all);
    return result;
}

// A branch of the script's `case`: what may follow an option, or nothing where any file may.
std::string branch(const std::string& subcommand, const listed_option& option, const std::map<std::string, std::string>& names)
{
    auto words = spaced(option.choices);
    if (const auto found = names.find(option.value); words.empty() && found != names.end()) words = found->second;
    if (option.values == 0 || option.is_positional) return {};
    const bool takes_path = option.value.starts_with("FILE") || option.value == "FOLDER";
    return "        '" + subcommand + ' ' + option.name + "') " +
           (words.empty() ? takes_path ? "files=yes" : ":" : "words='" + words + '\'') + "; return ;;\n";
}

constexpr std::string_view functions = R"(
# What may stand where the cursor is: sets words, and files where a file may too.
_phono_choose() {
    local command=$1 previous=$2
    _phono_after "$command" "$previous" && return
    if [ -z "$command" ]; then words=$_phono_commands; return; fi
    case $3 in
        -*) _phono_options "$command" ;;
        *) _phono_files "$command" ;;
    esac
}

_phono() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= words= files=
    [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]}
    _phono_choose "$command" "$previous" "$current"
    COMPREPLY=()
    if [ -n "$words" ]; then mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"); fi
    if [ -n "$files" ]; then
        compopt -o filenames 2> /dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -F _phono phono
)";

}   // namespace

std::string bash_completion(const CLI::App& app)
{
    const auto names = catalogue_names();
    std::string commands;
    std::string after;
    std::string options;
    std::string files;
    for (const auto* sub : subcommands_of(app)) {
        std::vector<std::string> spellings{sub->get_name()};
        for (const auto& alias : sub->get_aliases()) spellings.push_back(alias);
        for (const auto& spelling : spellings) {
            std::string all;
            commands += spelling + ' ';
            for (const auto& option : options_of(*sub)) {
                after += branch(spelling, option, names);
                if (!option.is_positional) all += option.name + ' ';
                else
                    files += "        " + spelling + ") " +
                             (option.choices.empty() ? "files=yes" : "words='" + spaced(option.choices) + '\'') + " ;;\n";
            }
            options += "        " + spelling + ") words='" + all + "' ;;\n";
        }
    }
    return "# Completes the words of phono in bash. Made by `phono completion bash`.\n_phono_commands='" + commands +
           "--help --version'\n\n_phono_after() {\n    case \"$1 $2\" in\n" + after +
           "    esac\n    return 1\n}\n\n_phono_options() {\n    case $1 in\n" + options +
           "    esac\n}\n\n_phono_files() {\n    case $1 in\n" + files + "    esac\n}\n" + std::string{functions};
}

}   // namespace command
