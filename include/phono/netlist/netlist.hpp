// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/circuit/node_name.hpp>
#include <phono/netlist/netlist_constants.hpp>
#include <phono/netlist/placing_cards.hpp>

#include <string_view>
#include <type_traits>

namespace phono::inline v0_2 {

namespace detail {

/// True for a text with the word AC: one with a mistake is then taken for a source, so that its place in a chain is no further mistake.
[[nodiscard]] constexpr bool has_word_ac(std::string_view text) noexcept
{
    for (std::size_t i = 1; i + 2 < text.size(); ++i)
        if (text[i - 1] == ' ' && text[i + 2] == ' ' && same_name(text.substr(i, 2), "ac")) return true;
    return false;
}

/// A netlist in a type, read once.
template <fixed_text text, fixed_text input, fixed_text output>
struct netlist_in_a_type {
    static constexpr auto at_first = read_constants<usual_extent>(text, input, output);
    static constexpr bool exists = at_first.found.kind == mistake_kind::none;
    static_assert(std::is_empty_v<mistake_in_netlist<at_first.found.kind, at_first.found.line, at_first.found>>);   // it has the sentences

    static constexpr auto make() noexcept
    {
        if constexpr (!exists) return netlist_constants<netlist_extent{}>{};
        else if constexpr (at_first.fits()) return netlist_constants<at_first.used>{at_first};
        else return read_constants<at_first.used>(text, input, output);
    }
    static constexpr auto read = make();
    static constexpr bool is_source = exists ? read.input == 0 : has_word_ac(text);
    static constexpr node_name_table names{read.names.entry, read.node_names.entry, read.used.nodes};
};

}   // namespace detail

/// A circuit given by its SPICE netlist, read by the compiler.
///
///     constexpr netlist<R"(a passive RIAA network
///     R1 in  out 68k
///     R2 out x   10k
///     C1 x   0   33n
///     C2 out 0   11n
///     )"> riaa{};
///     constexpr chain preamp_of_it{voltage_source{}, riaa, buffer{40_dB}};
///
/// The first line is its title. A text with a source that has AC is a whole chain, or its beginning: chain{netlist<"...">{}}. Any other is
/// a stage between its nodes `in` and `out`; further arguments name others, or the source that drives: netlist<"...", "grid", "plate">.
/// netlist_reading reads the same text at run time, into the same circuit bit for bit. Nodes are found by their names, at<"x">, and values
/// are changed by with<"R1">(riaa, 47_kOhm).
/// Errors: a text that is not understood does not compile; the compiler says what is wrong and in which line.
template <detail::fixed_text text, detail::fixed_text input = "", detail::fixed_text output = "">
struct netlist {
private:
    using reading = detail::netlist_in_a_type<text, input, output>;

public:
    static constexpr signal_role role = reading::is_source ? signal_role::source : signal_role::stage;
    /// Its parts are those of a preamp, not of a cartridge, even where it has the source in it.
    static constexpr signal_role parts_role = signal_role::stage;

    /// The values of its parts, in the order of the text; with<"R1">() changes one.
    decltype(reading::read.values) values = reading::read.values;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const detail::card_view cards = reading::read.view(values.entry);
        detail::card_placer placer{circuit, cards, in};
        const node out = placer.place();
        placed_names names = placer.nodes();
        names.table = &reading::names;
        circuit.name_nodes(names);
        return out;
    }

    /// The place of a part's value among the values, -1 if it has none that can be set.
    [[nodiscard]] static constexpr int find_value(std::string_view part) noexcept
    {
        for (int i = 0; i < reading::read.used.values; ++i) {
            const detail::card_value& value = reading::read.values[i];
            if (can_be_set(value, reading::read.cards.entry) && detail::same_name(reading::read.names.entry + value.name, part)) return i;
        }
        return -1;
    }
    /// The letter of the part that has a value: R C L V I E G F H or K.
    [[nodiscard]] static constexpr char unit_of_value(int place) noexcept { return reading::read.values[place].unit; }
};

}   // namespace phono::inline v0_2
