// SPDX-License-Identifier: BSL-1.0
#include "table.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace {

/// One pass of a line, timed.
double seconds_of(line& one)
{
    if (one.before) one.before();
    const auto start = std::chrono::steady_clock::now();
    one.pass();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A turn of a line: a pass that brings its code and data back into the caches, then some that count, each against the least so far.
void take_turn(benchmark::State& state, line& one)
{
    seconds_of(one);
    for (auto _ : state) {
        const double seconds = seconds_of(one);
        state.SetIterationTime(seconds);
        one.nanoseconds = std::min(one.nanoseconds, 1e9 * seconds / one.items);
    }
}

/// The table is the report.
class silent : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>&) override {}
};

std::string formatted(const char* format, double value)
{
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string key(const line& one) { return one.reading.empty() ? one.name : one.name + ", " + one.reading; }

}   // namespace

void table::measure(double seconds)
{
    std::vector<line*> all;
    for (section& s : sections_)
        for (line& one : s.lines) all.push_back(&one);
    const double each = seconds / static_cast<double>(all.size());
    for (line* one : all) {
        const double pass = seconds_of(*one);
        const int passes = pass > 0.005 ? 1 : 3;
        const double turns = each / (pass * (passes + 1));
        benchmark::RegisterBenchmark(key(*one).c_str(), [one](benchmark::State& state) { take_turn(state, *one); })
            ->UseManualTime()
            ->Iterations(passes)
            ->Repetitions(static_cast<int>(std::clamp(turns, 3.0, 5000.0)));
    }
    char program[] = "phono_benchmarks", interleaved[] = "--benchmark_enable_random_interleaving=true";
    char* arguments[] = {program, interleaved};
    int count = 2;
    benchmark::Initialize(&count, arguments);
    silent report;
    benchmark::RunSpecifiedBenchmarks(&report);
    benchmark::Shutdown();
}

const line* table::find(const std::string& name_and_reading) const
{
    for (const section& s : sections_)
        for (const line& one : s.lines)
            if (key(one) == name_and_reading) return &one;
    return nullptr;
}

double table::ratio(const line& one) const
{
    for (const section& s : sections_)
        for (const line& base : s.lines)
            if (base.is_float == one.is_float) return one.nanoseconds / base.nanoseconds;
    return std::numeric_limits<double>::quiet_NaN();
}

std::string table::verdict(const line& one) const
{
    const aim& a = one.should;
    const auto compared = [](double value, double limit, bool is_least, const std::string& unit) {
        return (is_least ? ">= " : "<= ") + formatted("%.3g", limit) + unit +
               ((is_least ? value >= limit : value <= limit) ? "" : "  MISSED");
    };
    switch (a.of) {
        case aim::kind::ratio_at_most: return compared(ratio(one), a.limit, false, "");
        case aim::kind::nanoseconds_at_most: return compared(one.nanoseconds, a.limit, false, " ns");
        case aim::kind::extra_at_most:
        case aim::kind::share_at_most:
        case aim::kind::share_at_least:
            if (const line* other = find(a.beside)) {
                if (a.of == aim::kind::extra_at_most)
                    return "more than " + a.beside + " by " + compared(one.nanoseconds - other->nanoseconds, a.limit, false, " ns");
                const double share = one.nanoseconds / other->nanoseconds;
                return formatted("%.2f", share) + " of " + a.beside + " " + compared(share, a.limit, a.of == aim::kind::share_at_least, "");
            }
            return "no line " + a.beside;
        case aim::kind::none: break;
    }
    return "";
}

void table::print() const
{
    for (const section& s : sections_) {
        std::printf("\n%s\n", s.title.c_str());
        if (!s.lines.empty())
            std::printf("  %-46s %-14s %12s %9s %11s %12s  %s\n", "", "reading", "ns", "re DF2T", "error, dB", "x real time", "aim");
        for (const line& one : s.lines) {
            std::printf("  %-46s %-14s ", one.name.c_str(), one.reading.c_str());
            std::printf(one.nanoseconds < 1e4 ? "%12.3f" : "%12.0f", one.nanoseconds);
            one.is_call ? std::printf(" %9s", "") : std::printf(" %9.3f", ratio(one));
            std::isnan(one.error) ? std::printf(" %11s", "") : std::printf(" %11.1e", one.error);
            one.rate > 0.0 ? std::printf(" %12.1f", 1e9 / one.nanoseconds / one.rate) : std::printf(" %12s", "");
            std::printf("  %s\n", verdict(one).c_str());
        }
        for (const std::string& sentence : s.notes) std::printf("  %s\n", sentence.c_str());
    }
}
