// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/literals.hpp>
#include <phono/network/preferred_values.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;
using enum phono::e_series;
using real = long double;

// What every drawer of parts holds.
static_assert(nearest(4.8_kOhm, e24) == 4.7_kOhm && nearest(5_kOhm, e24) == 5.1_kOhm && nearest(5_kOhm, e96) == 4.99_kOhm);
static_assert(nearest(50_kOhm, e96) == 49.9_kOhm && nearest(47_kOhm, e96) == 47.5_kOhm && nearest(47_kOhm, e192) == 47_kOhm);
static_assert(nearest(3_nF, e6) == 3.3_nF && nearest(3_nF, e12) == 3.3_nF && nearest(2.9_nF, e12) == 2.7_nF && nearest(3_nF, e24) == 3_nF);
static_assert(nearest(500_mH, e12) == 470_mH && nearest(500_mH, e96) == 499_mH);
static_assert(nearest(9.9_Ohm, e6) == 10_Ohm && nearest(99.5_kOhm, e96) == 100_kOhm && nearest(995_kOhm, e192) == 1_MOhm);
static_assert(nearest(100_kOhm, e48) == 100_kOhm && nearest(1_pF, e24) == 1_pF && nearest(1_F, e6) == 1_F);

const std::vector<e_series> every_series{e6, e12, e24, e48, e96, e192};
const std::vector<int> in_e24{10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91};

std::string name(e_series series) { return "E" + std::to_string(static_cast<int>(series)); }

/// The series as nearest() knows it: what it makes of each of many resistances between 1 and 10 kOhm, in ohms.
std::vector<double> members(e_series series)
{
    std::vector<double> found;
    for (double r = 1000.0; r < 9990.0; r += 0.5) {
        const double value = nearest(resistance{r}, series).si;
        if (value < 9999.0 && (found.empty() || value != found.back())) found.push_back(value);
    }
    return found;
}

/// The root of a series to three digits, in ohms of the decade from 1 kOhm.
double rounded_power(int place, int count)
{
    return static_cast<double>(10.0L * std::round(100.0L * std::pow(10.0L, static_cast<real>(place) / count)));
}

}   // namespace

TEST_CASE("Each series has its number of values to a decade and begins at ten")
{
    for (const e_series series : every_series) {
        const auto values = members(series);
        INFO(name(series));
        CHECK(values.size() == static_cast<std::size_t>(series));
        CHECK(values.front() == 1000.0);
        CHECK(std::is_sorted(values.begin(), values.end()));
    }
}

TEST_CASE("E24 is the list of two digits and E12 and E6 are every second and every fourth of it")
{
    for (const auto& [series, step] : {std::pair{e24, 1}, std::pair{e12, 2}, std::pair{e6, 4}}) {
        const auto values = members(series);
        REQUIRE(values.size() * static_cast<std::size_t>(step) == in_e24.size());
        for (std::size_t i = 0; i < values.size(); ++i) CHECK(values[i] == 100.0 * in_e24[i * static_cast<std::size_t>(step)]);
    }
}

TEST_CASE("E24 departs from the 24th root of ten in the eight values that are older than it")
{
    std::vector<int> departing;
    for (std::size_t i = 0; i < in_e24.size(); ++i)
        if (std::lround(std::pow(10.0L, 1.0L + static_cast<real>(i) / 24.0L)) != in_e24[i]) departing.push_back(in_e24[i]);
    CHECK(departing == std::vector<int>{27, 30, 33, 36, 39, 43, 47, 82});
}

TEST_CASE("E48 and E96 and E192 are the powers of their roots to three digits but for 920 in E192")
{
    for (const e_series series : {e48, e96, e192}) {
        const auto values = members(series);
        const int count = static_cast<int>(series);
        REQUIRE(values.size() == static_cast<std::size_t>(count));
        int departing = 0;
        for (int i = 0; i < count; ++i) {
            const double value = values[static_cast<std::size_t>(i)], power = rounded_power(i, count);
            if (value != power) {
                ++departing;
                INFO(name(series) << ": " << value << " for " << power);
                CHECK((series == e192 && value == 9200.0 && power == 9190.0));
            }
        }
        CHECK(departing == (series == e192 ? 1 : 0));
    }
}

TEST_CASE("No other value of the series is nearer in ratio")
{
    std::mt19937 engine{60063};
    std::uniform_real_distribution<double> exponent{-13.0, 9.0};
    int wrong = 0;
    for (const e_series series : every_series) {
        const auto values = members(series);
        for (int i = 0; i < 2000; ++i) {
            const double x = std::pow(10.0, exponent(engine));
            const real chosen = std::fabs(std::log(static_cast<real>(nearest(capacitance{x}, series).si) / static_cast<real>(x)));
            for (int decade = -17; decade < 8; ++decade)
                for (const double v : values) {
                    const real other = static_cast<real>(v) * std::pow(10.0L, decade);
                    if (std::fabs(std::log(other / static_cast<real>(x))) < chosen - 1e-12L) ++wrong;
                }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("A preferred value is the very double that is read from its digits")
{
    int wrong = 0, compared = 0;
    for (const e_series series : every_series)
        for (const double v : members(series))
            for (int decade = -14; decade <= 7; ++decade) {
                char text[32];
                std::snprintf(text, sizeof text, "%de%d", static_cast<int>(v / 10.0), decade);
                const double read = std::strtod(text, nullptr);
                for (const double off : {1.0, 1.0 + 1e-9, 1.0 - 1e-9})
                    if (nearest(inductance{read * off}, series).si != read) ++wrong;
                ++compared;
            }
    std::printf("    %d preferred values over 22 decades, each exactly its decimal number\n", compared);
    CHECK(wrong == 0);
}

TEST_CASE("The nearest value is off by at most the root of the widest step of its series")
{
    struct widest {
        e_series series;
        double below, above;
    };
    for (const widest step : {widest{e6, 10, 15}, widest{e12, 12, 15}, widest{e24, 13, 15}, widest{e48, 169, 178}, widest{e96, 133, 137},
                              widest{e192, 102, 104}}) {
        double worst = 1.0;
        for (double x = 1.0; x < 10.0; x *= 1.00001) {
            const double ratio = nearest(resistance{x}, step.series).si / x;
            worst = std::max(worst, std::max(ratio, 1.0 / ratio));
        }
        std::printf("    %-5s leaves at most %.3f %%\n", name(step.series).c_str(), 100.0 * (worst - 1.0));
        CHECK(worst == Approx(std::sqrt(step.above / step.below)).epsilon(1e-5));
    }
}

TEST_CASE("What is no part value comes back as it is")
{
    CHECK(nearest(resistance{0.0}, e24).si == 0.0);
    CHECK(nearest(resistance{-47e3}, e24).si == -47e3);
    CHECK(std::isnan(nearest(capacitance{std::nan("")}, e96).si));
    CHECK(std::isinf(nearest(inductance{INFINITY}, e96).si));
}
