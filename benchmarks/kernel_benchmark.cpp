// SPDX-License-Identifier: BSL-1.0
#include "contenders.hpp"
#include "ratio_table.hpp"
#include "textbook_biquad.hpp"
#include "timing.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

// The running filter of linear circuits, and its design.
namespace {

using namespace phono;
using namespace phono::literals;

template <class T>
std::vector<T> noise()
{
    std::mt19937 generator(1);
    std::uniform_real_distribution<double> amplitude(-0.5, 0.5);
    std::vector<T> samples(1024);
    for (T& s : samples) s = static_cast<T>(amplitude(generator));
    return samples;
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
                 curve{.lags = {3180_us, 75_us, 3_us}, .leads = {318_us}, .high_passes = {7950_us}}, series_arm{resistor{1_kOhm}},
                 shunt_arm{capacitor{1_nF}}};
}

void design_from_values(benchmark::State& state)
{
    auto schematic = order_seven_at_run_time();
    for (auto _ : state) {
        benchmark::DoNotOptimize(&schematic);
        benchmark::ClobberMemory();
        const parallel_form form = partial_fractions(design(schematic, 44.1_kHz));
        benchmark::DoNotOptimize(form.direct);
    }
}

void design_from_roots(benchmark::State& state)
{
    math::rational analogue = poles_zeros(order_seven_at_run_time());
    for (auto _ : state) {
        benchmark::DoNotOptimize(&analogue);
        benchmark::ClobberMemory();
        const parallel_form form = partial_fractions(matched_z(analogue, 44.1_kHz));
        benchmark::DoNotOptimize(form.direct);
    }
}

void correct_phase(benchmark::State& state)
{
    const math::rational analogue = poles_zeros(order_seven_at_run_time());
    const digital_filter filter = matched_z(analogue, 44.1_kHz);
    for (auto _ : state) {
        const digital_filter corrected = phase_corrected(filter, analogue);
        benchmark::DoNotOptimize(corrected.delay);
    }
}

}   // namespace

void check_filters()
{
    const parallel_form modal = partial_fractions(second_order_riaa());
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

void add_filters(ratio_table& table)
{
    const parallel_form modal = partial_fractions(second_order_riaa());
    const auto add = [&](const char* name, auto body) { table.add(name, body); };
    add("DF2T biquad, double", [](benchmark::State& s) { time_per_sample<double>(s, baseline<double>()); });
    add("modal order 2, double", [modal](benchmark::State& s) { time_per_sample<double>(s, modal_kernel<double, 2, 0>{modal}); });
    add("modal order 2 block, double", [modal](benchmark::State& s) { time_block<double>(s, modal_kernel<double, 2, 0>{modal}); });
    add("preamp RIAA block, double", [](benchmark::State& s) { time_block<double>(s, preamp<chain{voltage_source{}, riaa}>{44.1_kHz}); });
    add("preamp cartridge+RIAA block, double",
        [](benchmark::State& s) { time_block<double>(s, preamp<preamps::magnetic_riaa>{44.1_kHz}); });
    add("DF2T biquad, float", [](benchmark::State& s) { time_per_sample<float>(s, baseline<float>()); });
    add("modal order 2, float", [modal](benchmark::State& s) { time_per_sample<float>(s, modal_kernel<float, 2, 0>{modal}); });
    add("modal order 2 block, float", [modal](benchmark::State& s) { time_block<float>(s, modal_kernel<float, 2, 0>{modal}); });
    add("preamp RIAA block, float", [](benchmark::State& s) {
        time_block<float>(s, preamp<chain{voltage_source{}, riaa}, float>{44.1_kHz});
    });
    add("design order 7 from poles and zeros", design_from_roots);
    add("design order 7 from component values", design_from_values);
    add("phase corrector for it", correct_phase);
}
