// SPDX-License-Identifier: BSL-1.0
#include "contenders.hpp"
#include "ratio_table.hpp"
#include "timing.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/chain.hpp>

#include <cmath>
#include <complex>
#include <string>

// The analogue response at one frequency: of a schematic, which is elaborated and its operating point found for each, and of a circuit that
// is kept.
namespace {

using namespace phono;
using namespace phono::literals;

void time_response(benchmark::State& state, auto asked)
{
    double hertz = 1000.0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(hertz);
        std::complex<double> h = response(asked, frequency{hertz});
        benchmark::DoNotOptimize(h);
    }
    state.SetItemsProcessed(state.iterations());
}

template <class Chain>
void check_held(const Chain& schematic, const char* what)
{
    const circuit held{schematic};
    for (const double f : {20.0, 1000.0, 20000.0}) {
        const std::complex<double> anew = response(schematic, frequency{f});
        require(std::isfinite(std::abs(anew)) && std::abs(response(held, frequency{f}) - anew) <= 1e-14 * std::abs(anew), what);
    }
}

template <class Chain>
void add_both(ratio_table& table, const std::string& name, const char* anew, const Chain& schematic)
{
    table.add(anew, [schematic](benchmark::State& s) { time_response(s, schematic); });
    table.add("response of " + name + ", held", [schematic](benchmark::State& s) { time_response(s, circuit{schematic}); },
              {.beside = anew});
}

}   // namespace

void check_responses()
{
    check_held(preamps::nachbaur_magnetic_tube, "Nachbaur's tubes, held, respond as the schematic does");
    check_held(preamps::tube_passive_riaa, "two stages, held, respond as the schematic does");
}

void add_responses(ratio_table& table)
{
    add_both(table, "Nachbaur's tubes", "response of Nachbaur's tubes", preamps::nachbaur_magnetic_tube);
    add_both(table, "two stages", "response of two stages", preamps::tube_passive_riaa);
}
