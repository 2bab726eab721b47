// SPDX-License-Identifier: BSL-1.0
#include "arguments/preamp_options.hpp"
#include "filters/preamps.hpp"
#include "subcommands/subcommands.hpp"

#include <cstdio>
#include <memory>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Example:
  phono bias --preamp tube_passive_riaa
      A line for each triode, in the order of the signal: volts against ground,
      currents, the slopes there, and what the plate dissipates.
  phono bias --netlist stage.cir
      In the order of the netlist; phono netlist tells their names.)";

void print(const std::vector<phono::tube_bias>& triodes)
{
    std::printf("%-4s %9s %9s %9s %9s %9s %9s %9s %9s %9s\n", "tube", "plate/V", "grid/V", "cathode/V", "Ip/mA", "Ig/uA", "mu", "gm/mS",
                "rp/kOhm", "plate/W");
    int number = 0;
    for (const auto& t : triodes)
        std::printf("%-4d %9.2f %9.3f %9.3f %9.4f %9.4f %9.2f %9.3f %9.2f %9.3f\n", ++number, t.plate.si, t.grid.si, t.cathode.si,
                    1e3 * t.plate_current.si, 1e6 * t.grid_current.si, t.mu, 1e3 * t.transconductance, 1e-3 * t.plate_resistance.si,
                    t.dissipation);
}

}   // namespace

void add_bias(CLI::App& app)
{
    const auto given = std::make_shared<preamp_options>();
    auto& sub = *app.add_subcommand("bias", "print how each triode of a preamp rests");
    given->add_to(sub, "name (see phono list)");
    sub.footer(examples);
    sub.callback([given] { print(make_tube_preamp(given->one()).bias()); });
}

}   // namespace command
