// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

using namespace phono;
using namespace phono::literals;

// As for a processor or a compiler that has no vectors: this file is compiled as if for one of 32 bits.
static_assert(!math::has_block_vectors);

namespace {

constexpr const auto& magnetic = preamps::magnetic_riaa;
constexpr frequency rate = 48_kHz;

constexpr chain stage{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm},
                      series_arm{capacitor{22_nF}}, shunt_arm{resistor{1_MOhm}}};

/// A tone of 1 kHz: half a second, of which the last tenth is steady.
template <class T>
std::vector<T> tone(double peak)
{
    std::vector<T> x(24000);
    for (std::size_t n = 0; n < x.size(); ++n)
        x[n] = static_cast<T>(peak * std::sin(2.0 * std::numbers::pi * 1000.0 / rate.si * double(n)));
    return x;
}

/// The gain at 1 kHz that a preamp plays, in dB, and how far its blocks are from its samples one by one, re the peak.
template <class T>
void check(const std::string& name, auto& one, auto& other, const auto& schematic, double most_apart, double most_off)
{
    REQUIRE(!one.problem());
    const std::vector<T> in = tone<T>(1e-3);
    std::vector<T> samples = in, blocks = in;
    for (T& x : samples) x = one(x);
    for (std::size_t first = 0, length = 1; first < blocks.size(); first += length, length = length * 3 % 1021) {
        length = std::min(length, blocks.size() - first);
        other.process(std::span{blocks}.subspan(first, length));
    }
    double apart = 0.0, peak = 0.0, re = 0.0, im = 0.0;
    for (std::size_t n = 0; n < in.size(); ++n) {
        apart = std::max(apart, std::fabs(static_cast<double>(samples[n]) - static_cast<double>(blocks[n])));
        peak = std::max(peak, std::fabs(static_cast<double>(samples[n])));
        if (n + 4800 < in.size()) continue;
        const double phase = 2.0 * std::numbers::pi * 1000.0 / rate.si * double(n), y = static_cast<double>(samples[n]);
        re += y * std::sin(phase), im += y * std::cos(phase);
    }
    const double off = 20.0 * std::log10(std::hypot(re, im) / 2400.0 / 1e-3) - decibels(response(schematic, 1_kHz));
    measure::figure(name + ", blocks against samples", apart / peak, "of the peak", most_apart);
    measure::figure(name + ", gain at 1 kHz against the circuit's", std::fabs(off), "dB", most_off);
    CHECK(apart <= most_apart * peak);
    CHECK(std::fabs(off) <= most_off);
}

}   // namespace

TEST_CASE("preamps play their circuits where there are no vectors", "[kernel]")
{
    preamp<magnetic> one{rate}, other{rate};
    check<double>("preamp", one, other, magnetic, 1e-14, 1e-3);
    preamp<magnetic, float> one_float{rate}, other_float{rate};
    check<float>("preamp, float", one_float, other_float, magnetic, 1e-6, 1e-3);
    using chain_type = std::remove_cvref_t<decltype(magnetic)>;
    tunable_preamp<chain_type> one_tunable{magnetic, rate}, other_tunable{magnetic, rate};
    check<double>("tunable_preamp", one_tunable, other_tunable, magnetic, 1e-14, 1e-3);
    tube_preamp<std::remove_cvref_t<decltype(stage)>> one_tube{stage, rate}, other_tube{stage, rate};
    check<double>("tube_preamp", one_tube, other_tube, stage, 1e-9, 1e-3);
}

TEST_CASE("a bank plays what its channels play where there are no vectors", "[kernel]")
{
    bank<preamp<magnetic>, 4> together{rate};
    preamp<magnetic> alone{rate};
    std::vector<double> expected = tone<double>(1e-3), frames;
    for (const double x : expected) frames.insert(frames.end(), 4, x);
    together.process(std::span{frames});
    alone.process(std::span{expected});
    double off = 0.0, peak = 0.0;
    for (std::size_t n = 0; n < frames.size(); ++n) {
        off = std::max(off, std::fabs(frames[n] - expected[n / 4]));
        peak = std::max(peak, std::fabs(frames[n]));
    }
    measure::figure("a bank of four against one", off / peak, "of the peak", 1e-14);
    CHECK(off <= 1e-14 * peak);
}
