// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/spice/spice_cards.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/koren.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

using spice_lines = std::vector<std::string>;

/// A triode's law as parts between plate p, grid g and cathode k, one line each, of parameters that are stated by name: what reads it back
/// has them to the last digit.
struct spice_law_text {
    std::string parameters{};   ///< " mu=100 ex=1.4 ..."
    spice_lines lines{};

    void state(std::string_view name, double value) { ((parameters += ' ') += name) += '=' + spice_number(value); }
    friend bool operator==(const spice_law_text&, const spice_law_text&) = default;
};

/// factor (ln(1 + exp(steepness volts))/steepness)^exponent, of parameters by name.
[[nodiscard]] inline std::string spice_power_law(const std::string& factor, const std::string& steepness, const std::string& volts,
                                                 const std::string& exponent)
{
    return '{' + factor + "}*pwr(softplus({" + steepness + "}*" + volts + ")/{" + steepness + "}, {" + exponent + "})";
}

/// Adds a law of grid current to the text.
inline void add_spice_law(spice_law_text&, const no_grid_current&) {}
inline void add_spice_law(spice_law_text& text, const power_grid_current& law)
{
    text.state("g", law.g), text.state("xi", law.xi), text.state("c", law.c);
    text.lines.push_back("Bgrid g k I = " + spice_power_law("g", "c", "V(g,k)", "xi"));
}
/// A real diode, whose emission coefficient turns ngspice's thermal voltage at 27 C into vt.
inline void add_spice_law(spice_law_text& text, const diode_grid_current& law)
{
    constexpr double vt_of_ngspice = 1.38064852e-23 * 300.15 / 1.6021766208e-19;   // CODATA 2014
    text.state("r", law.r), text.state("is", law.is), text.state("vt", law.vt);
    for (const std::string& line : {std::string{"Rgrid g d {r} noisy=0"}, std::string{"Dgrid d k grid"},
                                    ".model grid D(IS={is} N={vt/" + spice_number(vt_of_ngspice) + "})"})
        text.lines.push_back(line);
}

/// The text of a law, with an overload for each law of the library.
template <class Grid>
spice_law_text spice_law(const koren<Grid>& law)
{
    spice_law_text text;
    text.state("mu", law.mu), text.state("ex", law.ex), text.state("kg1", law.kg1), text.state("kp", law.kp), text.state("kvb", law.kvb);
    if (law.vct != 0.0) text.state("vct", law.vct);
    const std::string v = "max(V(p,k), 0.001)", vgk = law.vct == 0.0 ? "V(g,k)" : "(V(g,k) + {vct})";
    text.lines = {"Bx x 0 V = {kp}*(1/{mu} + " + vgk + "/sqrt({kvb} + " + v + "^2))",
                  "Bplate p k I = 2/{kg1}*pwr(" + v + "/{kp}*softplus(V(x)), {ex})*min(max(V(p,k)/0.001, 0), 1)"};
    add_spice_law(text, law.grid);
    return text;
}
[[nodiscard]] inline spice_law_text spice_law(const dempwolf_zoelzer& law)
{
    spice_law_text text;
    text.state("g", law.g), text.state("mu", law.mu), text.state("gamma", law.gamma), text.state("c", law.c);
    text.state("gg", law.gg), text.state("xi", law.xi), text.state("cg", law.cg), text.state("ig0", law.ig0);
    const std::string grid = spice_power_law("gg", "cg", "V(g,k)", "xi") + " + {ig0}", v = "min(max(V(p,k), 0), 1)";
    const std::string cathode = spice_power_law("g", "c", "(V(p,k)/{mu} + V(g,k))", "gamma");
    text.lines = {"Bplate p k I = (" + cathode + " - (" + grid + "))*" + v + "^2*(3 - 2*" + v + ')', "Bgrid g k I = " + grid};
    return text;
}
/// No lines for a law that is not one of the library's.
[[nodiscard]] inline spice_law_text spice_law(const any_law& law)
{
    spice_law_text text;
    const auto find = [&]<class... Law>() { static_cast<void>(((law.is<Law>() && (text = spice_law(Law::of(law.value)), true)) || ...)); };
    find.operator()<koren<no_grid_current>, koren<power_grid_current>, koren<diode_grid_current>, dempwolf_zoelzer>();
    return text;
}

/// The subcircuits of a netlist's triodes, one for each law.
class spice_triodes {
public:
    std::string name_of(const any_law& law)
    {
        const spice_law_text text = spice_law(law);
        std::size_t place = 0;
        while (place < laws_.size() && !(laws_[place] == text)) ++place;
        if (place == laws_.size()) laws_.push_back(text);
        return name_of(place);
    }

    void write(spice_cards& cards) const
    {
        // ln(1 + e^x), without overflow and accurate in its tail.
        if (!laws_.empty()) cards.line(".func softplus(x) {x > 40 ? x : x < -18 ? exp(x) : ln(1 + exp(x))}");
        for (std::size_t i = 0; i < laws_.size(); ++i) {
            cards.line(".subckt " + name_of(i) + " p g k" + laws_[i].parameters);
            for (const std::string& line : laws_[i].lines) cards.line(line);
            cards.line(".ends");
        }
    }

private:
    static std::string name_of(std::size_t place) { return "triode_" + std::to_string(place + 1); }

    std::vector<spice_law_text> laws_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
