// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/sheet_points.hpp>
#include <phono/catalogue/triodes.hpp>

#include <map>
#include <string>

using namespace phono;

namespace {

const catalogue::entry<triode>& named(const std::string& name)
{
    const auto* found = catalogue::triodes.find(name);
    REQUIRE(found != nullptr);
    return *found;
}

/// Koren's law in Cohen and Helie's form, written out: milliamperes.
double by_formula(const double (&p)[6], double vgk, double vpk)
{
    const auto [mu, ex, kg1, kp, kvb, vct] = p;
    const double e1 = vpk / kp * std::log1p(std::exp(kp * (1.0 / mu + (vgk + vct) / std::sqrt(kvb + vpk * vpk))));
    return 2e3 * std::pow(e1, ex) / kg1;
}

}   // namespace

TEST_CASE("Fitted laws miss their data sheets by no more than they tell")
{
    // The bound of each is what its description says.
    const std::map<std::string, double> told{
        {"ecc81_data_sheet", 0.05}, {"ecc82_data_sheet", 0.001}, {"ecc83_data_sheet", 0.005}, {"ecc88_data_sheet", 0.001},
        {"e88cc", 0.001},           {"tube_6sn7", 0.005},        {"tube_6sl7", 0.064},        {"tube_12ay7", 0.001}};
    for (const auto& [name, bound] : told) {
        const auto& tube = named(name);
        const auto seen = catalogue::against_sheet(tube.value.law, type_of(tube));
        measure::figure(name + " against " + std::to_string(seen.points) + " points of its sheet", 100.0 * seen.worst, "%", 100.0 * bound);
        CHECK(seen.points >= 1);
        CHECK(seen.worst <= bound);
    }
}

TEST_CASE("Where a published law misses its sheet by more than 10 % there is a fitted one beside it that does not")
{
    const std::map<std::string, std::string> beside{
        {"ecc83", "ecc83_data_sheet"},       {"ecc83_rsd_1", "ecc83_data_sheet"}, {"ecc83_rsd_2", "ecc83_data_sheet"},
        {"ecc83_ehx_1", "ecc83_data_sheet"}, {"koren_12ax7", "ecc83_data_sheet"}, {"ecc81", "ecc81_data_sheet"},
        {"koren_12at7", "ecc81_data_sheet"}, {"ecc82", "ecc82_data_sheet"},       {"ecc88", "ecc88_data_sheet"}};
    for (const auto& tube : catalogue::triodes) {
        const std::string name{tube.name};
        INFO(name);
        const auto seen = catalogue::against_sheet(tube.value.law, type_of(tube));
        REQUIRE(seen.points > 0);
        if (beside.count(name) == 0) {
            CHECK(seen.worst <= 0.1);
            continue;
        }
        measure::note(name + ", published, misses its sheet by", std::to_string(100.0 * seen.worst) + " %");
        CHECK(seen.worst > 0.1);   // else the fitted one is not needed
        const auto& fitted = named(beside.at(name));
        CHECK(type_of(fitted) == type_of(tube));
        CHECK(catalogue::against_sheet(fitted.value.law, type_of(tube)).worst <= 0.1);
    }
}

TEST_CASE("Koren's laws miss their sheets by what the header says")
{
    const auto worst = [](const char* name) { return catalogue::against_sheet(named(name).value.law, type_of(named(name))).worst; };
    CHECK(worst("ecc83") == Approx(0.80).margin(0.005));
    CHECK(worst("ecc81") == Approx(0.31).margin(0.005));
    CHECK(worst("ecc88") == Approx(0.25).margin(0.005));
    CHECK(worst("ecc82") == Approx(0.13).margin(0.005));
}

TEST_CASE("The 6SL7 follows its sheet's plate curves by the formula written out too")
{
    const double parameters[6] = {71.7423, 1.39488, 2260.06, 636.474, 1443.85, 0.491235};
    double worst = 0.0;
    for (const auto& point : catalogue::sheet_points) {
        if (point.tube != "6SL7") continue;
        const double current = by_formula(parameters, point.vgk, point.vpk);
        CHECK(1e3 * triodes::tube_6sl7.law.currents(point.vgk, point.vpk).plate == Approx(current).epsilon(1e-9));
        worst = std::max(worst, std::fabs(current / point.milliamperes - 1.0));
    }
    measure::figure("6SL7's currents at 27 points, 1 to 5 mA", 100.0 * worst, "%", 6.4);
    CHECK(worst <= 0.064);
}
