// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "textbook_biquad.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Runs one of the hot paths, for the script `instructions` to count what it takes within counted(). Without arguments it lists them.
namespace {

using namespace phono;
using namespace phono::literals;

/// What is counted: it runs once, and is so many samples, times channels, or calls; before it comes a run that is not counted.
struct hot_path {
    double items = 0.0;
    std::function<double()> run{};
};

/// A 1 kHz tone of the given peak in volts at 48 kHz: 512 samples are not whole periods, so that it starts anew in each block.
template <class T>
std::vector<T> tone(double volts, std::size_t channels = 1)
{
    std::vector<T> x(512 * channels);
    for (std::size_t n = 0; n < x.size(); ++n)
        x[n] = static_cast<T>(volts * std::sin(2.0 * std::numbers::pi * 1000.0 / 48e3 * static_cast<double>(n / channels)));
    return x;
}

template <class T>
hot_path sample_by_sample(auto filter)
{
    const std::vector<T> in = tone<T>(0.5);
    return {static_cast<double>(in.size()), [filter = std::make_shared<decltype(filter)>(std::move(filter)), in] {
                double sum = 0.0;
                for (const T x : in) sum += static_cast<double>((*filter)(x));
                return sum;
            }};
}

/// In place, in blocks of so many samples or, of several channels, interleaved frames.
template <class T>
hot_path in_blocks(auto filter, std::size_t block = 512, double volts = 0.5, std::size_t channels = 1)
{
    const auto samples = std::make_shared<std::vector<T>>(tone<T>(volts, channels));
    return {static_cast<double>(samples->size()),
            [filter = std::make_shared<decltype(filter)>(std::move(filter)), samples, length = block * channels] {
                for (std::size_t i = 0; i < samples->size(); i += length) filter->process(std::span{*samples}.subspan(i, length));
                return static_cast<double>(samples->back());
            }};
}

/// A tube preamp, whose samples are made anew for every run: its own output would drive it too hard.
template <class Running>
hot_path tubes(std::shared_ptr<Running> running, double volts, std::size_t count, std::size_t channels = 1)
{
    std::vector<double> in = tone<double>(volts, channels);
    in.resize(count * channels);
    const auto samples = std::make_shared<std::vector<double>>(in.size());
    return {static_cast<double>(in.size()), [running, in, samples] {
                std::copy(in.begin(), in.end(), samples->begin());
                running->process(std::span<double>{*samples});
                return samples->back();
            }};
}

template <class Chain>
hot_path tubes(const Chain& schematic, double volts, std::size_t count)
{
    return tubes(std::make_shared<tube_preamp<Chain>>(schematic, 48_kHz), volts, count);
}

constexpr chain stage{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{22_nF})},
                      common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm}, series_arm{capacitor{22_nF}},
                      shunt_arm{resistor{1_MOhm}}};

constexpr digital_filter two_modes = second_order_riaa();

using tunable = tunable_preamp<std::remove_const_t<decltype(cartridge_riaa)>>;

hot_path design_of_cartridge()
{
    return {1.0, [] { return partial_fractions(design(cartridge_riaa_at_run_time(), common_rate)).direct; }};
}

hot_path retune()
{
    const auto preamp = std::make_shared<tunable>(cartridge_riaa, common_rate);
    return {1.0, [preamp] {
                preamp->retune(cartridge_riaa_at_run_time());
                return preamp->latency();
            }};
}

hot_path reading_of_netlist()
{
    return {1.0, [text = netlist_of_100_parts()] {
                const netlist_reading reading{text};
                return reading.problem() ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(reading.flat().part_count);
            }};
}

struct entry {
    const char* name;
    std::function<hot_path()> make;
};

const entry entries[] = {
    {"biquad", [] { return sample_by_sample<double>(baseline<double>()); }},
    {"two_modes_block", [] { return in_blocks<double>(constant_kernel<two_modes>{}); }},
    {"riaa_sample", [] { return sample_by_sample<double>(preamp<riaa_alone>{common_rate}); }},
    {"riaa_block", [] { return in_blocks<double>(preamp<riaa_alone>{common_rate}); }},
    {"riaa_block_float", [] { return in_blocks<float>(preamp<riaa_alone, float>{common_rate}); }},
    {"cartridge_sample", [] { return sample_by_sample<double>(preamp<cartridge_riaa>{common_rate}); }},
    {"cartridge_sample_float", [] { return sample_by_sample<float>(preamp<cartridge_riaa, float>{common_rate}); }},
    {"cartridge_block", [] { return in_blocks<double>(preamp<cartridge_riaa>{common_rate}); }},
    {"cartridge_block_float", [] { return in_blocks<float>(preamp<cartridge_riaa, float>{common_rate}); }},
    {"cartridge_block_of_1", [] { return in_blocks<double>(preamp<cartridge_riaa>{common_rate}, 1); }},
    {"cartridge_run_time_sample",
     [] {
         return sample_by_sample<double>(tunable{cartridge_riaa, common_rate});
     }},
    {"cartridge_run_time_block",
     [] {
         return in_blocks<double>(tunable{cartridge_riaa, common_rate});
     }},
    {"cartridge_run_time_of_1",
     [] {
         return in_blocks<double>(tunable{cartridge_riaa, common_rate}, 1);
     }},
    {"cartridge_8_channels", [] { return in_blocks<double>(bank<preamp<cartridge_riaa>, 8>{common_rate}, 64, 0.5, 8); }},
    {"cartridge_design", design_of_cartridge},
    {"cartridge_retune", retune},
    {"netlist_of_100_parts", reading_of_netlist},
    {"12ax7_5mV", [] { return tubes(stage, 5e-3, 512); }},
    {"12ax7_4V", [] { return tubes(stage, 4.0, 512); }},
    {"12ax7_stereo_5mV",
     [] { return tubes(std::make_shared<bank<tube_preamp<std::remove_const_t<decltype(stage)>>, 2>>(stage, 48_kHz), 5e-3, 256, 2); }},
    {"nachbaur_5mV", [] { return tubes(preamps::nachbaur_magnetic_tube, 7e-3, 256); }},
    {"nachbaur_50mV", [] { return tubes(preamps::nachbaur_magnetic_tube, 70e-3, 256); }},
    {"nachbaur_1V", [] { return tubes(preamps::nachbaur_magnetic_tube, 1.4, 256); }},
};

}   // namespace

/// The script has callgrind count within this function alone.
extern "C" [[gnu::noinline]] double counted(const std::function<double()>& run) { return run(); }

int main(int count, char** arguments)
{
    if (count != 2) {
        for (const entry& e : entries) std::printf("%s\n", e.name);
        return 0;
    }
    for (const entry& e : entries)
        if (e.name == std::string{arguments[1]}) {
            const hot_path path = e.make();
            double sum = path.run();
            sum += counted(path.run);
            std::printf("%.17g\n", path.items);
            return std::isfinite(sum) ? 0 : 1;
        }
    std::fprintf(stderr, "instructions: no hot path %s\n", arguments[1]);
    return 1;
}
