// SPDX-License-Identifier: BSL-1.0
#include "contenders.hpp"
#include "ratio_table.hpp"
#include "timing.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

void require(bool held, const char* what)
{
    if (held) return;
    std::fprintf(stderr, "benchmark: not so: %s; nothing was timed\n", what);
    std::exit(1);
}

// Speed of the running filters and of their design. All results are checked before anything is timed; a wrong one ends the program.
int main(int count, char** arguments)
{
    std::vector<char*> all(arguments, arguments + count);
    std::string repetitions = "--benchmark_repetitions=5", aggregates = "--benchmark_report_aggregates_only=true",
                time = "--benchmark_min_time=0.1";
    all.insert(all.begin() + 1, {repetitions.data(), aggregates.data(), time.data()});   // the command line comes later and wins
    int total = static_cast<int>(all.size());
    benchmark::Initialize(&total, all.data());
    if (benchmark::ReportUnrecognizedArguments(total, all.data())) return 1;
    check_filters();
    check_responses();
    check_tubes();
    ratio_table table;
    add_filters(table);
    add_responses(table);
    add_tubes(table);
    std::printf("per sample, or per design; median of CPU times; compiled %s\n", PHONO_BENCHMARK_FLAGS);
    std::printf("volts are of 1 kHz, peak unless RMS; x real time at the rate named; an aim decides nothing\n");
    benchmark::RunSpecifiedBenchmarks(&table);
    benchmark::Shutdown();
}
