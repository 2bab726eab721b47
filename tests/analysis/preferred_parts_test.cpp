// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/analysis/conformance.hpp>
#include <phono/analysis/preferred_parts.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/equaliser/passive_network.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/stage/loading.hpp>

#include <cmath>

using namespace phono;
using namespace phono::literals;

namespace {

constexpr auto network = passive_network_for<shunt_form::parallel>(riaa, {.impedance = 22_kOhm});

double deviation_of(const passive_network<shunt_form::parallel>& parts)
{
    return std::fabs(conformance(chain{voltage_source{}, parts}, riaa).worst().decibels);
}

static_assert(detail::preferred_value(e_series::e12, 0) == 1.0);
static_assert(detail::preferred_value(e_series::e12, 4 * 12 + 8) == 47e3);
static_assert(detail::preferred_place(4.8e3, e_series::e24) == 3 * 24 + 16);

}   // namespace

TEST_CASE("Preferred values are counted through the decades")
{
    for (const e_series series : {e_series::e6, e_series::e12, e_series::e24, e_series::e48, e_series::e96, e_series::e192}) {
        for (int number = -12 * static_cast<int>(series); number < 9 * static_cast<int>(series); ++number) {
            const double value = detail::preferred_value(series, number);
            CHECK(detail::nearest_preferred(value, series) == value);
            CHECK(detail::preferred_place(value, series) == number);
        }
    }
}

TEST_CASE("What a series costs is the deviation of the network with its nearest values")
{
    const auto costs = preferred_costs(chain{voltage_source{}, network}, riaa);
    REQUIRE(costs.size() == 30);
    for (const auto& cost : costs)
        CHECK(cost.deviation.decibels == Approx(deviation_of(nearest(network, cost.resistors, cost.capacitors))).epsilon(1e-3));
    CHECK(costs.front().resistors == e_series::e12);
    CHECK(costs.front().capacitors == e_series::e6);
    CHECK(costs.back().deviation.decibels < 0.2 * costs.front().deviation.decibels);
}

TEST_CASE("The search finds a network of E24 values that is known to be good, or a better one")
{
    // passive_network.hpp: 47 kOhm, 16 nF, 6.8 kOhm and 47 nF are within 0.026 dB.
    const double known = deviation_of({47_kOhm, 16_nF, 6.8_kOhm, 47_nF});
    CHECK(known < 0.026);
    const auto found = best_preferred(chain{voltage_source{}, network}, riaa, {.resistors = e_series::e24, .capacitors = e_series::e24});
    REQUIRE(found.parts.size() == 4);
    CHECK(found.drawn.decibels < 1e-9);
    CHECK(found.nearest.decibels == Approx(deviation_of(nearest(network, e_series::e24, e_series::e24))).epsilon(1e-3));
    CHECK(found.best.decibels <= known * 1.001);
    const passive_network<shunt_form::parallel> chosen{resistance{found.parts[0].chosen}, capacitance{found.parts[1].chosen},
                                                       resistance{found.parts[2].chosen}, capacitance{found.parts[3].chosen}};
    CHECK(chosen == nearest(chosen, e_series::e24, e_series::e24));
    CHECK(found.best.decibels == Approx(deviation_of(chosen)).epsilon(1e-3));
    measure::figure("E24 throughout, searched", found.best.decibels, "dB", known);
}

TEST_CASE("The search is as good as trying all values around")
{
    // Two values of E24 up or down are 21 %, and the best of these is the network at such a level of impedance.
    const preferred_search wanted{.resistors = e_series::e24, .capacitors = e_series::e24, .level = 1.3};
    const auto found = best_preferred(chain{voltage_source{}, network}, riaa, wanted);
    const detail::build_bench bench{circuit{chain{voltage_source{}, network}}, riaa, {}, {}};
    const std::vector<std::size_t> all{0, 1, 2, 3};
    detail::preferred_descent each{bench, all, wanted};
    const auto centre = each.nearest(1.0);
    double least = 1e9;
    constexpr int around = 2, side = 2 * around + 1;
    for (int i = 0; i < side * side * side * side; ++i) {
        auto places = centre;
        for (int k = 0, rest = i; k < 4; ++k, rest /= side) places[static_cast<std::size_t>(k)] += rest % side - around;
        least = std::min(least, each.deviation(places));
    }
    CHECK(found.best.decibels <= least * (1.0 + 1e-12));
    CHECK(found.best < found.nearest);
}

TEST_CASE("Only the parts that are named are chosen, and without names neither the cartridge nor its load")
{
    constexpr auto whole = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm, .capacitance = 150_pF}, network};
    for (const auto& each : best_preferred(whole, riaa, {.level = 1.0}).parts) {
        INFO(each.part.name);
        CHECK(each.part.name.starts_with("passive_network."));
    }
    const auto one = best_preferred(whole, riaa, {.parts = {"loading.capacitance"}, .level = 1.0});
    REQUIRE(one.parts.size() == 1);
    CHECK(one.parts[0].part.name == "loading.capacitance");
    CHECK(one.best <= one.nearest);
    CHECK(std::string{best_preferred(whole, riaa, {.parts = {"valve"}}).problem.rule} == "must name parts of the circuit that are bought");
    CHECK(std::string{best_preferred(whole, riaa, {.level = 0.5}).problem.rule} == "must be 1 to 100");
}
