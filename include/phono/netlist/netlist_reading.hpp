// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/bounded_netlist.hpp>
#include <phono/circuit/netlist_counter.hpp>
#include <phono/netlist/netlist_choice.hpp>
#include <phono/netlist/note_text.hpp>
#include <phono/netlist/placing_cards.hpp>
#include <phono/netlist/read_netlist.hpp>
#include <phono/source/voltage_source.hpp>
#include <phono/units.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
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
    int nodes = 0;              ///< how many nodes there are, where their number is wrong

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
    if (problem.nodes > 0) text += "; here it has " + std::to_string(problem.nodes);
    if (!problem.nearest.empty()) text += "; perhaps " + problem.nearest + " was meant";
    return text;
}

/// A part of a netlist whose value can be set.
struct netlist_part {
    std::string name;        ///< as R5, or X1.R5 within a subcircuit
    double value = 0.0;      ///< as it is written: with m=, that of one of several in parallel
    const char* unit = "";   ///< "Ohm", "F", "H", "V", "A", "S", or "" for a number
    std::string from, to;    ///< its nodes
    int line = 0;
    std::optional<double> tolerance{};   ///< of tol=, per cent
    double count = 1.0;                  ///< of m=, of these in parallel
};

/// What was taken for what: a subcircuit for a valve, a name for an amplifier; a command that was passed over.
struct netlist_note {
    int line = 0;
    std::string file;
    std::string text;
    bool is_doubt = false;   ///< what is told is likely not meant, or makes the circuit another than SPICE would have
};

/// A valve or an amplifier, and what was taken for it.
struct netlist_device {
    enum device_kind { triode, amplifier };
    std::string name;   ///< as X1, or X1.X2 within a subcircuit
    device_kind kind{};
    std::string taken_for;   ///< "subcircuit KTRIODE", "12AX7 of the catalogue"
    int line = 0;
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
    explicit netlist_reading(std::string_view text, const netlist_choice& choice = {}) : content_(read(text, choice)) {}

    /// What is wrong with the text, if anything: the first that is found.
    [[nodiscard]] const netlist_problem& problem() const noexcept { return content_->problem; }
    /// The same and those that could be found behind it, at most ten: mistakes of single lines, or, where there are none, of the circuit.
    [[nodiscard]] std::span<const netlist_problem> problems() const noexcept { return content_->problems; }
    /// The circuit; empty, with a fault, where there is a problem.
    [[nodiscard]] const bounded_netlist& flat() const noexcept { return content_->flat; }

    [[nodiscard]] const std::string& title() const noexcept { return content_->title; }
    /// Parts whose values can be set, in the order of the text, subcircuits expanded.
    [[nodiscard]] std::span<const netlist_part> parts() const noexcept { return content_->parts; }
    [[nodiscard]] std::span<const netlist_note> notes() const noexcept { return content_->notes; }
    /// Its triodes in the order of flat().triodes, then its amplifiers in that of flat().amplifiers.
    [[nodiscard]] std::span<const netlist_device> devices() const noexcept { return content_->devices; }

    /// The names of nodes 1, 2 ... of the circuit, as the text writes them; those that stand within models have none, "".
    [[nodiscard]] std::span<const std::string> nodes() const noexcept { return content_->nodes; }
    /// The node of this name in any case, `0` and `gnd` being ground.
    [[nodiscard]] std::optional<node> find(std::string_view name) const noexcept { return find_node(content_->flat, name); }

private:
    struct content {
        netlist_problem problem{};
        std::vector<netlist_problem> problems{};
        std::vector<char> names{};
        std::vector<int> name_begin{};
        node_name_table table{};
        bounded_netlist flat{};
        std::string title{};
        std::vector<std::string> nodes{};
        std::vector<netlist_part> parts{};
        std::vector<netlist_note> notes{};
        std::vector<netlist_device> devices{};
    };
    struct reader {
        const netlist_choice& choice;
        detail::logical_lines lines;
        detail::reading_state state;
        std::shared_ptr<content> made = std::make_shared<content>();

        reader(std::string_view text, const netlist_choice& chosen) : choice(chosen), lines(text, false, chosen.files), state(lines) {}
    };

    [[nodiscard]] static std::shared_ptr<const content> read(std::string_view text, const netlist_choice& choice)
    {
        reader all{text, choice};
        all.state.tells_all = true;
        detail::read_netlist(all.state, choice);
        all.made->title = std::string{detail::trimmed(all.lines.title())};
        if (all.state.is_sound()) place(all);
        if (!all.state.is_sound()) {
            for (const detail::mistake& found : all.state.set_aside) all.made->problems.push_back(problem_of(all, found));
            if (all.state.failed()) all.made->problems.push_back(problem_of(all, all.state.found));
            all.made->problem = all.made->problems.front();
            if (!all.made->flat.problem) all.made->flat.report({"netlist", {}, "cannot be read"});
        }
        write_notes(all);
        return all.made;
    }

    /// Places the cards; a circuit without a source of its own is driven by a voltage source, its first block.
    static void place(reader& all)
    {
        content& made = *all.made;
        made.names.assign(all.state.names.begin(), all.state.names.end());
        made.name_begin.assign(all.state.node_names.begin(), all.state.node_names.end());
        made.table = {made.names.data(), made.name_begin.data(), static_cast<int>(made.name_begin.size())};
        detail::card_view view = detail::view_of(all.state);
        view.names = made.names.data();
        netlist_counter counter;
        static_cast<void>(place_in(counter, view, made.table));
        if (!fits(all.state, counter.size)) return;
        made.flat.output = place_in(made.flat, view, made.table);
        name_parts(all);
        if (!made.flat.problem) return;
        all.state.report(detail::mistake_kind::faulty_circuit, {}, {}, {});
    }
    static node place_in(auto& circuit, const detail::card_view& view, const node_name_table& table)
    {
        constexpr bool counts = std::is_same_v<decltype(circuit), netlist_counter&>;
        node at = ground;
        int block = 0;
        const auto end_block = [&](signal_role role) {
            if constexpr (!counts) circuit.end_block(role, at);
        };
        if constexpr (!counts) circuit.begin_block(0);
        if (view.input != 0) {
            at = voltage_source{}.elaborate(circuit, at);
            end_block(signal_role::source);
            if constexpr (!counts) circuit.begin_block(++block);
        }
        detail::card_placer placer{circuit, view, at};
        at = placer.place();
        placed_names names = placer.nodes();
        names.table = &table;
        circuit.name_nodes(names);
        end_block(signal_role::stage);   // its parts are those of a preamp, even where it has the source in it
        return at;
    }
    static bool fits(detail::reading_state& state, const netlist_size& size)
    {
        using detail::mistake_kind;
        if (size.parts > bounded_size.parts || size.reactances > bounded_size.reactances)
            return state.report(mistake_kind::too_many_parts, {}, {}, {});
        if (size.nodes > bounded_size.nodes || size.branches > bounded_size.branches)
            return state.report(mistake_kind::too_many_nodes, {}, {}, {});
        if (size.triodes > bounded_size.triodes) return state.report(mistake_kind::too_many_triodes, {}, {}, {});
        return size.amplifiers <= bounded_size.amplifiers || state.report(mistake_kind::too_many_amplifiers, {}, {}, {});
    }

    [[nodiscard]] static std::string file_name(const reader& all, const detail::text_place& at)
    {
        return at.file < 0 ? std::string{} : std::string{all.choice.files[static_cast<std::size_t>(at.file)].name};
    }
    /// A word for a message, of which the beginning is enough where it is long; letters of UTF-8 stay whole.
    [[nodiscard]] static std::string shortened(std::string_view word)
    {
        constexpr std::size_t most = 100;
        if (word.size() <= most) return std::string{word};
        std::size_t end = most;
        while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) --end;
        return std::string{word.substr(0, end)} + "...";
    }
    /// The name that was perhaps meant, or all that may have been.
    [[nodiscard]] static std::string nearest_of(const detail::mistake& found)
    {
        std::string names;
        detail::card_words words{found.choices};
        for (auto name = next_defined_name(words); !name.empty(); name = next_defined_name(words))
            names += (names.empty() ? "" : " or ") + std::string{name};
        return names.empty() ? std::string{found.nearest} : names;
    }
    [[nodiscard]] static std::string outputs_of(const detail::reading_state& state)
    {
        std::string names;
        for (const std::string_view name : detail::output_candidates{state}) names += (names.empty() ? "" : " or ") + std::string{name};
        return names;
    }
    [[nodiscard]] static netlist_problem problem_of(const reader& all, const detail::mistake& found)
    {
        const bool is_missing = found.kind == detail::mistake_kind::missing_file;
        netlist_problem problem{found.at.line,
                                file_name(all, found.at),
                                shortened(found.part),
                                shortened(found.word),
                                std::string{sentence_of(found.kind)},
                                found.kind == detail::mistake_kind::no_output ? outputs_of(all.state) : nearest_of(found),
                                is_missing ? std::string{found.word} : "",
                                found.nodes};
        if (found.kind == detail::mistake_kind::faulty_circuit) {
            const fault& wrong = all.made->flat.problem;
            problem.word = wrong.part, problem.rule = wrong.rule;
        }
        return problem;
    }

    /// The names of nodes and parts.
    static void name_parts(reader& all)
    {
        const detail::reading_state& state = all.state;
        content& made = *all.made;
        made.nodes.resize(static_cast<std::size_t>(made.flat.nodes));
        const auto name_of = [&](int own) { return own == 0 ? std::string{"0"} : std::string{state.name_at(state.node_names[own - 1])}; };
        for (int own = 1; own <= state.nodes.count(); ++own)
            if (const node at = made.flat.names[0](own); at != ground) made.nodes[static_cast<std::size_t>(at.index - 1)] = name_of(own);
        int couplings = 0;
        for (const detail::card_value& value : state.values) {
            if (!can_be_set(value, state.cards.begin())) continue;
            netlist_part part{std::string{state.name_at(value.name)}, value.value, detail::unit_of(value.unit), {}, {}, 0, {}, value.count};
            if (value.tolerance >= 0.0) part.tolerance = value.tolerance;
            if (value.card >= 0) {
                const detail::flat_card& card = state.cards[value.card];
                part.from = name_of(card.a), part.to = name_of(card.b), part.line = state.places[value.card].line;
            } else {   // of a coupling, which are read in their order
                part.line = state.lines[state.couplings[couplings++].line].at.line;
            }
            made.parts.push_back(std::move(part));
        }
        for (int i = 0; i < state.cards.count(); ++i)
            add_device(all, i, {detail::card_kind::law, detail::card_kind::valve}, netlist_device::triode);
        for (int i = 0; i < state.cards.count(); ++i) add_device(all, i, {detail::card_kind::amplifier}, netlist_device::amplifier);
    }
    static void add_device(reader& all, int place, std::initializer_list<detail::card_kind> kinds, netlist_device::device_kind kind)
    {
        for (const detail::card_kind wanted : kinds)
            if (all.state.cards[place].kind == wanted)
                all.made->devices.push_back({std::string{all.state.part_of(place)}, kind, std::string{all.state.cards[place].taken_for},
                                             all.state.places[place].line});
    }

    static void write_notes(reader& all)
    {
        for (const detail::reading_note& note : all.state.notes)
            all.made->notes.push_back({note.at.line, file_name(all, note.at), text_of(all.state, note), detail::is_doubt(note.kind)});
    }

    std::shared_ptr<const content> content_;
};

}   // namespace phono::inline v0_2
