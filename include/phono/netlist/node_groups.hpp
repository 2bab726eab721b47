// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/growing_list.hpp>

namespace phono::inline v0_2::detail {

/// Nodes in groups that parts connect.
class node_groups {
public:
    constexpr explicit node_groups(int nodes)
    {
        for (int i = 0; i <= nodes; ++i) group_.add(i);
    }
    [[nodiscard]] constexpr int of(int node) noexcept
    {
        while (group_[node] != node) node = group_[node] = group_[group_[node]];
        return node;
    }
    /// False where they were connected before.
    constexpr bool connect(int a, int b) noexcept
    {
        const int one = of(a), other = of(b);
        group_[one < other ? other : one] = one < other ? one : other;
        return one != other;
    }

private:
    growing_list<int> group_{};
};

}   // namespace phono::inline v0_2::detail
