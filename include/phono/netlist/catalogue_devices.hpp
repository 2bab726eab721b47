// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/card_reader.hpp>
#include <phono/netlist/catalogue_names.hpp>

#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A triode of the catalogue; of a double one `half` is which, ".A" or ".B".
constexpr void place_triode(card_reader& card, const catalogue_find<triode>& tube, int plate, int grid, int cathode,
                            std::string_view half = {})
{
    flat_card& placed = card.add(card_kind::valve, plate, cathode, half);
    placed.plus = grid, placed.first = card.state.valves.count(), placed.taken_for = tube.entry;
    card.state.valves.add(tube.value);
    card.note(note_kind::taken_for_triode, tube.entry, half);
}

/// An amplifier of the catalogue, or one of a dual.
constexpr void place_amplifier(card_reader& card, const catalogue_find<op_amp>& amplifier, int plus, int minus, int out,
                               std::string_view half = {})
{
    flat_card& placed = card.add(card_kind::amplifier, out, 0, half);
    placed.plus = plus, placed.minus = minus, placed.first = card.state.amplifiers.count(), placed.taken_for = amplifier.entry;
    card.state.amplifiers.add(amplifier.value);
    card.note(note_kind::taken_for_amplifier, amplifier.entry, half);
}

/// The pins of one of the two in a package, counted from 0.
struct package_half {
    std::string_view name;
    int out, in, other;   ///< out, + and -; or plate, grid and cathode
};

/// True for a half that nothing is connected to but, as is usual, ground to its inputs.
[[nodiscard]] constexpr bool is_spare(const std::string_view* word, const package_half& half) noexcept
{
    const auto is_idle = [](std::string_view name) { return is_unconnected(name) || is_ground(name); };
    return is_unconnected(word[half.out]) && is_idle(word[half.in]) && is_idle(word[half.other]);
}

/// Places the halves of a package but for a spare one.
constexpr void place_halves(card_reader& card, const std::string_view* word, const package_half (&halves)[2], auto&& place)
{
    for (const package_half& half : halves) {
        if (is_spare(word, half)) {
            card.note(note_kind::half_left_out, half.name.substr(1));
            continue;
        }
        const auto node = [&](int pin) { return node_number(card.state, card.in, word[pin]); };
        const int out = node(half.out), in = node(half.in), other = node(half.other);
        place(half.name, out, in, other);
    }
}

/// Two amplifiers by the pins of their package, that all duals have.
constexpr void place_dual_amplifier(card_reader& card, const std::string_view* word, const catalogue_find<op_amp>& amplifier)
{
    constexpr package_half halves[] = {{".A", 0, 2, 1}, {".B", 6, 4, 5}};
    card.note(note_kind::dual_amplifier);
    place_halves(card, word, halves,
                 [&](std::string_view half, int out, int plus, int minus) { place_amplifier(card, amplifier, plus, minus, out, half); });
    for (const int supply : {3, 7}) card.state.asked_nodes.add(node_number(card.state, card.in, word[supply]));
}

/// Two triodes by the pins of their base; pins 4 and 5 are the ends of the heater, 9 its middle, or a shield.
constexpr void place_double_triode(card_reader& card, const std::string_view* word, const catalogue_find<triode>& tube)
{
    constexpr package_half halves[] = {{".A", 0, 1, 2}, {".B", 5, 6, 7}};
    card.note(note_kind::double_triode);
    place_halves(card, word, halves,
                 [&](std::string_view half, int plate, int grid, int cathode) { place_triode(card, tube, plate, grid, cathode, half); });
    for (const int heater : {3, 4, 8}) card.state.heater_nodes.add(node_number(card.state, card.in, word[heater]));
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
