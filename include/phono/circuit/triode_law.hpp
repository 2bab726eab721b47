// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

#include <concepts>

namespace phono {

/// The currents of a triode, in amperes, and their derivatives with respect to its two voltages, in siemens.
struct triode_currents {
    double plate = 0.0, plate_by_grid = 0.0, plate_by_plate = 0.0;   ///< Ip, dIp/dVgk (gm), dIp/dVpk (1/rp)
    double grid = 0.0, grid_by_grid = 0.0, grid_by_plate = 0.0;      ///< Ig, dIg/dVgk, dIg/dVpk
};

/// The largest number of parameters that a law may have.
inline constexpr int law_capacity = 16;
/// The parameters of a law, in the law's own order; those beyond its own are 0.
using law_values = math::vector<double, law_capacity>;

/// An equation for the currents of a triode, set for a tube of a schematic as triode{.law = three_halves{}}.
///
/// Units: amperes and siemens; vgk and vpk are the voltages of grid and plate relative to the cathode.
/// A law is a type with at most law_capacity parameters, each with a default, and three functions. currents() computes both currents and
/// their derivatives; values() lists the parameters, and of() makes the law from such a list, so that tubes of any law have one type:
///
///     struct three_halves {   // Child and Langmuir: Ip = g (Vgk + Vpk/mu)^1.5, a grid above 0 V counting as 0 V; no grid current
///         double g = 1.7e-3, mu = 100.0;
///
///         constexpr triode_currents currents(double vgk, double vpk) const noexcept
///         {
///             const double drive = (vgk < 0.0 ? vgk : 0.0) + vpk / mu;
///             if (!(drive > 0.0)) return {};
///             const double root = math::sqrt(drive), slope = 1.5 * g * root;
///             return {.plate = g * drive * root, .plate_by_grid = vgk < 0.0 ? slope : 0.0, .plate_by_plate = slope / mu};
///         }
///         constexpr law_values values() const noexcept
///         {
///             law_values list{};
///             list[0] = g, list[1] = mu;
///             return list;
///         }
///         static constexpr three_halves of(const law_values& list) noexcept { return {list[0], list[1]}; }
///     };
///
/// Range: finite and continuous for voltages within +-1e60 V, with no plate current at a plate voltage of 0 V or below. All three functions
/// are noexcept, and constexpr where a schematic is to be constant.
/// Accuracy: the slopes are trusted, and a wrong one slows the solver down or keeps it from converging: check them by finite differences.
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

/// Any law as one type, so that one circuit may have tubes of different laws and a tube can be a template argument.
struct any_law {
    /// The function of one kind of law. A variable identifies each kind, since g++ 12 takes no function as part of a template argument.
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

    [[nodiscard]] constexpr triode_currents currents(double vgk, double vpk) const noexcept { return of->currents(value, vgk, vpk); }

    /// True if it holds a law of this kind.
    template <triode_law Law>
    [[nodiscard]] constexpr bool is() const noexcept
    {
        return of == &kind_of<Law>;
    }

private:
    template <class Law>
    static constexpr kind kind_of{[](const law_values& list, double vgk, double vpk) noexcept { return Law::of(list).currents(vgk, vpk); }};
    static constexpr kind empty_socket{[](const law_values&, double, double) noexcept { return triode_currents{}; }};
};

}   // namespace phono
