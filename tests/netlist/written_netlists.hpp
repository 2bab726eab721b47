// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "netlist/random_netlists.hpp"

#include <cctype>

/// The texts of random netlists: lines in any order, continued, with comments, in any case.
namespace random_netlists {

/// Writes the lines of a definition, in one of the ways in which people do.
class typist {
public:
    explicit typist(dice& d) : d_(d), case_(d.below(4)), tabs_(d.one_in(5)), tidy_(d.one_in(4)) {}

    std::vector<std::string> body(const definition& of)
    {
        std::vector<std::string> blocks;
        for (const auto& inside : of.inner) blocks.push_back(subcircuit(*inside));
        std::vector<std::pair<std::string, value>> locals = of.locals;
        d_.shuffle(locals);
        while (!locals.empty()) {
            std::vector<std::string> words{".param"};
            for (int i = d_.from_to(1, 3); i > 0 && !locals.empty(); --i) {
                words.push_back(locals.back().first + (d_.one_in(3) ? " = " : "=") + locals.back().second.text);
                locals.pop_back();
            }
            blocks.push_back(line(words));
        }
        for (const card& one : of.cards) blocks.push_back(line(one.words));
        if (!tidy_) d_.shuffle(blocks);
        return blocks;
    }

    /// A line, continued where it may be.
    std::string line(const std::vector<std::string>& words)
    {
        std::string text;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (i > 0 && !tidy_ && d_.one_in(12)) {
                if (d_.one_in(4)) text += remark();
                text += d_.one_in(5) ? "\n* within a line\n+" : "\n+";
                text += d_.one_in(2) ? " " : "";
            } else if (i > 0) text += gap();
            text += cased(words[i]);
        }
        if (d_.one_in(6)) text += remark();
        text += '\n';
        if (d_.one_in(10)) text += d_.of(std::array<std::string, 4>{"\n", "* R99 nowhere to 1k\n", "*\n", "  \n"});
        return text;
    }

private:
    std::string gap()
    {
        if (tidy_) return " ";
        if (tabs_) return "\t";
        return d_.one_in(6) ? "   " : " ";
    }
    std::string remark()
    {
        return d_.of(std::array<std::string, 4>{" ; the input's load", " $ 5 %, film", " ; R1 = 4k7", "\t; 10\xc2\xb5"});
    }
    std::string cased(std::string word)
    {
        const int how = case_ == 3 ? d_.below(3) : case_;
        for (char& c : word) {
            const auto letter = static_cast<unsigned char>(c);
            if (how == 1) c = static_cast<char>(std::toupper(letter));
            if (how == 2) c = static_cast<char>(std::tolower(letter));
        }
        return word;
    }
    std::string subcircuit(const definition& of)
    {
        std::vector<std::string> head{".subckt", of.name};
        for (const std::string& port : of.ports) head.push_back(port);
        if (!of.parameters.empty() && d_.one_in(3)) head.emplace_back("params:");
        auto parameters = of.parameters;
        d_.shuffle(parameters);
        for (const auto& [name, usual] : parameters) head.push_back(name + '=' + usual.text);
        std::string text = line(head);
        for (const std::string& block : body(of)) text += block;
        return text + line(d_.one_in(2) ? std::vector<std::string>{".ends"} : std::vector<std::string>{".ends", of.name});
    }

    dice& d_;
    int case_;
    bool tabs_, tidy_;
};

/// The netlist of a number. `ngspice -b` prints its response, 41 frequencies from 10 Hz to 100 kHz: decibels, degrees.
inline netlist random_netlist(std::uint64_t seed)
{
    author writes{seed};
    dice& d = writes.draws();
    netlist all;
    all.output = d.of(std::array<std::string, 3>{"out", "OUT", "vo"});
    const auto circuit = writes.circuit(all.output);
    flatten(*circuit, "", {}, {}, all.parts);
    typist types{d};
    std::vector<std::string> blocks = types.body(*circuit);
    const auto insert = [&](const std::string& block) {
        blocks.insert(blocks.begin() + d.below(static_cast<int>(blocks.size()) + 1), block);
    };
    insert(types.line({".ac", "dec", "10", "10", "100k"}));
    insert(types.line({".print", "ac", "vdb(" + all.output + ')', "vp(" + all.output + ')'}));
    insert(".control\nset units=degrees\nset numdgt=15\nset nobreak\n.endc\n");
    if (d.one_in(3)) insert(types.line({".options", "reltol=1e-4"}));
    if (d.one_in(4)) insert(".op\n");
    all.text = d.of(std::array<std::string, 4>{"* a random netlist\n", "Riaa with two stages\n", ".title KiCad schematic\n", "\n"});
    for (const std::string& block : blocks) all.text += block;
    all.text += types.line({".end"});
    if (d.one_in(5))
        for (std::size_t at = 0; (at = all.text.find('\n', at)) != std::string::npos; at += 2) all.text.insert(at, "\r");
    return all;
}

}   // namespace random_netlists
