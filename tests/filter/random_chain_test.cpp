// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

using namespace phono;
using namespace phono::literals;

namespace {

constexpr int chains = 10000;

/// Part values as they occur, each decade as likely as another.
class bench {
public:
    double uniform(double from, double to) { return from + (to - from) * (static_cast<double>(engine_()) / 4294967295.0); }
    double log_uniform(double from, double to) { return from * std::pow(to / from, uniform(0.0, 1.0)); }
    bool one_in(int n) { return engine_() % static_cast<unsigned>(n) == 0; }

    magnetic_cartridge cartridge()
    {
        return {.resistance = resistance{log_uniform(5.0, 2000.0)}, .inductance = inductance{log_uniform(1e-3, 1.0)}};
    }
    loading load() { return {.resistance = resistance{log_uniform(10e3, 250e3)}, .capacitance = capacitance{log_uniform(30e-12, 1e-9)}}; }
    /// RIAA with constants within 10 %, or one of the catalogue; with or without the IEC's high-pass.
    curve equaliser()
    {
        curve c = recorded(catalogue::curves[engine_() % catalogue::curves.size()].value);
        if (one_in(2)) c = disc_curve(near(3180_us), near(318_us), near(75_us));
        if (one_in(3)) c.high_passes = {near(7950_us)};
        return c;
    }
    resistor series_resistor() { return {resistance{log_uniform(100.0, 100e3)}}; }
    /// What makes a corner of 5 to 200 kHz with a resistor.
    capacitor shunt_capacitor(const resistor& r) { return {capacitance{1.0 / (6.283185307179586 * log_uniform(5e3, 200e3) * r.value.si)}}; }
    double rate() { return measure::six_rates[engine_() % 6]; }

private:
    duration near(duration t) { return uniform(0.9, 1.1) * t; }

    std::mt19937 engine_{20240607};
};

struct census {
    int tried = 0, unstable = 0, faulty = 0, gained_zeros = 0, fallbacks = 0, close = 0;
    double worst_db = 0.0, worst_disagreement_db = 0.0;
    std::string worst;
};

/// Zeros on or outside the unit circle, each member of a pair counted.
int zeros_outside(const digital_filter& filter)
{
    int n = 0;
    for (const auto z : filter.zeros) n += math::norm(z) < 1.0 ? 0 : z.im == 0.0 ? 1 : 2;
    return n;
}
/// Zeros of the circuit, on the axis or in the right half-plane, that the rate can show.
int zeros_in_reach(const math::rational& h, double rate)
{
    int n = 0;
    for (const auto z : h.zeros)
        if (z.re >= 0.0 && z.re <= 12.0 * rate && z.im < math::pi * rate) n += z.im == 0.0 ? 1 : 2;
    return n;
}

std::string describe(const magnetic_cartridge& cartridge, const loading& load, double rate)
{
    char text[160];
    std::snprintf(text, sizeof text, "coil %.4g Ohm, winding %.4g H, load %.4g Ohm, %.4g F, %g kHz", cartridge.resistance.si,
                  cartridge.inductance.si, load.resistance.si, load.capacitance.si, rate / 1000.0);
    return text;
}

void take(census& all, const auto& schematic, double rate, const std::string& values)
{
    static const auto frequencies = measure::log_frequencies(20.0, 20e3, 124);
    ++all.tried;
    if (check(schematic, frequency{rate})) {
        ++all.faulty;
        return;
    }
    const auto filter = design(schematic, frequency{rate});
    const auto roots = poles_zeros(schematic);
    const circuit held{schematic};
    all.unstable += filter.is_stable() ? 0 : 1;
    all.gained_zeros += zeros_outside(filter) > zeros_in_reach(roots, rate) ? 1 : 0;
    all.fallbacks += filter.fallback > 0 ? 1 : 0;
    double worst = 0.0;
    for (const double f : frequencies) {
        const math::complex s{0.0, angular(frequency{f}).si};
        const double direct = math::decibels(math::abs(direct_response(held, s)));
        worst = std::max(worst, std::fabs(decibels(filter.response(frequency{f})) - direct));
        all.worst_disagreement_db = std::max(all.worst_disagreement_db, std::fabs(math::decibels(math::abs(roots(s))) - direct));
    }
    all.close += worst <= 1e-3 ? 1 : 0;
    if (!(worst <= all.worst_db)) all.worst_db = worst, all.worst = values + ", fallback " + std::to_string(filter.fallback);
}

}   // namespace

TEST_CASE("ten thousand random cartridges, loads, filters and curves become sound filters")
{
    bench parts;
    census all;
    for (int i = 0; i < chains; ++i) {
        const auto cartridge = parts.cartridge();
        const auto load = parts.load();
        const auto equaliser = parts.equaliser();
        const auto r = parts.series_resistor(), r2 = parts.series_resistor();
        const auto c = parts.shunt_capacitor(r), c2 = parts.shunt_capacitor(r2);
        const double rate = parts.rate();
        const auto values = describe(cartridge, load, rate);
        if (i % 4 < 2) take(all, chain{cartridge, load, equaliser}, rate, values);
        else if (i % 4 == 2) take(all, chain{cartridge, load, series_arm{r}, shunt_arm{c}, equaliser}, rate, values + ", one RC section");
        else
            take(all, chain{cartridge, load, series_arm{r}, shunt_arm{c}, series_arm{r2}, shunt_arm{c2}, equaliser}, rate,
                 values + ", two RC sections");
    }
    measure::figure("random chains: unstable", all.unstable, "", 0);
    measure::figure("random chains: refused", all.faulty, "", 0);
    measure::figure("random chains: with a zero outside the unit circle that the circuit has not", all.gained_zeros, "", 0);
    measure::figure("random chains: beyond 1e-3 dB to 20 kHz", all.tried - all.close, "", chains / 100);
    measure::figure("random chains: poles and zeros against nodal equations", all.worst_disagreement_db, "dB", 1e-9);
    measure::note("random chains: that used a fallback", std::to_string(all.fallbacks));
    char worst[32];
    std::snprintf(worst, sizeof worst, "%.3g dB", all.worst_db);
    measure::note("the worst: " + all.worst, worst);
    CHECK(all.tried == chains);
    CHECK(all.unstable == 0);
    CHECK(all.faulty == 0);
    CHECK(all.gained_zeros == 0);
    CHECK(all.close >= chains * 99 / 100);
    CHECK(all.worst_disagreement_db <= 1e-9);
}

TEST_CASE("a zero in the right half-plane stays outside the unit circle if the rate can show it")
{
    bench parts;
    int shown = 0, too_fast = 0;
    for (int i = 0; i < 300; ++i) {
        const double lead = parts.log_uniform(0.2e-6, 1e-3), rate = parts.rate();
        const chain odd{voltage_source{}, curve{.lags = {3180_us, 75_us}, .leads = {duration{-lead}}}};
        const auto filter = design(odd, frequency{rate});
        const int expected = zeros_in_reach(poles_zeros(odd), rate);
        CHECK(filter.is_stable());
        CHECK(zeros_outside(filter) == expected);
        ++(expected == 1 ? shown : too_fast);
        const auto sign = filter.response(1_Hz).real() * response(odd, 1_Hz).real();
        CHECK(sign > 0.0);
    }
    CHECK(shown > 50);
    CHECK(too_fast > 20);
}
