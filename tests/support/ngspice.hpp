// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/programs.hpp"

#include <cctype>
#include <map>
#include <sstream>
#include <string>
#include <vector>

/// Netlists, read and run.
namespace ngspice {

/// What ngspice prints for each netlist, given nothing else.
inline std::vector<std::string> run(const std::vector<std::string>& netlists)
{
    INFO("ngspice is not installed: tests/install does that; then configure again");
    REQUIRE(programs::fs::exists(PHONO_NGSPICE));
    const programs::workshop shop;
    for (std::size_t i = 0; i < netlists.size(); ++i) std::ofstream(shop / (std::to_string(i) + ".cir")) << netlists[i];
    const auto done = shop.run("for i in $(seq 0 " + std::to_string(netlists.size() - 1) +
                               "); do HOME=. '" PHONO_NGSPICE "' -b $i.cir > $i.txt 2> $i.err || { echo $i; cat $i.cir $i.err; }; done");
    CHECK(done.status == 0);
    CHECK(done.out.empty());   // netlists that ngspice refused
    std::vector<std::string> answers;
    for (std::size_t i = 0; i < netlists.size(); ++i) answers.push_back(programs::contents(shop / (std::to_string(i) + ".txt")));
    return answers;
}

/// The lines of a table: its index, then three numbers.
struct row {
    double first, second, third;
};
inline std::vector<row> table(const std::string& answer)
{
    std::vector<row> rows;
    std::istringstream lines(answer);
    std::size_t index = 0;
    row r{};
    for (std::string line; std::getline(lines, line);)
        if (std::istringstream fields(line); fields >> index >> r.first >> r.second >> r.third && index == rows.size()) rows.push_back(r);
    return rows;
}

/// The values printed as `name = value`.
inline std::map<std::string, double> values(const std::string& answer)
{
    std::map<std::string, double> found;
    std::istringstream lines(answer);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        std::string name, equals;
        double value = 0.0;
        if (fields >> name >> equals >> value && equals == "=") found[name] = value;
    }
    return found;
}

/// The card of a part: its name, its nodes and its value, and whether it says that it makes no noise.
struct card {
    char letter;
    std::string name;
    std::vector<std::string> nodes;
    std::string value;
    bool is_silent = false;
};

/// The parts of a netlist, without those of subcircuits.
inline std::vector<card> cards_of(const std::string& text)
{
    std::vector<card> cards;
    std::istringstream lines(text);
    bool elsewhere = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(".control") || line.starts_with(".subckt")) elsewhere = true;
        if (line.starts_with(".endc") || line.starts_with(".ends")) elsewhere = false;
        if (elsewhere || line.starts_with('*') || line.starts_with('.')) continue;
        std::istringstream rest(line);
        card c{};
        rest >> c.name;
        c.letter = c.name[0];
        for (std::string word; rest >> word;)
            if (word == "noisy=0") c.is_silent = true;
            else c.nodes.push_back(word);
        REQUIRE(c.nodes.size() >= 3);
        c.value = c.nodes.back();
        c.nodes.resize(c.letter == 'V' ? 2 : c.nodes.size() - 1);
        cards.push_back(c);
    }
    return cards;
}

/// As SPICE names are: letters, digits and underscores, in one case.
inline std::string folded(std::string text)
{
    for (char& c : text) c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::tolower(c)) : '_';
    return text;
}

}   // namespace ngspice
