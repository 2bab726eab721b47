// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

#include <concepts>

namespace phono {

/// The currents of a triode and how they change with its two voltages, in amperes and siemens.
struct triode_currents {
    double plate = 0.0, plate_by_grid = 0.0, plate_by_plate = 0.0;   ///< Ip, dIp/dVgk (gm), dIp/dVpk (1/rp)
    double grid = 0.0, grid_by_grid = 0.0, grid_by_plate = 0.0;      ///< Ig, dIg/dVgk, dIg/dVpk
};

/// Most parameters that a law may have.
inline constexpr int law_capacity = 16;
using law_values = math::vector<double, law_capacity>;

/// An equation for a triode: currents(vgk, vpk), in volts from the cathode, with their derivatives.
///
/// Finite and continuous for voltages within +-1e60 V, and without plate current at a plate of 0 V or below. A law is its parameters: it
/// makes itself of the list that it gives. Its slopes are taken at their word: check them by differences. The three functions are
/// noexcept, and constexpr for constant schematics.
template <class Law>
concept triode_law = std::default_initializable<Law> && requires(const Law& law, double volts, const law_values& list)
{
    {
        law.currents(volts, volts)
    }
    noexcept->std::same_as<triode_currents>;
    {
        law.values()
    }
    noexcept->std::same_as<law_values>;
    {
        Law::of(list)
    }
    noexcept->std::same_as<Law>;
};

/// Any law as one type, so that tubes of different laws stand in one circuit, and a tube can be a template argument.
struct any_law {
    /// What a kind of law computes. A variable of each kind stands for it: g++ 12 takes no function as part of a template argument.
    struct kind {
        triode_currents (*currents)(const law_values&, double vgk, double vpk) noexcept;
    };

    law_values value{};
    const kind* of = &empty_socket;

    constexpr any_law() noexcept = default;   ///< an empty socket: no current
    template <triode_law Law>
    constexpr any_law(const Law& law) noexcept : value(law.values()), of(&kind_of<Law>)
    {
    }

    constexpr triode_currents currents(double vgk, double vpk) const noexcept { return of->currents(value, vgk, vpk); }

    /// True if it holds a law of this kind.
    template <triode_law Law>
    constexpr bool is() const noexcept
    {
        return of == &kind_of<Law>;
    }

private:
    template <class Law>
    static constexpr kind kind_of{[](const law_values& list, double vgk, double vpk) noexcept { return Law::of(list).currents(vgk, vpk); }};
    static constexpr kind empty_socket{[](const law_values&, double, double) noexcept { return triode_currents{}; }};
};

}   // namespace phono
