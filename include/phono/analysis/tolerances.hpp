// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/flat_netlist.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"   // default: is every other kind
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

/// Hundredths: percent{5.0} is 5 %.
struct percent {
    double value = 0.0;

    [[nodiscard]] constexpr double ratio() const noexcept { return 0.01 * value; }
    friend constexpr bool operator==(percent, percent) noexcept = default;
};

/// How the values of bought parts lie within their tolerance.
enum class part_spread {
    uniform,   ///< each value as likely as another
    normal,    ///< with the tolerance three standard deviations, and cut off there: a maker sorts out what lies beyond
    corners,   ///< at one end or the other: the worst that a tolerance permits
};

/// The tolerance of the parts of a name, or of one part.
struct part_tolerance {
    std::string_view
        part;   ///< as in a list of sensitivities: "loading.resistance", "resistor_3"; "resistor" means all resistors so called
    percent tolerance;
};

/// How far the parts of a schematic may be from their values, by their kinds and by their names.
///
/// What stands for a device, such as an amplifier's pole or a tube's capacitances, has no tolerance; nor have absent parts.
/// Range: 0 or above, below 100 %.
struct tolerances {
    percent resistors{1.0};
    percent capacitors{5.0};
    percent inductors{5.0};
    percent cartridge{0.0};                ///< parts of cartridges, cables and transformers, which are not the preamp's
    std::vector<part_tolerance> parts{};   ///< of these parts in place of the above; of one part goes before that of its name
};

/// A part of a schematic that is bought to a tolerance.
struct toleranced_part {
    int place = 0;                    ///< in the netlist
    std::string name;                 ///< as in the netlist; of several with one name that of the first is name_1, of the second name_2 ...
    std::string_view shared_name{};   ///< as in the netlist, which others may have too
    part_kind kind{};
    int block = -1;
    double value = 0.0;   ///< in the SI unit
    percent tolerance{};
    signal_role role{};   ///< of its block

    /// True where a text is its name or that which it shares.
    [[nodiscard]] bool is_called(std::string_view text) const noexcept { return text == name || text == shared_name; }
};

namespace detail {

/// True for what is not the preamp's, but of the cartridge and what lies between the two.
[[nodiscard]] constexpr bool is_of_cartridge(signal_role role) noexcept
{
    return role == signal_role::source || role == signal_role::cable || role == signal_role::transformer;
}

[[nodiscard]] inline percent tolerance_of_kind(part_kind kind, signal_role role, const tolerances& given) noexcept
{
    if (is_of_cartridge(role)) return given.cartridge;
    switch (kind) {
        case part_kind::capacitor: return given.capacitors;
        case part_kind::inductor: return given.inductors;
        default: return given.resistors;
    }
}

[[nodiscard]] constexpr bool is_bought(const part& p) noexcept
{
    const bool is_passive = p.kind == part_kind::resistor || p.kind == part_kind::series_resistor || p.kind == part_kind::shunt_resistor ||
                            p.kind == part_kind::capacitor || p.kind == part_kind::inductor;
    return is_passive && !p.is_of_model && p.value != 0.0;
}

[[nodiscard]] constexpr bool is_tolerance(percent p) noexcept { return p.value >= 0.0 && p.value < 100.0; }

}   // namespace detail

/// The parts of a netlist that are bought, with their tolerances; a fault, in `problem`, where a tolerance is out of range or names no part.
/// The names are views into those of the netlist's parts. Not real-time: it allocates.
template <netlist_size size>
[[nodiscard]] std::vector<toleranced_part> toleranced_parts(const flat_netlist<size>& flat, const tolerances& given, fault& problem)
{
    std::vector<toleranced_part> bought;
    std::vector<bool> is_used(given.parts.size());
    for (int i = 0; i < flat.part_count; ++i) {
        const part& p = flat.parts[i];
        if (!detail::is_bought(p)) continue;
        int number = 1, of = 0;   // among the parts of its name
        for (int k = 0; k < flat.part_count; ++k) {
            if (!detail::is_bought(flat.parts[k]) || std::string_view{flat.parts[k].name} != p.name) continue;
            ++of;
            number += k < i ? 1 : 0;
        }
        const signal_role role = p.block >= 0 && p.block < size.blocks ? flat.blocks[p.block].role : signal_role::stage;
        toleranced_part found{i,
                              of == 1 ? std::string{p.name} : std::string{p.name} + '_' + std::to_string(number),
                              p.name,
                              p.kind,
                              p.block,
                              p.value,
                              detail::tolerance_of_kind(p.kind, role, given),
                              role};
        bool is_exact = false;
        for (std::size_t k = 0; k < given.parts.size(); ++k) {
            if (!found.is_called(given.parts[k].part)) continue;
            const bool is_this = given.parts[k].part == found.name;
            is_used[k] = true;
            if (is_this || !is_exact) found.tolerance = given.parts[k].tolerance;
            is_exact = is_exact || is_this;
        }
        if (!detail::is_tolerance(found.tolerance) && !problem)
            problem = {p.name, found.tolerance.value, "must have a tolerance of 0 % or above and below 100 %", p.block, "%"};
        bought.push_back(std::move(found));
    }
    for (std::size_t k = 0; k < is_used.size(); ++k)
        if (!is_used[k] && !problem)
            problem = {"tolerances.parts", static_cast<double>(k), "must name parts of the circuit that are bought; this entry names none"};
    return bought;
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
