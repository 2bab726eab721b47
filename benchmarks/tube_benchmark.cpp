// SPDX-License-Identifier: BSL-1.0
#include "player.hpp"
#include "require.hpp"
#include "sections.hpp"
#include "table.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Whole circuits with tubes by level, with their oversampling and correction.
namespace {

using namespace phono;
using namespace phono::literals;
using signal = std::vector<double>;

constexpr chain stage{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{22_nF})},
                      common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm}, series_arm{capacitor{22_nF}},
                      shunt_arm{resistor{1_MOhm}}};

constexpr double rms(double volts) { return volts * std::numbers::sqrt2; }

/// Whole periods of a 1 kHz tone of the given peak in volts: 10 ms unless said.
signal tone(double volts, double rate, double seconds = 0.01)
{
    signal x(static_cast<std::size_t>(std::lround(seconds * rate)));
    for (std::size_t n = 0; n < x.size(); ++n) x[n] = volts * std::sin(2.0 * std::numbers::pi * 1000.0 / rate * static_cast<double>(n));
    return x;
}

/// The peak of the 1 kHz part of the last 10 ms.
double fundamental(const signal& out, double rate)
{
    double re = 0.0, im = 0.0;
    const std::size_t count = tone(0.0, rate).size(), first = out.size() - count;
    for (std::size_t n = 0; n < count; ++n) {
        const double phase = 2.0 * std::numbers::pi * 1000.0 / rate * static_cast<double>(n);
        re += out[first + n] * std::sin(phase), im += out[first + n] * std::cos(phase);
    }
    return 2.0 * std::hypot(re, im) / static_cast<double>(count);
}

/// The level of 1 kHz after a tenth of a second at a level, by a circuit at a rate.
template <class Chain>
double level_of(const Chain& schematic, double rate, oversampling factor, double volts)
{
    const auto preamp = std::make_unique<tube_preamp<Chain>>(schematic, frequency{rate}, factor);
    signal samples = tone(volts, rate, 0.1);
    preamp->process(samples);
    require(!preamp->problem() && preamp->unsolved() == 0, "every sample of a tube preamp is solved");
    return 20.0 * std::log10(fundamental(samples, rate));
}

/// A small tone of 1 kHz has the circuit's gain, once its capacitors have charged.
template <class Chain>
void check_gain(const Chain& schematic, double rate)
{
    const auto preamp = std::make_unique<tube_preamp<Chain>>(schematic, frequency{rate});
    signal samples = tone(1e-4, rate, 4.8);
    preamp->process(samples);
    const double gain = 20.0 * std::log10(fundamental(samples, rate) / 1e-4);
    require(std::fabs(gain - decibels(response(schematic, 1_kHz))) < 1e-3, "a tube preamp has its circuit's gain at 1 kHz");
}

/// Blocks and samples one by one agree where it clips.
template <class Chain>
void check_blocks(const Chain& schematic, double rate, double volts)
{
    const auto preamp = std::make_unique<tube_preamp<Chain>>(schematic, frequency{rate});
    const signal in = tone(volts, rate, 0.1);
    signal block = in, one_by_one = in;
    preamp->process(block);
    preamp->reset();
    for (double& x : one_by_one) x = (*preamp)(x);
    double worst = 0.0, peak = 0.0;
    for (std::size_t n = 0; n < in.size(); ++n) {
        worst = std::max(worst, std::fabs(block[n] - one_by_one[n]));
        peak = std::max(peak, std::fabs(block[n]));
    }
    require(worst < 1e-9 * peak, "a tube preamp's blocks and samples one by one agree");
}

/// A level at which something runs, in volts of peak, and what its line should show.
struct level {
    const char* name;
    double peak;
    aim should{};
};

/// Plays the tone until it is steady, then again and again; each of several channels has it. Every pass is the same, and short, so that
/// some passes have the processor to themselves.
template <class Running>
line line_of_tone(const std::string& name, const std::string& reading, std::shared_ptr<Running> running, double rate, double volts,
                  std::size_t channels = 1)
{
    const bool is_whole_in_4_ms = std::fmod(rate, 1000.0) < 0.5;
    const signal one_channel = tone(volts, rate, is_whole_in_4_ms ? 0.004 : 0.01);
    signal in;
    for (const double x : one_channel) in.insert(in.end(), channels, x);
    const auto out = std::make_shared<signal>(in);
    for (int pass = 0; pass < 250; ++pass) {
        *out = in;
        running->process(std::span<double>{*out});
    }
    line one;
    one.name = name;
    one.reading = reading;
    one.items = static_cast<double>(in.size());
    one.rate = rate;
    one.before = [in, out] { std::copy(in.begin(), in.end(), out->begin()); };
    one.pass = [out, running] {
        running->process(std::span<double>{*out});
        require(std::isfinite(out->back()), "the output is finite");
    };
    return one;
}

/// A whole preamp at several levels. Its error is that of the level of 1 kHz against the same circuit at four times the rate, oversampled
/// four times, at the same moment: hard overload makes harmonics that fold back onto it.
template <class Chain>
void add_preamp(table& lines, const std::string& name, const Chain& schematic, double rate, const std::vector<level>& levels,
                oversampling factor = oversampling::automatic)
{
    for (const level& at : levels) {
        auto preamp = std::make_shared<tube_preamp<Chain>>(schematic, frequency{rate}, factor);
        require(!preamp->problem(), name + " has no problem");
        line one = line_of_tone(name, at.name, std::move(preamp), rate, at.peak);
        one.error =
            std::fabs(level_of(schematic, rate, factor, at.peak) - level_of(schematic, 4.0 * rate, oversampling::four_times, at.peak));
        require(one.error <= 0.2, name + ", " + at.name + " follows its circuit; it is " + std::to_string(one.error) + " dB off");
        one.should = at.should;
        lines.add(one);
    }
}

/// A bank of so many channels, each with the tone: a frame of two should take at most 1.3 times what a sample of one channel takes.
template <int channels, class Chain>
void add_bank(table& lines, const std::string& name, const std::string& mono, const Chain& schematic, double rate,
              const std::vector<level>& levels)
{
    for (const level& at : levels) {
        auto together = std::make_shared<bank<tube_preamp<Chain>, channels>>(schematic, frequency{rate});
        require(!together->problem(), name + " has no problem");
        line one = line_of_tone(name, at.name, std::move(together), rate, at.peak, channels);
        if (channels == 2) one.should = share_at_most(1.3 / channels, mono + ", " + at.name);
        lines.add(one);
    }
}

template <class Chain>
void add_prepare(table& lines, const std::string& name, const Chain& schematic, double rate)
{
    const auto preamp = std::make_shared<tube_preamp<Chain>>(schematic, frequency{rate});
    line prepare;
    prepare.name = "prepare of " + name;
    prepare.reading = "a call";
    prepare.is_call = true;
    prepare.pass = [preamp, rate] { preamp->prepare(frequency{rate}); };
    line retune = prepare;
    retune.name = "retune of " + name;
    retune.pass = [preamp, schematic] { require(preamp->retune(schematic), "sound values are taken"); };
    lines.add(prepare);
    lines.add(retune);
}

}   // namespace

void add_tubes(table& lines)
{
    lines.begin_section("tubes by level: 1 kHz, volts peak unless RMS; error of the level of 1 kHz against 16 times the rate");
    check_gain(stage, 44.1e3);
    check_gain(preamps::nachbaur_magnetic_tube, 48e3);
    check_blocks(stage, 44.1e3, 20.0);
    check_blocks(preamps::nachbaur_magnetic_tube, 48e3, rms(1.0));

    add_preamp(lines, "12AX7, 48 kHz, not oversampled", stage, 48e3, {{"5 mV", 5e-3}, {"1 V", 1.0}, {"4 V", 4.0}}, oversampling::none);
    add_preamp(lines, "12AX7, 48 kHz, oversampled by 4", stage, 48e3, {{"5 mV", 5e-3}}, oversampling::four_times);
    add_preamp(lines, "12AX7, 44.1 kHz", stage, 44.1e3, {{"5 mV", 5e-3, ratio_at_most(7.0)}, {"1 V", 1.0}, {"4 V", 4.0}, {"20 V", 20.0}});
    add_bank<2>(lines, "12AX7, 44.1 kHz, stereo, each", "12AX7, 44.1 kHz", stage, 44.1e3, {{"5 mV", 5e-3}, {"4 V", 4.0}});
    add_bank<4>(lines, "12AX7, 44.1 kHz, four channels, each", "12AX7, 44.1 kHz", stage, 44.1e3, {{"5 mV", 5e-3}});
    // Twice and four times as fast as 301, 432 and 3534 ns where the biquad took 4.07.
    add_preamp(lines, "Nachbaur, 48 kHz", preamps::nachbaur_magnetic_tube, 48e3,
               {{"5 mV RMS", rms(5e-3), ratio_at_most(37.0)},
                {"50 mV RMS", rms(50e-3), ratio_at_most(53.0)},
                {"1 V RMS", rms(1.0), ratio_at_most(217.0)}});
    add_bank<2>(lines, "Nachbaur, 48 kHz, stereo, each", "Nachbaur, 48 kHz", preamps::nachbaur_magnetic_tube, 48e3,
                {{"5 mV RMS", rms(5e-3)}, {"50 mV RMS", rms(50e-3)}, {"1 V RMS", rms(1.0)}});
    add_preamp(lines, "Nachbaur, 48 kHz, not oversampled", preamps::nachbaur_magnetic_tube, 48e3, {{"5 mV RMS", rms(5e-3)}},
               oversampling::none);
    add_preamp(lines, "passive RIAA, 48 kHz", preamps::tube_passive_riaa, 48e3, {{"5 mV RMS", rms(5e-3)}, {"1 V RMS", rms(1.0)}});
    add_prepare(lines, "12AX7, 44.1 kHz", stage, 44.1e3);
    add_prepare(lines, "Nachbaur, 48 kHz", preamps::nachbaur_magnetic_tube, 48e3);
}
