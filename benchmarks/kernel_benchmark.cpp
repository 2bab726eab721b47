// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

// Speed of the running filter and of its design. Every contender's output is checked against the baseline's or a long-double reference
// before anything is timed; a wrong one ends the program.
namespace {

using namespace phono;

/// The textbook second-order section, transposed direct form II, as everybody writes it.
template <class T>
struct textbook_biquad {
    T b0, b1, b2, a1, a2;
    T s1{}, s2{};

    T operator()(T x) noexcept
    {
        const T y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        return y;
    }
};

/// RIAA at 44.1 kHz by two real poles and two real zeros: the same filter for both contenders.
digital_filter second_order_filter()
{
    digital_filter filter = matched_filter(riaa.transfer(), 44.1_kHz);
    filter.poles = {};
    filter.zeros = {};
    filter.poles.add({std::exp(-1.0 / (3180e-6 * 44100.0))});
    filter.poles.add({std::exp(-1.0 / (75e-6 * 44100.0))});
    filter.zeros.add({std::exp(-1.0 / (318e-6 * 44100.0))});
    filter.zeros.add({-0.2});
    return filter;
}

template <class T>
textbook_biquad<T> baseline()
{
    const biquad s = biquads(second_order_filter()).section[0];
    return {static_cast<T>(s.b0), static_cast<T>(s.b1), static_cast<T>(s.b2), static_cast<T>(s.a1), static_cast<T>(s.a2)};
}

template <class T>
std::vector<T> noise()
{
    std::mt19937 generator(1);
    std::uniform_real_distribution<double> amplitude(-0.5, 0.5);
    std::vector<T> samples(1024);
    for (T& s : samples) s = static_cast<T>(amplitude(generator));
    return samples;
}

/// What a filter makes of a block, one sample at a time.
template <class Filter, class T>
void run(Filter& filter, const std::vector<T>& in, std::vector<T>& out)
{
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = filter(in[i]);
}

template <class T, class Filter>
void time_per_sample(benchmark::State& state, Filter filter)
{
    const std::vector<T> in = noise<T>();
    std::vector<T> out(in.size());
    for (auto _ : state) {
        benchmark::DoNotOptimize(&filter);
        run(filter, in, out);
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(in.size()));
}

template <class T, class Filter>
void time_block(benchmark::State& state, Filter filter)
{
    const std::vector<T> in = noise<T>();
    std::vector<T> out(in.size());
    for (auto _ : state) {
        benchmark::DoNotOptimize(&filter);
        std::copy(in.begin(), in.end(), out.begin());
        filter.process(std::span<T>{out});
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(in.size()));
}

void require(bool held, const char* what)
{
    if (held) return;
    std::fprintf(stderr, "benchmark: %s; nothing was timed\n", what);
    std::exit(1);
}

/// The largest difference of two filters on the same noise, re the largest output.
template <class T, class A, class B>
double difference(A a, B b)
{
    const std::vector<T> in = noise<T>();
    std::vector<T> ya(in.size()), yb(in.size());
    run(a, in, ya);
    run(b, in, yb);
    double worst = 0.0, peak = 0.0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        worst = std::max(worst, std::fabs(static_cast<double>(ya[i]) - static_cast<double>(yb[i])));
        peak = std::max(peak, std::fabs(static_cast<double>(ya[i])));
    }
    return worst / peak;
}

/// Order 7: a cartridge into its load, RIAA with the IEC high-pass and a 3 us low-pass, and an RC low-pass behind it.
constexpr auto order_seven = chain{cartridges::typical_magnetic, loading{.resistance = 47_kOhm, .capacitance = 150_pF},
                                   curve{.lags = {3180_us, 75_us, 3_us}, .leads = {318_us}, .high_passes = {7950_us}},
                                   series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{1_nF}}};
static_assert(poles_zeros(order_seven).poles.degree() == 7);

/// The same with a value that the compiler cannot know.
auto order_seven_at_run_time()
{
    volatile double ohms = 47e3;
    const resistance load{ohms};
    return chain{cartridges::typical_magnetic, loading{.resistance = load, .capacitance = 150_pF},
                 curve{.lags = {3180_us, 75_us, 3_us}, .leads = {318_us}, .high_passes = {7950_us}},
                 series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{1_nF}}};
}

void check_results()
{
    const modal_form modal = modes(second_order_filter());
    require(modal.real_count == 2 && modal.section_count == 0, "the second-order filter has two real modes");
    require(difference<double>(baseline<double>(), modal_kernel<double, 2, 0>{modal}) < 1e-13, "modal and DF2T agree in double");
    require(difference<float>(baseline<float>(), modal_kernel<float, 2, 0>{modal}) < 1e-4, "modal and DF2T agree in float");
    const auto schematic = order_seven_at_run_time();
    const digital_filter filter = design(schematic, 44.1_kHz);
    require(filter.is_stable() && filter.fallback == 0, "the order-7 design is a full one");
    for (const double f : {20.0, 1000.0, 20000.0})
        require(std::fabs(decibels(filter.response(frequency{f})) - decibels(response(schematic, frequency{f}))) < 1e-3,
                "the order-7 design follows its circuit");
}

void design_from_values(benchmark::State& state)
{
    auto schematic = order_seven_at_run_time();
    for (auto _ : state) {
        benchmark::DoNotOptimize(&schematic);
        benchmark::ClobberMemory();
        const modal_form form = modes(design(schematic, 44.1_kHz));
        benchmark::DoNotOptimize(form.direct);
    }
}

void design_from_roots(benchmark::State& state)
{
    math::rational analogue = poles_zeros(order_seven_at_run_time());
    for (auto _ : state) {
        benchmark::DoNotOptimize(&analogue);
        benchmark::ClobberMemory();
        const modal_form form = modes(matched_filter(analogue, 44.1_kHz));
        benchmark::DoNotOptimize(form.direct);
    }
}

void correct_phase(benchmark::State& state)
{
    const math::rational analogue = poles_zeros(order_seven_at_run_time());
    const digital_filter filter = matched_filter(analogue, 44.1_kHz);
    for (auto _ : state) {
        const digital_filter corrected = phase_corrected(filter, analogue);
        benchmark::DoNotOptimize(corrected.delay);
    }
}

void register_all()
{
    const modal_form modal = modes(second_order_filter());
    const auto add = [](const char* name, auto body) { benchmark::RegisterBenchmark(name, body); };
    add("DF2T biquad, double", [](benchmark::State& s) { time_per_sample<double>(s, baseline<double>()); });
    add("modal order 2, double", [modal](benchmark::State& s) { time_per_sample<double>(s, modal_kernel<double, 2, 0>{modal}); });
    add("modal order 2 block, double", [modal](benchmark::State& s) { time_block<double>(s, modal_kernel<double, 2, 0>{modal}); });
    add("preamp RIAA block, double", [](benchmark::State& s) { time_block<double>(s, preamp<chain{voltage_source{}, riaa}>{44.1_kHz}); });
    add("preamp cartridge+RIAA block, double", [](benchmark::State& s) { time_block<double>(s, preamp<preamps::magnetic_riaa>{44.1_kHz}); });
    add("DF2T biquad, float", [](benchmark::State& s) { time_per_sample<float>(s, baseline<float>()); });
    add("modal order 2, float", [modal](benchmark::State& s) { time_per_sample<float>(s, modal_kernel<float, 2, 0>{modal}); });
    add("modal order 2 block, float", [modal](benchmark::State& s) { time_block<float>(s, modal_kernel<float, 2, 0>{modal}); });
    add("preamp RIAA block, float", [](benchmark::State& s) { time_block<float>(s, preamp<chain{voltage_source{}, riaa}, float>{44.1_kHz}); });
    add("design order 7 from poles and zeros", design_from_roots);
    add("design order 7 from component values", design_from_values);
    add("phase corrector for it", correct_phase);
}

/// Prints each median with its ratio to the baseline of its type.
class ratio_table : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override
    {
        std::printf("%-40s %12s %10s\n", "", "ns", "re DF2T");
        return true;
    }

    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            const std::string name = run.run_name.function_name;
            if (run.repetitions > 1 && run.aggregate_name != "median") continue;
            const auto items = run.counters.find("items_per_second");
            if (items == run.counters.end()) {
                std::printf("%-40s %12.0f\n", name.c_str(), run.GetAdjustedCPUTime());
                continue;
            }
            const double ns = 1e9 / items->second.value;
            const std::string type = name.substr(name.rfind(' ') + 1);
            if (name.starts_with("DF2T")) base[type] = ns;
            std::printf("%-40s %12.2f %10.2f\n", name.c_str(), ns, ns / base[type]);
        }
    }

private:
    std::map<std::string, double> base;
};

}  // namespace

int main(int count, char** arguments)
{
    std::vector<char*> all(arguments, arguments + count);
    std::string repetitions = "--benchmark_repetitions=5", interleaved = "--benchmark_report_aggregates_only=true";
    all.insert(all.begin() + 1, {repetitions.data(), interleaved.data()});   // what is given on the command line comes later and wins
    int total = static_cast<int>(all.size());
    benchmark::Initialize(&total, all.data());
    if (benchmark::ReportUnrecognizedArguments(total, all.data())) return 1;
    check_results();
    register_all();
    std::printf("per sample, or per design; median of CPU times; compiled %s\n", PHONO_BENCHMARK_FLAGS);
    ratio_table table;
    benchmark::RunSpecifiedBenchmarks(&table);
    benchmark::Shutdown();
}
