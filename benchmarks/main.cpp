// SPDX-License-Identifier: BSL-1.0
#include "documents.hpp"
#include "require.hpp"
#include "sections.hpp"
#include "speed_plot.hpp"
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

namespace {

struct options {
    double seconds = 60.0;
    std::string plot{};   ///< where to write the chart; empty: nowhere
    bool prints_documents = false;
};

options options_of(int count, char** arguments)
{
    options given;
    for (int i = 1; i < count; ++i) {
        const std::string_view option = arguments[i];
        if (option == "--seconds" && i + 1 < count) given.seconds = std::atof(arguments[++i]);
        else if (option == "--plot" && i + 1 < count) given.plot = arguments[++i];
        else if (option == "--documents") given.prints_documents = true;
        else {
            std::fprintf(stderr, "phono_benchmarks: no option %s; there are --seconds N, --plot FILE and --documents\n", arguments[i]);
            std::exit(1);
        }
    }
    return given;
}

}   // namespace

// The speed of everything that runs, beside its peers. All contenders are checked before any is timed; a wrong one ends the program. Times
// decide nothing.
int main(int count, char** arguments)
{
    const options given = options_of(count, arguments);
    table lines;
    add_curve(lines);
    add_cartridge(lines);
    add_agreements(lines);
    add_blocks(lines);
    add_modes(lines);
    add_channels(lines);
    add_designs(lines);
    add_tubes(lines);
    add_sizes(lines);
    lines.measure(given.seconds);
    std::printf("compiled %s\n", PHONO_BENCHMARK_FLAGS);
    std::printf(
        "ns per sample and channel, or for a call: the least of many passes, contenders in turn. re DF2T: to the naive biquad of the\n"
        "same type, its state in registers. Readings: registers, state in a loop's own variables; object, behind a reference, so that\n"
        "it is stored at every sample; block N, so many samples a call. Aims decide nothing.\n");
    lines.print();
    if (given.prints_documents) print_documents(lines);
    if (!given.plot.empty() && !write_speed_plot(lines, given.plot)) {
        std::fprintf(stderr, "phono_benchmarks: cannot write %s\n", given.plot.c_str());
        return 1;
    }
}
