// SPDX-License-Identifier: BSL-1.0
#include "robustness/stage_reference.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/bank.hpp>
#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/large_signal/circuit_state.hpp>
#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/literals.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <vector>

using namespace phono;
using namespace phono::literals;

namespace {

using signal = std::vector<double>;

constexpr double rate = 48e3;

/// What the knobs of a stage are set to.
struct knobs {
    common_cathode_stage stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm, .stopper = 10_kOhm};
    capacitance coupling = 22_nF;
    resistance load = 1_MOhm;

    [[nodiscard]] auto schematic() const
    {
        return chain{voltage_source{}, stage, series_arm{capacitor{coupling}}, shunt_arm{resistor{load}}};
    }
};
using schematic_type = decltype(knobs{}.schematic());
using preamp_type = tube_preamp<schematic_type>;

/// A burst that blocks the stage, then a small tone.
double burst(double t) { return t < 0.0 ? 0.0 : (t < 0.05 ? 4.0 : 0.1) * std::sin(2.0 * static_cast<double>(measure::pi) * 200.0 * t); }

/// The stage by implicit Euler, and turned at these samples of the preamp: its circuit is as many samples behind its input as its filter on
/// the way up delays.
signal reference_output(const knobs& first, const std::vector<std::pair<int, knobs>>& turns, int length, int latency, int steps)
{
    robustness::stage_reference circuit{first.stage, first.coupling, first.load};
    signal y;
    std::size_t next = 0;
    for (int n = 0; n < length; ++n) {
        if (next < turns.size() && n == turns[next].first - latency / 2) {
            const knobs& to = turns[next++].second;
            circuit.turn(to.stage, to.coupling, to.load);
        }
        double out = 0.0;
        for (int k = 1; k <= steps; ++k) out = circuit.step(burst((n - 1 + static_cast<double>(k) / steps) / rate), 1.0 / rate / steps);
        y.push_back(out);
    }
    return y;
}

signal preamp_output(const knobs& first, const std::vector<std::pair<int, knobs>>& turns, int length)
{
    const auto preamp = std::make_unique<preamp_type>(first.schematic(), frequency{rate});
    signal y;
    std::size_t next = 0;
    for (int n = 0; n < length; ++n) {
        if (next < turns.size() && n == turns[next].first) REQUIRE(preamp->retune(turns[next++].second.schematic()));
        y.push_back((*preamp)(burst(n / rate)));
    }
    CHECK(preamp->unsolved() == 0);
    return y;
}

int latency_of(const knobs& k) { return static_cast<int>(std::lround(preamp_type{k.schematic(), frequency{rate}}.latency())); }

template <class Held>
void check_stored_modes(const char* what, const Held& held)
{
    constexpr netlist_size size = Held::capacity;
    const auto found = find_port_modes(held);
    REQUIRE_FALSE(found.problem);
    const auto stored = std::make_unique<detail::stored_state<size>>();
    stored->set(held, found);
    detail::circuit_state<size> state, back;
    const auto noise = measure::noise<double>(2 * static_cast<std::size_t>(found.count) + 2, 3);
    double largest = 0.0, off = 0.0;
    for (int n = 0; n < found.count; ++n) {
        const auto at = static_cast<std::size_t>(2 * n);
        state.modes[n] = {noise[at], found.modes[n].s.im == 0.0 ? 0.0 : noise[at + 1]};
    }
    for (double& w : state.driven) w = 1e-3;
    typename detail::stored_state<size>::values in_reactances;
    stored->read(state, in_reactances);
    stored->take(in_reactances, back);
    for (int n = 0; n < found.count; ++n) {
        largest = std::max(largest, math::abs(state.modes[n]));
        off = std::max(off, math::abs(state.modes[n] - back.modes[n]));
    }
    measure::figure(std::string{what} + ", modes from what their reactances hold", off / largest, "", 1e-11);
    CHECK(off <= 1e-11 * largest);
}

}   // namespace

TEST_CASE("The modes of a circuit follow from what its reactances hold")
{
    check_stored_modes("one 12AX7", circuit{knobs{}.schematic()});
    check_stored_modes("Nachbaur's four triodes", circuit{preamps::nachbaur_ceramic_tube});
}

TEST_CASE("A blocked stage that is turned goes on as its circuit does")
{
    constexpr int turn = 4800, faded = turn + 960, length = 9600;
    const knobs before;
    const int latency = latency_of(before);
    const auto check = [&](const char* what, const knobs& after, double bound) {
        const auto y = preamp_output(before, {{turn, after}}, length);
        const auto expected = reference_output(before, {{turn, after}}, length, latency, 64);
        double off = 0.0, largest = 0.0;
        for (int n = faded; n < length; ++n) {
            off = std::max(off, std::fabs(y[static_cast<std::size_t>(n)] - expected[static_cast<std::size_t>(n - latency)]));
            largest = std::max(largest, std::fabs(y[static_cast<std::size_t>(n)]));
        }
        measure::figure(std::string{what} + ", off the circuit after the fade, of up to " + std::to_string(largest) + " V", off, "V",
                        bound);
        CHECK(off <= bound);
    };
    knobs k = before;
    check("nothing turned", k, 0.01);
    k.stage.plate_load = 110_kOhm;
    check("plate load 100 to 110 kOhm", k, 0.01);
    k = before, k.stage.supply = 0.8 * k.stage.supply;
    check("supply down by a fifth", k, 0.01);
    k = before, k.stage.bypass = 50_uF;
    check("bypass 25 to 50 uF", k, 0.01);
    k = before, k.stage.cathode_resistor = 0.9 * k.stage.cathode_resistor;
    check("cathode resistor down by a tenth", k, 0.01);
    k = before, k.coupling = 10_nF;
    check("coupling 22 to 10 nF", k, 0.01);
    k = before, k.load = 470_kOhm;
    check("load 1 MOhm to 470 kOhm", k, 0.01);
}

TEST_CASE("A knob in motion makes no step that its circuit does not make")
{
    // From 100 to 150 kOhm, 1 % every 10 ms, while a blocked stage recovers.
    constexpr int begin = 4800, every = 480, steps = 40, length = begin + (steps + 10) * every;
    knobs now;
    std::vector<std::pair<int, knobs>> turns;
    const knobs first = now;
    for (int i = 0; i < steps; ++i) {
        now.stage.plate_load = 1.01 * now.stage.plate_load;
        turns.emplace_back(begin + i * every, now);
    }
    const int latency = latency_of(first);
    const auto y = preamp_output(first, turns, length), expected = reference_output(first, turns, length, latency, 16);
    double step = 0.0, own_step = 0.0, off = 0.0, off_in_the_end = 0.0;
    for (int n = begin; n < length; ++n) {
        const auto at = static_cast<std::size_t>(n), late = static_cast<std::size_t>(n - latency);
        step = std::max(step, std::fabs(y[at] - y[at - 1]));
        own_step = std::max(own_step, std::fabs(expected[late] - expected[late - 1]));
        const double here = std::fabs(y[at] - expected[late]);
        off = std::max(off, here);
        if (n >= length - every) off_in_the_end = std::max(off_in_the_end, here);
    }
    measure::figure("largest step over the circuit's", step / own_step, "", 1.0);
    measure::figure("off the circuit, whose values are up to 30 ms ahead", off, "V", 1.0);
    measure::figure("off the circuit, 100 ms after the last turn", off_in_the_end, "V", 0.05);
    CHECK(step <= own_step);
    CHECK(off <= 1.0);
    CHECK(off_in_the_end <= 0.05);
}

TEST_CASE("Channels that are turned go on each from its own state")
{
    knobs after;
    after.stage.plate_load = 110_kOhm;
    const auto stereo = std::make_unique<bank<preamp_type, 2>>(knobs{}.schematic(), frequency{rate});
    const auto left = std::make_unique<preamp_type>(knobs{}.schematic(), frequency{rate});
    const auto right = std::make_unique<preamp_type>(knobs{}.schematic(), frequency{rate});
    double off = 0.0, largest = 0.0;
    for (int first = 0; first < 9600; first += 96) {
        if (first == 4800)
            for (const bool done : {stereo->retune(after.schematic()), left->retune(after.schematic()), right->retune(after.schematic())})
                CHECK(done);
        signal frames, l, r;
        for (int n = first; n < first + 96; ++n) {
            l.push_back(burst(n / rate)), r.push_back(0.1 * burst(n / rate));
            frames.push_back(l.back()), frames.push_back(r.back());
        }
        stereo->process(std::span<double>{frames});
        left->process(std::span<double>{l}), right->process(std::span<double>{r});
        for (std::size_t n = 0; n < l.size(); ++n) {
            off = std::max({off, std::fabs(frames[2 * n] - l[n]), std::fabs(frames[2 * n + 1] - r[n])});
            largest = std::max(largest, std::fabs(l[n]));
        }
    }
    measure::figure("two channels turned, against each alone, re peak", off / largest, "", 1e-9);
    CHECK(off <= 1e-9 * largest);
}
