// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2 {

/// A junction of a circuit. Node 0 is ground.
struct node {
    int index = 0;

    friend constexpr bool operator==(node, node) noexcept = default;
};

/// The reference node of every circuit.
inline constexpr node ground{};

}   // namespace phono::inline v0_2
