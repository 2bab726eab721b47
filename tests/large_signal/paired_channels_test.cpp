// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/tube_circuits.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/large_signal/tube_kernel.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;
using signal = std::vector<double>;

constexpr double rate = 96e3;

constexpr common_cathode_stage stage{.tube = triodes::ecc83, .grid_leak = 1_MOhm};
constexpr chain three{voltage_source{},
                      stage,
                      series_arm{series(resistor{1_MOhm}, capacitor{10_nF})},
                      shunt_arm{resistor{22_kOhm}},
                      stage,
                      series_arm{series(resistor{1_MOhm}, capacitor{10_nF})},
                      shunt_arm{resistor{22_kOhm}},
                      stage,
                      series_arm{capacitor{100_nF}},
                      shunt_arm{resistor{1_MOhm}}};
/// Its three real modes leave a place free where two are computed at once.
constexpr chain one_stage{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{22_nF})},
                          common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm}, series_arm{capacitor{22_nF}},
                          shunt_arm{resistor{1_MOhm}}};
/// Two triodes fill half of a register of four: what is in the other half must count for nothing.
constexpr common_cathode_stage bypassed{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm};
constexpr chain two_in_a_row{voltage_source{},           bypassed, series_arm{capacitor{22_nF}}, bypassed, series_arm{capacitor{22_nF}},
                             shunt_arm{resistor{1_MOhm}}};
constexpr chain differential{voltage_source{}, series_arm{resistor{1_kOhm}}, differential_pair{.tube = triodes::ecc83, .grid_leak = 1_MOhm},
                             series_arm{capacitor{100_nF}}, shunt_arm{resistor{1_MOhm}}};
/// Laws of two kinds, which are not solved side by side.
constexpr chain mixed{voltage_source{},
                      stage,
                      series_arm{capacitor{22_nF}},
                      common_cathode_stage{.tube = triodes::ecc83_rsd_1, .grid_leak = 1_MOhm},
                      series_arm{capacitor{22_nF}},
                      shunt_arm{resistor{1_MOhm}}};

template <class Chain>
inline constexpr netlist_size size_of = decltype(circuit{std::declval<const Chain&>()})::capacity;

/// The kernel of a schematic for one channel or two.
template <int channels, class Chain>
auto kernel_of(const Chain& schematic)
{
    const circuit held{schematic};
    const auto found = find_port_modes(held);
    REQUIRE(!held.problem());
    REQUIRE(!found.problem);
    auto kernel = std::make_unique<tube_kernel<size_of<Chain>, channels>>();
    kernel->set(held, found, 1.0 / rate);
    return kernel;
}

enum class drive {
    silence,
    faint,       ///< 1 uV
    quiet,       ///< 5 mV
    medium,      ///< 50 mV
    loud,        ///< 1.5 V: it clips
    noise,       ///< 3 V
    too_loud,    ///< steps of 100 V, which block
    impossible   ///< noise of 1e5 V: the step of order 4 may not be taken
};

/// 10 ms of each of these after another.
signal played_by(const std::vector<drive>& all, unsigned seed)
{
    std::mt19937 generator(seed);
    std::uniform_real_distribution<double> amplitude(-1.0, 1.0);
    signal x;
    for (const drive one : all)
        for (int n = 0; n < static_cast<int>(0.01 * rate); ++n) {
            const double t = n / rate, tone = std::sin(2.0 * math::pi * (900.0 + 100.0 * seed) * t);
            switch (one) {
                case drive::silence: x.push_back(0.0); break;
                case drive::faint: x.push_back(1e-6 * tone); break;
                case drive::quiet: x.push_back(5e-3 * tone); break;
                case drive::medium: x.push_back(50e-3 * tone); break;
                case drive::loud: x.push_back(1.5 * tone); break;
                case drive::noise: x.push_back(3.0 * amplitude(generator)); break;
                case drive::too_loud: x.push_back(std::fmod(300.0 * t, 1.0) < 0.5 ? 100.0 : -100.0); break;
                case drive::impossible: x.push_back(1e5 * amplitude(generator)); break;
            }
        }
    return x;
}

/// What each of two channels plays at once, in blocks of all lengths.
template <class Kernel>
std::array<signal, 2> played_together(Kernel& both, std::array<signal, 2> x)
{
    both.reset();
    detail::channel_block<2> block;
    for (std::size_t done = 0, part = 1; done < x[0].size(); done += block.count, part = part % 97 + 13) {
        block.count = std::min(part, x[0].size() - done);
        for (std::size_t c = 0; c < 2; ++c) block.of[c] = x[c].data() + done;
        both.process(block);
    }
    return x;
}

double peak_of(const signal& x)
{
    double most = 0.0;
    for (const double y : x) most = !(std::fabs(y) <= most) ? std::fabs(y) : most;   // not a number stays
    return most;
}

/// Each of two channels is what it is alone, re its peak, and nothing of it depends on the other.
template <class Chain>
void check(const std::string& name, const Chain& schematic, const std::vector<drive>& first, const std::vector<drive>& second, double bound)
{
    const auto alone = kernel_of<1>(schematic);
    const auto both = kernel_of<2>(schematic);
    const std::array<signal, 2> in{played_by(first, 1), played_by(second, 2)};
    const std::array<signal, 2> together = played_together(*both, in);
    const double peak_of_channel[] = {peak_of(together[0]), peak_of(together[1])};
    const long unsolved = both->unsolved();
    const int hardest = both->most_evaluations();
    long unsolved_alone = 0;
    int hardest_alone = 0;
    double worst = 0.0;
    for (std::size_t c = 0; c < 2; ++c) {
        alone->reset();
        signal expected;
        for (const double x : in[c]) expected.push_back((*alone)(x));
        unsolved_alone += alone->unsolved();
        hardest_alone = std::max(hardest_alone, alone->most_evaluations());
        for (std::size_t n = 0; n < expected.size(); ++n)
            worst = std::max(worst, std::fabs(together[c][n] - expected[n]) / peak_of_channel[c]);
    }
    CHECK(unsolved == unsolved_alone);
    CHECK(std::abs(hardest - hardest_alone) <= (math::are_sums_fused ? hardest_alone / 10 : 0));
    measure::figure(name + ", two channels against one, re peak", worst, "", bound);
    CHECK(worst <= bound);

    // To the last bit, in the other place and beside silence.
    const std::array<signal, 2> exchanged = played_together(*both, {in[1], in[0]});
    CHECK(exchanged[0] == together[1]);
    CHECK(exchanged[1] == together[0]);
    CHECK(played_together(*both, {signal(in[1].size()), in[1]})[1] == together[1]);

    // Sample by sample, and one channel without the other: the same circuit, which another function plays.
    both->reset();
    double off = 0.0;
    for (std::size_t n = 0; n < in[0].size(); ++n) {
        std::array<double, 2> frame{in[0][n], in[1][n]};
        (*both)(std::span<double, 2>{frame});
        for (std::size_t c = 0; c < 2; ++c) off = std::max(off, std::fabs(frame[c] - together[c][n]) / peak_of_channel[c]);
    }
    both->reset();
    signal one = in[1];
    detail::channel_block<1> single;
    single.of[0] = one.data(), single.count = one.size();
    both->process(single);
    for (std::size_t n = 0; n < one.size(); ++n) off = std::max(off, std::fabs(one[n] - together[1][n]) / peak_of_channel[1]);
    CHECK(off <= bound);
}

template <class Chain>
void check(const std::string& name, const Chain& schematic)
{
    using enum drive;
    // Bit for bit where products and sums are rounded one by one. Where a compiler fuses them it chooses which, and such last bits decide
    // now and then about another step of an iteration, which is within the solver's tolerance.
    constexpr double bound = math::are_sums_fused ? 1e-8 : 0.0;
    check(name + " at all levels", schematic, {silence, quiet, loud, silence, loud, too_loud, quiet, noise, silence, loud},
          {noise, silence, loud, too_loud, silence, quiet, loud, quiet, too_loud, silence}, bound);
    check(name + " faint and medium", schematic, {faint, medium, silence, faint}, {medium, faint, quiet, medium}, bound);
    check(name + " beyond all bounds", schematic, {silence, quiet, impossible, quiet, loud}, {impossible, loud, silence, impossible, noise},
          bound);
}

}   // namespace

TEST_CASE("Each of two channels of several triodes is what it is alone, whatever the other one has to go through")
{
    check("two triodes", reference::feedback_pair);
    check("three", three);
    check("four", preamps::nachbaur_magnetic_tube);
    check("two behind a cartridge", preamps::tube_passive_riaa);
    check("two of different laws", mixed);
    check("two in a row", two_in_a_row);
    check("two of a differential pair", differential);
}

TEST_CASE("A channel comes back from what is not a number, and the other does not hear of it")
{
    const auto comes_back = [](const std::string& name, const auto& schematic) {
        const auto alone = kernel_of<1>(schematic);
        const auto both = kernel_of<2>(schematic);
        for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
            const std::vector<drive> all(30, drive::quiet);
            std::array<signal, 2> in{played_by(all, 1), played_by(all, 2)};
            in[0][500] = bad;
            const std::array<signal, 2> together = played_together(*both, in);
            double worst = 0.0, peak = 0.0;
            for (std::size_t c = 0; c < 2; ++c) {
                alone->reset();
                for (std::size_t n = 0; n < in[c].size(); ++n) {
                    const double expected = (*alone)(in[c][n]), off = std::fabs(together[c][n] - expected);
                    if (c == 0 && n < 600) continue;   // while it comes back
                    peak = std::max(peak, std::fabs(expected));
                    worst = !(off <= worst) ? off : worst;
                }
            }
            measure::figure(name + " after " + (std::isnan(bad) ? "what is no number" : "infinity"), worst / peak, "", 1e-8);
            CHECK(worst / peak <= 1e-8);
        }
    };
    comes_back("one", one_stage);
    comes_back("two", reference::feedback_pair);
    comes_back("three", three);
    comes_back("four", preamps::nachbaur_magnetic_tube);
}

TEST_CASE("A channel goes on from another circuit's state while the other plays")
{
    const auto& schematic = reference::feedback_pair;
    const auto alone = kernel_of<1>(schematic), other = kernel_of<1>(schematic);
    const auto both = kernel_of<2>(schematic);
    const signal quiet = played_by({drive::quiet}, 1), loud = played_by({drive::loud}, 2);
    for (const double x : loud) (*other)(x);
    double worst = 0.0;
    for (std::size_t n = 0; n < quiet.size(); ++n) {
        if (n == quiet.size() / 2) {
            both->start_from(other->state(), 1);
            other->start_from(other->state());
        }
        std::array<double, 2> frame{quiet[n], loud[n]};
        (*both)(std::span<double, 2>{frame});
        worst = std::max(worst, std::fabs(frame[0] - (*alone)(quiet[n])));
        if (n >= quiet.size() / 2) worst = std::max(worst, std::fabs(frame[1] - (*other)(loud[n])) / 100.0);
    }
    measure::figure("going on from a state", worst, "V", 1e-12);
    CHECK(worst <= 1e-12);
    const auto before = alone->state(), after = both->state(0);
    double off = 0.0;
    for (std::size_t n = 0; n < static_cast<std::size_t>(detail::circuit_state<size_of<decltype(reference::feedback_pair)>>::most); ++n)
        off = std::max(off, std::hypot(before.modes[n].re - after.modes[n].re, before.modes[n].im - after.modes[n].im));
    CHECK(off <= 1e-12);
}
