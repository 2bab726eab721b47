// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/bounded_netlist.hpp>
#include <phono/netlist/mistake.hpp>
#include <phono/netlist/netlist_choice.hpp>
#include <phono/units.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phono::inline v0_2 {

/// What is wrong with the text of a netlist: where, the word, and the rule with what would be right. False where nothing is.
struct netlist_problem {
    int line = 0;               ///< counted from 1, of the file; 0: the circuit as a whole
    std::string file;           ///< empty: the text itself, not a file that it includes
    std::string part;           ///< the first word of its line, such as R5
    std::string word;           ///< what is wrong
    std::string rule;           ///< what is wrong with it, and what would be right
    std::string nearest;        ///< names that were perhaps meant
    std::string missing_file;   ///< the name of a file that is to be given in netlist_choice::files

    [[nodiscard]] explicit operator bool() const noexcept { return !rule.empty(); }
};

/// A sentence for people: line 5: R5: "4k7": a value such as 4k7 ...
[[nodiscard]] inline std::string to_string(const netlist_problem& problem)
{
    std::string text;
    if (problem.line > 0) text += "line " + std::to_string(problem.line) + (problem.file.empty() ? "" : " of " + problem.file) + ": ";
    if (!problem.part.empty() && problem.part != problem.word) text += problem.part + ": ";
    if (!problem.word.empty()) text += '"' + problem.word + "\": ";
    text += problem.rule;
    if (!problem.nearest.empty()) text += "; perhaps " + problem.nearest + " was meant";
    return text;
}

/// A part of a netlist whose value can be set.
struct netlist_part {
    std::string name;   ///< as R5, or X1.R5 within a subcircuit
    double value = 0.0;
    const char* unit = "";   ///< "Ohm", "F", "H", "V", "A", "S", or "" for a number
    std::string from, to;    ///< its nodes
    int line = 0;
};

/// What was taken for what: a subcircuit for a valve, a name for an amplifier; a command that was passed over.
struct netlist_note {
    int line = 0;
    std::string file;
    std::string text;
};

/// A netlist read at run time: a circuit of bounded size, with the names of its nodes and parts. The same circuit, bit for bit, as that of
/// netlist<"..."> of the same text.
///
///     const netlist_reading reading{text};
///     if (const netlist_problem& found = reading.problem()) std::cerr << to_string(found);
///     const circuit held{reading.flat()};
///     response(held, *reading.find("plate"), 1_kHz);
///
/// Where its text has no source with AC, its input is the node `in`, driven by a voltage source.
/// The names in its circuit live in the reading: keep it, or a copy, as long as circuits of it are used.
class netlist_reading {
public:
    explicit netlist_reading(std::string_view text, const netlist_choice& choice = {});

    /// What is wrong with the text, if anything: the first that is found.
    [[nodiscard]] const netlist_problem& problem() const noexcept { return content_->problem; }
    /// The circuit; empty, with a fault, where there is a problem.
    [[nodiscard]] const bounded_netlist& flat() const noexcept { return content_->flat; }

    [[nodiscard]] const std::string& title() const noexcept { return content_->title; }
    /// Parts whose values can be set, in the order of the text, subcircuits expanded.
    [[nodiscard]] std::span<const netlist_part> parts() const noexcept { return content_->parts; }
    [[nodiscard]] std::span<const netlist_note> notes() const noexcept { return content_->notes; }

    /// The names of nodes 1, 2 ... of the circuit; nodes without a name, which stand within models, are behind them.
    [[nodiscard]] std::span<const std::string> nodes() const noexcept { return content_->nodes; }
    /// The node of this name in any case, `0` and `gnd` being ground.
    [[nodiscard]] std::optional<node> find(std::string_view name) const noexcept;

private:
    struct content {
        netlist_problem problem;
        bounded_netlist flat;
        std::string title;
        std::vector<std::string> nodes;
        std::vector<netlist_part> parts;
        std::vector<netlist_note> notes;
    };

    std::shared_ptr<const content> content_;
};

}   // namespace phono::inline v0_2
