// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/readme_table.hpp"
#include "support/triode_formulas.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/chain.hpp>
#include <phono/source.hpp>
#include <phono/stage.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace phono;
using formula::real;

struct point {
    double milliamperes, microsiemens, kilohms, mu;
};
point point_at(const any_law& law, double vgk, double vpk)
{
    const triode_currents i = law.currents(vgk, vpk);
    return {1e3 * i.plate, 1e6 * i.plate_by_grid, 1e-3 / i.plate_by_plate, i.plate_by_grid / i.plate_by_plate};
}
any_law law_of(const std::string& name)
{
    any_law law{};
    catalogue::for_each_triode([&](const auto& entry) {
        if (entry.name == name) law = entry.value.law;
    });
    return law;
}
std::string words(const char* format, double a, double b, double c = 0.0)
{
    char text[80];
    std::snprintf(text, sizeof text, format, a, b, c);
    return text;
}
std::string figures(const point& p) { return words("%.3g mA, %.3g mS, %.3gk", p.milliamperes, 1e-3 * p.microsiemens, p.kilohms); }
void agrees(const point& seen, const point& expected)
{
    CHECK(std::abs(seen.milliamperes - expected.milliamperes) <= 0.5e-3);
    CHECK(std::abs(seen.microsiemens - expected.microsiemens) <= 0.5);
    CHECK(std::abs(seen.kilohms - expected.kilohms) <= 0.05);
    CHECK(std::abs(seen.mu - expected.mu) <= 0.05);
}

/// Grid voltages about and far beyond what a tube sees.
std::vector<double> grid_voltages()
{
    std::vector<double> v{-1e6, -3e4, -1e3, -200.0, -60.0, -25.0, -12.0, 12.0, 30.0, 100.0, 1e3, 1e5, 1e6};
    for (double x = -8.0; x <= 8.0; x += 0.0625) v.push_back(x);
    return v;
}
/// Plate voltages, none of them where a law is joined: 0, 1 mV, 1 V.
std::vector<double> plate_voltages()
{
    std::vector<double> v{-1e6, -1e3, -300.0, -1.0, -1e-2, -1e-3, -1e-6, 1e-6, 1e-4, 5e-4, 2e-3,
                          0.02, 0.1,  0.3,    0.6,  0.9,   1.1,   2.0,   1e3,  3e4,  1e6};
    for (double x = 5.0; x <= 600.0; x += 5.0) v.push_back(x);
    return v;
}

/// The slope of a formula, by central differences of fourth order.
template <class Formula>
real slope(const Formula& f, real at)
{
    const real h = std::max(2e-6L, std::abs(at) * 1e-6L);
    const real step = std::min(h, std::max(std::abs(at) * 0.1L, 1e-7L));
    return (8.0L * (f(at + step) - f(at - step)) - (f(at + 2.0L * step) - f(at - 2.0L * step))) / (12.0L * step);
}

struct worst {
    double current = 0.0, slope = 0.0;

    /// Beyond an absolute difference of 1e-20 A or 1e-18 S, which is what the laws' tails are ended at.
    /// What the grid takes is taken from the plate, so its rounding counts there.
    void take_current(double seen, real expected, double grid) { keep(current, seen, expected, 1e-20L + 1e-12L * std::abs(grid)); }
    /// The difference quotient's own rounding is some 1e-12 of the current per volt.
    void take_slope(double seen, real expected, double amperes) { keep(slope, seen, expected, 1e-18L + 1e-12L * std::abs(amperes)); }

private:
    static void keep(double& most, double seen, real expected, real nothing)
    {
        const real off = std::abs(seen - expected);
        const double relative = off <= nothing ? 0.0 : static_cast<double>(off / std::abs(expected));
        most = relative <= most ? most : relative;
    }
};

bool all_finite(const triode_currents& i)
{
    return std::isfinite(i.plate) && std::isfinite(i.plate_by_grid) && std::isfinite(i.plate_by_plate) && std::isfinite(i.grid) &&
           std::isfinite(i.grid_by_grid) && std::isfinite(i.grid_by_plate);
}

template <triode tube>
struct as_template_argument {
    static constexpr triode_currents at_250_2 = tube.law.currents(-2.0, 250.0);
};

/// The law that the documentation of triode_law shows, word for word.
struct three_halves {   // Child and Langmuir: Ip = g (Vgk + Vpk/mu)^1.5, a grid above 0 V counting as 0 V; no grid current
    double g = 1.7e-3, mu = 100.0;

    constexpr triode_currents currents(double vgk, double vpk) const noexcept
    {
        const double drive = (vgk < 0.0 ? vgk : 0.0) + vpk / mu;
        if (!(drive > 0.0)) return {};
        const double root = math::sqrt(drive), slope = 1.5 * g * root;
        return {.plate = g * drive * root, .plate_by_grid = vgk < 0.0 ? slope : 0.0, .plate_by_plate = slope / mu};
    }
    constexpr law_values values() const noexcept
    {
        law_values list{};
        list[0] = g, list[1] = mu;
        return list;
    }
    static constexpr three_halves of(const law_values& list) noexcept { return {list[0], list[1]}; }
};
static_assert(triode_law<three_halves>);

}   // namespace

TEST_CASE("Koren's plate current is that of his parameters to every digit")
{
    const struct {
        triode tube;
        double at_250_2, at_100_1, at_100_0;   // mA
    } table[] = {{triodes::ecc83, 0.951803, 0.100391, 1.887882},       {triodes::ecc81, 12.843998, 2.800540, 8.680703},
                 {triodes::ecc82, 32.711758, 9.348829, 12.584809},     {triodes::ecc88, 75.119270, 20.843574, 31.711089},
                 {triodes::koren_12ax7, 0.951803, 0.100391, 1.887882}, {triodes::koren_12at7, 12.843998, 2.800540, 8.680703}};
    for (const auto& row : table) {
        const double seen[] = {point_at(row.tube.law, -2.0, 250.0).milliamperes, point_at(row.tube.law, -1.0, 100.0).milliamperes,
                               point_at(row.tube.law, 0.0, 100.0).milliamperes};
        CHECK(std::abs(seen[0] - row.at_250_2) <= 0.5e-6);
        CHECK(std::abs(seen[1] - row.at_100_1) <= 0.5e-6);
        CHECK(std::abs(seen[2] - row.at_100_0) <= 0.5e-6);
    }
}

// Sheets, second-hand and not compared with scans: 12AX7 1.2 mA on Wikipedia, the rest in print everywhere; 12AT7 by Tung-Sol's 12AZ7,
// the same tube with another heater, as tubeofile.com gives it, the grid by its cathode resistors of 200 and 270 ohms; 12AU7 and 6DJ8
// as RCA's and Philips's are quoted.
TEST_CASE("Laws against the data sheets")
{
    const struct {
        const char *type, *name;
        double vgk, vpk;
        point sheet, computed;   // computed: independently, with 40 digits and numerical slopes
    } table[] = {{"12AX7", "ecc83", -2.0, 250.0, {1.2, 1600.0, 62.5, 100.0}, {0.951803, 1669.98, 53.688, 89.658}},
                 {"12AX7", "ecc83", -1.0, 100.0, {0.5, 1250.0, 80.0, 100.0}, {0.100391, 587.61, 140.638, 82.641}},
                 {"12AX7", "ecc83_rsd_1", -2.0, 250.0, {1.2, 1600.0, 62.5, 100.0}, {0.901, 1891.0, 54.6, 103.2}},
                 {"12AX7", "ecc83_rsd_1", -1.0, 100.0, {0.5, 1250.0, 80.0, 100.0}, {0.274, 867.0, 119.0, 103.2}},
                 {"12AX7", "ecc83_rsd_2", -2.0, 250.0, {1.2, 1600.0, 62.5, 100.0}, {1.020, 1954.0, 51.3, 100.2}},
                 {"12AX7", "ecc83_rsd_2", -1.0, 100.0, {0.5, 1250.0, 80.0, 100.0}, {0.306, 903.0, 111.0, 100.2}},
                 {"12AX7", "ecc83_ehx_1", -2.0, 250.0, {1.2, 1600.0, 62.5, 100.0}, {1.155, 1738.0, 50.0, 86.9}},
                 {"12AX7", "ecc83_ehx_1", -1.0, 100.0, {0.5, 1250.0, 80.0, 100.0}, {0.200, 748.0, 116.2, 86.9}},
                 {"12AX7", "ecc83_data_sheet", -2.0, 250.0, {1.2, 1600.0, 62.5, 100.0}, {1.205, 1604.0, 62.8, 100.7}},
                 {"12AX7", "ecc83_data_sheet", -1.0, 100.0, {0.5, 1250.0, 80.0, 100.0}, {0.499, 1253.0, 80.3, 100.6}},
                 {"12AT7", "ecc81", -2.0, 250.0, {10.0, 5500.0, 10.9, 60.0}, {12.844, 7220.81, 7.88344, 56.925}},
                 {"12AT7", "ecc81", -1.0, 100.0, {3.7, 4000.0, 15.0, 60.0}, {2.80054, 4568.48, 12.1712, 55.604}},
                 {"12AU7", "ecc82", -8.5, 250.0, {10.5, 2200.0, 7.7, 17.0}, {10.394, 2479.57, 7.24895, 17.974}},
                 {"12AU7", "ecc82", 0.0, 100.0, {11.8, 3100.0, 6.25, 19.5}, {12.5848, 3380.34, 6.11238, 20.662}},
                 {"6DJ8", "ecc88", -1.3, 90.0, {15.0, 12500.0, 2.64, 33.0}, {14.3244, 9425.97, 2.95685, 27.871}}};
    documents::readme_table shown{
        "triode", "tests/tube/triode_law_test", {"tube", "`triodes::`", "at", "data sheet: current, gm, rp", "the law's"}};
    for (const auto& row : table) {
        const point seen = point_at(law_of(row.name), row.vgk, row.vpk);
        INFO(row.name << " at " << row.vpk << " V, " << row.vgk << " V");
        agrees(seen, row.computed);
        shown.add(
            {row.type, '`' + std::string{row.name} + '`', words("%.0f V, %g V", row.vpk, row.vgk), figures(row.sheet), figures(seen)});
    }
    shown.is_shown();
}

TEST_CASE("The fitted 12AX7 has its data sheet's current and slopes")
{
    const auto off = [](double seen, double sheet) { return std::abs(seen / sheet - 1.0); };
    const auto fits = [&](const point& fit, const point& sheet) {
        CHECK(off(fit.milliamperes, sheet.milliamperes) < 0.005);
        CHECK(off(fit.microsiemens, sheet.microsiemens) < 0.005);
        CHECK(off(fit.kilohms, sheet.kilohms) < 0.005);
    };
    fits(point_at(triodes::ecc83_data_sheet.law, -2.0, 250.0), {1.2, 1600.0, 62.5, 100.0});
    fits(point_at(triodes::ecc83_data_sheet.law, -1.0, 100.0), {0.5, 1250.0, 80.0, 100.0});
}

TEST_CASE("Every law is its formula and its slopes are those of the formula")
{
    for (const formula::tube& tube : formula::tubes()) {
        INFO(tube.name);
        worst seen;
        for (const double vgk : grid_voltages())
            for (const double vpk : plate_voltages()) {
                const triode_currents i = tube.law.currents(vgk, vpk);
                REQUIRE(all_finite(i));
                seen.take_current(i.plate, tube.plate(vgk, vpk), i.grid);
                seen.take_slope(i.plate_by_grid, slope([&](real v) { return tube.plate(v, vpk); }, vgk), i.plate);
                seen.take_slope(i.plate_by_plate, slope([&](real v) { return tube.plate(vgk, v); }, vpk), i.plate);
            }
        for (const double vgk : grid_voltages()) {
            const triode_currents i = tube.law.currents(vgk, 200.0);
            seen.take_current(i.grid, tube.grid(vgk), 0.0);
            seen.take_slope(i.grid_by_grid, slope([&](real v) { return tube.grid(v); }, vgk), i.grid);
            CHECK(i.grid_by_plate == 0.0);
        }
        std::printf("%-34s currents %8.1e, slopes %8.1e (relative, at most 1e-13 and 1e-9)\n", tube.name.c_str(), seen.current, seen.slope);
        CHECK(seen.current < 1e-13);
        CHECK(seen.slope < 1e-9);
    }
}

TEST_CASE("Laws are continuous where their branches meet")
{
    // Borders of x in ln(1 + e^x) and of the diode's Lambert function, in grid volts; borders of the plate's voltage.
    const double corners[] = {40.0, -41.4465316738928242, -36.0};
    const auto check = [](const formula::tube& tube, double vgk, double vpk, double across_grid, double across_plate) {
        const triode_currents a = tube.law.currents(vgk - across_grid, vpk - across_plate);
        const triode_currents b = tube.law.currents(vgk + across_grid, vpk + across_plate);
        const double grid_gap = 2.0 * across_grid, plate_gap = 2.0 * across_plate;
        const auto most = [](double x, double y) { return 1.5 * std::max(std::abs(x), std::abs(y)); };
        const double plate = most(a.plate_by_grid, b.plate_by_grid) * grid_gap + most(a.plate_by_plate, b.plate_by_plate) * plate_gap;
        INFO(tube.name << " at " << vgk << " V and " << vpk << " V");
        CHECK(std::abs(b.plate - a.plate) <= plate + 1e-14 * std::abs(a.plate) + 1e-26);
        CHECK(std::abs(b.grid - a.grid) <= most(a.grid_by_grid, b.grid_by_grid) * grid_gap + 1e-14 * std::abs(a.grid) + 1e-26);
    };
    for (const formula::tube& tube : formula::tubes()) {
        const law_values p = tube.law.value;
        for (const double corner : corners) {
            for (const double vpk : {0.5, 20.0, 200.0}) {
                if (tube.law.is<dempwolf_zoelzer>()) check(tube, corner / p[3] - vpk / p[1], vpk, 1e-9, 0.0);
                else check(tube, (corner / p[3] - 1.0 / p[0]) * std::sqrt(p[4] + vpk * vpk) - p[5], vpk, 1e-9, 0.0);
                check(tube, corner / 9.901, vpk, 1e-9, 0.0);
                check(tube, corner / 11.76, vpk, 1e-9, 0.0);
                check(tube, corner / 11.99, vpk, 1e-9, 0.0);
                check(tube, (corner - std::log(2001e-9 / 0.025864186)) * 0.025864186 - 2001e-9, vpk, 1e-9, 0.0);
            }
        }
        for (const double vgk : {-5.0, -1.0, 0.0, 0.7, 3.0})
            for (const double vpk : {0.0, 1e-3, 1.0}) check(tube, vgk, vpk, 0.0, 1e-9);
    }
}

TEST_CASE("No law gives current to a plate at or below its cathode")
{
    for (const formula::tube& tube : formula::tubes())
        for (const double vgk : grid_voltages())
            for (const double vpk : {-1e6, -300.0, -1.0, -1e-9, 0.0}) {
                INFO(tube.name << " at " << vgk << " V and " << vpk << " V");
                CHECK(tube.law.currents(vgk, vpk).plate == 0.0);
            }
}

TEST_CASE("Plate current rises with either voltage and grid current with its own")
{
    for (const formula::tube& tube : formula::tubes())
        for (const double vgk : grid_voltages())
            for (const double vpk : plate_voltages()) {
                const triode_currents i = tube.law.currents(vgk, vpk);
                INFO(tube.name << " at " << vgk << " V and " << vpk << " V");
                if (std::abs(vgk) > 20.0) continue;   // far out a law need not be a tube
                // Where Dempwolf and Zoelzer's grid takes more of the cathode's current the plate may lose by it.
                if (!tube.law.is<dempwolf_zoelzer>()) CHECK(i.plate_by_grid >= 0.0);
                CHECK(i.plate_by_plate >= (tube.law.is<dempwolf_zoelzer>() ? -2e-7 : 0.0));
                CHECK(i.grid_by_grid >= 0.0);
            }
}

TEST_CASE("Laws stay finite at voltages that no circuit has")
{
    for (const formula::tube& tube : formula::tubes())
        for (const double vgk : {-1e60, -1e30, -1e9, 0.0, 1e9, 1e30, 1e60})
            for (const double vpk : {-1e60, -1e30, -1e9, 0.0, 1e9, 1e30, 1e60}) {
                INFO(tube.name << " at " << vgk << " V and " << vpk << " V");
                CHECK(all_finite(tube.law.currents(vgk, vpk)));
            }
}

TEST_CASE("A law held as any law gives the same numbers")
{
    const auto same = []<class Law>(const Law& law) {
        const any_law held = law;
        CHECK(held.is<Law>());
        for (const double vgk : {-4.0, -1.3, 0.2, 2.0})
            for (const double vpk : {-5.0, 0.5, 150.0}) {
                const triode_currents a = law.currents(vgk, vpk), b = held.currents(vgk, vpk);
                CHECK((a.plate == b.plate && a.plate_by_grid == b.plate_by_grid && a.plate_by_plate == b.plate_by_plate));
                CHECK((a.grid == b.grid && a.grid_by_grid == b.grid_by_grid && a.grid_by_plate == b.grid_by_plate));
            }
        static_assert(triode_law<Law>);
        static_assert(noexcept(law.currents(0.0, 0.0)));
        static_assert(noexcept(held.currents(0.0, 0.0)));
    };
    same(koren<no_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0, 0.1});
    same(koren<power_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0, 0.1, {5e-4, 1.2, 11.0}});
    same(koren<diode_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0, 0.1, {1500.0, 2e-9, 0.026}});
    same(dempwolf_zoelzer{2.173e-3, 100.2, 1.28, 3.19, 5.911e-4, 1.358, 11.76, 4.527e-8});
    CHECK_FALSE(any_law{koren<>{}}.is<dempwolf_zoelzer>());
    CHECK(any_law{}.currents(0.0, 100.0).plate == 0.0);
}

TEST_CASE("Laws compute the same in constant expressions and at run time")
{
    struct place {
        double vgk, vpk;
    };
    static constexpr place places[] = {{-60.0, 250.0}, {-1.5, 200.0}, {-0.3, 0.4}, {0.3, 5e-4}, {0.6, 100.0}, {5.0, 20.0}, {-1.0, -10.0}};
    static constexpr auto constant = [](const any_law& law) {
        math::vector<triode_currents, 7> i{};
        for (int n = 0; n < 7; ++n) i[n] = law.currents(places[n].vgk, places[n].vpk);
        return i;
    };
    constexpr auto k = constant(koren<>{}), d = constant(koren<diode_grid_current>{}), z = constant(dempwolf_zoelzer{});
    const auto same = [](const auto& by_compiler, const any_law& law) {
        const auto now = constant(law);
        const auto close = [](double x, double y) { CHECK(std::abs(x - y) <= 2e-13 * std::abs(y) + 1e-24); };
        for (int n = 0; n < 7; ++n) {
            close(by_compiler[n].plate, now[n].plate);
            close(by_compiler[n].plate_by_grid, now[n].plate_by_grid);
            close(by_compiler[n].plate_by_plate, now[n].plate_by_plate);
            close(by_compiler[n].grid, now[n].grid);
            close(by_compiler[n].grid_by_grid, now[n].grid_by_grid);
        }
    };
    same(k, koren<>{});
    same(d, koren<diode_grid_current>{});
    same(z, dempwolf_zoelzer{});
    static_assert(math::abs(as_template_argument<triodes::ecc83>::at_250_2.plate - 0.951803e-3) < 0.5e-9);
    static_assert(std::is_same_v<as_template_argument<triodes::ecc83>, as_template_argument<triode{koren<>{}}>>);
}

TEST_CASE("Every triode of the catalogue has a name and a source and currents of its law")
{
    std::set<std::string_view> names;
    catalogue::for_each_triode([&](const auto& entry) {
        const point bias = point_at(entry.value.law, -1.0, 150.0);
        std::printf("%-17s %-34s %7.3f mA %6.0f uS %6.1fk at -1 V and 150 V; %.2f %.2f %.2f pF\n", std::string{entry.name}.c_str(),
                    std::string{entry.title}.c_str(), bias.milliamperes, bias.microsiemens, bias.kilohms,
                    1e12 * entry.value.grid_cathode.si, 1e12 * entry.value.grid_plate.si, 1e12 * entry.value.plate_cathode.si);
        CHECK(names.insert(entry.name).second);
        CHECK_FALSE(entry.title.empty());
        CHECK_FALSE(entry.source.empty());
        CHECK(bias.milliamperes > 0.1);
        CHECK(entry.value.grid_plate.si > 0.0);
    });
    CHECK(names.size() == 17);
}

TEST_CASE("The law that the documentation shows has the current and slopes of its formula, in a circuit too")
{
    std::ifstream header(PHONO_SOURCE "/include/phono/circuit/triode_law.hpp");
    std::ifstream test(PHONO_SOURCE "/tests/tube/triode_law_test.cpp");
    const auto lines_of = [](std::istream& text, const std::string& before) {
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);)
            if (!lines.empty() || line.rfind(before + "struct three_halves", 0) == 0) {
                lines.push_back(line.size() > before.size() ? line.substr(before.size()) : "");
                if (lines.back() == "};") break;
            }
        return lines;
    };
    const auto shown = lines_of(header, "///     ");
    CHECK(shown.size() > 10);
    CHECK(shown == lines_of(test, ""));

    const three_halves law{.g = 2e-3, .mu = 50.0};
    for (const double vgk : {-3.0, -1.0, -0.1})
        for (const double vpk : {160.0, 250.0}) {
            const real drive = static_cast<real>(vgk) + static_cast<real>(vpk) / 50.0L;
            const triode_currents i = any_law{law}.currents(vgk, vpk);
            CHECK(i.plate == Approx(static_cast<double>(2e-3L * std::pow(drive, 1.5L))).epsilon(1e-14));
            CHECK(i.plate_by_grid == Approx(static_cast<double>(3e-3L * std::sqrt(drive))).epsilon(1e-14));
            CHECK(i.plate_by_plate == Approx(i.plate_by_grid / 50.0).epsilon(1e-14));
        }

    // The supply's current through the plate load, by the law at the voltages found.
    const auto stage = chain{voltage_source{}, common_cathode_stage{.tube = {.law = law}, .grid_leak = resistance{1e6}}};
    const auto found = bias(stage)[0];
    const double through_load = (300.0 - found.plate.si) / 100e3;
    CHECK(through_load == Approx(law.currents(found.grid.si - found.cathode.si, found.plate.si - found.cathode.si).plate).epsilon(1e-9));
    CHECK(through_load > 1e-4);
}

TEST_CASE("Four triodes side by side, and twice four, are the same triodes")
{
    // Voltages from far below cut-off to far into grid current, and plates on both sides of 0 V.
    constexpr double grids[] = {-60.0, -5.0, -1.5, -0.7, -0.2, 0.0, 0.4, 3.0, 80.0},
                     plates[] = {-5.0, 0.0, 4e-4, 0.02, 0.5, 1.0, 40.0, 300.0};
    double worst = 0.0;
    catalogue::for_each_triode([&](const auto& entry) {
        const any_law& law = entry.value.law;
        REQUIRE(law.of->four != nullptr);
        detail::four_triodes::values values{};
        for (int n = 0; n < law_capacity; ++n) values[n] = math::lanes<4>::all(law.value[n]);
        for (const double vgk : grids)
            for (int first = 0; first < 8; first += 4) {
                math::lanes<4> vpk;
                for (int i = 0; i < 4; ++i) vpk.set(i, plates[first + i]);
                const detail::four_triodes together = law.of->four(values, math::lanes<4>::all(vgk), vpk);
                detail::eight_triodes::values values_of_two{};
                for (int n = 0; n < law_capacity; ++n) values_of_two[n] = values[n].twice();
                const detail::eight_triodes two = law.of->eight(values_of_two, math::lanes<8>::all(vgk), vpk.twice());
                for (int i = 0; i < 4; ++i) {
                    const triode_currents alone = law.currents(vgk, vpk[i]);
                    const auto off = [&](double one, double of_four) {
                        worst = std::max(worst, std::fabs(of_four - one) / std::max(std::fabs(one), 1e-9));
                    };
                    off(alone.plate, together.plate[i]), off(alone.grid, together.grid[i]);
                    off(alone.plate_by_grid, together.plate_by_grid[i]), off(alone.plate_by_plate, together.plate_by_plate[i]);
                    off(alone.grid_by_grid, together.grid_by_grid[i]), off(alone.grid_by_plate, together.grid_by_plate[i]);
                    for (const int at : {i, 4 + i}) {
                        off(alone.plate, two.plate[at]), off(alone.grid, two.grid[at]);
                        off(alone.plate_by_grid, two.plate_by_grid[at]), off(alone.plate_by_plate, two.plate_by_plate[at]);
                        off(alone.grid_by_grid, two.grid_by_grid[at]), off(alone.grid_by_plate, two.grid_by_plate[at]);
                    }
                }
            }
    });
    measure::figure("four triodes and eight side by side", worst, "of each current and slope, or of 1 nA and 1 nS", 1e-11);
    CHECK(worst <= 1e-11);
}
