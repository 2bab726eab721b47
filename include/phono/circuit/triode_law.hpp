// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/circuit/value_rule.hpp>
#include <phono/math/lanes.hpp>
#include <phono/math/matrix.hpp>

#include <concepts>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

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
/// A law may also state the ranges of its parameters, which check() then holds them to, by a fourth function:
///
///     constexpr void check_values(value_checker& rules) const noexcept
///     {
///         rules.check_positive({{g, "three_halves.g"}, {mu, "three_halves.mu"}});
///     }
///
/// Range: finite and continuous for voltages within +-1e60 V, with no plate current at a plate voltage of 0 V or below. All functions are
/// noexcept, and constexpr where a schematic is to be constant.
/// Errors: check() looks at a law at a handful of voltages, of the grid from -50 V to 0.5 V and of the plate to 300 V. A law is at fault
/// that gives no plate current at 0 V and 100 V, more than 1 uA of it at a plate voltage of 0 V or below, a current below -1 uA, a slope of
/// the plate's current or grid_by_grid below -1 uS, a slope that is not that of its current within a factor of two, or what is not finite.
/// Accuracy: beyond that the slopes are trusted, and a wrong one slows the solver down or keeps it from converging: check them by finite
/// differences.
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

namespace detail {

/// Triodes of one law with parameters of their own, side by side in vector registers.
template <int how_many>
struct triodes_together {
    static constexpr int count = how_many;
    using numbers = math::lanes<count>;
    using values = math::vector<numbers, law_capacity>;   ///< the parameters, as in law_values

    numbers plate{}, plate_by_grid{}, plate_by_plate{};   ///< as in triode_currents
    numbers grid{}, grid_by_grid{}, grid_by_plate{};
};
/// Those of a circuit, and those of two channels of it.
using four_triodes = triodes_together<4>;
using eight_triodes = triodes_together<8>;

/// A law that also computes several triodes at once: the same currents and slopes to within rounding.
template <class Law>
concept law_of_triodes_together = requires(const four_triodes::values& values, const four_triodes::numbers& volts)
{
    {
        Law::template together<4>(values, volts, volts)
    }
    noexcept->std::same_as<four_triodes>;
};

/// Holds the parameters of a law, or of a grid current law, to the ranges that it states, if it does.
template <class Law>
constexpr void check_values_of(const Law& law, value_checker& rules) noexcept
{
    if constexpr (requires { law.check_values(rules); }) law.check_values(rules);
}

}   // namespace detail

/// Any law as one type, so that one circuit may have tubes of different laws and a tube can be a template argument.
struct any_law {
    /// The functions of one kind of law. A variable identifies each kind, since g++ 12 takes no function as part of a template argument.
    struct kind {
        triode_currents (*currents)(const law_values&, double vgk, double vpk) noexcept;
        fault (*problem)(const law_values&) noexcept;
        detail::four_triodes (*four)(const detail::four_triodes::values&, const detail::four_triodes::numbers& vgk,
                                     const detail::four_triodes::numbers& vpk) noexcept;   ///< none for a law without
        detail::eight_triodes (*eight)(const detail::eight_triodes::values&, const detail::eight_triodes::numbers& vgk,
                                       const detail::eight_triodes::numbers& vpk) noexcept;
    };

    law_values value{};
    const kind* of = &empty_socket;

    constexpr any_law() noexcept = default;   ///< an empty socket: no current
    template <triode_law Law>
    constexpr any_law(const Law& law) noexcept : value(law.values()), of(&kind_of<Law>)
    {
    }

    [[nodiscard]] constexpr triode_currents currents(double vgk, double vpk) const noexcept { return of->currents(value, vgk, vpk); }

    /// The first parameter that is out of the range that its law states; no fault where a law states none.
    [[nodiscard]] constexpr fault problem() const noexcept { return of->problem(value); }

    /// True if it holds a law of this kind.
    template <triode_law Law>
    [[nodiscard]] constexpr bool is() const noexcept
    {
        return of == &kind_of<Law>;
    }

    /// True for the same law with the same parameters.
    friend constexpr bool operator==(const any_law& x, const any_law& y) noexcept
    {
        bool same = x.of == y.of;
        for (int i = 0; i < law_capacity; ++i) same = same && x.value[i] == y.value[i];
        return same;
    }

private:
    template <class Law, int count>
    static constexpr auto together_of() noexcept
        -> detail::triodes_together<count> (*)(const typename detail::triodes_together<count>::values&,
                                               const typename detail::triodes_together<count>::numbers&,
                                               const typename detail::triodes_together<count>::numbers&) noexcept
    {
        if constexpr (detail::law_of_triodes_together<Law>) return &Law::template together<count>;
        else return nullptr;
    }
    template <class Law>
    static constexpr kind kind_of{[](const law_values& list, double vgk, double vpk) noexcept { return Law::of(list).currents(vgk, vpk); },
                                  [](const law_values& list) noexcept {
                                      value_checker rules;
                                      detail::check_values_of(Law::of(list), rules);
                                      return rules.problem;
                                  },
                                  together_of<Law, 4>(), together_of<Law, 8>()};
    static constexpr kind empty_socket{[](const law_values&, double, double) noexcept { return triode_currents{}; },
                                       [](const law_values&) noexcept { return fault{}; }, nullptr, nullptr};
};

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
