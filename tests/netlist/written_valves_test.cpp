// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/spice/spice.hpp>

#include <random>
#include <string>

// Triodes written as netlists and read back.
namespace {

using namespace phono;

/// The law of the one triode of a stage that has been written and read.
any_law read_back(const triode& tube)
{
    const std::string text = spice(chain{voltage_source{}, common_cathode_stage{.tube = tube}}, "a stage");
    INFO(text);
    const netlist_reading read{text, {}};
    INFO(to_string(read.problem()));
    REQUIRE_FALSE(read.problem());
    REQUIRE(read.flat().triode_count == 1);
    return read.flat().triodes[0].law;
}

/// How many parameters are not the same bits; all of them for a law of another kind.
int differences(const any_law& read, const any_law& written)
{
    if (read.of != written.of) return law_capacity;
    int count = 0;
    for (int i = 0; i < law_capacity; ++i) count += read.value[i] != written.value[i];
    return count;
}

}   // namespace

TEST_CASE("Every triode of the catalogue is read back from what is written, its law to the last bit")
{
    int wrong = 0, triodes = 0;
    for (const auto& entry : catalogue::triodes) {
        INFO(entry.name);
        const int found = differences(read_back(entry.value), entry.value.law);
        CHECK(found == 0);
        wrong += found, ++triodes;
    }
    measure::figure("parameters of " + std::to_string(triodes) + " triodes that are not read back as they were", wrong, "", 0);
}

TEST_CASE("Laws of any parameters are read back to the last bit")
{
    std::mt19937_64 random{17};
    const auto between = [&](double low, double high) { return std::uniform_real_distribution<double>{low, high}(random); };
    int wrong = 0;
    for (int n = 0; n < 200; ++n) {
        const double mu = between(4.0, 110.0), ex = between(1.1, 1.8), kg1 = between(100.0, 4000.0), kp = between(20.0, 2000.0),
                     kvb = between(10.0, 3000.0), vct = n % 2 == 0 ? 0.0 : between(-0.5, 2.0);
        triode tube;
        if (n % 4 == 0) tube.law = koren<no_grid_current>{mu, ex, kg1, kp, kvb, vct};
        else if (n % 4 == 1)
            tube.law = koren<power_grid_current>{mu, ex, kg1, kp, kvb, vct, {between(1e-4, 1e-3), between(1.1, 1.6), between(3.0, 12.0)}};
        else if (n % 4 == 2)
            tube.law =
                koren<diode_grid_current>{mu, ex, kg1, kp, kvb, vct, {between(100.0, 5000.0), between(1e-10, 1e-8), between(0.02, 0.05)}};
        else
            tube.law = dempwolf_zoelzer{
                between(1e-3, 3e-3), mu, between(1.2, 1.5), between(2.0, 5.0), between(3e-4, 7e-4), between(1.1, 1.4), between(8.0, 12.0),
                between(0.0, 1e-7)};
        const int found = differences(read_back(tube), tube.law);
        CHECK(found == 0);
        wrong += found;
    }
    measure::figure("parameters of 200 random laws that are not read back as they were", wrong, "", 0);
}

TEST_CASE("A triode's capacitances and leak are read back as parts of its model")
{
    const std::string text = spice(chain{voltage_source{}, common_cathode_stage{.tube = triodes::koren_12ax7}}, "a stage");
    const netlist_reading read{text, {}};
    REQUIRE_FALSE(read.problem());
    double capacitance = 0.0, leak = 0.0;
    for (int i = 0; i < read.flat().part_count; ++i) {
        const part& p = read.flat().parts[i];
        if (p.kind == part_kind::capacitor && p.value < 1e-11) capacitance += p.value;
        if (p.value != 1e9) continue;
        leak = p.value;
        CHECK(p.is_of_model);
    }
    CHECK(capacitance == Approx(1.6e-12 + 1.7e-12 + 0.46e-12));
    CHECK(leak == 1e9);
}
