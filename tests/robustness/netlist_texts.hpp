// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>
#include <phono/circuit/circuit.hpp>
#include <phono/netlist/netlist_reading.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// What must hold of the reading of any bytes whatever: tests/robustness/netlists draws them by libFuzzer, and a test reads those kept.
namespace netlist_texts {

/// Ends the program with a sentence, so that libFuzzer keeps the text.
inline void require(bool holds, const char* sentence)
{
    if (holds) return;
    std::fprintf(stderr, "netlist_texts: %s\n", sentence);
    std::abort();
}

inline bool same(const phono::bounded_netlist& a, const phono::bounded_netlist& b)
{
    bool is = a.part_count == b.part_count && a.nodes == b.nodes && a.triode_count == b.triode_count && a.output == b.output;
    for (int i = 0; is && i < a.part_count; ++i) {
        const phono::part &p = a.parts[i], &q = b.parts[i];
        is = p.kind == q.kind && p.a == q.a && p.b == q.b && p.plus == q.plus && p.minus == q.minus && p.value == q.value && p.emf == q.emf;
    }
    return is;
}

inline void examine_circuit(const phono::netlist_reading& reading, std::string_view text, const phono::netlist_choice& choice)
{
    require(!reading.flat().problem || !reading.problem().rule.empty(), "a circuit with a fault has no problem");
    for (const std::string& name : reading.nodes())
        require(name.empty() || reading.find(name).has_value(), "a node is not found by its name");
    // A part that is set to the value that it has is the same part.
    if (!reading.parts().empty()) {
        const phono::netlist_part& part = reading.parts()[text.size() % reading.parts().size()];
        const phono::netlist_setting setting{part.name, part.value};
        phono::netlist_choice again = choice;
        again.settings = {&setting, 1};
        const phono::netlist_reading set{text, again};
        require(!set.problem(), "a part that is set to its own value is a mistake");
        require(same(set.flat(), reading.flat()), "a part that is set to its own value changes the circuit");
    }
    if (reading.flat().part_count > 40) return;   // so that the search goes on at some speed
    const phono::circuit held{reading.flat()};
    if (held.problem()) return;
    const auto h = phono::response(held, phono::frequency{1e3});
    require(std::isfinite(h.real()) == std::isfinite(h.imag()), "one half of a response is finite");
}

/// Reads a text; the library is right whatever it says, as long as it says something of use and the same again.
inline void examine(std::string_view text)
{
    phono::netlist_choice choice;
    choice.has_coil_resistance = text.size() % 2 == 1;
    const phono::netlist_reading reading{text, choice};
    const auto lines = 1 + std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r');   // at most
    if (const phono::netlist_problem& wrong = reading.problem()) {
        require(wrong.line >= 0 && wrong.line <= lines, "a problem is on a line that there is not");
        require(wrong.word.size() <= text.size() + 256, "a problem's word is no word");
        require(!to_string(wrong).empty(), "a problem says nothing");
        require(reading.flat().problem || reading.flat().part_count == 0, "a text with a problem has a circuit");
    } else examine_circuit(reading, text, choice);
    const phono::netlist_reading again{text, choice};
    require(to_string(again.problem()) == to_string(reading.problem()), "a text is read in another way the second time");
    require(same(again.flat(), reading.flat()), "a text becomes another circuit the second time");
}

}   // namespace netlist_texts
