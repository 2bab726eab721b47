// SPDX-License-Identifier: BSL-1.0
#include "contenders.hpp"
#include "ratio_table.hpp"
#include "timing.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/large_signal/backward_kernel.hpp>
#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/large_signal/tube_kernel.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Circuits with tubes: kernels at the sample rate, and whole preamps with their oversampling and correction.
namespace {

using namespace phono;
using namespace phono::literals;
using ::run;
using signal = std::vector<double>;

constexpr chain stage{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{22_nF})},
                      common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm}, series_arm{capacitor{22_nF}},
                      shunt_arm{resistor{1_MOhm}}};

template <class Chain>
inline constexpr netlist_size size_of = decltype(circuit{std::declval<const Chain&>()})::capacity;

template <class Chain>
using kernel_of = tube_kernel<size_of<Chain>>;

using four_stages = tube_kernel<size_of<decltype(stage)>, 4>;

/// What takes over where the fast kernel leaves physics, on its own: every sample by backward differences.
template <class Chain>
class fallback {
    using kernel = detail::backward_kernel<size_of<Chain>>;

public:
    void set(const circuit<size_of<Chain>>& held, const detail::port_modes<size_of<Chain>>& found, double period)
    {
        kernel_.set(held, found, period);
        kernel_.start({}, {});
    }
    double operator()(double u) { return kernel_(u, 1000); }

private:
    kernel kernel_{};
};

/// A kernel, for one channel or several, set for a schematic at a sample rate.
template <class Kernel, class Chain>
std::shared_ptr<Kernel> kernel_for(const Chain& schematic, double rate)
{
    const circuit held{schematic};
    auto kernel = std::make_shared<Kernel>();
    kernel->set(held, find_port_modes(held), 1.0 / rate);
    return kernel;
}

template <class Chain>
std::shared_ptr<tube_preamp<Chain>> preamp_for(const Chain& schematic, double rate)
{
    return std::make_shared<tube_preamp<Chain>>(schematic, frequency{rate});
}

/// 100 ms of a 1 kHz tone of the given peak in volts: whole periods, so that every pass is the same.
signal tone(double volts, double rate)
{
    signal x(static_cast<std::size_t>(std::lround(0.1 * rate)));
    for (std::size_t n = 0; n < x.size(); ++n) x[n] = volts * std::sin(2.0 * std::numbers::pi * 1000.0 / rate * static_cast<double>(n));
    return x;
}

constexpr double rms(double volts) { return volts * std::numbers::sqrt2; }

template <class Chain>
void run(tube_preamp<Chain>& preamp, const signal& in, signal& out)
{
    constexpr std::size_t block = 512;
    for (std::size_t i = 0; i < in.size(); i += block) {
        const std::size_t count = std::min(block, in.size() - i);
        preamp.process(std::span{in}.subspan(i, count), std::span{out}.subspan(i, count));
    }
}

/// Each channel has the signal from another sample on; the outputs are interleaved.
void run(four_stages& channels, const signal& in, signal& out)
{
    for (std::size_t i = 0; i < in.size(); ++i) {
        std::array<double, 4> sample;
        for (std::size_t c = 0; c < 4; ++c) sample[c] = in[(i + 7 * c) % in.size()];
        channels(sample);
        for (std::size_t c = 0; c < 4; ++c) out[4 * i + c] = sample[c];
    }
}

/// The largest difference of every `stride`-th sample of a to b's, re the largest of b.
double difference(const signal& a, const signal& b, std::size_t stride = 1)
{
    double worst = 0.0, peak = 0.0;
    for (std::size_t n = 0; n < b.size(); ++n) {
        worst = std::max(worst, std::fabs(a[stride * n] - b[n]));
        peak = std::max(peak, std::fabs(b[n]));
    }
    return worst / peak;
}

/// Requires that a small 1 kHz tone has the circuit's gain after several seconds.
template <class Running, class Chain>
void check_gain(Running& running, const Chain& schematic, double rate, const char* what)
{
    const signal in = tone(1e-4, rate);
    signal out(in.size());
    for (int pass = 0; pass < 48; ++pass) run(running, in, out);
    double re = 0.0, im = 0.0;
    for (std::size_t n = 0; n < out.size(); ++n) {
        const double phase = 2.0 * std::numbers::pi * 1000.0 / rate * static_cast<double>(n);
        re += out[n] * std::sin(phase), im += out[n] * std::cos(phase);
    }
    const double gain = 2.0 * std::hypot(re, im) / static_cast<double>(out.size()) / 1e-4;
    require(std::fabs(20.0 * std::log10(gain) - decibels(response(schematic, 1_kHz))) < 1e-3, what);
}

void check_stage()
{
    const auto kernel = kernel_for<kernel_of<decltype(stage)>>(stage, 48e3);
    const auto channels = kernel_for<four_stages>(stage, 48e3);
    check_gain(*kernel, stage, 48e3, "the stage has its circuit's gain at 1 kHz");
    for (const double volts : {5e-3, 4.0, 20.0}) {
        const signal in = tone(volts, 48e3);
        signal one(in.size()), four(4 * in.size());
        kernel->reset(), channels->reset();
        run(*kernel, in, one);
        run(*channels, in, four);
        require(difference(four, one, 4) < 1e-11, "four channels and one agree");
        require(kernel->unsolved() == 0, "every sample of the stage is solved");
        signal by_fallback(in.size());
        run(*kernel_for<fallback<decltype(stage)>>(stage, 48e3), in, by_fallback);
        require(difference(by_fallback, one) < 0.1, "the fallback is the same circuit, in a rule of lower order");
    }
}

template <class Chain>
void check_preamp(const Chain& schematic, double rate, double overload)
{
    const auto preamp = preamp_for(schematic, rate);
    require(!preamp->problem() && preamp->factor() == 2, "a tube preamp runs, oversampled by two");
    check_gain(*preamp, schematic, rate, "a tube preamp has its circuit's gain at 1 kHz");
    const signal in = tone(overload, rate);
    signal block(in.size()), one_by_one(in.size());
    preamp->reset();
    run(*preamp, in, block);
    preamp->reset();
    for (std::size_t n = 0; n < in.size(); ++n) one_by_one[n] = (*preamp)(in[n]);
    require(difference(block, one_by_one) < 1e-9, "blocks and samples one by one agree");
    require(preamp->unsolved() == 0, "every sample of a tube preamp is solved");
}

/// A level at which something runs, and the name and aim of its line in the table.
struct level {
    const char* name;
    double peak;
    const char* aim = "";
    const char* beside = "";
};

template <class Running>
void add_running(ratio_table& table, const std::string& name, const std::shared_ptr<Running>& running, double rate, std::size_t channels,
                 const std::vector<level>& levels)
{
    for (const level& at : levels)
        table.add(name + ", " + at.name,
                  [running, rate, channels, volts = at.peak](benchmark::State& state) {
                      const signal in = tone(volts, rate);
                      signal out(channels * in.size());
                      for (int pass = 0; pass < 10; ++pass) run(*running, in, out);
                      for (auto _ : state) {
                          benchmark::DoNotOptimize(running.get());
                          run(*running, in, out);
                          benchmark::DoNotOptimize(out.data());
                          benchmark::ClobberMemory();
                      }
                      state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
                  },
                  {at.aim, rate, at.beside});
}

template <class Chain>
void add_preamp(ratio_table& table, const std::string& name, const Chain& schematic, double rate, const std::vector<level>& levels)
{
    add_running(table, name, preamp_for(schematic, rate), rate, 1, levels);
}

template <class Chain>
void add_set(ratio_table& table, const std::string& name, const Chain& schematic, double rate)
{
    table.add(name, [&schematic, rate](benchmark::State& state) {
        const circuit held{schematic};
        const auto found = find_port_modes(held);
        const auto kernel = std::make_unique<kernel_of<Chain>>();
        for (auto _ : state) {
            kernel->set(held, found, 1.0 / rate);
            benchmark::ClobberMemory();
        }
    });
}

template <class Chain>
void add_prepare(ratio_table& table, const std::string& name, const Chain& schematic, double rate)
{
    table.add(name, [&schematic, rate](benchmark::State& state) {
        const auto preamp = preamp_for(schematic, rate);
        for (auto _ : state) {
            preamp->prepare(frequency{rate});
            benchmark::ClobberMemory();
        }
    });
}

}   // namespace

void check_tubes()
{
    check_stage();
    check_preamp(stage, 44.1e3, 20.0);
    check_preamp(preamps::nachbaur_magnetic_tube, 48e3, rms(1.0));
    check_preamp(preamps::tube_passive_riaa, 48e3, rms(1.0));
    check_preamp(preamps::tube_feedback_riaa, 48e3, rms(1.0));
}

void add_tubes(ratio_table& table)
{
    add_running(table, "12AX7 kernel 48 kHz", kernel_for<kernel_of<decltype(stage)>>(stage, 48e3), 48e3, 1,
                {{"5 mV", 5e-3, "<= 4.5"}, {"1 V", 1.0}, {"4 V", 4.0, "<= 10"}, {"20 V", 20.0, "<= 10"}});
    add_running(table, "its fallback 48 kHz", kernel_for<fallback<decltype(stage)>>(stage, 48e3), 48e3, 1,
                {{"5 mV", 5e-3}, {"20 V", 20.0, "", "12AX7 kernel 48 kHz, 20 V"}});
    add_running(table, "4 channels of it, each", kernel_for<four_stages>(stage, 48e3), 48e3, 4,
                {{"5 mV", 5e-3, "<= 1.3", "12AX7 kernel 48 kHz, 5 mV"}, {"4 V", 4.0, "", "12AX7 kernel 48 kHz, 4 V"}});
    add_running(table, "Nachbaur kernel 96 kHz",
                kernel_for<kernel_of<decltype(preamps::nachbaur_magnetic_tube)>>(preamps::nachbaur_magnetic_tube, 96e3), 96e3, 1,
                {{"5 mV RMS", rms(5e-3)}});

    add_preamp(table, "12AX7 tube_preamp 44.1 kHz", stage, 44.1e3, {{"5 mV", 5e-3, "<= 12"}, {"4 V", 4.0}, {"20 V", 20.0}});
    add_preamp(table, "Nachbaur tube_preamp 48 kHz", preamps::nachbaur_magnetic_tube, 48e3,
               {{"5 mV RMS", rms(5e-3), ">= 50 x"}, {"50 mV RMS", rms(50e-3), ">= 50 x"}, {"1 V RMS", rms(1.0), ">= 20 x"}});
    const std::vector<level> levels = {{"5 mV RMS", rms(5e-3)}, {"50 mV RMS", rms(50e-3)}, {"1 V RMS", rms(1.0)}};
    add_preamp(table, "passive RIAA tube_preamp 48 kHz", preamps::tube_passive_riaa, 48e3, levels);
    add_preamp(table, "feedback RIAA tube_preamp 48 kHz", preamps::tube_feedback_riaa, 48e3, levels);

    add_set(table, "set() of the 12AX7 kernel", stage, 48e3);
    add_set(table, "set() of Nachbaur's kernel", preamps::nachbaur_magnetic_tube, 96e3);
    add_prepare(table, "prepare() of the 12AX7 tube_preamp", stage, 44.1e3);
    add_prepare(table, "prepare() of Nachbaur's tube_preamp", preamps::nachbaur_magnetic_tube, 48e3);
}
