// SPDX-License-Identifier: BSL-1.0
#include "textbook_biquad.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/large_signal/tube_kernel.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Runs one of the kernels over a number of blocks of 512 samples, for the script `instructions` to count. Without arguments it lists them.
namespace {

using namespace phono;
using namespace phono::literals;

constexpr std::size_t block = 512;

/// Runs blocks of samples; the result keeps a compiler from leaving the work out.
using contender = std::function<double(int blocks)>;

/// One block of a 1 kHz tone of the given peak in volts at 48 kHz: 512 samples are not whole periods, so the tone starts anew in each
/// block.
template <class T>
std::vector<T> tone(double volts)
{
    std::vector<T> x(block);
    for (std::size_t n = 0; n < block; ++n)
        x[n] = static_cast<T>(volts * std::sin(2.0 * std::numbers::pi * 1000.0 / 48e3 * static_cast<double>(n)));
    return x;
}

template <class T>
contender sample_by_sample(auto filter, double volts = 0.5)
{
    return [filter, in = tone<T>(volts)](int blocks) mutable {
        double sum = 0.0;
        for (int i = 0; i < blocks; ++i)
            for (const T x : in) sum += static_cast<double>(filter(x));
        return sum;
    };
}

template <class T>
contender in_blocks(auto filter, double volts = 0.5)
{
    return [filter = std::make_shared<decltype(filter)>(std::move(filter)), in = tone<T>(volts)](int blocks) {
        std::vector<T> out(block);
        double sum = 0.0;
        for (int i = 0; i < blocks; ++i) {
            std::copy(in.begin(), in.end(), out.begin());
            filter->process(std::span<T>{out});
            sum += static_cast<double>(out.back());
        }
        return sum;
    };
}

constexpr chain stage{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{22_nF})},
                      common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm}, series_arm{capacitor{22_nF}},
                      shunt_arm{resistor{1_MOhm}}};

template <class Kernel>
std::shared_ptr<Kernel> kernel_for(const auto& schematic, double rate)
{
    const circuit held{schematic};
    auto kernel = std::make_shared<Kernel>();
    kernel->set(held, find_port_modes(held), 1.0 / rate);
    return kernel;
}

template <class Chain>
inline constexpr netlist_size size_of = decltype(elaborate(std::declval<const Chain&>()))::capacity;

template <class Chain>
contender tube(const Chain& schematic, double rate, double volts)
{
    return [kernel = kernel_for<tube_kernel<size_of<Chain>>>(schematic, rate), in = tone<double>(volts)](int blocks) {
        double sum = 0.0;
        for (int i = 0; i < blocks; ++i)
            for (const double x : in) sum += (*kernel)(x);
        return sum;
    };
}

template <class Chain>
contender four_channels(const Chain& schematic, double rate, double volts)
{
    return [kernel = kernel_for<tube_kernel<size_of<Chain>, 4>>(schematic, rate), in = tone<double>(volts)](int blocks) {
        double sum = 0.0;
        for (int i = 0; i < blocks; ++i)
            for (const double x : in) {
                std::array<double, 4> samples{x, 0.5 * x, -x, 0.25 * x};
                (*kernel)(samples);
                sum += samples[0] + samples[3];
            }
        return sum;
    };
}

template <class Chain>
contender tubes_in_blocks(const Chain& schematic, double volts)
{
    return [preamp = std::make_shared<tube_preamp<Chain>>(schematic, 48_kHz), in = tone<double>(volts)](int blocks) {
        std::vector<double> out(block);
        double sum = 0.0;
        for (int i = 0; i < blocks; ++i) {
            preamp->process(in, out);
            sum += out.back();
        }
        return sum;
    };
}

constexpr auto riaa_alone = chain{voltage_source{}, riaa};

struct entry {
    const char* name;
    std::function<contender()> make;
};

const entry contenders[] = {
    {"biquad", [] { return sample_by_sample<double>(baseline<double>()); }},
    {"modal_2", [] { return sample_by_sample<double>(modal_kernel<double, 2, 0>{partial_fractions(second_order_riaa())}); }},
    {"modal_2_float", [] { return sample_by_sample<float>(modal_kernel<float, 2, 0>{partial_fractions(second_order_riaa())}); }},
    {"modal_2_block", [] { return in_blocks<double>(modal_kernel<double, 2, 0>{partial_fractions(second_order_riaa())}); }},
    {"riaa", [] { return sample_by_sample<double>(preamp<riaa_alone>{48_kHz}); }},
    {"riaa_block", [] { return in_blocks<double>(preamp<riaa_alone>{48_kHz}); }},
    {"riaa_block_float", [] { return in_blocks<float>(preamp<riaa_alone, float>{48_kHz}); }},
    {"cartridge_riaa_block", [] { return in_blocks<double>(preamp<preamps::magnetic_riaa>{48_kHz}); }},
    {"12ax7_kernel_5mV", [] { return tube(stage, 48e3, 5e-3); }},
    {"12ax7_kernel_4V", [] { return tube(stage, 48e3, 4.0); }},
    {"12ax7_4_channels_5mV", [] { return four_channels(stage, 48e3, 5e-3); }},
    {"nachbaur_kernel_5mV", [] { return tube(preamps::nachbaur_magnetic_tube, 96e3, 7e-3); }},
    {"12ax7_preamp_5mV", [] { return tubes_in_blocks(stage, 5e-3); }},
    {"nachbaur_preamp_5mV", [] { return tubes_in_blocks(preamps::nachbaur_magnetic_tube, 7e-3); }},
};

}   // namespace

int main(int count, char** arguments)
{
    if (count != 3) {
        for (const entry& e : contenders) std::printf("%s\n", e.name);
        return 0;
    }
    for (const entry& e : contenders)
        if (e.name == std::string{arguments[1]}) {
            std::printf("%.17g\n", e.make()(std::atoi(arguments[2])));
            return 0;
        }
    std::fprintf(stderr, "instructions: no contender %s\n", arguments[1]);
    return 1;
}
