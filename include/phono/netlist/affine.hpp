// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2::detail {

/// A constant and a few unknowns, each times a factor: what a linear source of a netlist may be in the voltages of its circuit.
struct affine {
    static constexpr int most_terms = 8;
    struct one_term {
        int unknown = 0;
        double factor = 0.0;
    };

    double constant = 0.0;
    int count = 0;
    one_term term[most_terms]{};   ///< each unknown once, in the order of their first appearance

    [[nodiscard]] static constexpr affine of(double constant) noexcept { return {constant, 0, {}}; }
    [[nodiscard]] static constexpr affine of_unknown(int unknown) noexcept { return {0.0, 1, {{unknown, 1.0}}}; }

    constexpr void scale(double by) noexcept
    {
        constant *= by;
        for (int i = 0; i < count; ++i) term[i].factor *= by;
    }

    /// Adds another; false where there are more unknowns than there is room for.
    constexpr bool add(const affine& other) noexcept
    {
        constant += other.constant;
        for (int i = 0; i < other.count; ++i) {
            int at = 0;
            while (at < count && term[at].unknown != other.term[i].unknown) ++at;
            if (at == most_terms) return false;
            if (at == count) term[count++] = {other.term[i].unknown, 0.0};
            term[at].factor += other.term[i].factor;
        }
        return true;
    }
};

}   // namespace phono::inline v0_2::detail
