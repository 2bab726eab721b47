// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/spice/spice_cards.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/koren.hpp>

#include <cstddef>
#include <string>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

using spice_lines = std::vector<std::string>;

/// A number as part of an expression.
[[nodiscard]] inline std::string spice_term(double value) { return value < 0.0 ? '(' + spice_number(value) + ')' : spice_number(value); }

/// factor (ln(1 + exp(steepness volts))/steepness)^exponent
[[nodiscard]] inline std::string spice_power_law(double factor, double steepness, const std::string& volts, double exponent)
{
    const std::string c = spice_term(steepness);
    return spice_term(factor) + "*pwr(softplus(" + c + '*' + volts + ")/" + c + ", " + spice_term(exponent) + ')';
}

/// A triode's law as parts between plate p, grid g and cathode k, one line each, with an overload for each law of the library.
[[nodiscard]] inline spice_lines spice_law(const no_grid_current&) { return {}; }
[[nodiscard]] inline spice_lines spice_law(const power_grid_current& law)
{
    return {"Bgrid g k I = " + spice_power_law(law.g, law.c, "V(g,k)", law.xi)};
}
/// A real diode, whose emission coefficient turns ngspice's thermal voltage at 27 C into vt.
[[nodiscard]] inline spice_lines spice_law(const diode_grid_current& law)
{
    constexpr double vt_of_ngspice = 1.38064852e-23 * 300.15 / 1.6021766208e-19;   // CODATA 2014
    return {"Rgrid g d " + spice_number(law.r) + " noisy=0", "Dgrid d k grid",
            ".model grid D(IS=" + spice_number(law.is) + " N=" + spice_number(law.vt / vt_of_ngspice) + ')'};
}
template <class Grid>
spice_lines spice_law(const koren<Grid>& law)
{
    const std::string v = "max(V(p,k), 0.001)", kp = spice_term(law.kp);
    const std::string vgk = law.vct == 0.0 ? "V(g,k)" : "(V(g,k) + " + spice_term(law.vct) + ')';
    const std::string x = kp + "*(1/" + spice_term(law.mu) + " + " + vgk + "/sqrt(" + spice_term(law.kvb) + " + " + v + "^2))";
    const std::string e1 = v + '/' + kp + "*softplus(V(x))";
    spice_lines lines{"Bx x 0 V = " + x, "Bplate p k I = 2/" + spice_term(law.kg1) + "*pwr(" + e1 + ", " + spice_term(law.ex) +
                                             ")*min(max(V(p,k)/0.001, 0), 1)"};
    for (const std::string& line : spice_law(law.grid)) lines.push_back(line);
    return lines;
}
[[nodiscard]] inline spice_lines spice_law(const dempwolf_zoelzer& law)
{
    const std::string grid = spice_power_law(law.gg, law.cg, "V(g,k)", law.xi) + " + " + spice_term(law.ig0);
    const std::string cathode = spice_power_law(law.g, law.c, "(V(p,k)/" + spice_term(law.mu) + " + V(g,k))", law.gamma);
    const std::string v = "min(max(V(p,k), 0), 1)";
    return {"Bplate p k I = (" + cathode + " - (" + grid + "))*" + v + "^2*(3 - 2*" + v + ')', "Bgrid g k I = " + grid};
}
/// Nothing for a law that is not one of the library's.
[[nodiscard]] inline spice_lines spice_law(const any_law& law)
{
    spice_lines lines;
    const auto find = [&]<class... Law>() { static_cast<void>(((law.is<Law>() && (lines = spice_law(Law::of(law.value)), true)) || ...)); };
    find.operator()<koren<no_grid_current>, koren<power_grid_current>, koren<diode_grid_current>, dempwolf_zoelzer>();
    return lines;
}

/// The subcircuits of a netlist's triodes, one for each law.
class spice_triodes {
public:
    std::string name_of(const any_law& law)
    {
        const spice_lines lines = spice_law(law);
        std::size_t place = 0;
        while (place < laws_.size() && laws_[place] != lines) ++place;
        if (place == laws_.size()) laws_.push_back(lines);
        return name_of(place);
    }

    void write(spice_cards& cards) const
    {
        // ln(1 + e^x), without overflow and accurate in its tail.
        if (!laws_.empty()) cards.line(".func softplus(x) {x > 40 ? x : x < -18 ? exp(x) : ln(1 + exp(x))}");
        for (std::size_t i = 0; i < laws_.size(); ++i) {
            cards.line(".subckt " + name_of(i) + " p g k");
            for (const std::string& line : laws_[i]) cards.line(line);
            cards.line(".ends");
        }
    }

private:
    static std::string name_of(std::size_t place) { return "triode_" + std::to_string(place + 1); }

    std::vector<spice_lines> laws_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
