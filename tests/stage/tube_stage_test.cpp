// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/exact_riaa.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"
#include "support/tube_circuits.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/analysis/impedance.hpp>
#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;

math::complex laplace(double hertz) { return {0.0, 2.0 * math::pi * hertz}; }

// Against ngspice -------------------------------------------------------------------------------------------------------------------------

/// The output of a circuit against one pair of columns, in the audio decades and over the whole file.
template <netlist_size size>
void agrees_with_ngspice(const std::string& name, const char* output, flat_netlist<size> circuit, node at, std::size_t column)
{
    const auto rows = measure::reference_rows(name);   // frequency, then magnitude and phase of one output after another
    REQUIRE(rows.size() > 150);
    REQUIRE_FALSE(circuit.problem);
    circuit.output = at;
    const phono::circuit held{circuit};
    const auto model = analyse(held);
    REQUIRE_FALSE(model.problem);
    const math::rational roots = model.total();
    double audio = 0.0, by_roots = 0.0, angle = 0.0, whole = 0.0;
    int compared = 0;
    for (const auto& row : rows) {
        const math::complex h = direct_response(held, laplace(row[0])), r = roots(laplace(row[0]));
        const double off = std::abs(20.0 * std::log10(math::abs(h)) - row[column]);
        whole = std::max(whole, off);
        if (row[0] < 9.999 || row[0] > 100.001e3) continue;
        ++compared;
        audio = std::max(audio, off);
        by_roots = std::max(by_roots, std::abs(20.0 * std::log10(math::abs(r)) - row[column]));
        const double turned = math::arg(h) * 180.0 / math::pi - row[column + 1];
        angle = std::max(angle, std::abs(turned - 360.0 * std::round(turned / 360.0)));
    }
    std::printf("%-26s %-7s %8.1e dB, by roots %8.1e dB, %8.1e degrees; whole file %8.1e dB (at most 1e-5)\n", name.c_str(), output, audio,
                by_roots, angle, whole);
    CHECK(compared == 201);
    CHECK(audio < 1e-5);
    CHECK(by_roots < 1e-5);
    CHECK(angle < 1e-4);
    CHECK(whole < 1e-5);
}
template <class Chain>
void agrees_with_ngspice(const std::string& name, const Chain& schematic)
{
    const auto circuit = elaborate(schematic);
    agrees_with_ngspice(name, "out", circuit, circuit.output, 1);
}

// Closed forms ----------------------------------------------------------------------------------------------------------------------------

/// A tube without capacitances and without grid current, so that the formulas are exact.
constexpr triode bare{.law = koren<no_grid_current>{}, .grid_cathode = 0_F, .grid_plate = 0_F, .plate_cathode = 0_F};

using complex = std::complex<double>;

/// mu, plate resistance and transconductance at the operating point of a circuit's first triode.
struct slopes {
    double mu, rp, gm;
};
template <class Chain>
slopes of(const Chain& schematic)
{
    const circuit held{schematic};
    REQUIRE_FALSE(held.problem());
    const triode_currents& i = held.triodes()[0].at_rest;
    return {i.plate_by_grid / i.plate_by_plate, 1.0 / i.plate_by_plate, i.plate_by_grid};
}

void same(complex seen, complex expected, double relative = 1e-10)
{
    INFO(seen << " against " << expected);
    CHECK(std::abs(seen - expected) < relative * std::abs(expected));
}

/// A pair whose grids are driven together.
struct common_mode_pair {
    static constexpr signal_role role = signal_role::stage;

    differential_pair pair{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node cathode = circuit.node();
        circuit.biased_resistor(cathode, ground, pair.tail, pair.tail_supply, "tail");
        return pair.place(circuit, in, in, cathode).second;
    }
};

/// The frequency between two others where the magnitude has fallen 3 dB below what it is at a third.
template <class Chain>
double corner_hertz(const Chain& schematic, double outside, double inside, double reference)
{
    const circuit held{schematic};
    const double wanted = math::abs(direct_response(held, laplace(reference))) * std::sqrt(0.5);
    for (int n = 0; n < 60; ++n) {
        const double middle = std::sqrt(outside * inside);
        (math::abs(direct_response(held, laplace(middle))) < wanted ? outside : inside) = middle;
    }
    return std::sqrt(outside * inside);
}

template <class Chain>
double decibels_at(const Chain& schematic, double hertz)
{
    return decibels(response(schematic, frequency{hertz}));
}

/// Agreement with a number quoted to so many digits: half a unit of the last.
void quoted(double seen, double expected, double unit)
{
    INFO(seen << " against " << expected);
    CHECK(std::abs(seen - expected) <= 0.5 * unit * 1.0001);
}

/// The worst error of the digital filter at the usual rates up to 20 kHz.
template <class Chain>
double digital_error(const char* name, const Chain& schematic)
{
    const circuit held{schematic};
    double worst = 0.0;
    std::printf("%-26s", name);
    for (const double rate : measure::six_rates) {
        const digital_filter filter = design(schematic, frequency{rate});
        const double error = measure::worst_error_db(
            filter,
            [&](double f) {
                const math::complex h = direct_response(held, laplace(f));
                return measure::complex{h.re, h.im};
            },
            measure::band(rate, 500));
        std::printf(" %s %8.1e", measure::in_khz(rate).c_str(), error);
        worst = std::max(worst, error);
    }
    std::printf(" dB\n");
    return worst;
}

}   // namespace

TEST_CASE("Tube circuits at small signals are what ngspice says")
{
    const auto direct = elaborate(reference::single_direct);
    agrees_with_ngspice("tube/single12ax7_direct_ac", "out", direct, direct.output, 1);
    agrees_with_ngspice("tube/single12ax7_direct_ac", "plate", direct, direct.triodes[0].plate, 3);
    const auto coupled = elaborate(reference::single_coupled);
    agrees_with_ngspice("tube/single12ax7_coupled_ac", "out", coupled, coupled.output, 1);
    agrees_with_ngspice("tube/single12ax7_coupled_ac", "plate", coupled, coupled.triodes[0].plate, 3);
    const auto smooth = elaborate(reference::smooth);
    agrees_with_ngspice("tube_smooth/ck_ac", "out", smooth, smooth.output, 1);
    agrees_with_ngspice("tube_smooth/ck_ac", "plate", smooth, smooth.triodes[0].plate, 3);
    agrees_with_ngspice("tube_smooth/ck_ac", "cathode", smooth, smooth.triodes[0].cathode, 5);
    agrees_with_ngspice("tube_smooth/fb_ac", reference::feedback_pair);
    agrees_with_ngspice("tube/nach_triode_openloop", preamps::nachbaur_open_loop_tube);
    agrees_with_ngspice("tube/nach_triode_ceramic", preamps::nachbaur_ceramic_tube);
    agrees_with_ngspice("tube/nach_triode_magnetic", preamps::nachbaur_magnetic_tube);
}

TEST_CASE("A gain stage has the gain and the output impedance of its triode behind its cathode")
{
    for (const double farads : {0.0, 25e-6}) {
        const chain stage{voltage_source{}, common_cathode_stage{.tube = bare, .bypass = capacitance{farads}}};
        const slopes t = of(stage);
        for (const double f : {1.0, 4.0, 20.0, 100.0, 1e3, 20e3}) {
            const complex cathode = 1500.0 / complex{1.0, 2.0 * math::pi * f * 1500.0 * farads}, raised = t.rp + (t.mu + 1.0) * cathode;
            same(response(stage, frequency{f}), -t.mu * 100e3 / (100e3 + raised));
            same(output_impedance(stage, frequency{f}), 100e3 * raised / (100e3 + raised));
        }
    }
    // Bypassed and loaded, in numbers: 12AX7, 1 kHz.
    const chain typical{voltage_source{}, common_cathode_stage{.tube = bare, .bypass = 25_uF}};
    const slopes t = of(typical);
    std::printf("12AX7, 300 V, 100k, 1.5k: mu %.1f, rp %.1fk, gm %.0f uS, gain %.2f, output %.1fk\n", t.mu, 1e-3 * t.rp, 1e6 * t.gm,
                std::abs(response(typical, 1_kHz)), 1e-3 * std::abs(output_impedance(typical, 1_kHz)));
}

TEST_CASE("A cathode follower has nearly unity gain and the output impedance of its cathode")
{
    const cathode_follower buffer{.tube = bare, .supply = 300_V, .cathode_resistor = 100_kOhm};
    const chain alone{voltage_source{}, buffer};
    const slopes t = of(alone);
    same(response(alone, 1_kHz), t.mu * 100e3 / (t.rp + (t.mu + 1.0) * 100e3));
    same(output_impedance(alone, 1_kHz), 1.0 / (1.0 / 100e3 + (t.mu + 1.0) / t.rp));

    // Behind a plate, at the plate's DC.
    const common_cathode_stage first{.tube = bare, .bypass = 25_uF};
    const chain two{voltage_source{}, first, buffer};
    const circuit held{two};
    REQUIRE_FALSE(held.problem());
    CHECK(held.triodes()[1].vpk < 110.0);   // 300 V less the plate's 200 V
    const triode_currents& i = held.triodes()[1].at_rest;
    const double mu = i.plate_by_grid / i.plate_by_plate, rp = 1.0 / i.plate_by_plate;
    same(response(two, 1_kHz), response(chain{voltage_source{}, first}, 1_kHz) * mu * 100e3 / (rp + (mu + 1.0) * 100e3));
    same(output_impedance(two, 1_kHz), 1.0 / (1.0 / 100e3 + (mu + 1.0) / rp));
    std::printf("12AX7 follower at its plate's DC: gain %.4f, output %.0f Ohm\n", mu * 100e3 / (rp + (mu + 1.0) * 100e3),
                std::abs(output_impedance(two, 1_kHz)));
}

TEST_CASE("A long-tailed pair splits the signal and keeps what is common out")
{
    const differential_pair pair{.tube = bare, .supply = 300_V, .plate_load = 100_kOhm, .tail = 47_kOhm, .tail_supply = -100_V};
    differential_pair other = pair;
    other.inverting = true;
    const chain in_phase{voltage_source{}, pair}, opposite{voltage_source{}, other};
    const chain common{voltage_source{}, common_mode_pair{pair}};
    const slopes t = of(in_phase);
    const double differential = t.mu * 100e3 / (t.rp + 100e3), both = t.mu * 100e3 / (t.rp + 100e3 + 2.0 * (t.mu + 1.0) * 47e3);
    same(response(in_phase, 1_kHz), 0.5 * (differential - both));
    same(response(opposite, 1_kHz), -0.5 * (differential + both));
    same(response(common, 1_kHz), -both);
    std::printf("12AX7 pair, 47k tail: gain %.2f and %.2f, common mode %.3f, rejection %.1f dB\n", std::abs(response(in_phase, 1_kHz)),
                std::abs(response(opposite, 1_kHz)), std::abs(response(common, 1_kHz)), 20.0 * std::log10(differential / both));
    // Seen by a load at the second plate: its triode stands on the tail beside the first triode's cathode.
    const double first = (t.rp + 100e3) / (t.mu + 1.0), beside = 1.0 / (1.0 / first + 1.0 / 47e3), raised = t.rp + (t.mu + 1.0) * beside;
    same(output_impedance(in_phase, 1_kHz), 100e3 * raised / (100e3 + raised));
}

TEST_CASE("A grid shows its leak and the Miller capacitance")
{
    const triode tube{.law = koren<no_grid_current>{}};   // 1.6, 1.7 and 0.46 pF
    const common_cathode_stage stage{.tube = tube, .bypass = 1_F, .grid_leak = 1_MOhm};
    const slopes t = of(chain{voltage_source{}, stage});
    for (const double f : {100.0, 1e3, 20e3, 100e3, 1e6}) {
        const complex s{0.0, 2.0 * math::pi * f};
        const complex plate = -(t.gm - s * 1.7e-12) / (1.0 / t.rp + 1e-5 + s * (1.7e-12 + 0.46e-12));
        const complex admittance = 1e-6 + s * 1.6e-12 + s * 1.7e-12 * (1.0 - plate);
        same(input_impedance(stage, frequency{f}), 1.0 / admittance, 1e-6);
        same(input_impedance(chain{voltage_source{}, stage}, frequency{f}), 1.0 / admittance, 1e-6);
    }
    const double farads = (1.0 / input_impedance(stage, 1_kHz)).imag() / (2.0 * math::pi * 1e3);
    const double amplified = std::abs(response(chain{voltage_source{}, stage}, 1_kHz));
    std::printf("12AX7 stage: gain %.2f at the plate, input %.1f pF\n", amplified, 1e12 * farads);
    CHECK(farads == Approx(1.6e-12 + 1.7e-12 * (1.0 + t.mu * 100e3 / (100e3 + t.rp))).epsilon(1e-6));

    // A stopper makes a corner of it, together with the plate's own: the usual stage with R in front and its load RL at the plate.
    common_cathode_stage stopped = stage;
    stopped.stopper = 10_kOhm;
    const chain behind_stopper{voltage_source{}, stopped};
    const double load = 1.0 / (1e-5 + 1.0 / t.rp), gk = 1.6e-12, gp = 1.7e-12, pk = 0.46e-12;
    const double b1 = 10e3 * (gk + gp * (1.0 + t.gm * load)) + load * (gp + pk), b2 = 10e3 * load * (gk * gp + gk * pk + gp * pk);
    for (const double f : {1e3, 20e3, 138e3, 1e6, 10e6}) {
        const complex s{0.0, 2.0 * math::pi * f};
        same(response(behind_stopper, frequency{f}), -(t.gm - s * gp) * load / (1.0 + s * b1 + s * s * b2), 1e-6);
    }
    const double by_stopper = corner_hertz(behind_stopper, 1e6, 1e3, 1e3);
    CHECK(by_stopper == Approx(1.0 / (2.0 * math::pi * b1)).epsilon(0.002));
    // A follower's grid hardly moves against its cathode: what is left is grid to plate.
    const cathode_follower buffer{.tube = tube};
    const double followed = (1.0 / input_impedance(buffer, 1_kHz)).imag() / (2.0 * math::pi * 1e3);
    const double gain = std::abs(response(chain{voltage_source{}, buffer}, 1_kHz));
    CHECK(followed == Approx(1.7e-12 + 1.6e-12 * (1.0 - gain)).epsilon(1e-3));
    std::printf("with 10k in front: %.1f kHz; a follower's input: %.2f pF\n", 1e-3 * by_stopper, 1e12 * followed);
}

TEST_CASE("An impedance without an operating point is no number")
{
    const common_cathode_stage stage{.tube = triode{.law = any_law{}}, .grid_leak = 1_MOhm};
    CHECK(std::isnan(input_impedance(stage, 1_kHz).real()));
    CHECK(std::isnan(input_impedance(chain{voltage_source{}, stage}, 1_kHz).real()));
    CHECK(std::isnan(output_impedance(chain{voltage_source{}, stage}, 1_kHz).real()));
}

TEST_CASE("A 12AX7 stage has the gain and corners that were simulated")
{
    quoted(decibels_at(reference::single_direct, 1e3), 35.4718, 1e-4);
    quoted(decibels_at(reference::single_coupled, 1e3), 35.3775, 1e-4);
    quoted(corner_hertz(reference::single_direct, 0.1, 1e3, 1e3), 6.50, 0.01);
    quoted(corner_hertz(reference::single_direct, 1e8, 1e3, 1e3), 2.277e6, 1e3);
    quoted(corner_hertz(reference::single_coupled, 0.1, 1e3, 1e3), 6.94, 0.01);
    quoted(corner_hertz(reference::single_coupled, 1e7, 1e3, 1e3), 144.7e3, 100.0);   // Miller with 10k
}

TEST_CASE("Laws of the 12AX7 in two stages make the currents and gains that were simulated")
{
    const struct {
        const char* name;
        triode tube;
        double current_300, gain_300, current_250, gain_250;   // mA
    } table[] = {{"ecc83", triodes::ecc83, 0.9705, 59.38, 0.7990, 54.89},
                 {"ecc83_rsd_1", triodes::ecc83_rsd_1, 0.9833, 65.55, 0.8225, 59.09},
                 {"ecc83_rsd_2", triodes::ecc83_rsd_2, 0.9987, 63.82, 0.8354, 57.51},
                 {"ecc83_ehx_1", triodes::ecc83_ehx_1, 0.9996, 55.12, 0.8248, 50.22}};
    const auto stage = [](const triode& tube, voltage supply, resistance load) {
        return chain{voltage_source{}, common_cathode_stage{.tube = tube, .supply = supply, .bypass = 25_uF, .grid_leak = 1_MOhm},
                     series_arm{capacitor{100_nF}}, shunt_arm{resistor{load}}};
    };
    const auto milliamperes = [](const auto& schematic) { return 1e3 * bias(schematic)[0].plate_current.si; };
    for (const auto& row : table) {
        INFO(row.name);
        const auto high = stage(row.tube, 300_V, 1_MOhm), low = stage(row.tube, 250_V, 330_kOhm);
        std::printf("%-12s 300 V into 1M: %.4f mA, gain %.2f; 250 V into 330k: %.4f mA, gain %.2f (Mullard: 0.86 mA, 54.5)\n", row.name,
                    milliamperes(high), std::abs(response(high, 1_kHz)), milliamperes(low), std::abs(response(low, 1_kHz)));
        quoted(milliamperes(high), row.current_300, 2e-4);
        quoted(std::abs(response(high, 1_kHz)), row.gain_300, 0.02);
        quoted(milliamperes(low), row.current_250, 2e-4);
        quoted(std::abs(response(low, 1_kHz)), row.gain_250, 0.02);
    }
}

TEST_CASE("Nachbaur's preamp with its tubes does what his text says")
{
    const auto& open = preamps::nachbaur_open_loop_tube;
    double peak = 0.0, peak_at = 0.0;
    for (double f = 50.0; f < 1e3; f *= 1.002)
        if (const double gain = std::abs(response(open, frequency{f})); gain > peak) peak = gain, peak_at = f;
    const double low = corner_hertz(open, 1.0, peak_at, peak_at), high = corner_hertz(open, 1e5, peak_at, peak_at);
    std::printf("open loop %.2f dB at %.0f Hz, %.2f dB at 1 kHz, corners %.1f Hz and %.0f Hz (published: about 60 dB, 40 Hz, 2 kHz)\n",
                20.0 * std::log10(peak), peak_at, decibels_at(open, 1e3), low, high);
    quoted(20.0 * std::log10(peak), 62.08, 0.01);
    CHECK(peak_at == Approx(222.0).epsilon(0.01));
    quoted(decibels_at(open, 1e3), 60.93, 0.01);
    quoted(low, 39.2, 0.1);
    quoted(high, 1984.0, 1.0);

    const auto& ceramic = preamps::nachbaur_ceramic_tube;
    const double end = corner_hertz(ceramic, 1e6, 1e3, 1e3);
    std::printf("ceramic mode %.3f dB at 1 kHz, -3 dB at %.2f kHz (published: 14 dB, 20 kHz)\n", decibels_at(ceramic, 1e3), 1e-3 * end);
    quoted(decibels_at(ceramic, 1e3), 13.720, 0.001);
    quoted(end, 21.69e3, 10.0);

    const auto& magnetic = preamps::nachbaur_magnetic_tube;
    const circuit held{magnetic};
    const auto error = [&](double f) {
        const auto level = [&](double hertz) {
            return measure::decibels(math::abs(direct_response(held, laplace(hertz))) / std::abs(measure::exact_riaa(hertz)));
        };
        return level(f) - level(1e3);
    };
    double worst = 0.0;
    for (const double f : measure::log_frequencies(20.0, 20e3, 1000)) worst = std::max(worst, std::abs(error(f)));
    std::printf("magnetic mode %.3f dB at 1 kHz, RIAA within %.3f dB: %+.3f at 20 Hz, %+.3f at 200 Hz, %+.3f at 10 kHz, %+.3f at 20 kHz\n",
                decibels_at(magnetic, 1e3), worst, error(20.0), error(200.0), error(10e3), error(20e3));
    quoted(decibels_at(magnetic, 1e3), 40.332, 0.001);
    quoted(error(20.0), -0.253, 0.001);
    quoted(error(200.0), 0.231, 0.001);
    quoted(error(10e3), -0.116, 0.001);
    quoted(error(20e3), -0.304, 0.001);
    quoted(worst, 0.304, 0.001);
    quoted(decibels_at(magnetic, 200e3), 1.92, 0.01);
}

TEST_CASE("Single tube stages become filters within a thousandth of a decibel")
{
    CHECK(digital_error("direct drive", reference::single_direct) < 1e-3);
    CHECK(digital_error("coupled", reference::single_coupled) < 1e-3);
    CHECK(digital_error("smooth grid current", reference::smooth) < 1e-3);
    const common_cathode_stage unbypassed{.tube = triodes::ecc82, .cathode_resistor = 1_kOhm};
    CHECK(digital_error("unbypassed 12AU7", chain{voltage_source{}, unbypassed}) < 1e-3);
    CHECK(digital_error("follower behind a plate", chain{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF},
                                                         cathode_follower{.tube = triodes::ecc83}}) < 1e-3);
    CHECK(digital_error("long-tailed pair", chain{voltage_source{}, differential_pair{.tube = triodes::ecc83}}) < 1e-3);
}

TEST_CASE("Feedback around tubes becomes a filter within a hundredth of a decibel")
{
    CHECK(digital_error("two stages with feedback", reference::feedback_pair) < 0.01);
    CHECK(digital_error("Nachbaur open loop", preamps::nachbaur_open_loop_tube) < 0.01);
    CHECK(digital_error("Nachbaur ceramic", preamps::nachbaur_ceramic_tube) < 0.01);
    CHECK(digital_error("Nachbaur magnetic", preamps::nachbaur_magnetic_tube) < 0.01);
}

TEST_CASE("A preamp of a tube stage sounds as its circuit responds to small signals")
{
    const auto agrees = [](auto left) {
        constexpr double height = 1e-6;   // volts
        const auto answer = measure::impulse_response<double>(left, 1u << 17, height);
        for (const double f : {20.0, 100.0, 1e3, 10e3, 20e3}) {
            const double heard = 20.0 * std::log10(std::abs(measure::transform(answer, f, 96e3)) / height);
            CHECK(std::abs(heard - decibels_at(reference::smooth, f)) < 1e-3);
        }
    };
    agrees(preamp<reference::smooth>{96_kHz});
    agrees(tunable_preamp{reference::smooth, 96_kHz});
}
