// SPDX-License-Identifier: BSL-1.0
#include "netlist/faulty_netlists.hpp"
#include "netlist/written_netlists.hpp"
#include "robustness/netlist_texts.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"
#include "support/measure.hpp"

// What libFuzzer found (tests/robustness/netlists), read again: any fault ends this program with its sentence.

namespace {

/// A line of the corpus: escapes as in C.
std::string unescaped(const std::string& line)
{
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\') {
            text += line[i];
            continue;
        }
        switch (line.at(++i)) {
            case 'n': text += '\n'; break;
            case 'r': text += '\r'; break;
            case 't': text += '\t'; break;
            case 'x':
                text += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
                i += 2;
                break;
            default: text += line[i];
        }
    }
    return text;
}

}   // namespace

TEST_CASE("Every text that the search keeps is read, or refused with a line and a sentence")
{
    int texts = 0, right = 0;
    for (const std::string& line : documents::lines_of(documents::text_of("tests/netlist/corpus.txt"))) {
        INFO(line);
        const std::string text = unescaped(line);
        netlist_texts::examine(text);
        if (!phono::netlist_reading{text}.problem()) ++right;
        ++texts;
    }
    CHECK(texts > 50);
    measure::note("texts of the corpus, and those that are circuits", std::to_string(texts) + ", " + std::to_string(right));
}

TEST_CASE("Netlists that end anywhere, or lack any one line, are read, or refused with a line and a sentence")
{
    for (const std::uint64_t seed : {7U, 31U, 77U}) {
        const std::string text = random_netlists::random_netlist(seed).text;
        for (std::size_t end = 0; end < text.size(); end += 3) netlist_texts::examine(std::string_view{text}.substr(0, end));
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
            netlist_texts::examine(text.substr(0, at) + text.substr(end));
            at = end;
        }
    }
    for (const auto& f : faulty_netlists::all) netlist_texts::examine(f.text);
}
