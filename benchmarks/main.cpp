// SPDX-License-Identifier: BSL-1.0
#include "require.hpp"
#include "sections.hpp"
#include "table.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

void require(bool held, const std::string& what)
{
    if (held) return;
    std::fprintf(stderr, "benchmark: not so: %s; nothing was timed\n", what.c_str());
    std::exit(1);
}

// The speed of everything that runs, beside its peers. All contenders are checked before any is timed; a wrong one ends the program. Times
// decide nothing.
int main(int count, char** arguments)
{
    double seconds = 60.0;
    for (int i = 1; i < count; ++i) {
        if (std::string_view{arguments[i]} == "--seconds" && i + 1 < count) seconds = std::atof(arguments[++i]);
        else {
            std::fprintf(stderr, "phono_benchmarks: no option %s; there is --seconds N\n", arguments[i]);
            return 1;
        }
    }
    table lines;
    add_curve(lines);
    add_cartridge(lines);
    add_blocks(lines);
    add_modes(lines);
    add_channels(lines);
    add_designs(lines);
    add_tubes(lines);
    add_sizes(lines);
    lines.measure(seconds);
    std::printf("compiled %s\n", PHONO_BENCHMARK_FLAGS);
    std::printf(
        "ns per sample and channel, or for a call: the least of many passes, contenders in turn. re DF2T: to the naive biquad of the\n"
        "same type, its state in registers. Readings: registers, state in a loop's own variables; object, behind a reference, so that\n"
        "it is stored at every sample; block N, so many samples a call. Aims decide nothing.\n");
    lines.print();
}
