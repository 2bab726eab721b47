// SPDX-License-Identifier: BSL-1.0
#include <phono/analysis/preferred_parts.hpp>
#include <phono/analysis/sensitivity.hpp>
#include <phono/analysis/tolerance.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/chain/without_cartridge.hpp>

#include <cstdio>

// What becomes of a published preamp when it is built: of parts from the drawer, of better capacitors, and with other values.
using namespace phono;
using namespace phono::literals;
using curves::riaa;

int main()
{
    const circuit muffsy{without_cartridge(preamps::muffsy_passive)};
    const tolerances drawer{.resistors = percent{1.0}, .capacitors = percent{5.0}};
    const tolerances better{.resistors = percent{1.0}, .capacitors = percent{1.0}};
    for (const tolerances& parts : {drawer, better}) {
        const auto made = tolerance(muffsy, riaa, {.choice = {.parts = parts}, .builds = 2000, .bound = 0.2_dB});
        std::printf("capacitors %g %%: %.2f dB as drawn, 95 of 100 within %.2f dB, worst %.2f dB; %.0f %% within 0.2 dB\n",
                    parts.capacitors.value, made.nominal.decibels, made.deviation.p95.decibels, made.deviation.worst.decibels,
                    100.0 * made.deviation.yield);
        std::printf("              channels %.2f dB apart at most in 95 pairs of 100\n", made.balance.p95.decibels);
    }

    const auto sensitive = sensitivity(muffsy, drawer);
    for (int i = 0; i < 4; ++i) {
        const auto& each = sensitive.parts[static_cast<std::size_t>(i)];
        std::printf("%-12s %+.3f dB per %% at %5.0f Hz, %.2f dB for its %g %%\n", each.part.name.c_str(), each.worst, each.worst_at.si,
                    each.of_tolerance(), each.part.tolerance.value);
    }

    const auto chosen = best_preferred(muffsy, riaa, {.resistors = e_series::e24, .capacitors = e_series::e12, .level = 2.0});
    std::printf("of E24 resistors and E12 capacitors: %.3f dB\n", chosen.best.decibels);
    for (const auto& each : chosen.parts) std::printf("%-12s %9.4g -> %.4g\n", each.part.name.c_str(), each.part.value, each.chosen);
}
