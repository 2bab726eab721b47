// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/node_table.hpp>

#include <cstddef>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Nodes of the text that may be meant as its output where none is named out: those with "out" in their names, /amp/out and out2; else those
/// that only one part touches, else two, and that no source holds.
class output_candidates {
public:
    constexpr explicit output_candidates(const reading_state& state)
    {
        for (int node = 1; node <= state.nodes.count(); ++node)
            if (state.nodes[node - 1].instance == 0 && has_out(state.nodes[node - 1].name)) add(state.nodes[node - 1].name);
        for (int parts = 1; parts <= 2 && count_ == 0; ++parts)
            for (int node = 1; node <= state.nodes.count(); ++node)
                if (state.nodes[node - 1].instance == 0 && parts_at(state, node) == parts) add(state.nodes[node - 1].name);
    }

    [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return name_; }
    [[nodiscard]] constexpr const std::string_view* end() const noexcept { return name_ + count_; }

private:
    static constexpr int most = 4;

    constexpr void add(std::string_view name) noexcept
    {
        if (count_ < most) name_[count_++] = name;
    }
    [[nodiscard]] static constexpr bool has_out(std::string_view name) noexcept
    {
        for (std::size_t at = 0; at + 3 <= name.size(); ++at)
            if (same_name(name.substr(at, 3), "out")) return true;
        return false;
    }
    /// How many parts touch a node; none where it is the input, or a source holds it.
    [[nodiscard]] static constexpr int parts_at(const reading_state& state, int node) noexcept
    {
        if (node == state.input) return 0;
        int parts = 0;
        for (const flat_card& card : state.cards) {
            const bool is_at_end = card.a == node || card.b == node;
            const bool is_source = card.kind == card_kind::supply || card.kind == card_kind::driving_voltage;
            if (is_at_end && is_source && (card.a == 0 || card.b == 0)) return 0;
            if (is_at_end || card.plus == node || card.minus == node) ++parts;
        }
        return parts;
    }

    std::string_view name_[most]{};
    int count_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
