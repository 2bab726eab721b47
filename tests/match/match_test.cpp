// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/match_subject.hpp"
#include "support/measure.hpp"

#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/analysis/open_loop.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/match/cartridge_match.hpp>
#include <phono/match/match_verdict.hpp>

#include <functional>
#include <map>
#include <random>
#include <string>

namespace {

using namespace phono;
using measure::complex;
using measure::matched;
using measure::real;
using measure::subject;

/// A cartridge on its inputs, written out from the circuit: EMF - coil - winding, then load, cable and amplifier.
struct closed_form {
    real resistance, inductance;
    match_inputs inputs;

    static complex s(real f) { return {0.0L, 2.0L * measure::pi * f}; }
    complex coil_at(real f) const { return resistance + s(f) * inductance; }
    complex open_loop(real f) const
    {
        const real a0 = std::pow(10.0L, static_cast<real>(inputs.amplifier.gain.decibels) / 20.0L);
        return a0 / (1.0L + complex{0.0L, f * a0 / static_cast<real>(inputs.amplifier.gain_bandwidth.si)});
    }
    /// 1/(1 + (R + sL)(1/RL + sC)).
    complex loaded(real f) const
    {
        return 1.0L / (1.0L + coil_at(f) * (1.0L / static_cast<real>(inputs.load.si) + s(f) * static_cast<real>(inputs.cable.si)));
    }
    complex voltage_gain(real f) const
    {
        const real feedback = std::pow(10.0L, -static_cast<real>(inputs.voltage_gain.decibels) / 20.0L);
        const complex a = open_loop(f);
        return loaded(f) * a / (1.0L + a * feedback);
    }
    complex input_impedance(real f) const { return static_cast<real>(inputs.feedback.si) / (1.0L + open_loop(f)); }
    /// -A/(1 + A) Zf/(Zc + Zin) without a cable; with one, less the current that the cable takes.
    complex transimpedance(real f) const
    {
        const complex a = open_loop(f), zin = input_impedance(f), cable = s(f) * static_cast<real>(inputs.cable.si);
        return -a / (1.0L + a) * static_cast<real>(inputs.feedback.si) / (coil_at(f) + zin + coil_at(f) * zin * cable);
    }
    complex shorted(real f) const { return resistance / coil_at(f); }
    /// A Zc/(Zc + Rf (1 + s C Zc)): what comes back through Rf to coil and cable.
    complex loop(real f) const
    {
        const complex z = coil_at(f);
        return open_loop(f) * z / (z + static_cast<real>(inputs.feedback.si) * (1.0L + s(f) * static_cast<real>(inputs.cable.si) * z));
    }
    /// The least distance of the loop's phase from half a turn where its magnitude is one.
    real margin() const
    {
        real least = 180.0L;
        const real step = std::pow(10.0L, 1.0L / 400.0L);
        for (real low = 1.0L; low < 1e12L; low *= step) {
            real a = low, b = low * step;
            const bool above = std::abs(loop(a)) > 1.0L;
            if (above == (std::abs(loop(b)) > 1.0L)) continue;
            for (int i = 0; i < 60; ++i) ((std::abs(loop((a + b) / 2.0L)) > 1.0L) == above ? a : b) = (a + b) / 2.0L;
            least = std::min(least, 180.0L - std::abs(std::arg(loop(a))) * 180.0L / measure::pi);
        }
        return least;
    }
};

double relative(real found, real expected) { return static_cast<double>(std::abs(found / expected - 1.0L)); }
/// Not a number counts as the worst.
void raise(double& worst, double error)
{
    if (!(error <= worst)) worst = std::isnan(error) ? std::numeric_limits<double>::infinity() : error;
}
real ratio(gain g) { return std::pow(10.0L, static_cast<real>(g.decibels) / 20.0L); }

/// The largest relative error of the figures of one input. `source` is that of source and input alone.
double worst_of(const input_figures& found, double emf, const auto& whole, const auto& source, const auto& with_cable)
{
    double worst = 0.0;
    const auto agrees = [&](real value, real expected) { raise(worst, relative(value, expected)); };
    const auto treble = [](const auto& h) { return std::abs(h(20e3L)) / std::abs(h(1e3L)); };
    agrees(ratio(found.gain_at_1_khz), std::abs(whole(1e3L)));
    agrees(found.output.si, static_cast<real>(emf) * std::abs(whole(1e3L)));
    agrees(ratio(found.at_20_khz), treble(whole));
    agrees(ratio(found.source_at_20_khz), treble(source));
    for (std::size_t i = 0; i < match_cables.size(); ++i) {
        const auto other = [&](real farads) { return treble([&](real f) { return with_cable(farads, f); }); };
        agrees(ratio(found.cable_change[i]), other(match_cables[i].si) / other(0.0L));
    }
    // The power is half at the bandwidth, and nowhere below.
    const auto halves = [&](frequency at, const auto& h) {
        const real half = 0.5L * std::norm(h(1e3L));
        if (std::isinf(at.si)) {
            CHECK(std::norm(h(1e12L)) > half);
            return;
        }
        agrees(std::norm(h(at.si)), half);
        for (int i = 1; i < 400; ++i) CHECK(std::norm(h(1e3L * std::pow(static_cast<real>(at.si) / 1e3L, i / 400.0L))) > half);
    };
    halves(found.bandwidth, whole);
    halves(found.source_bandwidth, source);
    return worst;
}

std::vector<subject> subjects()
{
    return {{false, 0.2e-3, 2.0, 2e-6}, {false, 0.4e-3, 12.0, 25e-6}, {false, 0.3e-3, 40.0, 150e-6}, {false, 0.3e-3, 40.0, 0.0},
            {false, 2e-3, 160.0, 1e-3}, {true, 4e-3, 1550.0, 0.65},   {true, 4e-3, 485.0, 0.55}};
}

/// Every input that a subject is tried on.
void for_each_input(const subject& what, const auto& visit)
{
    const double load = what.magnetic ? 47e3 : std::max(100.0, 10.0 * what.resistance);
    for (const double cable : {0.0, 100e-12, 1e-9})
        for (const double gain_db : {26.0, 40.0, 60.0})
            for (const double feedback : {100.0, 1e3})
                for (const double bandwidth : {1e6, 10e6, 1e9})
                    visit(match_inputs{.load = resistance{load},
                                       .cable = capacitance{cable},
                                       .amplifier = measure::plain_amplifier(bandwidth),
                                       .voltage_gain = gain{gain_db},
                                       .feedback = resistance{feedback},
                                       .unknown_winding = {0.0, 0.0}});
}

}   // namespace

TEST_CASE("The figures of a match are those of the closed forms")
{
    double worst_voltage = 0.0, worst_current = 0.0, worst_impedance = 0.0, worst_load = 0.0, worst_margin = 0.0;
    int count = 0;
    for (const subject& what : subjects())
        for_each_input(what, [&](const match_inputs& inputs) {
            const closed_form exact{what.resistance, what.inductance, inputs};
            const auto with = [&](real farads) {
                closed_form other = exact;
                other.inputs.cable = capacitance{static_cast<double>(farads)};
                return other;
            };
            const cartridge_match found = matched(what, inputs);
            INFO(what.resistance << " Ohm, " << what.inductance << " H, cable " << inputs.cable.si << ", gain "
                                 << inputs.voltage_gain.decibels << " dB, Rf " << inputs.feedback.si << ", GBW "
                                 << inputs.amplifier.gain_bandwidth.si);
            raise(worst_voltage,
                  worst_of(
                      found.voltage_input, what.output, [&](real f) { return exact.voltage_gain(f); },
                      [&](real f) { return exact.loaded(f); }, [&](real farads, real f) { return with(farads).voltage_gain(f); }));
            raise(worst_current,
                  worst_of(
                      found.transimpedance_input, what.output, [&](real f) { return exact.transimpedance(f); },
                      [&](real f) { return exact.shorted(f); }, [&](real farads, real f) { return with(farads).transimpedance(f); }));
            raise(worst_impedance, relative(found.input_impedance_at_1_khz.si, std::abs(exact.input_impedance(1e3L))));
            raise(worst_impedance, relative(found.input_impedance_at_20_khz.si, std::abs(exact.input_impedance(20e3L))));
            raise(worst_margin, std::abs(found.phase_margin - static_cast<double>(exact.margin())));
            constexpr std::array times{0.5, 1.0, 2.0};
            for (std::size_t i = 0; i < times.size(); ++i) {
                closed_form other = exact;
                other.inputs.load = times[i] * inputs.load;
                CHECK(found.loads[i].load.si == Approx(other.inputs.load.si));
                const real at_1_khz = std::abs(other.voltage_gain(1e3L));
                raise(worst_load, relative(ratio(found.loads[i].gain_at_1_khz), at_1_khz));
                raise(worst_load, relative(ratio(found.loads[i].at_20_khz), std::abs(other.voltage_gain(20e3L)) / at_1_khz));
            }
            ++count;
        });
    measure::figure("voltage input against its closed form", worst_voltage, "", 1e-6);
    measure::figure("trans-impedance input against its closed form", worst_current, "", 1e-6);
    measure::figure("its input impedance against Zf/(1 + A)", worst_impedance, "", 1e-6);
    measure::figure("phase margin of the loop", worst_margin, "degrees", 1e-6);
    measure::figure("load resistors", worst_load, "", 1e-6);
    CHECK(count == 7 * 54);
    CHECK(worst_voltage < 1e-6);
    CHECK(worst_current < 1e-6);
    CHECK(worst_impedance < 1e-6);
    CHECK(worst_load < 1e-6);
    CHECK(worst_margin < 1e-6);
}

TEST_CASE("Figures are accurate over the whole range that the command accepts")
{
    std::mt19937 engine{1};
    const auto within = [&](double least, double most) {
        return least * std::pow(most / least, static_cast<double>(engine()) / 4294967295.0);
    };
    double worst = 0.0;
    for (int i = 0; i < 1200; ++i) {
        const bool magnetic = i % 2 == 0;
        const subject what{magnetic, within(1e-9, 100.0), within(1e-3, 1e6), i % 8 == 1 ? 0.0 : within(1e-9, 100.0)};
        const double open_loop_gain = within(1.0, 180.0), gain_bandwidth = within(1e3, 100e9);
        const match_inputs inputs{.load = resistance{within(1e-2, 1e9)},
                                  .cable = capacitance{i % 5 == 0 ? 0.0 : within(1e-15, 1e-3)},
                                  .amplifier = measure::plain_amplifier(gain_bandwidth, open_loop_gain),
                                  .voltage_gain = gain{within(0.1, 120.0)},
                                  .feedback = resistance{within(1e-2, 1e9)},
                                  .unknown_winding = {0.0, 0.0}};
        const closed_form exact{what.resistance, what.inductance, inputs};
        const auto agrees = [&](const input_figures& found, const auto& whole) {
            const auto power = [&](real f) { return std::norm(whole(f)); };
            raise(worst, relative(ratio(found.gain_at_1_khz), std::sqrt(power(1e3L))));
            raise(worst, relative(ratio(found.at_20_khz), std::sqrt(power(20e3L) / power(1e3L))));
            if (!std::isinf(found.bandwidth.si)) raise(worst, relative(power(found.bandwidth.si) / power(1e3L), 0.5L));
        };
        const auto agree_all = [&](const auto& cartridge) {
            agrees(voltage_figures(cartridge, inputs), [&](real f) { return exact.voltage_gain(f); });
            agrees(transimpedance_figures(cartridge, inputs), [&](real f) { return exact.transimpedance(f); });
        };
        const voltage output{what.output};
        const resistance coil{what.resistance};
        const inductance winding{what.inductance};
        if (what.magnetic) agree_all(magnetic_cartridge{.output = output, .resistance = coil, .inductance = winding});
        else agree_all(moving_coil_cartridge{.output = output, .resistance = coil, .inductance = winding});
    }
    measure::figure("1200 random cartridges and inputs", worst, "", 1e-6);
    CHECK(worst < 1e-6);
}

TEST_CASE("Three moving coils on the default trans-impedance input have the reference figures")
{
    struct row {
        double resistance, inductance, at_1_khz, at_20_khz, kilohertz;
    };
    for (const row& printed :
         {row{2.0, 2e-6, 53.9224, -3.524, 17.88}, row{12.0, 25e-6, 38.4071, -0.731, 46.66}, row{40.0, 150e-6, 27.9536, -1.041, 38.40}}) {
        const cartridge_match found = matched({false, 0.3e-3, printed.resistance, printed.inductance}, measure::plain_inputs());
        const input_figures& input = found.transimpedance_input;
        INFO(printed.resistance << " Ohm");
        std::printf("    %2g Ohm: %.4f dB at 1 kHz, %.3f dB at 20 kHz, -3 dB at %.2f kHz\n", printed.resistance,
                    input.gain_at_1_khz.decibels, input.at_20_khz.decibels, input.bandwidth.si / 1e3);
        CHECK(std::abs(input.gain_at_1_khz.decibels - printed.at_1_khz) < 0.51e-4);
        CHECK(std::abs(input.at_20_khz.decibels - printed.at_20_khz) < 0.51e-3);
        CHECK(std::abs(input.bandwidth.si / 1e3 - printed.kilohertz) < 0.0051);
        CHECK(found.input_impedance_at_1_khz.si == Approx(0.1004978).epsilon(1e-6));
        CHECK(found.input_impedance_at_20_khz.si == Approx(2.000001).epsilon(1e-6));
    }
    // A cable of 5 nF, at 20 kHz, on 12 Ohm and 25 uH.
    const auto changes = matched({false, 0.3e-3, 12.0, 25e-6}, measure::plain_inputs()).transimpedance_input.cable_change;
    CHECK(std::abs(changes[0].decibels - 0.0002) < 1e-4);
    CHECK(std::abs(changes[1].decibels - 0.0010) < 1e-4);
    CHECK(std::abs(changes[2].decibels - 0.0102) < 1e-4);
}

TEST_CASE("The noise at 1 kHz is that of the formula for five coils and for a winding")
{
    // 4kT Rc + (en |1 + Zc/Rf|)^2 + (in |Zc|)^2 + 4kT Rf |Zc/Rf|^2, and for the voltage input with Zp = Zc par. load and Rp = 10 par. 990 Ohm:
    // (4kT Re Zp + en^2 + (in |Zp|)^2 + 4kT Rp + (in Rp)^2)/|Zp/Zc|^2; 1 nV, 2 pA, 300 K, Rf 1 kOhm.
    constexpr real volts = 1e-9L, amperes = 2e-12L, arms = 9.9L, feedback = 1e3L, thermal = 4.0L * 1.380649e-23L * 300.0L;
    for (const subject& what : {subject{false, 0.3e-3, 2.0, 0.0},
                                {false, 0.3e-3, 5.0, 0.0},
                                {false, 0.3e-3, 12.0, 0.0},
                                {false, 0.3e-3, 40.0, 0.0},
                                {false, 0.3e-3, 100.0, 0.0},
                                {true, 4e-3, 1550.0, 0.65}}) {
        match_inputs inputs = measure::plain_inputs(what.magnetic ? 47e3 : 100.0);
        inputs.cable = capacitance{0.0};
        const real load = inputs.load.si;
        const complex z{what.resistance, 2.0L * measure::pi * 1e3L * static_cast<real>(what.inductance)}, parallel = z * load / (z + load);
        const real voltage_mode =
            thermal * (parallel.real() + arms) + volts * volts + amperes * amperes * (std::norm(parallel) + arms * arms);
        const real current_mode = thermal * z.real() + std::norm(volts * (1.0L + z / feedback)) + std::norm(amperes * z) +
                                  thermal * feedback * std::norm(z / feedback);
        const cartridge_match found = matched(what, inputs);
        INFO(what.resistance << " Ohm");
        CHECK(relative(found.voltage_input.noise.density, std::sqrt(voltage_mode) / std::abs(load / (z + load))) < 1e-12);
        CHECK(relative(found.transimpedance_input.noise.density, std::sqrt(current_mode)) < 1e-12);
    }
}

TEST_CASE("The peak of a loaded magnetic cartridge is the highest of its closed form")
{
    double worst = 0.0;
    for (const double load : {47e3, 100e3, 470e3})
        for (const double cable : {50e-12, 100e-12, 250e-12, 500e-12, 2e-9}) {
            const match_inputs inputs{.load = resistance{load}, .cable = capacitance{cable}};
            const closed_form exact{1000.0L, 0.5L, inputs};
            real highest = 0.0L;
            for (real f = 1e3L; f <= 20e3L; f += 1.0L) highest = std::max(highest, std::abs(exact.loaded(f)));
            const double expected = measure::decibels(highest / std::abs(exact.loaded(1e3L)));
            raise(worst, std::abs(voltage_figures(magnetic_cartridge{}, inputs).peak.decibels - expected));
        }
    measure::figure("peak of a magnetic cartridge in its load", worst, "dB", 1e-4);
    CHECK(worst < 1e-4);
}

TEST_CASE("The usual load is 47 kOhm for a magnetic cartridge and ten coils but 100 Ohm or more for a moving coil")
{
    STATIC_REQUIRE(usual_load(cartridges::shure_m97xe) == resistance{47e3});
    STATIC_REQUIRE(usual_load(cartridges::denon_dl103) == resistance{400.0});
    STATIC_REQUIRE(usual_load(cartridges::ortofon_mc2000) == resistance{100.0});
    // It is what a match without inputs has, with an LT1028, or for a magnetic cartridge an NE5534A.
    for (const moving_coil_cartridge& coil : {cartridges::denon_dl103, cartridges::ortofon_mc2000}) {
        const cartridge_match plain = match(coil), told = match(coil, {.load = usual_load(coil), .amplifier = amplifiers::lt1028});
        CHECK(plain.inputs.load == usual_load(coil));
        CHECK(plain.voltage_input.at_20_khz == told.voltage_input.at_20_khz);
        CHECK(plain.phase_margin == told.phase_margin);
    }
    CHECK(match(cartridges::shure_m97xe).inputs.load == resistance{47e3});
}

TEST_CASE("Figures can be evaluated at compile time and a ceramic cartridge has none")
{
    static constexpr moving_coil_cartridge cartridge{.resistance = resistance{12.0}, .inductance = inductance{25e-6}};
    static constexpr match_inputs inputs{.load = resistance{120.0}};
    constexpr input_figures loaded = voltage_figures(cartridge, inputs), shorted = transimpedance_figures(cartridge, inputs);
    CHECK(loaded.bandwidth.si == Approx(voltage_figures(cartridge, inputs).bandwidth.si).epsilon(1e-9));
    CHECK(shorted.bandwidth.si == Approx(transimpedance_figures(cartridge, inputs).bandwidth.si).epsilon(1e-9));
    STATIC_REQUIRE(noexcept(match(cartridge, inputs)));
    STATIC_REQUIRE(noexcept(match(cartridge)));
    STATIC_REQUIRE(noexcept(judge(cartridge_match{}, input_mode::voltage)));
    STATIC_REQUIRE(is_coil_cartridge<magnetic_cartridge>);
    STATIC_REQUIRE_FALSE(is_coil_cartridge<ceramic_cartridge>);
}
