// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"

#include <phono/catalogue/nachbaur_switched_tubes.hpp>
#include <phono/chain/response.hpp>
#include <phono/tube_preamp.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

using namespace phono;
using namespace phono::literals;
using preamps::nachbaur_switched_tube;
using preamps::nachbaur::end_of_c109;
using preamps::nachbaur::mode;

namespace {

using switched = tube_preamp<decltype(nachbaur_switched_tube(mode::ceramic))>;

constexpr frequency rate = 192_kHz;   // the pop's first microseconds decide what the capacitors keep; at 48 kHz it is 1.2 % off
constexpr int before = 1920;          // 10 ms in magnetic mode

/// The output of silence, in magnetic mode and from `before` on in ceramic mode.
std::vector<double> switched_output(end_of_c109 end, int length)
{
    const auto preamp = std::make_unique<switched>(nachbaur_switched_tube(mode::magnetic, end), rate);
    REQUIRE_FALSE(preamp->problem());
    std::vector<double> y;
    for (int n = 0; n < length; ++n) {
        if (n == before) REQUIRE(preamp->switch_to(nachbaur_switched_tube(mode::ceramic, end)));
        y.push_back((*preamp)(0.0));
    }
    CHECK(preamp->unsolved() == 0);
    return y;
}

/// The output so many samples after the switch was turned, which the preamp's own delay makes later.
double after(const std::vector<double>& y, double samples, double latency)
{
    const double at = before + samples + latency;
    const auto n = static_cast<std::size_t>(at);
    const double share = at - static_cast<double>(n);
    return (1.0 - share) * y[n] + share * y[n + 1];
}

double peak(const std::vector<double>& y)
{
    double largest = 0.0;
    for (const double v : y) largest = std::max(largest, std::fabs(v));
    return largest;
}

/// The largest difference from ngspice's transient, in volts, from `from_ms` after the switch on; and the output's peak.
void agrees(const std::string& name, end_of_c109 end, std::size_t column, double from_ms, double bound)
{
    const auto y = switched_output(end, 20'000);
    const double latency = switched{nachbaur_switched_tube(mode::ceramic, end), rate}.latency();
    double off = 0.0;
    for (const auto& row : measure::reference_rows("tube/nach_switch"))
        if (std::printf("%g: %.6g %.6g\n", row[0], after(y, 1e-3 * row[0] * rate.si, latency), row[column]); row[0] >= from_ms)
            off = std::max(off, std::fabs(after(y, 1e-3 * row[0] * rate.si, latency) - row[column]));
    measure::note(name + ": the output's step", std::to_string(1e3 * peak(y)) + " mV");
    measure::figure(name + ": off ngspice", off, "V", bound);
    CHECK(off <= bound);
}

}   // namespace

TEST_CASE("R119 holds the free end of C109, and switching from magnetic to ceramic makes no pop")
{
    agrees("with R119", end_of_c109::held_by_r119, 1, 0.1, 1e-6);
    CHECK(peak(switched_output(end_of_c109::held_by_r119, 40'000)) < 1e-4);
}

TEST_CASE("Without R119 the switch pops, whichever way the free end of C109 leaks")
{
    agrees("leaking to the plate", end_of_c109::leaking_to_plate, 2, 1.0, 0.01 * 103.2);
    agrees("leaking to ground", end_of_c109::leaking_to_ground, 3, 0.1, 0.01 * 26.8);
    for (const end_of_c109 end : {end_of_c109::leaking_to_plate, end_of_c109::leaking_to_ground})
        CHECK(std::fabs(switched_output(end, 4000)[before + 1920]) > 1.0);
}

TEST_CASE("A tone goes on through the switch, at the gain of the other mode")
{
    // The tone is faded in, so that its start has not left the coupling capacitors somewhere when the switch is turned.
    constexpr int length = 48'000, turned = 24'000, period = 48;
    const auto preamp = std::make_unique<switched>(nachbaur_switched_tube(mode::magnetic), 48_kHz);
    std::vector<double> y;
    for (int n = 0; n < length; ++n) {
        if (n == turned) REQUIRE(preamp->switch_to(nachbaur_switched_tube(mode::ceramic)));
        const double fade = std::min(n / 9600.0, 1.0);
        y.push_back((*preamp)(5e-3 * fade * fade * std::sin(2.0 * static_cast<double>(measure::pi) * n / period)));
    }
    const auto amplitude = [&](int first) {
        const auto from = y.begin() + first, to = from + period;
        return 0.5 * (*std::max_element(from, to) - *std::min_element(from, to));
    };
    const auto gain = [](mode of) { return std::abs(response(nachbaur_switched_tube(of), 1_kHz)); };
    CHECK(amplitude(turned - period) == Approx(5e-3 * gain(mode::magnetic)).epsilon(0.005));
    CHECK(amplitude(length - period) == Approx(5e-3 * gain(mode::ceramic)).epsilon(0.005));
    for (int n = turned - period; n < length - period; ++n) REQUIRE(amplitude(n) < 1.01 * amplitude(turned - period));
}

TEST_CASE("In each position the preamp is that of the mode by itself, but for the other network's load on the plate")
{
    for (const frequency f : {100_Hz, 1_kHz, 10_kHz, 20_kHz}) {
        CHECK(decibels(response(nachbaur_switched_tube(mode::ceramic), f)) ==
              Approx(decibels(response(preamps::nachbaur_ceramic_tube, f))).margin(0.05));
        CHECK(decibels(response(nachbaur_switched_tube(mode::magnetic), f)) ==
              Approx(decibels(response(preamps::nachbaur_magnetic_tube, f))).margin(0.05));
    }
}
