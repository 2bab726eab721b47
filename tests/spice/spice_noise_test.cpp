// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/analysis/noise.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/phono.hpp>
#include <phono/spice/spice.hpp>

#include <functional>
#include <random>

// The noise of netlists as ngspice's `.noise` finds it, compared with the library's.

using namespace phono;
using namespace phono::literals;

namespace {

// Of a density and of a band's RMS. ngspice has the Boltzmann constant of 2014, 3.5e-7 lower.
constexpr double worst = 1e-6;
constexpr noise_conditions as_ngspice{.temperature = 300.15, .triode_factor = 0.0};   // no netlist has a triode's noise

/// A netlist whose grids' diodes, if any, are written as their equation: ngspice gives a diode the shot noise of its current, which the
/// library's triodes do not have.
std::string without_shot_noise(std::string text)
{
    const std::string model = ".model grid D(IS={is} ", card = "Dgrid d k grid";
    for (auto at = text.find(model); at != std::string::npos; at = text.find(model, at)) {
        text.replace(at, text.find('\n', at) - at, "*");
        text.replace(text.rfind(card, at), card.size(), "Bgrid d k I = {is}*(exp(V(d,k)/{vt}) - 1)");
    }
    REQUIRE(text.find(".model grid") == std::string::npos);
    return text;
}

/// A schematic, whatever its type.
struct subject {
    std::string name, text, text_of_band;
    std::function<double(double hertz)> at_output, at_input;
    double rms, sum_of_shares;
};

template <class Chain>
subject subject_of(const std::string& name, const Chain& schematic)
{
    const circuit held{schematic};
    const auto report = noise(schematic, as_ngspice);
    double sum = 0.0;
    for (const noise_share& part : report) sum += part.share;
    return {name,
            without_shot_noise(spice(schematic, name, spice_noise{})),
            without_shot_noise(spice(schematic, name, spice_noise{.from = 20_Hz, .to = 20_kHz, .per_decade = 400})),
            [held](double hertz) { return noise_density(held, frequency{hertz}, as_ngspice); },
            [held](double hertz) { return input_noise_density(held, frequency{hertz}, as_ngspice); },
            report.rms.si,
            sum};
}

/// Part values, each decade as likely as another.
class bench {
public:
    double log_uniform(double from, double to) { return from * std::pow(to / from, static_cast<double>(engine_()) / 4294967295.0); }
    bool one_in(unsigned n) { return engine_() % n == 0; }

    resistor r(double from = 10.0, double to = 1e6) { return {resistance{log_uniform(from, to)}}; }
    capacitor c() { return {capacitance{log_uniform(1e-12, 1e-6)}}; }
    magnetic_cartridge magnet()
    {
        return {.resistance = resistance{log_uniform(5.0, 2000.0)}, .inductance = inductance{log_uniform(1e-3, 1.0)}};
    }
    moving_coil_cartridge moving_coil()
    {
        return {.resistance = resistance{log_uniform(1.0, 100.0)}, .inductance = inductance{one_in(2) ? 0.0 : log_uniform(1e-6, 1e-4)}};
    }
    loading load() { return {.resistance = resistance{log_uniform(100.0, 1e6)}, .capacitance = capacitance{log_uniform(1e-11, 1e-9)}}; }
    step_up_transformer transformer()
    {
        return {.ratio = log_uniform(1.0, 40.0),
                .primary_resistance = resistance{one_in(2) ? 0.0 : log_uniform(0.1, 10.0)},
                .secondary_resistance = resistance{log_uniform(10.0, 2e3)},
                .magnetising = inductance{log_uniform(0.01, 10.0)}};
    }
    op_amp amplifier()
    {
        op_amp a{.gain = gain{60.0 + 60.0 * log_uniform(0.1, 1.0)}, .corner = frequency{log_uniform(1.0, 1e5)}};
        if (one_in(2)) a.input_resistance = resistance{log_uniform(1e4, 1e8)};
        if (one_in(2)) a.output_resistance = resistance{log_uniform(1.0, 1e4)};
        if (one_in(4)) return a;
        a.noise = {.voltage = log_uniform(0.5e-9, 50e-9), .current = one_in(4) ? 0.0 : log_uniform(1e-15, 1e-11)};
        if (one_in(2)) a.noise.voltage_corner = frequency{log_uniform(0.1, 1e4)};
        if (one_in(2)) a.noise.current_corner = frequency{log_uniform(0.1, 1e4)};
        return a;
    }

private:
    std::mt19937 engine_{20250303};
};

/// Five circuits, ten times each with other values, in braces throughout: so the order in which values are drawn is the same with every
/// compiler.
std::vector<subject> random_chains()
{
    bench b;
    std::vector<subject> all;
    const auto add = [&](const auto& schematic) { all.push_back(subject_of("random " + std::to_string(all.size()), schematic)); };
    for (int i = 0; i < 10; ++i) {
        add(chain{b.magnet(), b.load(), feedback_stage{b.amplifier(), parallel{b.r(), b.c()}, b.r()}, series_arm{b.r()},
                  shunt_arm{parallel{b.r(), b.c()}}, riaa_iec});
        add(chain{b.moving_coil(), transimpedance_stage{b.amplifier(), parallel{b.r(), b.c()}}, riaa, series_arm{b.r()}, shunt_arm{b.r()}});
        add(chain{b.moving_coil(), b.transformer(), b.load(), follower{b.amplifier(), 1_kOhm}, series_arm{b.r()}, shunt_arm{b.c()}});
        add(chain{voltage_source{}, tap{1}, series_arm{b.r()}, shunt_arm{b.c()}, series_arm{b.r()}, bridge{1, series{b.r(), b.c()}},
                  inverting_stage{b.amplifier(), parallel{b.r(), b.c()}, b.r()}});
        add(chain{voltage_source{}, series_arm{b.r()}, shunt_arm{b.r()}, riaa, amplifier_stage{b.amplifier()}, series_arm{b.r()},
                  shunt_arm{series{b.r(), b.c()}}, inverse(riaa)});
    }
    return all;
}

/// The largest relative difference of ngspice's figures from the library's.
struct difference {
    double density = 0.0, at_input = 0.0, rms = 0.0;
};

double larger(double a, double b) { return b <= a ? a : b; }   // and NaN

void agree_with_ngspice(const std::string& what, const std::vector<subject>& all)
{
    std::vector<std::string> texts;
    for (const subject& s : all) texts.push_back(s.text), texts.push_back(s.text_of_band);
    const auto answers = ngspice::run(texts);
    difference most;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const subject& s = all[i];
        difference here;
        INFO(s.name << '\n' << s.text);
        const auto points = ngspice::table(answers[2 * i]);
        REQUIRE(points.size() == 251);   // 1 Hz to 100 kHz
        for (const auto& p : points) {
            here.density = larger(here.density, std::abs(s.at_output(p.first) / p.second - 1.0));
            here.at_input = larger(here.at_input, std::abs(s.at_input(p.first) / p.third - 1.0));
        }
        const auto band = ngspice::table(answers[2 * i + 1]);
        REQUIRE(band.size() == 1201);   // 20 Hz to 20 kHz, for Simpson's rule in the logarithm of the frequency
        double power = 0.0;
        for (std::size_t k = 0; k < band.size(); ++k)
            power += (k == 0 || k + 1 == band.size() ? 1.0 : k % 2 == 1 ? 4.0 : 2.0) * band[k].first * band[k].second * band[k].second;
        power *= std::log(10.0) / 400.0 / 3.0;
        here.rms = std::abs(s.rms / std::sqrt(power) - 1.0);
        CHECK(here.density <= worst);
        CHECK(here.at_input <= worst);
        CHECK(here.rms <= worst);
        CHECK(std::abs(s.sum_of_shares - 1.0) < 1e-12);
        most = {larger(most.density, here.density), larger(most.at_input, here.at_input), larger(most.rms, here.rms)};
    }
    const std::string title = what + ", " + std::to_string(all.size()) + " netlists: ";
    measure::figure(title + "density at the output", most.density, "", worst);
    measure::figure(title + "density at the input", most.at_input, "", worst);
    measure::figure(title + "RMS from 20 Hz to 20 kHz", most.rms, "", worst);
}

}   // namespace

TEST_CASE("ngspice finds the noise of every preamp of the catalogue")
{
    std::vector<subject> all;
    catalogue::for_each_preamp([&](const auto& known) { all.push_back(subject_of(std::string{known.name}, known.value)); });
    agree_with_ngspice("catalogue", all);
}

TEST_CASE("ngspice finds the noise around the tubes of every tube preamp of the catalogue")
{
    std::vector<subject> all;
    catalogue::for_each_tube_preamp([&](const auto& known) { all.push_back(subject_of(std::string{known.name}, known.value)); });
    agree_with_ngspice("tube preamps", all);
}

TEST_CASE("ngspice finds the noise of random circuits with noisy amplifiers")
{
    const auto all = random_chains();
    REQUIRE(all.size() == 50);
    agree_with_ngspice("random circuits", all);
}

TEST_CASE("The noise of four preamps is what it had been without the noise of their models")
{
    // ngspice, 20 Hz to 20 kHz, with noisy=0 and real leaks written by hand; without, it had found up to 31 dB more.
    const auto rms = [](const auto& schematic) { return noise(schematic, as_ngspice).rms.si; };
    CHECK(rms(preamps::denon_dl103_riaa) == Approx(6.457e-9).epsilon(5e-4));
    CHECK(rms(preamps::hagtech_transimpedance) == Approx(55.4e-9).epsilon(1e-3));
    CHECK(rms(preamps::leach_head_amp) == Approx(117.1e-9).epsilon(1e-3));
    CHECK(rms(preamps::tube_passive_riaa) == Approx(204.6e-6).epsilon(5e-4));
}

TEST_CASE("A request for noise is a few lines behind the circuit and one that makes no sense is refused")
{
    const auto text = [](const spice_noise& wanted) { return spice(chain{voltage_source{}}, "t", wanted); };
    CHECK(programs::count(text({}), "\nnoise v(out) vin dec 50 1 100000\n") == 1);
    CHECK(programs::count(text({}), "\n.ac ") == 0);
    CHECK(text({.per_decade = 0}) == "* t\n* phono: spice_noise.per_decade is 0: must be above zero\n.end\n");
    CHECK(text({.from = 0_Hz}) == "* t\n* phono: spice_noise.from is 0: must be above zero\n.end\n");
    CHECK(text({.from = 20_kHz, .to = 20_Hz}) == "* t\n* phono: spice_noise.to is 20: must be above from\n.end\n");
}

TEST_CASE("The noise of an amplifier stands in its netlist as a resistor or with a corner as a diode")
{
    const auto text = [](const amplifier_noise& noisy, const spice_analysis& wanted = spice_noise{}) {
        return spice(chain{magnetic_cartridge{}, loading{}, feedback_stage{op_amp{.noise = noisy}, resistor{10_kOhm}, resistor{1_kOhm}}},
                     "t", wanted);
    };
    const std::string silent = text({}), white = text({.voltage = 5e-9});
    const std::string both = text({.voltage = 5e-9, .current = 1e-12, .current_corner = 100_Hz});
    CHECK(programs::count(silent, "_noise") == 0);
    CHECK(programs::count(text({.voltage = 5e-9}, spice_response{}), "_noise") == 0);                      // no response needs it
    CHECK(programs::count(white, "\nRop_amp_gain_noise_voltage op_amp_gain_noise_voltage 0 1508") == 1);   // (5 nV)^2/4kT
    CHECK(programs::count(white, "\nEop_amp_gain op_amp_3_2 0 op_amp_gain_noise op_amp_3_1 ") == 1);
    CHECK(programs::count(white, "\nD") == 0);
    CHECK(programs::count(both, "\nDop_amp_gain_noise_current") == 2);   // one for each input
    CHECK(programs::count(both, "\nGop_amp_gain_noise") == 2);
}
