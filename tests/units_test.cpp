// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/boost_units.hpp>
#include <phono/literals.hpp>
#include <phono/print.hpp>
#include <phono/units.hpp>

#include <array>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace {

using namespace phono;
using namespace phono::literals;

template <class Value>
constexpr bool travels_through_boost = [] {
    static_assert(std::is_nothrow_constructible_v<Value, boost_quantity<Value>>);
    static_assert(std::is_nothrow_convertible_v<Value, boost_quantity<Value>>);
    static_assert(std::is_nothrow_convertible_v<boost_quantity<Value>, Value>);
    static_assert(std::is_trivially_copyable_v<Value> && sizeof(Value) == sizeof(double));
    static_assert(!std::is_convertible_v<Value, double>);   // of double: fail/rate_as_a_number.cpp and its like
    const boost_quantity<Value> there = Value{2.5};
    return there.value() == 2.5 && Value{there} == Value{2.5};
}();
static_assert(travels_through_boost<resistance> && travels_through_boost<capacitance> && travels_through_boost<inductance>);
static_assert(travels_through_boost<voltage> && travels_through_boost<current> && travels_through_boost<velocity>);
static_assert(travels_through_boost<frequency> && travels_through_boost<angular_frequency> && travels_through_boost<duration>);
static_assert(gain{boost_quantity<gain>::from_value(1.0)} == 0_dB && std::is_trivially_copyable_v<gain>);
static_assert(!std::is_convertible_v<gain, double> && sizeof(gain) == sizeof(double));   // of double: fail/ratio_for_decibels.cpp
static_assert(gain{60} == 60_dB && gain::from_ratio(1000.0).decibels > 59.9999999 && gain::from_ratio(1000.0).decibels < 60.0000001);

template <class A, class B>
using boost_product = decltype(std::declval<boost_quantity<A>>() * std::declval<boost_quantity<B>>());
template <class A, class B>
using boost_quotient = decltype(std::declval<boost_quantity<A>>() / std::declval<boost_quantity<B>>());

/// A named product is what Boost.Units makes of its factors: in dimension and in value.
template <class A, class B>
constexpr bool is_boosts_product = [] {
    using ours = decltype(A{} * B{});
    static_assert(noexcept(A{} * B{}));
    static_assert(std::is_same_v<boost_product<A, B>, boost_quantity<ours>>);
    return boost_quantity<ours>{A{3.0} * B{7.0}} == boost_quantity<A>{A{3.0}} * boost_quantity<B>{B{7.0}};
}();
template <class A, class B>
constexpr bool is_boosts_quotient = [] {
    using ours = decltype(A{} / B{});
    static_assert(noexcept(A{} / B{}));
    static_assert(std::is_same_v<boost_quotient<A, B>, boost_quantity<ours>>);
    return boost_quantity<ours>{A{3.0} / B{7.0}} == boost_quantity<A>{A{3.0}} / boost_quantity<B>{B{7.0}};
}();

static_assert(is_boosts_product<resistance, capacitance> && is_boosts_product<capacitance, resistance>);
static_assert(is_boosts_product<current, resistance> && is_boosts_product<resistance, current>);
static_assert(is_boosts_product<duration, resistance> && is_boosts_product<resistance, duration>);
static_assert(is_boosts_quotient<inductance, resistance>);
static_assert(is_boosts_quotient<voltage, resistance> && is_boosts_quotient<voltage, current>);
static_assert(is_boosts_quotient<duration, resistance> && is_boosts_quotient<duration, capacitance>);

static_assert(std::is_same_v<decltype(47_kOhm * 250_pF), duration> && std::is_same_v<decltype(500_mH / 1_kOhm), duration>);
static_assert(std::is_same_v<boost_product<frequency, duration>, boost_quantity<gain>>);
static_assert(std::is_same_v<boost_product<duration, frequency>, boost_quantity<gain>>);
static_assert(std::is_same_v<decltype(1_kHz * 1_ms), double> && std::is_same_v<decltype(1_ms * 1_kHz), double>);
static_assert(2_kHz * 3_ms == 6.0 && 3_ms * 2_kHz == 6.0);

template <class A, class B>
concept addable = requires(A a, B b)
{
    a + b;
};
static_assert(addable<resistance, resistance> && !addable<resistance, capacitance> && !addable<frequency, angular_frequency>);
static_assert(!std::is_convertible_v<frequency, angular_frequency> && !std::is_convertible_v<angular_frequency, frequency>);
static_assert(!std::is_constructible_v<frequency, angular_frequency> && !std::is_constructible_v<capacitance, resistance>);

template <auto value>
struct tagged {
};
static_assert(std::is_same_v<tagged<330_pF>, tagged<0.33_nF>> && !std::is_same_v<tagged<330_pF>, tagged<331_pF>>);
static_assert(std::is_same_v<tagged<1.3_kOhm>, tagged<1300_Ohm>> && std::is_same_v<tagged<-6_dB>, tagged<-6.0_dB>>);
static_assert(std::is_same_v<tagged<3180_us>, tagged<3.18_ms>> && std::is_same_v<tagged<44'100_Hz>, tagged<44.1_kHz>>);
static_assert(std::is_same_v<tagged<5_cm_s>, tagged<50_mm_s>> && std::is_same_v<tagged<1e3_pF>, tagged<1_nF>>);
static_assert(250_pF == 0.00025_uF && 2.5e-4_uF == 250_pF && 650_mH == 0.65_H && 0.5_mV == 500_uV && 0_pF == capacitance{});

/// `digits` with a point before its last `places`, as it stands in a source: 330, 33.0, 3.30, 0.330, 0.0330.
struct spelling_of {
    char text[16]{};
    constexpr spelling_of(int digits, int places)
    {
        int length = places + 1 > 3 ? places + 1 : 3, at = 0;
        char reversed[12]{};
        for (int i = 0; i < length; ++i, digits /= 10) reversed[i] = static_cast<char>('0' + digits % 10);
        for (int i = length - 1; i >= 0; --i) {
            text[at++] = reversed[i];
            if (i == places && places > 0) text[at++] = '.';
        }
    }
};

constexpr std::array e96{100, 102, 105, 107, 110, 113, 115, 118, 121, 124, 127, 130, 133, 137, 140, 143, 147, 150, 154, 158,
                         162, 165, 169, 174, 178, 182, 187, 191, 196, 200, 205, 210, 215, 221, 226, 232, 237, 243, 249, 255,
                         261, 267, 274, 280, 287, 294, 301, 309, 316, 324, 332, 340, 348, 357, 365, 374, 383, 392, 402, 412,
                         422, 432, 442, 453, 464, 475, 487, 499, 511, 523, 536, 549, 562, 576, 590, 604, 619, 634, 649, 665,
                         681, 698, 715, 732, 750, 768, 787, 806, 825, 845, 866, 887, 909, 931, 953, 976};
constexpr std::array e24{100, 110, 120, 130, 150, 160, 180, 200, 220, 240, 270, 300,
                         330, 360, 390, 430, 470, 510, 560, 620, 680, 750, 820, 910};

template <int digits, int places>
constexpr spelling_of spelling{digits, places};

/// `mantissa` with a point before its last `places` and the prefix that makes up for it.
template <int mantissa, int places, int prefix>
consteval double spelled()
{
    return literals::spelling::decimal(spelling<mantissa, places>.text, prefix + places);
}

template <int mantissa, int prefix>
constexpr bool has_one_value =
    spelled<mantissa, 1, prefix>() == spelled<mantissa, 0, prefix>() && spelled<mantissa, 2, prefix>() == spelled<mantissa, 0, prefix>() &&
    spelled<mantissa, 3, prefix>() == spelled<mantissa, 0, prefix>() && spelled<mantissa, 4, prefix>() == spelled<mantissa, 0, prefix>();

/// Every value of a series is the same one wherever its point stands, in this unit (1000 of it are one of the next).
template <const auto& series, int prefix, std::size_t... i>
constexpr bool all_agree(std::index_sequence<i...>)
{
    return (has_one_value<series[i], prefix> && ...);
}
template <const auto& series, int prefix>
constexpr bool agrees = all_agree<series, prefix>(std::make_index_sequence<series.size()>{});

template <int prefix>
constexpr auto values_in = []<std::size_t... i>(std::index_sequence<i...>)
{
    return std::array{spelled<e96[i], 2, prefix>()...};
}
(std::make_index_sequence<e96.size()>{});

static_assert(agrees<e96, -12> && agrees<e96, -9> && agrees<e96, -6>);   // pF nF uF, nH uH mH
static_assert(agrees<e96, -3> && agrees<e96, 0> && agrees<e96, 3>);      // mOhm Ohm kOhm
static_assert(agrees<e24, -12> && agrees<e24, -9> && agrees<e24, -6> && agrees<e24, -3> && agrees<e24, 0> && agrees<e24, 3>);
static_assert(std::string_view{spelling<332, 4>.text} == "0.0332" && std::string_view{spelling<332, 0>.text} == "332");

}   // namespace

TEST_CASE("Gains in decibels add where ratios multiply")
{
    CHECK((-6_dB).ratio() == Approx(0.501187233627272).epsilon(1e-14));
    CHECK((20_dB + 40_dB).ratio() == Approx(1000.0).epsilon(1e-14));
    CHECK((20_dB - 26_dB) == -6_dB);
    CHECK((3_dB).ratio() * (-3_dB).ratio() == Approx(1.0).epsilon(1e-14));
    CHECK(gain{boost_quantity<gain>::from_value(0.5)}.decibels == Approx(-6.020599913279624).epsilon(1e-14));
    CHECK(-6_dB < 0_dB);
}

TEST_CASE("Corners and time constants are each other's inverse")
{
    CHECK(corner(75_us).si == Approx(2122.0659).epsilon(1e-7));
    CHECK(time_constant(corner(3180_us)).si == Approx(3180e-6).epsilon(1e-14));
    CHECK(angular(1_kHz).si == Approx(6283.185307179586).epsilon(1e-15));
    CHECK(period(50_Hz) == 20_ms);
    CHECK((47_kOhm * 150_pF).si == Approx(7.05e-6).epsilon(1e-14));
    CHECK((5_mV / 47_kOhm * 47_kOhm).si == Approx(5e-3).epsilon(1e-14));
}

TEST_CASE("The value that a literal gives is the nearest double")
{
    const auto check_unit = [](int prefix, const auto& values) {
        for (std::size_t i = 0; i < e96.size(); ++i)
            CHECK(values[i] == std::strtod((std::to_string(e96[i]) + "e" + std::to_string(prefix)).c_str(), nullptr));
    };
    check_unit(-12, values_in<-12>);
    check_unit(-9, values_in<-9>);
    check_unit(3, values_in<3>);
    CHECK((3.18_us).si == 3.18e-6);
    CHECK((123456.789012345_Hz).si == 123456.789012345);
}

TEST_CASE("Values print as a schematic has them")
{
    CHECK(to_string(47_kOhm) == "47 kOhm");
    CHECK(to_string(0.33_nF) == "330 pF");
    CHECK(to_string(650_mH) == "650 mH");
    CHECK(to_string(3180_us) == "3.18 ms");
    CHECK(to_string(44.1_kHz) == "44.1 kHz");
    CHECK(to_string(-6_dB) == "-6 dB");
    CHECK(to_string(1000_Ohm) == "1 kOhm");
    CHECK(to_string(999_Ohm) == "999 Ohm");
    CHECK(to_string(5_cm_s) == "50 mm/s");
    CHECK(to_string(resistance{}) == "0 Ohm");
    CHECK(to_string(voltage{-5e-3}) == "-5 mV");
    CHECK(to_string(capacitance{3.3e-15}) == "0.0033 pF");
}

TEST_CASE("A value that rounds to a thousand of a prefix is printed as one of the next")
{
    CHECK(to_string(resistance{999.9999999}) == "1 kOhm");
    CHECK(to_string(resistance{-999.9999999}) == "-1 kOhm");
    CHECK(to_string(resistance{999.9994}) == "999.999 Ohm");
    CHECK(to_string(capacitance{999.99999e-12}) == "1 nF");
    CHECK(to_string(duration{0.9999999999}) == "1 s");
    CHECK(to_string(resistance{999.9999999e9}) == "1000 GOhm");   // there is no next
    CHECK(to_string(resistance{1e13}) == "10000 GOhm");
}

TEST_CASE("What is no quantity prints as it does without phono")
{
    enum colour { red, green };
    std::ostringstream out;
    out << 'c' << static_cast<unsigned char>('d') << green << 1.5 << true << "text" << red;
    CHECK(out.str() == "cd11.51text0");
}

TEST_CASE("Decibels print without a prefix")
{
    CHECK(to_string(gain{0.01}) == "0.01 dB");
    CHECK(to_string(gain{-0.0005}) == "-0.0005 dB");
    CHECK(to_string(gain{1234.0}) == "1234 dB");
    CHECK(to_string(gain{}) == "0 dB");
}

TEST_CASE("A fault prints as a sentence")
{
    CHECK(to_string(fault{"loading.resistance", -47000.0, "must be above zero", 1, "Ohm"}) ==
          "block 1, loading.resistance is -47 kOhm: must be above zero");
    std::ostringstream out;
    out << 47_kOhm << ", " << 250_pF;
    CHECK(out.str() == "47 kOhm, 250 pF");
}
