// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

/// What the table shows for a line besides its time. An aim is printed but not checked.
struct remark {
    const char* aim = "";      ///< for the ratio to the biquad, or for the multiple of real time
    double rate = 0.0;         ///< in hertz, for the multiple of real time; 0: not shown
    const char* beside = "";   ///< the line whose time this one is compared with
};

/// Prints each median with its ratio to the biquad (DF2T) of its type: float if the name ends in that, else double.
class ratio_table : public benchmark::BenchmarkReporter {
public:
    void add(const std::string& name, auto body, const remark& said = {})
    {
        remarks_[name] = said;
        benchmark::RegisterBenchmark(name.c_str(), body);
    }

    bool ReportContext(const Context&) override
    {
        std::printf("%-44s %12s %10s %12s  %s\n", "", "ns", "re DF2T", "x real time", "aim");
        return true;
    }

    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs)
            if (run.repetitions <= 1 || run.aggregate_name == "median") report(run);
    }

private:
    void report(const Run& run)
    {
        const std::string name = run.run_name.function_name;
        const remark& said = remarks_[name];
        const auto items = run.counters.find("items_per_second");
        if (items == run.counters.end()) {
            std::printf("%-44s %12.0f\n", name.c_str(), run.GetAdjustedCPUTime());
            return;
        }
        const double ns = ns_[name] = 1e9 / items->second.value;
        double& base = base_[name.ends_with("float")];
        if (name.starts_with("DF2T")) base = ns;
        std::printf("%-44s %12.2f", name.c_str(), ns);
        base > 0.0 ? std::printf(" %10.2f", ns / base) : std::printf(" %10s", "-");
        said.rate > 0.0 ? std::printf(" %12.1f", items->second.value / said.rate) : std::printf(" %12s", "");
        std::printf("  %s", said.aim);
        if (const auto other = ns_.find(said.beside); other != ns_.end()) std::printf("  (%.2f of %s)", ns / other->second, said.beside);
        std::printf("\n");
    }

    std::map<std::string, remark> remarks_;
    std::map<std::string, double> ns_;
    double base_[2]{};
};
