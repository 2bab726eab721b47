// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#include <compare>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

/// Named electrical quantities, in which the values of a schematic are written.
///
/// Each is a named class (so that compiler messages say `phono::resistance`), holds one `double` in the SI unit, can be a
/// template argument, is passed in a register, and with <phono/boost_units.hpp> converts to and from the Boost.Units quantity of its
/// dimension. Only unambiguous operations are defined: `R + C`, hertz in place of radians per second, and bare numbers do not compile.
namespace phono::inline v0_2 {

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

/// The sentence for a number without a unit. It is looked up by the quantity's type and is no template argument of the quantity, since a
/// compiler would print it in the name of every quantity and of every schematic.
template <class Value, bool never>
struct bare_number;

/// What is a quantity of Boost.Units by its looks: its header is not included here, since it doubles the cost of this one.
template <class Other>
concept boost_like = requires
{
    typename Other::unit_type;
    typename Other::value_type;
};

/// How a value converts to and from a quantity of Boost.Units: <phono/boost_units.hpp> defines it.
template <class Value, class Other>
struct boost_conversion;

template <class Other, class Value>
concept converts_with_boost = boost_like<Other> && boost_conversion<Value, std::remove_cv_t<Other>>::exists;

/// A quantity of Boost.Units before that header is included, and the sentence that asks for it.
template <class Other, class Value>
concept lacks_boost_header = boost_like<Other> && !requires
{
    boost_conversion<Value, std::remove_cv_t<Other>>::exists;
};
template <bool never>
struct boost_header {
    static_assert(never, "phono: quantities of Boost.Units convert where <phono/boost_units.hpp> is included");
};

/// The operations that every quantity has: sums, differences, multiples and ratios within its own kind.
template <class Value>
struct quantity {
    double si = 0.0;   ///< the value in the SI unit

    constexpr quantity() noexcept = default;
    constexpr explicit quantity(double value_in_si) noexcept : si(value_in_si) {}
    /// A bare number where a quantity belongs does not compile: this constructor is chosen to say so in a sentence.
    template <bool never = false>
    constexpr quantity(double, bare_number<Value, never> = {}) noexcept
    {
    }
    template <converts_with_boost<Value> Other>
    constexpr quantity(const Other& other) noexcept : si(boost_conversion<Value, Other>::from(other))
    {
    }
    template <lacks_boost_header<Value> Other, bool never = false>
    constexpr quantity(const Other&, boost_header<never> = {}) noexcept
    {
    }
    template <converts_with_boost<Value> Other>
    constexpr operator Other() const noexcept
    {
        return boost_conversion<Value, std::remove_cv_t<Other>>::to(si);
    }

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

template <bool never>
struct bare_number<resistance, never> {
    static_assert(never, "phono: a resistance has a unit: write 47_kOhm or resistance{47e3}");
};
template <bool never>
struct bare_number<capacitance, never> {
    static_assert(never, "phono: a capacitance has a unit: write 250_pF or capacitance{250e-12}");
};
template <bool never>
struct bare_number<inductance, never> {
    static_assert(never, "phono: an inductance has a unit: write 650_mH or inductance{0.65}");
};
template <bool never>
struct bare_number<voltage, never> {
    static_assert(never, "phono: a voltage has a unit: write 5_mV or voltage{0.005}");
};
template <bool never>
struct bare_number<current, never> {
    static_assert(never, "phono: a current has a unit: write 1_mA or current{0.001}");
};
template <bool never>
struct bare_number<frequency, never> {
    static_assert(never, "phono: a frequency or sampling rate has a unit: write 44.1_kHz or frequency{44100.0}");
};
template <bool never>
struct bare_number<angular_frequency, never> {
    static_assert(never, "phono: an angular frequency has a unit: write angular(1_kHz) or angular_frequency{6283.0}");
};
template <bool never>
struct bare_number<duration, never> {
    static_assert(never, "phono: a duration or time constant has a unit: write 75_us or duration{75e-6}");
};
template <bool never>
struct bare_number<velocity, never> {
    static_assert(never, "phono: a velocity has a unit: write 5_cm_s or velocity{0.05}");
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
/// With <phono/boost_units.hpp> it converts to and from Boost's dimensionless quantity, which is the amplitude ratio.
struct gain {
    double decibels = 0.0;

    constexpr gain() noexcept = default;
    constexpr explicit gain(double in_decibels) noexcept : decibels(in_decibels) {}
    /// A bare number in place of a gain could be a ratio or decibels, so it does not compile.
    template <int never = 0>
    constexpr gain(double) noexcept
    {
        static_assert(never != 0, "phono: a gain is in decibels, as 94_dB; of an amplitude ratio write gain::from_ratio(50118.7)");
    }
    template <detail::converts_with_boost<gain> Other>
    constexpr gain(const Other& amplitude_ratio) noexcept : gain(from_ratio(detail::boost_conversion<gain, Other>::from(amplitude_ratio)))
    {
    }
    template <detail::converts_with_boost<gain> Other>
    constexpr operator Other() const noexcept
    {
        return detail::boost_conversion<gain, std::remove_cv_t<Other>>::to(ratio());
    }

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

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
