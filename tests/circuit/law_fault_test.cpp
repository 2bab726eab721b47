// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/triode_formulas.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>
#include <phono/stage.hpp>

#include <functional>
#include <string>
#include <vector>

/// Which laws check() takes for a triode's, and what it says of the others.
namespace {

using namespace phono;
using namespace phono::literals;

std::string said(const any_law& law)
{
    return to_string(check(chain{voltage_source{}, common_cathode_stage{.tube = {.law = law}, .grid_leak = 1_MOhm}}));
}

/// Child and Langmuir's law with a grid current by a power law, which can be spoilt.
enum class spoilt {
    nothing,
    gives_current_at_no_plate_voltage,
    falls_with_grid,
    falls_with_plate,
    gives_grid_current_back,
    has_grid_slope_of_wrong_sign,
    forgets_grid_slope,
    doubles_grid_slope_twice,
    forgets_plate_slope,
    forgets_slope_of_grid_current,
    forgets_grid_current_by_plate,
    overflows,
    is_no_number
};

triode_currents spoil(spoilt way, double vgk, double vpk) noexcept
{
    const double drive = vgk + vpk / 50.0, root = drive > 0.0 && vpk > 0.0 ? std::sqrt(drive) : 0.0;
    const double pull = vgk > 0.0 ? 1e-4 * vgk : 0.0, share = 1.0 / (1.0 + (vpk > 0.0 ? vpk : 0.0));
    triode_currents i{2e-3 * drive * root,
                      3e-3 * root,
                      3e-3 * root / 50.0,
                      pull * (1.0 + share),
                      vgk > 0.0 ? 1e-4 * (1.0 + share) : 0.0,
                      vpk > 0.0 ? -pull * share * share : 0.0};
    switch (way) {
        case spoilt::nothing: break;
        case spoilt::gives_current_at_no_plate_voltage: i.plate += vgk > 0.0 && vpk <= 0.0 ? 1e-4 : 0.0; break;
        case spoilt::falls_with_grid: return {1e-3 - 1e-5 * vgk, -1e-5, 0.0, 0.0, 0.0, 0.0};
        case spoilt::falls_with_plate: return {vpk > 0.0 ? 1e-3 - 1e-6 * vpk - 2e-6 * vpk : 0.0, 0.0, -3e-6, 0.0, 0.0, 0.0};
        case spoilt::gives_grid_current_back: i.grid -= 1e-5; break;
        case spoilt::has_grid_slope_of_wrong_sign: i.plate_by_grid = -i.plate_by_grid; break;
        case spoilt::forgets_grid_slope: i.plate_by_grid = 0.0; break;
        case spoilt::doubles_grid_slope_twice: i.plate_by_grid *= 4.0; break;
        case spoilt::forgets_plate_slope: i.plate_by_plate = 0.0; break;
        case spoilt::forgets_slope_of_grid_current: i.grid_by_grid = 0.0; break;
        case spoilt::forgets_grid_current_by_plate: {
            const double more = vpk > 0.0 ? 1.0 + 0.1 * vpk : 1.0;
            i.grid *= more, i.grid_by_grid *= more, i.grid_by_plate = 0.0;
            break;
        }
        case spoilt::overflows: i.plate *= std::exp(vgk); break;
        case spoilt::is_no_number: i.grid_by_grid = vpk < 0.0 ? std::sqrt(vpk) : i.grid_by_grid; break;
    }
    return i;
}

template <spoilt way>
struct spoilt_law {
    triode_currents currents(double vgk, double vpk) const noexcept { return spoil(way, vgk, vpk); }
    constexpr law_values values() const noexcept { return {}; }
    static constexpr spoilt_law of(const law_values&) noexcept { return {}; }
};

/// A law that states the range of its own parameter.
struct choosy_law {
    double g = 2e-3;

    constexpr triode_currents currents(double vgk, double vpk) const noexcept
    {
        const double i = vpk > 0.0 && vgk + 0.02 * vpk > 0.0 ? g : 0.0;
        return {i * (vgk + 0.02 * vpk), i, 0.02 * i, 0.0, 0.0, 0.0};
    }
    constexpr void check_values(value_checker& rules) const noexcept
    {
        rules.check_value(g, value_rule::positive, "choosy_law.g");
        if (g > 1.0) rules.report({"choosy_law.g", g, "must be at most 1 S", -1, "S"});
    }
    constexpr law_values values() const noexcept
    {
        law_values list{};
        list[0] = g;
        return list;
    }
    static constexpr choosy_law of(const law_values& list) noexcept { return {list[0]}; }
};

}   // namespace

TEST_CASE("A parameter out of its range is named with its value, for every parameter of every law")
{
    constexpr koren<> k{};
    constexpr koren<diode_grid_current> d{};
    constexpr dempwolf_zoelzer z{};
    CHECK(said(k) == "");
    CHECK(said(d) == "");
    CHECK(said(z) == "");
    CHECK(said(koren<>{.mu = -100.0}) == "block 1, koren.mu is -100: must be above zero");
    const auto names = [](any_law law, std::vector<std::string> parameters) {
        for (int n = 0; n < static_cast<int>(parameters.size()); ++n)
            for (const double factor : {-1.0, 0.0}) {
                any_law wrong = law;
                wrong.value[n] *= factor;
                const std::string& name = parameters[static_cast<std::size_t>(n)];
                INFO(name << " times " << factor << ": " << said(wrong));
                CHECK(said(wrong).find("block 1, " + name + " is ") == 0);
                CHECK(said(wrong).find(": must be above zero") != std::string::npos);
            }
        for (int n = 0; n < static_cast<int>(parameters.size()); ++n) {
            any_law wrong = law;
            wrong.value[n] = std::numeric_limits<double>::quiet_NaN();
            CHECK(said(wrong) == "block 1, " + parameters[static_cast<std::size_t>(n)] + " is nan: must be finite");
        }
    };
    any_law shifted = k;
    shifted.value[5] = -0.5;   // vct may have either sign
    CHECK(said(shifted) == "");
    shifted.value[5] = std::numeric_limits<double>::infinity();
    CHECK(said(shifted) == "block 1, koren.vct is inf: must be finite");
    names(k, {"koren.mu", "koren.ex", "koren.kg1", "koren.kp", "koren.kvb"});
    names(z, {"dempwolf_zoelzer.g", "dempwolf_zoelzer.mu", "dempwolf_zoelzer.gamma", "dempwolf_zoelzer.c", "dempwolf_zoelzer.gg",
              "dempwolf_zoelzer.xi", "dempwolf_zoelzer.cg"});
    CHECK(said(dempwolf_zoelzer{.ig0 = 0.0}) == "");
    CHECK(said(dempwolf_zoelzer{.ig0 = -1e-9}) == "block 1, dempwolf_zoelzer.ig0 is -1 nA: must not be negative");
    CHECK(said(koren<>{.grid = {.g = -1e-4}}) == "block 1, power_grid_current.g is -0.0001: must be above zero");
    CHECK(said(koren<>{.grid = {.xi = -1.0}}) == "block 1, power_grid_current.xi is -1: must be above zero");
    CHECK(said(koren<>{.grid = {.c = 0.0}}) == "block 1, power_grid_current.c is 0: must be above zero");
    CHECK(said(koren<diode_grid_current>{.grid = {.r = -2e3}}) == "block 1, diode_grid_current.r is -2 kOhm: must be above zero");
    CHECK(said(koren<diode_grid_current>{.grid = {.is = 0.0}}) == "block 1, diode_grid_current.is is 0 A: must be above zero");
    CHECK(said(koren<diode_grid_current>{.grid = {.vt = -0.026}}) == "block 1, diode_grid_current.vt is -26 mV: must be above zero");
}

TEST_CASE("A sound law is one in a constant expression and an empty socket is none")
{
    constexpr chain sound{voltage_source{}, differential_pair{.tube = triodes::ecc83_rsd_1}};   // compile-fail.triode_of_negative_mu
    static_assert(!check(sound));
    CHECK(said(any_law{}) == "block 1, triode.law's plate current at 0 V and 100 V is 0 A: must be above zero");
}

TEST_CASE("A user's law states ranges of its own")
{
    CHECK(said(choosy_law{}) == "");
    CHECK(said(choosy_law{.g = -2e-3}) == "block 1, choosy_law.g is -0.002: must be above zero");
    CHECK(said(choosy_law{.g = 2.0}) == "block 1, choosy_law.g is 2 S: must be at most 1 S");
}

TEST_CASE("A law that no triode follows is told where it does not and how")
{
    CHECK(said(spoilt_law<spoilt::nothing>{}) == "");
    CHECK(said(spoilt_law<spoilt::gives_current_at_no_plate_voltage>{}) ==
          "block 1, triode.law's plate current at a plate voltage of 0 V or below is 100 uA: must be 0 within 1 uA");
    CHECK(said(spoilt_law<spoilt::falls_with_plate>{}) ==
          "block 1, triode.law's slope at -0.5 V and 100 V is -3 uS: must not be below -1 uS as plate_by_plate");
    CHECK(said(spoilt_law<spoilt::gives_grid_current_back>{}) ==
          "block 1, triode.law's grid current at -0.5 V and 100 V is -10 uA: must not be below -1 uA");
    const std::string of_plate = "the rise of the plate current within a factor of two", of_grid = "the rise of the grid current within";
    const auto says = [](const any_law& law, const std::string& expected) {
        INFO(said(law) << " against " << expected);
        CHECK(said(law).find("block 1, triode.law's slope at ") == 0);
        CHECK(said(law).find(expected) != std::string::npos);
    };
    says(spoilt_law<spoilt::has_grid_slope_of_wrong_sign>{}, "must not be below -1 uS as plate_by_grid");
    says(spoilt_law<spoilt::forgets_grid_slope>{}, "must be, as plate_by_grid, " + of_plate);
    says(spoilt_law<spoilt::doubles_grid_slope_twice>{}, "must be, as plate_by_grid, " + of_plate);
    says(spoilt_law<spoilt::forgets_plate_slope>{}, "must be, as plate_by_plate, " + of_plate);
    says(spoilt_law<spoilt::forgets_slope_of_grid_current>{}, "must be, as grid_by_grid, " + of_grid);
    says(spoilt_law<spoilt::forgets_grid_current_by_plate>{}, "must be, as grid_by_plate, " + of_grid);
    CHECK_FALSE(said(spoilt_law<spoilt::falls_with_grid>{}).empty());
    CHECK(said(spoilt_law<spoilt::overflows>{}).find("triode.law's current or slope at voltages of +-1e60 V") != std::string::npos);
    CHECK(said(spoilt_law<spoilt::is_no_number>{}).find("triode.law's current or slope at voltages of +-1e60 V") != std::string::npos);
}

TEST_CASE("The catalogue's triodes and every law of the library are triodes, at twice and half of each parameter too")
{
    const auto near = [](const any_law& law, int parameters) {
        for (int n = 0; n < parameters; ++n)
            for (const double factor : {0.5, 1.0, 2.0}) {
                any_law other = law;
                other.value[n] *= factor;
                INFO("parameter " << n << " times " << factor);
                CHECK(said(other) == "");
            }
    };
    int laws = 0;
    catalogue::for_each_triode([&](const auto& entry) {
        INFO(entry.name);
        ++laws;
        near(entry.value.law, law_capacity);
    });
    CHECK(laws > 8);
    for (const formula::tube& tube : formula::tubes()) {
        INFO(tube.name);
        CHECK(said(tube.law) == "");
    }
    // Power triodes: published constants for Koren's law.
    CHECK(said(koren<>{.mu = 3.95, .ex = 1.4, .kg1 = 1550.0, .kp = 65.0, .kvb = 300.0}) == "");                 // 300B
    CHECK(said(koren<>{.mu = 3.2, .ex = 1.3, .kg1 = 270.0, .kp = 18.0, .kvb = 300.0}) == "");                   // near a 6C33C
    CHECK(said(koren<no_grid_current>{.mu = 8.7, .ex = 1.35, .kg1 = 1460.0, .kp = 48.0, .kvb = 12.0}) == "");   // near a 6550 as a triode
}
