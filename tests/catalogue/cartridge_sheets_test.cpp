// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/cartridges.hpp>

#include <cmath>
#include <string>

using namespace phono;
using namespace phono::literals;

TEST_CASE("A stated output becomes RMS at 5 cm/s RMS of one groove wall by its convention")
{
    constexpr auto rms = velocity_amplitude::rms, peak = velocity_amplitude::peak;
    constexpr auto one_wall = groove_cut::one_wall, lateral = groove_cut::lateral;
    const double root = std::sqrt(2.0);
    const auto millivolts = [](const stated_output& stated) { return 1e3 * stated.at_5_cm_s().si; };
    CHECK(millivolts({.level = 4_mV, .amplitude = rms, .cut = one_wall}) == Approx(4.0));
    CHECK(millivolts({.level = 4_mV, .amplitude = peak, .cut = one_wall}) == Approx(4.0 * root));
    CHECK(millivolts({.level = 4_mV, .amplitude = rms, .cut = lateral}) == Approx(4.0 * root));
    CHECK(millivolts({.level = 4_mV, .amplitude = peak, .cut = lateral}) == Approx(8.0));
    // 3.54 cm/s RMS is 5 cm/s peak: the same output either way.
    CHECK(millivolts({.level = 0.5_mV, .at = 3.54_cm_s, .amplitude = rms, .cut = one_wall}) ==
          Approx(millivolts({.level = 0.5_mV, .amplitude = peak, .cut = one_wall})).epsilon(2e-3));
    // Of a velocity at another amplitude, in proportion.
    CHECK(millivolts({.level = 1_mV, .at = 1_cm_s, .amplitude = rms, .cut = one_wall}) == Approx(5.0));
}

TEST_CASE("What a maker leaves open is read as RMS of one wall, and told as a range up to twice that")
{
    const stated_output open{.level = 0.5_mV};
    CHECK(open.at_5_cm_s().si == Approx(0.5e-3));
    CHECK(open.at_most().si == Approx(1e-3));
    const stated_output sideways{.level = 0.25_mV, .cut = groove_cut::lateral};
    CHECK(sideways.at_most().si / sideways.at_5_cm_s().si == Approx(std::sqrt(2.0)));
    const stated_output clear{.level = 4_mV, .amplitude = velocity_amplitude::peak, .cut = groove_cut::one_wall};
    CHECK(clear.at_most().si == clear.at_5_cm_s().si);
}

TEST_CASE("Cartridges have the outputs that follow from their makers' words")
{
    // By hand: 0.25 mV at 5 cm/s sideways; 0.5 mV at 3.54 cm/s; 4 mV and 0.6 mV at 5 cm/s peak; 50 uV.
    CHECK(cartridges::denon_dl103d.output.si == Approx(0.353553e-3).epsilon(1e-5));
    CHECK(cartridges::sumiko_celebration_2.output.si == Approx(0.706215e-3).epsilon(1e-5));
    CHECK(cartridges::shure_m97xe.output.si == Approx(5.65685e-3).epsilon(1e-5));
    CHECK(cartridges::lyra_delos.output.si == Approx(0.848528e-3).epsilon(1e-5));
    CHECK(cartridges::ortofon_mc2000.output.si == Approx(50e-6));
    CHECK(cartridges::ortofon_2m_black.output.si == Approx(5e-3));
}

TEST_CASE("Every cartridge is the one of its sheet, and no figure of a sheet is impossible")
{
    int moving = 0, magnetic = 0;
    catalogue::for_each_cartridge([&](const auto& known) {
        INFO(known.name);
        const auto* sheet = catalogue::find_cartridge_sheet(known.name);
        REQUIRE(sheet != nullptr);
        const cartridge_sheet& said = sheet->value;
        CHECK(known.value.output.si == Approx(said.output.at_5_cm_s().si).epsilon(1e-15));
        CHECK(known.value.resistance == said.coil);
        CHECK(known.value.inductance == said.winding);
        CHECK(said.coil.si > 0.0);
        constexpr bool is_magnetic = std::is_same_v<std::remove_cvref_t<decltype(known.value)>, magnetic_cartridge>;
        (is_magnetic ? magnetic : moving) += 1;
        CHECK((!is_magnetic || said.winding.si > 0.0));
        CHECK((said.load.most.si == 0.0 || said.load.most >= said.load.least));
        CHECK((said.load_capacitance.most.si == 0.0 || said.load_capacitance.most >= said.load_capacitance.least));
        // Magnets make millivolts in kilohms, coils less in ohms: what was exchanged would show.
        CHECK(known.value.output.si > (is_magnetic ? 2e-3 : 2e-5));
        CHECK(known.value.output.si < (is_magnetic ? 2e-2 : 5e-3));
        CHECK(said.coil.si < (is_magnetic ? 2000.0 : 200.0));
        CHECK((is_magnetic || said.load.least.si == 0.0 || said.load.least.si > said.coil.si));
    });
    measure::note("magnetic cartridges, moving coils", std::to_string(magnetic) + ", " + std::to_string(moving));
    CHECK(magnetic + moving == static_cast<int>(catalogue::cartridge_sheets.size()));
}
