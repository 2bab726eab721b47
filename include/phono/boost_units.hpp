// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/units.hpp>

#include <boost/units/quantity.hpp>
#include <boost/units/systems/si/angular_velocity.hpp>
#include <boost/units/systems/si/capacitance.hpp>
#include <boost/units/systems/si/current.hpp>
#include <boost/units/systems/si/dimensionless.hpp>
#include <boost/units/systems/si/electric_potential.hpp>
#include <boost/units/systems/si/frequency.hpp>
#include <boost/units/systems/si/inductance.hpp>
#include <boost/units/systems/si/resistance.hpp>
#include <boost/units/systems/si/time.hpp>
#include <boost/units/systems/si/velocity.hpp>

#include <type_traits>

/// Quantities of this library and those of Boost.Units convert into each other, implicitly where the dimension is the same and in SI units:
///
///     phono::resistance r = 47e3 * boost::units::si::ohm;
///     boost::units::quantity<boost::units::si::resistance> there = r;
///
/// A quantity of another dimension or system does not convert. The header stands apart because Boost.Units is a large part of the memory
/// and the time that a compiler takes for a small program.
namespace phono::inline v0_2 {

namespace detail {

template <class Value>
struct boost_unit_of;
template <>
struct boost_unit_of<resistance> {
    using type = boost::units::si::resistance;
};
template <>
struct boost_unit_of<capacitance> {
    using type = boost::units::si::capacitance;
};
template <>
struct boost_unit_of<inductance> {
    using type = boost::units::si::inductance;
};
template <>
struct boost_unit_of<voltage> {
    using type = boost::units::si::electric_potential;
};
template <>
struct boost_unit_of<current> {
    using type = boost::units::si::current;
};
template <>
struct boost_unit_of<frequency> {
    using type = boost::units::si::frequency;
};
template <>
struct boost_unit_of<angular_frequency> {
    using type = boost::units::si::angular_velocity;
};
template <>
struct boost_unit_of<duration> {
    using type = boost::units::si::time;
};
template <>
struct boost_unit_of<velocity> {
    using type = boost::units::si::velocity;
};
template <>
struct boost_unit_of<gain> {
    using type = boost::units::si::dimensionless;
};

template <class Value, class Unit, class Number>
struct boost_conversion<Value, boost::units::quantity<Unit, Number>> {
    using other = boost::units::quantity<Unit, Number>;

    static constexpr bool exists = std::is_same_v<Unit, typename boost_unit_of<Value>::type> && std::is_floating_point_v<Number>;

    static constexpr double from(const other& value) noexcept { return static_cast<double>(value.value()); }
    static constexpr other to(double value) noexcept { return other::from_value(static_cast<Number>(value)); }
};

}   // namespace detail

/// The quantity of Boost.Units, in SI units, that a value of this library is: `boost_quantity<resistance>`. Of a gain, the amplitude ratio.
template <class Value>
using boost_quantity = boost::units::quantity<typename detail::boost_unit_of<Value>::type, double>;

}   // namespace phono::inline v0_2
