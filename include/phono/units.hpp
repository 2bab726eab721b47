// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

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

#include <compare>
#include <type_traits>

/// Named electrical quantities, in which the values of a schematic are written.
///
/// Each is a named class (so that compiler messages say `phono::resistance`), holds one `double` in the SI unit, can be a
/// template argument, is passed in a register, and converts to and from the Boost.Units quantity of its dimension. Only
/// unambiguous operations are defined: `R + C`, hertz in place of radians per second, and bare numbers do not compile.
namespace phono {

struct resistance;
struct capacitance;
struct inductance;
struct voltage;
struct current;
struct frequency;
struct angular_frequency;
struct duration;
struct velocity;

namespace detail {

/// What the compiler is told of a quantity: its Boost unit, and the sentence for a number without one. It is looked up here, and is no
/// template argument of the quantity, since a compiler would print it in the name of every quantity and of every schematic.
template <class Value>
struct unit_of;

/// The operations that every quantity has: sums, differences, multiples and ratios within its own kind.
template <class Value>
struct quantity {
    using boost_quantity = boost::units::quantity<typename unit_of<Value>::boost_unit, double>;

    double si = 0.0;   ///< the value in the SI unit

    constexpr quantity() noexcept = default;
    constexpr explicit quantity(double value_in_si) noexcept : si(value_in_si) {}
    /// A bare number where a quantity belongs does not compile: this constructor is chosen to say so in a sentence.
    template <bool never = false>
    constexpr quantity(double, typename unit_of<Value>::template bare_number<never> = {}) noexcept
    {
    }
    constexpr quantity(const boost_quantity& other) noexcept : si(other.value()) {}
    constexpr operator boost_quantity() const noexcept { return boost_quantity::from_value(si); }

    friend constexpr Value operator+(Value a, Value b) noexcept { return Value{a.si + b.si}; }
    friend constexpr Value operator-(Value a, Value b) noexcept { return Value{a.si - b.si}; }
    friend constexpr Value operator-(Value a) noexcept { return Value{-a.si}; }
    friend constexpr Value operator*(Value a, double k) noexcept { return Value{a.si * k}; }
    friend constexpr Value operator*(double k, Value a) noexcept { return Value{k * a.si}; }
    friend constexpr Value operator/(Value a, double k) noexcept { return Value{a.si / k}; }
    friend constexpr double operator/(Value a, Value b) noexcept { return a.si / b.si; }
    /// A reciprocal has a unit of its own, which only some quantities have here.
    template <class Number>
        requires(std::is_arithmetic_v<Number>)
    friend constexpr double operator/(Number, Value) noexcept
    {
        static_assert(sizeof(Number) == 0,
                      "phono: a number over a quantity is no quantity here; write period(1_kHz), corner(75_us), time_constant(50_Hz), or "
                      "1.0 / quantity.si for a bare number");
        return 0.0;
    }
    friend constexpr bool operator==(Value a, Value b) noexcept { return a.si == b.si; }
    friend constexpr std::partial_ordering operator<=>(Value a, Value b) noexcept { return a.si <=> b.si; }
};

template <>
struct unit_of<resistance> {
    using boost_unit = boost::units::si::resistance;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: a resistance has a unit: write 47_kOhm or resistance{47e3}");
    };
};
template <>
struct unit_of<capacitance> {
    using boost_unit = boost::units::si::capacitance;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: a capacitance has a unit: write 250_pF or capacitance{250e-12}");
    };
};
template <>
struct unit_of<inductance> {
    using boost_unit = boost::units::si::inductance;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: an inductance has a unit: write 650_mH or inductance{0.65}");
    };
};
template <>
struct unit_of<voltage> {
    using boost_unit = boost::units::si::electric_potential;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: a voltage has a unit: write 5_mV or voltage{0.005}");
    };
};
template <>
struct unit_of<current> {
    using boost_unit = boost::units::si::current;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: a current has a unit: write 1_mA or current{0.001}");
    };
};
template <>
struct unit_of<frequency> {
    using boost_unit = boost::units::si::frequency;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: a frequency or sampling rate has a unit: write 44.1_kHz or frequency{44100.0}");
    };
};
template <>
struct unit_of<angular_frequency> {
    using boost_unit = boost::units::si::angular_velocity;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: an angular frequency has a unit: write angular(1_kHz) or angular_frequency{6283.0}");
    };
};
template <>
struct unit_of<duration> {
    using boost_unit = boost::units::si::time;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: a duration or time constant has a unit: write 75_us or duration{75e-6}");
    };
};
template <>
struct unit_of<velocity> {
    using boost_unit = boost::units::si::velocity;
    template <bool never>
    struct bare_number {
        static_assert(never, "phono: a velocity has a unit: write 5_cm_s or velocity{0.05}");
    };
};

}   // namespace detail

/// Resistance, in ohms.
struct resistance : detail::quantity<resistance> {
    using quantity::quantity;
};
/// Capacitance, in farads.
struct capacitance : detail::quantity<capacitance> {
    using quantity::quantity;
};
/// Inductance, in henries.
struct inductance : detail::quantity<inductance> {
    using quantity::quantity;
};
/// Electric potential difference, in volts. Whether it is a peak or an RMS value is stated where it is used.
struct voltage : detail::quantity<voltage> {
    using quantity::quantity;
};
/// Electric current, in amperes.
struct current : detail::quantity<current> {
    using quantity::quantity;
};
/// Frequency or sampling rate, in hertz. Does not convert to or from radians per second.
struct frequency : detail::quantity<frequency> {
    using quantity::quantity;
};
/// Angular frequency, in radians per second.
struct angular_frequency : detail::quantity<angular_frequency> {
    using quantity::quantity;
};
/// Duration or time constant, in seconds.
struct duration : detail::quantity<duration> {
    using quantity::quantity;
};
/// Groove velocity, in metres per second.
struct velocity : detail::quantity<velocity> {
    using quantity::quantity;
};

/// Voltage gain, in decibels: a type of its own, so that `-6_dB` halves and does not invert. From a ratio: gain::from_ratio(1000.0).
///
/// Converts to and from Boost's dimensionless quantity, which is the amplitude ratio.
struct gain {
    using boost_quantity = boost::units::quantity<boost::units::si::dimensionless, double>;

    double decibels = 0.0;

    constexpr gain() noexcept = default;
    constexpr explicit gain(double in_decibels) noexcept : decibels(in_decibels) {}
    /// A bare number in place of a gain could be a ratio or decibels, so it does not compile.
    template <int never = 0>
    constexpr gain(double) noexcept
    {
        static_assert(never != 0, "phono: a gain is in decibels, as 94_dB; of an amplitude ratio write gain::from_ratio(50118.7)");
    }
    constexpr gain(const boost_quantity& amplitude_ratio) noexcept : decibels(math::decibels(amplitude_ratio.value())) {}
    constexpr operator boost_quantity() const noexcept { return boost_quantity::from_value(ratio()); }

    /// The gain of an amplitude ratio, above zero: 20 lg ratio decibels.
    [[nodiscard]] static constexpr gain from_ratio(double amplitude_ratio) noexcept { return gain{math::decibels(amplitude_ratio)}; }
    /// The amplitude ratio: 10^(dB/20).
    [[nodiscard]] constexpr double ratio() const noexcept { return math::amplitude_ratio(decibels); }

    friend constexpr gain operator+(gain a, gain b) noexcept { return gain{a.decibels + b.decibels}; }
    friend constexpr gain operator-(gain a, gain b) noexcept { return gain{a.decibels - b.decibels}; }
    friend constexpr gain operator-(gain a) noexcept { return gain{-a.decibels}; }
    friend constexpr bool operator==(gain a, gain b) noexcept = default;
    friend constexpr auto operator<=>(gain a, gain b) noexcept = default;
};

/// Products and quotients of different quantities, where the result has one meaning: time constants, Ohm's law, numbers of periods.
constexpr duration operator*(resistance r, capacitance c) noexcept { return duration{r.si * c.si}; }
constexpr duration operator*(capacitance c, resistance r) noexcept { return r * c; }
constexpr duration operator/(inductance l, resistance r) noexcept { return duration{l.si / r.si}; }
constexpr current operator/(voltage v, resistance r) noexcept { return current{v.si / r.si}; }
constexpr resistance operator/(voltage v, current i) noexcept { return resistance{v.si / i.si}; }
constexpr voltage operator*(current i, resistance r) noexcept { return voltage{i.si * r.si}; }
constexpr voltage operator*(resistance r, current i) noexcept { return i * r; }
constexpr capacitance operator/(duration t, resistance r) noexcept { return capacitance{t.si / r.si}; }
constexpr resistance operator/(duration t, capacitance c) noexcept { return resistance{t.si / c.si}; }
constexpr inductance operator*(duration t, resistance r) noexcept { return inductance{t.si * r.si}; }
constexpr inductance operator*(resistance r, duration t) noexcept { return t * r; }
constexpr double operator*(frequency f, duration t) noexcept { return f.si * t.si; }
constexpr double operator*(duration t, frequency f) noexcept { return f * t; }

/// The angular frequency of `f`: 2 pi f.
[[nodiscard]] constexpr angular_frequency angular(frequency f) noexcept { return angular_frequency{2.0 * math::pi * f.si}; }
/// The corner (-3 dB) frequency of a time constant: 1/(2 pi t).
[[nodiscard]] constexpr frequency corner(duration t) noexcept { return frequency{1.0 / (2.0 * math::pi * t.si)}; }
/// The time constant of a corner (-3 dB) frequency: 1/(2 pi f).
[[nodiscard]] constexpr duration time_constant(frequency f) noexcept { return duration{1.0 / (2.0 * math::pi * f.si)}; }
/// The period of a frequency or sampling rate: 1/f.
[[nodiscard]] constexpr duration period(frequency f) noexcept { return duration{1.0 / f.si}; }

}   // namespace phono
