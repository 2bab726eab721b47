// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

#include <string>

// How the cost of a sample depends on the length of a block: what a call costs.
namespace {

using namespace phono;

constexpr std::size_t lengths[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096};

template <class T>
void add_lengths(table& lines, const std::string& name, const auto& preamp, auto aim_of)
{
    for (const std::size_t length : lengths) {
        line one =
            checked_line<T>(name, "block " + std::to_string(length), in_blocks<T>(preamp, length), analogue(cartridge_riaa), 1e-3, length);
        one.should = aim_of(length);
        lines.add(one);
    }
}

}   // namespace

void add_blocks(table& lines)
{
    lines.begin_section("blocks of 1 to 4096: cartridge, load and RIAA, constant and at run time");
    const auto constant = [](std::size_t length) { return length == 1 ? extra_at_most(10.0, "cartridge: preamp, object") : aim{}; };
    const auto at_run_time = [](std::size_t length) {
        if (length == 1) return extra_at_most(10.0, "cartridge: tunable_preamp, object");
        return length >= 32 ? share_at_most(1.1, "lengths: preamp, block " + std::to_string(length)) : aim{};
    };
    add_lengths<double>(lines, "lengths: preamp", preamp<cartridge_riaa>{common_rate}, constant);
    add_lengths<double>(lines, "lengths: tunable_preamp", tunable_preamp{cartridge_riaa_at_run_time(), common_rate}, at_run_time);
    add_lengths<float>(lines, "lengths: preamp, float", preamp<cartridge_riaa, float>{common_rate}, [](std::size_t) { return aim{}; });
}
