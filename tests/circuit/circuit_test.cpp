// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/reference.hpp"

#include <phono/analysis/impedance.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;

struct row {
    double hertz, decibels, degrees;
};

std::vector<row> read(const std::string& name)
{
    std::vector<row> rows;
    for (const auto& r : measure::reference_rows("linear/" + name)) rows.push_back({r.at(0), r.at(1), r.at(2)});
    return rows;
}

template <class Circuit>
constexpr netlist_size size_of = [] {
    netlist_counter counter;
    Circuit{}(counter);
    return counter.size;
}();

/// A raw circuit, placed by a function object that returns the output node.
template <class Circuit>
constexpr auto build(const Circuit& place) noexcept
{
    flat_netlist<size_of<Circuit>> circuit;
    circuit.output = place(circuit);
    return circuit;
}

template <netlist_size size>
void agrees_with_ngspice(const std::string& name, const flat_netlist<size>& circuit)
{
    const auto rows = read(name);
    REQUIRE(rows.size() > 200);
    const phono::circuit held{circuit};
    const auto model = analyse(held);
    REQUIRE_FALSE(model.problem);
    double direct = 0.0, by_roots = 0.0, angle = 0.0;
    for (const row& r : rows) {
        const math::complex s{0.0, 2.0 * math::pi * r.hertz};
        const math::complex h = direct_response(held, s), roots = model.total()(s);
        direct = std::max(direct, std::abs(20.0 * std::log10(math::abs(h)) - r.decibels));
        by_roots = std::max(by_roots, std::abs(20.0 * std::log10(math::abs(roots)) - r.decibels));
        const double off = math::arg(roots) * 180.0 / math::pi - r.degrees;
        angle = std::max(angle, std::abs(off - 360.0 * std::round(off / 360.0)));
    }
    std::printf("%-26s direct %8.1e dB, poles and zeros %8.1e dB, phase %8.1e degrees (at most 1e-9 dB)\n", name.c_str(), direct, by_roots,
                angle);
    CHECK(direct < 1e-9);
    CHECK(by_roots < 1e-9);
    CHECK(angle < 1e-8);
}

/// Nachbaur's amplifier: gain 1000 with a pole at 2 kHz, and its DC feedback R111 C105 R112 C104 into R113.
struct amplifier_nodes {
    node out, inverting, ac_ground;
};
constexpr amplifier_nodes nachbaur_amplifier(auto& c) noexcept
{
    const node in = c.node(), inverting = c.node(), a1 = c.node(), a2 = c.node(), out = c.node();
    const node divider = c.node(), d1 = c.node(), ac_ground = c.node();
    c.source(in);
    c.amplifier(a1, ground, in, inverting, 1000.0);
    c.resistor(a1, a2, 1_kOhm);
    c.capacitor(a2, ground, 79.577472_nF);
    c.amplifier(out, ground, a2, ground, 1.0);
    c.amplifier(divider, ground, out, ground, 0.25);
    c.resistor(divider, d1, 220_kOhm);
    c.capacitor(d1, ground, 2.2_nF);
    c.resistor(d1, ac_ground, 220_kOhm);
    c.capacitor(ac_ground, ground, 2.2_uF);
    c.resistor(ac_ground, inverting, 47_kOhm);
    return {out, inverting, ac_ground};
}

struct bare_amplifier {
    constexpr node operator()(auto& c) const noexcept { return nachbaur_amplifier(c).out; }
};

template <bool with_c110>
struct ceramic {
    constexpr node operator()(auto& c) const noexcept
    {
        const amplifier_nodes at = nachbaur_amplifier(c);
        const node x1 = c.node();
        c.resistor(at.out, x1, 150_kOhm);
        c.capacitor(x1, at.inverting, 220_nF);
        c.resistor(at.inverting, at.ac_ground, 220_kOhm);
        if (with_c110) c.capacitor(at.out, x1, 53_pF);
        return at.out;
    }
};

template <bool to_ac_ground>
struct magnetic {
    constexpr node operator()(auto& c) const noexcept
    {
        const amplifier_nodes at = nachbaur_amplifier(c);
        const node y1 = c.node();
        c.resistor(at.out, y1, 820_Ohm);
        parallel(capacitor{1_nF}, series(capacitor{3_nF}, resistor{100_kOhm})).elaborate(c, y1, at.inverting);
        if constexpr (to_ac_ground) c.resistor(at.inverting, at.ac_ground, 820_Ohm);
        else series(resistor{820_Ohm}, capacitor{22_uF}).elaborate(c, at.inverting, ground);
        return at.out;
    }
};

struct cartridge_into_load {
    resistance coil{1.0};
    inductance winding{1.0};
    capacitance load{1.0};

    constexpr node operator()(auto& c) const noexcept
    {
        const node emf = c.node(), inside = c.node(), out = c.node();
        c.source(emf);
        c.resistor(emf, inside, coil);
        c.inductor(inside, out, winding);
        c.resistor(out, ground, 47_kOhm);
        c.capacitor(out, ground, load);
        return out;
    }
};

/// An op-amp of gain 1e5 and one pole, feedback 1 kOhm, its inverting input at `in`.
constexpr node transimpedance(auto& c, node in, capacitance pole) noexcept
{
    const node out = c.node(), a1 = c.node(), a2 = c.node();
    c.resistor(in, out, 1_kOhm);
    c.amplifier(a1, ground, ground, in, 1e5);
    c.resistor(a1, a2, 1_kOhm);
    c.capacitor(a2, ground, pole);
    c.amplifier(out, ground, a2, ground, 1.0);
    return out;
}

struct current_mode {
    resistance coil{1.0};
    inductance winding{1.0};

    constexpr node operator()(auto& c) const noexcept
    {
        const node emf = c.node(), inside = c.node(), in = c.node();
        c.source(emf);
        c.resistor(emf, inside, coil);
        c.inductor(inside, in, winding);
        c.capacitor(in, ground, 100_pF);
        return transimpedance(c, in, 1.59154943_uF);
    }
};

struct virtual_earth {
    constexpr node operator()(auto& c) const noexcept
    {
        const node in = c.node();
        c.inject(in);
        transimpedance(c, in, 1.591549431_uF);
        return in;
    }
};

}   // namespace

TEST_CASE("Every linear reference netlist is met, directly and by its poles and zeros")
{
    agrees_with_ngspice("nachbaur_openloop", build(bare_amplifier{}));
    agrees_with_ngspice("nachbaur_ceramic", build(ceramic<true>{}));
    agrees_with_ngspice("nachbaur_ceramic_noC110", build(ceramic<false>{}));
    agrees_with_ngspice("nachbaur_magnetic", build(magnetic<false>{}));
    agrees_with_ngspice("nachbaur_magnetic_R120acg", build(magnetic<true>{}));
    agrees_with_ngspice("mm_load_500mH_250p", build(cartridge_into_load{1_kOhm, 500_mH, 250_pF}));
    agrees_with_ngspice("mm_load_550mH_200p", build(cartridge_into_load{485_Ohm, 550_mH, 200_pF}));
    agrees_with_ngspice("mm_load_650mH_250p", build(cartridge_into_load{1.55_kOhm, 650_mH, 250_pF}));
    agrees_with_ngspice("tia_Rc2", build(current_mode{2_Ohm, 2_uH}));
    agrees_with_ngspice("tia_Rc12", build(current_mode{12_Ohm, 25_uH}));
    agrees_with_ngspice("tia_Rc40", build(current_mode{40_Ohm, 150_uH}));
    agrees_with_ngspice("tia_zin", build(virtual_earth{}));
}

TEST_CASE("A circuit is analysed in a constant expression")
{
    constexpr auto model = analyse(circuit{build(magnetic<false>{})});
    static_assert(!model.problem && model.forward.poles.degree() == 6 && model.forward.zeros.degree() == 5);
    CHECK(model.total().poles.degree() == analyse(circuit{build(magnetic<false>{})}).total().poles.degree());
}

TEST_CASE("A circuit without a solution has no response: neither half of it is a number")
{
    const auto none = response(chain{voltage_source{}, series_arm{resistor{resistance{-1.0}}}}, 1_kHz);
    CHECK(std::isnan(none.real()));
    CHECK(std::isnan(none.imag()));
}

TEST_CASE("A bridged T has its notch where the closed form says")
{
    // R from in to out, C from each to the middle, k R from the middle to ground: the zeros are those of
    // 1 + 2 s k R C + s^2 k R^2 C^2, so the notch stands at 1/(2 pi R C sqrt(k)).
    constexpr double r = 10e3, c = 10e-9, k = 0.01;
    const auto t = chain{voltage_source{},
                         tap{1},
                         series_arm{capacitor{capacitance{c}}},
                         shunt_arm{resistor{resistance{k * r}}},
                         series_arm{capacitor{capacitance{c}}},
                         bridge{1, resistor{resistance{r}}}};
    const math::rational h = poles_zeros(t);
    REQUIRE(h.zeros.count == 1);
    CHECK(h.zeros[0].re == Approx(-1.0 / (r * c)).epsilon(1e-12));
    CHECK(math::abs(h.zeros[0]) == Approx(1.0 / (r * c * std::sqrt(k))).epsilon(1e-12));
    const double notch = 1.0 / (2.0 * math::pi * r * c * std::sqrt(k));
    CHECK(decibels(response(t, frequency{notch})) < decibels(response(t, frequency{0.5 * notch})) - 2.0);
    CHECK(std::abs(response(t, frequency{notch})) == Approx(2.0 * k / (1.0 + 2.0 * k)).epsilon(1e-12));
}

namespace {

/// A user's block: a buffer of some gain with an output resistance. The library knows nothing of it.
struct line_driver {
    static constexpr signal_role role = signal_role::stage;
    double gain = 2.0;
    resistance output{600.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node inside = circuit.node(), out = circuit.node();
        circuit.amplifier(inside, ground, in, ground, gain, "line_driver.gain");
        circuit.resistor(inside, out, output, "line_driver.output");
        return out;
    }
};

/// The same from a controlled current source.
struct norton_driver {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        circuit.transconductance(ground, out, in, ground, 2.0 / 600.0);
        circuit.resistor(out, ground, 600_Ohm);
        return out;
    }
};

}   // namespace

TEST_CASE("A block written by a user stands in a chain and is loaded by the next")
{
    const auto free = chain{voltage_source{}, line_driver{}};
    const auto loaded = chain{voltage_source{}, line_driver{}, shunt_arm{resistor{600_Ohm}}};
    const auto norton = chain{voltage_source{}, norton_driver{}, shunt_arm{resistor{600_Ohm}}};
    CHECK(std::abs(response(free, 1_kHz)) == Approx(2.0).epsilon(1e-14));
    CHECK(std::abs(response(loaded, 1_kHz)) == Approx(1.0).epsilon(1e-14));
    CHECK(std::abs(response(norton, 1_kHz)) == Approx(1.0).epsilon(1e-14));
    CHECK(std::abs(output_impedance(free, 1_kHz)) == Approx(600.0).epsilon(1e-12));
}

TEST_CASE("A capacitor from the third block back to the first is one circuit with them")
{
    // Sallen-Key: R - R - C to ground, a buffer, and C from its output back to between the resistors:
    // H = 1/(1 + s R C2 2 + s^2 R^2 C1 C2), of Q = sqrt(C1/C2)/2.
    constexpr double r = 10e3, c1 = 4e-9, c2 = 1e-9;
    const auto filter = chain{voltage_source{},
                              series_arm{resistor{resistance{r}}},
                              tap{7},
                              series_arm{resistor{resistance{r}}},
                              shunt_arm{capacitor{capacitance{c2}}},
                              line_driver{.gain = 1.0, .output = 1_mOhm},
                              bridge{7, capacitor{capacitance{c1}}}};
    for (const double f : {100.0, 5e3, 7957.7, 20e3}) {
        const std::complex<double> s{0.0, 2.0 * math::pi * f};
        const auto expected = 1.0 / (1.0 + 2.0 * s * r * c2 + s * s * r * r * c1 * c2);
        CHECK(std::abs(response(filter, frequency{f}) - expected) < 1e-6 * std::abs(expected));   // 1 mOhm is not 0
    }
    REQUIRE(poles_zeros(filter).poles[0].im != 0.0);
}
