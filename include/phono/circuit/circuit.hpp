// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/node_name.hpp>
#include <phono/circuit/operating_point.hpp>
#include <phono/circuit/quiescent_voltages.hpp>
#include <phono/units.hpp>

#include <concepts>
#include <limits>
#include <optional>
#include <string_view>

namespace phono::inline v0_2 {

namespace detail {

template <class Schematic, class Netlist>
concept elaborates_into = requires(const Schematic& schematic)
{
    {
        elaborate(schematic)
        } -> std::same_as<Netlist>;
};

}   // namespace detail

/// A schematic's circuit, kept for repeated analysis: elaborated and biased once, then evaluated at any frequency and any node.
///
///     const circuit held{schematic};
///     response(held, 1_kHz);                  // at the output
///     response(held, at<"plate1">, 1_kHz);    // at any node
///     held.quiescent(at<"cathode1">);         // its DC voltage
///
/// Errors: a schematic with a part out of range, or whose triodes have no operating point, has a problem(), and its response is NaN.
/// The name of a node that cannot exist does not compile; a name that is known only at run time goes to find().
template <netlist_size size>
class circuit {
public:
    static constexpr netlist_size capacity = size;

    constexpr explicit circuit(const phono::flat_netlist<size>& flat) noexcept : flat_(flat) { solve(); }
    /// From anything that elaborates into such a netlist, such as a chain.
    template <detail::elaborates_into<phono::flat_netlist<size>> Schematic>
    constexpr explicit circuit(const Schematic& of_blocks) noexcept : flat_(elaborate(of_blocks))
    {
        solve();
    }

    /// What is wrong with the parts, or why there is no operating point.
    [[nodiscard]] constexpr const fault& problem() const noexcept { return problem_; }
    /// The flat netlist of its parts.
    [[nodiscard]] constexpr const phono::flat_netlist<size>& netlist() const noexcept { return flat_; }
    /// The triodes at their operating points, in signal order.
    [[nodiscard]] constexpr const operating_point<size.triodes>& triodes() const noexcept { return point_; }
    /// The small-signal circuit at the operating point.
    [[nodiscard]] constexpr const nodal_equations<size>& equations() const noexcept { return equations_; }

    /// The node of this name, if there is one.
    [[nodiscard]] constexpr std::optional<node> find(std::string_view name) const noexcept { return find_node(flat_, name); }
    template <detail::fixed_text name>
    [[nodiscard]] constexpr node find(detail::named_node<name>) const noexcept
    {
        constexpr bool exists = detail::is_known_node(name, size);
        static_assert(exists,
                      "phono: this circuit has no node of that name; there are plate1, grid1, cathode1, plate2 ... of its triodes in the "
                      "order of the signal, out0, out1 ... of its blocks, and the names of a netlist's own nodes");
        if constexpr (exists) return *find_node(flat_, name);
        else return ground;
    }

    /// The DC voltages of all nodes, by solving the circuit once.
    [[nodiscard]] constexpr quiescent_voltages<size> quiescent() const noexcept { return {flat_, point_, equations_}; }
    /// The DC voltage of a node against ground; NaN where the circuit has a problem, or DC does not determine it (between two capacitors).
    [[nodiscard]] constexpr voltage quiescent(node which) const noexcept
    {
        return voltage{problem_ ? std::numeric_limits<double>::quiet_NaN() : quiescent()(which)};
    }
    template <detail::fixed_text name>
    [[nodiscard]] constexpr voltage quiescent(detail::named_node<name> which) const noexcept
    {
        return quiescent(find(which));
    }

private:
    constexpr void solve() noexcept
    {
        problem_ = flat_.problem;
        if (problem_) return;
        equations_.take(flat_);
        point_ = detail::find_operating_point(flat_, equations_, problem_);
        equations_.linearise(point_);
    }

    phono::flat_netlist<size> flat_;
    operating_point<size.triodes> point_{};
    nodal_equations<size> equations_{};
    fault problem_{};
};

template <netlist_size size>
circuit(const flat_netlist<size>&) -> circuit<size>;

}   // namespace phono::inline v0_2
