// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>

#include <cstddef>
#include <numeric>
#include <vector>

namespace phono::inline v0_2::detail {

/// The nodes of a netlist in groups that carry DC to each other; that of ground is node 0's.
class dc_groups {
public:
    explicit dc_groups(std::size_t nodes) : first_(nodes) { std::iota(first_.begin(), first_.end(), std::size_t{0}); }

    void join(node a, node b) noexcept
    {
        const std::size_t one = first_of(static_cast<std::size_t>(a.index)), two = first_of(static_cast<std::size_t>(b.index));
        if (one < two) first_[two] = one;
        else first_[one] = two;
    }

    /// True for the first node of a group that does not reach ground.
    [[nodiscard]] bool is_first_of_floating(std::size_t n) const noexcept { return n != 0 && first_[n] == n; }

private:
    [[nodiscard]] std::size_t first_of(std::size_t n) const noexcept
    {
        while (first_[n] != n) n = first_[n];
        return n;
    }

    std::vector<std::size_t> first_;   ///< of each node one of its group with a lower number, or itself
};

}   // namespace phono::inline v0_2::detail
