// SPDX-License-Identifier: BSL-1.0
#include "arguments/preamp_options.hpp"
#include "filters/preamps.hpp"
#include "netlists/doubtful.hpp"
#include "netlists/read_netlist.hpp"
#include "subcommands/subcommands.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Example:
  phono bias --preamp tube_passive_riaa
      A line for each triode, in the order of the signal: volts against ground,
      currents, the slopes there, and what the plate dissipates.
  phono bias --netlist stage.cir
      In the order of the netlist, by the names there.)";

// What a netlist calls them, or their numbers.
std::vector<std::string> names_of(const preamp_argument& given, std::size_t triodes)
{
    auto names = given.is_netlist() ? read_netlist_of(given.netlist).names_of(phono::netlist_device::triode) : std::vector<std::string>{};
    for (auto i = names.size(); i < triodes; ++i) names.push_back(std::to_string(i + 1));
    return names;
}

void print(const preamp_argument& given)
{
    const auto triodes = make_tube_preamp(given).bias();
    const auto names = names_of(given, triodes.size());
    std::size_t longest = 4;
    for (const auto& name : names) longest = std::max(longest, name.size());
    const auto width = static_cast<int>(longest);
    std::printf("%-*s %9s %9s %9s %9s %9s %9s %9s %9s %9s\n", width, "tube", "plate/V", "grid/V", "cathode/V", "Ip/mA", "Ig/uA", "mu",
                "gm/mS", "rp/kOhm", "plate/W");
    auto name = names.begin();
    for (const auto& t : triodes) {
        const bool is_alive = conducts(t);
        const std::array columns{fixed(t.plate.si, 2),
                                 fixed(t.grid.si, 3),
                                 fixed(t.cathode.si, 3),
                                 fixed(1e3 * t.plate_current.si, 4),
                                 fixed(1e6 * t.grid_current.si, 4),
                                 is_alive ? fixed(t.mu, 2) : "-",
                                 fixed(1e3 * t.transconductance, 3),
                                 is_alive ? fixed(1e-3 * t.plate_resistance.si, 2) : "-",
                                 fixed(t.dissipation, 3)};
        std::printf("%-*s", width, (name++)->c_str());
        for (const auto& text : columns) std::printf(" %9s", text.c_str());
        std::printf("\n");
    }
}

}   // namespace

void add_bias(CLI::App& app)
{
    const auto given = std::make_shared<preamp_options>();
    auto& sub = *app.add_subcommand("bias", "print how each triode of a preamp rests");
    given->add_to(sub, "name (see phono list)");
    sub.footer(examples);
    sub.callback([given] { print(given->one()); });
}

}   // namespace command
