// SPDX-License-Identifier: BSL-1.0
#include "usage/manual_page.hpp"

#include "usage/option_list.hpp"

#include <phono/version.hpp>

#include <string_view>

namespace command {

namespace {

// What man's formatter would take for its own: backslashes, hyphens, which it would typeset, and lines that begin with a request.
std::string plain_words(std::string_view text)
{
    std::string result;
    bool at_beginning = true;
    for (const char c : text) {
        if (at_beginning && (c == '.' || c == '\'')) result += "\\&";
        if (c == '\\') result += "\\e";
        else if (c == '-') result += "\\-";
        else result += c;
        at_beginning = c == '\n';
    }
    return result;
}

std::string bold(std::string_view words) { return "\\fB" + plain_words(words) + "\\fR"; }
std::string italic(std::string_view words) { return "\\fI" + plain_words(words) + "\\fR"; }

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string paragraph(const listed_option& option)
{
    auto text = ".TP\n" + (option.is_positional ? italic(option.name) : bold(option.name));
    if (!option.is_positional && !option.value.empty()) text += ' ' + italic(option.value);
    text += '\n' + plain_words(option.description);
    if (!option.choices.empty()) text += "; " + plain_words(joined(option.choices));
    if (!option.fallback.empty()) text += " (default: " + plain_words(option.fallback) + ')';
    if (option.is_required) text += " (required)";
    return text + ".\n";
}

std::string as_typed(std::string_view lines) { return lines.empty() ? "" : ".PP\n.nf\n" + plain_words(lines) + "\n.fi\n"; }

std::string section(const CLI::App& sub)
{
    const auto options = options_of(sub);
    std::string files;
    for (const auto& option : options)
        if (option.is_positional) files += ' ' + italic(option.name) + (option.takes_several ? " ..." : "");
    auto text = ".SH " + bold("phono " + sub.get_name()) + '\n' + plain_words(sub.get_description()) + ".\n.PP\n" +
                bold("phono " + sub.get_name()) + files + " [" + italic("options") + "]\n";
    for (const auto& alias : sub.get_aliases()) text += ".PP\nIt may be written " + bold(alias) + " too.\n";
    for (const auto& option : options) text += paragraph(option);
    return text + as_typed(sub.get_footer());
}

}   // namespace

std::string manual_page(const CLI::App& app)
{
    std::string text = ".TH PHONO 1 \"\" \"phono " PHONO_VERSION
                       "\" \"User Commands\"\n.SH NAME\nphono \\- phono preamplifiers: give flat "
                       "transfers of records their curve\n.SH SYNOPSIS\n" +
                       bold("phono") + ' ' + italic("command") + " [" + italic("words") + " ...]\n.SH DESCRIPTION\n" +
                       plain_words(app.get_description()) + '\n';
    for (const auto* sub : subcommands_of(app))
        text += ".TP\n" + bold(sub->get_name()) + '\n' + plain_words(sub->get_description()) + ".\n";
    text += ".PP\nOf every command and of phono itself:\n";
    for (const auto& option : options_of(app)) text += paragraph(option);
    for (const auto* sub : subcommands_of(app)) text += section(*sub);
    return text + ".SH NOTES\n" + as_typed(app.get_footer()) + ".SH SEE ALSO\n" + bold("sox") + "(1), " + bold("ffmpeg") + "(1), " +
           bold("ngspice") + "(1)\n";
}

}   // namespace command
