// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/documents.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/netlist.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <map>
#include <string>
#include <vector>

// Switches S: resistors of the position in which they stand at rest, as ngspice has it in its operating point.

using namespace phono;

namespace {

/// A divider whose lower half is a switch.
std::string divider(const std::string& control, const std::string& model, const std::string& behind = {})
{
    return "t\nV1 in 0 DC 1 AC 1\nR1 in out 1k\nR2 out 0 10k\n" + control + "\nS1 out 0 ctl 0 m " + behind + "\n.model m SW" + model + "\n";
}

double at_rest(const netlist_reading& reading)
{
    INFO(to_string(reading.problem()));
    REQUIRE_FALSE(reading.problem());
    return circuit{reading.flat()}.quiescent(reading.flat().output).si;
}

/// What a text between in and out is with another value of a part, in decibels at 1 kHz.
double gain_of(const std::string& text, std::vector<netlist_setting> settings = {})
{
    const netlist_choice choice{.settings = settings};
    const netlist_reading reading{text, choice};
    INFO(to_string(reading.problem()));
    REQUIRE_FALSE(reading.problem());
    return decibels(response(circuit{reading.flat()}, frequency{1e3}));
}

netlist_reading nachbaur(const std::string& text)
{
    static const std::string triodes = documents::text_of("tests/reference/tube/triodes.inc");
    static const netlist_file included{"triodes.inc", triodes};
    netlist_choice choice;
    choice.files = {&included, 1};
    return netlist_reading{text, choice};
}

}   // namespace

TEST_CASE("A switch stands at rest as in the operating point of ngspice")
{
    std::vector<std::string> texts;
    // Thresholds with no hysteresis, with one of either sign, below 0; where a position begins within it, as it is told.
    for (const char* model : {"(vt=0.5)", "(vt=0.5 vh=0.2 ron=10 roff=5k)", "(vt=0.5 vh=-0.2 ron={5+5} roff=5k)", "(VT=-0.5, VH=0.2)",
                              " vt=-0.5 vh=-0.2", "(ron=100)"})
        for (const char* volts : {"-0.9", "-0.6", "-0.4", "-0.1", "0.1", "0.4", "0.6", "0.9"})
            for (const char* behind : {"", "on", "OFF"}) {
                const bool is_undecided = std::string_view{model}.find("vh=-") != std::string_view::npos &&
                                          volts[volts[0] == '-' ? 3 : 2] != '9' && volts[volts[0] == '-' ? 3 : 2] != '1' &&
                                          (volts[0] == '-') == (model[0] == ' ');
                if (!is_undecided) texts.push_back(divider("VC ctl 0 " + std::string{volts}, model, behind));
            }
    // What controls it: functions of time at their beginning, sources upon others, sources by what others hold; GMIN.
    for (const char* control :
         {"VC ctl 0 PWL(0 1 1m 0)", "VC ctl 0 PULSE(1 0 1m 1u 1u 1 2)", "VC ctl 0 SIN(1 1 1k)", "VC ctl 0 DC 0 SIN(1 1 1k)", "VC 0 ctl -1",
          "VA a 0 0.3\nVC ctl a 0.4", "VA a 0 0.3\nEC ctl 0 a 0 2", "VA a 0 0.3\nBC ctl 0 V=1-V(a)", "VA a 0 2\nBC ctl 0 V=V(a)>1 ? 1 : 0",
          "BC ctl 0 V=1-1000*time", "VA a 0 0.3\nR9 ctl a 0\nR8 ctl 0 1k", "VC ctl 0 0"})
        texts.push_back(divider(control, "(vt=0.5 roff=1k)"));
    texts.push_back(divider("VC ctl 0 0\n.options gmin=1e-4", "(vt=0.5)"));
    std::vector<std::string> run = texts;
    for (std::string& text : run) text += ".control\nset numdgt=12\nop\nprint v(out)\nquit 0\n.endc\n.end\n";
    const std::vector<std::string> answers = ngspice::run(run);
    double worst = 0.0;
    int closed = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        INFO(texts[i] << answers[i]);
        auto printed = ngspice::values(answers[i]);
        REQUIRE(printed.count("v(out)") == 1);
        const double expected = printed["v(out)"], off = std::abs(at_rest(netlist_reading{texts[i]}) / expected - 1.0);
        CHECK(off <= 1e-9);
        worst = std::max(worst, off);
        closed += expected < 0.1 ? 1 : 0;
    }
    measure::figure(std::to_string(texts.size()) + " switches, " + std::to_string(closed) + " of them closed: at rest, relative", worst, "",
                    1e-9);
    CHECK(closed > 40);
    CHECK(closed < static_cast<int>(texts.size()) - 40);
}

TEST_CASE("A switch is the resistor of its position to signals, and its position is told")
{
    const std::string open = divider("VC ctl 0 0", "(vt=0.5 ron=1 roff=1meg)"), closed = divider("VC ctl 0 1", "(vt=0.5 ron=1 roff=1meg)");
    const auto beside = [](double ohms) { return decibels(1.0 / (1.0 + 1e3 * (1.0 / 10e3 + 1.0 / ohms))); };
    CHECK(std::abs(gain_of(open) - beside(1e6)) < 1e-12);
    CHECK(std::abs(gain_of(closed) - beside(1.0)) < 1e-12);
    const netlist_reading reading{closed};
    REQUIRE(reading.notes().size() == 1);
    CHECK(reading.notes()[0].text == "S1: is read as it stands at rest: closed");
    CHECK(netlist_reading{open}.notes()[0].text == "S1: is read as it stands at rest: open");
    // Its value can be set, and so can the source that controls it, before the circuit is known.
    CHECK(std::abs(gain_of(open, {{"S1", 2e3}}) - beside(2e3)) < 1e-12);
    CHECK(std::abs(gain_of(open, {{"VC", 1.0}}) - beside(1.0)) < 1e-12);
    CHECK(std::abs(gain_of("t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 10k\nR3 ctl 0 1k\nR4 ctl in 1k\nS1 out 0 ctl 0 m\n.model m sw\n",
                           {{"S1", 2e3}}) -
                   beside(2e3)) < 1e-12);
    for (const netlist_part& part : reading.parts()) CHECK(part.name != "VC");   // once it is, its value has been counted on
    // Within a subcircuit, with a model of its own that has a parameter.
    CHECK(std::abs(gain_of("t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 10k\nVC ctl 0 3\nX1 out ctl mode r=2k\n"
                           ".subckt mode a c r=1\nS1 a 0 c 0 m\n.model m sw(vt=1 ron={r})\n.ends\n") -
                   beside(2e3)) < 1e-12);
}

TEST_CASE("A switch in a type is that of the run time")
{
    constexpr netlist<
        "t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 10k\nVC ctl 0 PWL(0 1 1 0)\nS1 out 0 ctl 0 m\nS2 out 0 0 ctl m\n"
        ".model m SW(vt=0.5 ron=1k roff=100k)\n">
        switched{};
    const double expected = decibels(1.0 / (1.0 + 1e3 * (1.0 / 10e3 + 1.0 / 1e3 + 1.0 / 100e3)));
    CHECK(std::abs(decibels(response(circuit{chain{switched}}, frequency{1e3})) - expected) < 1e-12);
    const double opened = decibels(1.0 / (1.0 + 1e3 * (1.0 / 10e3 + 1.0 / 1e6 + 1.0 / 100e3)));
    CHECK(std::abs(decibels(response(circuit{chain{with<"S1">(switched, resistance{1e6})}}, frequency{1e3})) - opened) < 1e-12);
}

TEST_CASE("Nachbaur's preamp with its mode switch, at rest and to signals")
{
    const std::string text = documents::text_of("tests/reference/tube/nach_switch_with_r119.cir");
    const netlist_reading reading = nachbaur(text);
    INFO(to_string(reading.problem()));
    REQUIRE_FALSE(reading.problem());
    const circuit held{reading.flat()};
    REQUIRE_FALSE(held.problem());
    // ngspice's .op of that file.
    const std::map<std::string, double> printed{{"inn", 2.691871142039e+01}, {"c", 2.691866466076e+01}, {"outdc", 3.147857530467e+02},
                                                {"acg", 2.691866460334e+01}, {"m", 2.691871142039e+01}, {"p2a", 3.147857530467e+02},
                                                {"k1", 2.804392440159e+01}};
    double worst = 0.0;
    for (const auto& [node, expected] : printed) {
        INFO(node);
        const double off = std::abs(held.quiescent(*reading.find(node)).si / expected - 1.0);
        CHECK(off <= 1e-6);
        worst = std::max(worst, off);
    }
    measure::figure("Nachbaur's mode switch: at rest, relative", worst, "", 1e-6);
    // ngspice's .ac of the same with resistors in the place of the switches, and at 10 kHz of the other mode.
    const auto off = [](const auto& of, double hertz, double db) { return std::abs(decibels(response(of, frequency{hertz})) - db); };
    CHECK(off(held, 1e3, 4.029559871625e+01) <= 1e-5);
    std::string ceramic = text;
    ceramic.replace(ceramic.find("PWL(0 0"), 7, "PWL(0 1");
    const netlist_reading other = nachbaur(ceramic);
    INFO(to_string(other.problem()));
    REQUIRE_FALSE(other.problem());
    CHECK(std::abs(off(circuit{other.flat()}, 1e3, 4.029559871625e+01)) > 1.0);
}

TEST_CASE("A switch whose position at rest is not known is refused with what would be right")
{
    const auto problem = [](const std::string& text) { return to_string(netlist_reading{text}.problem()); };
    const std::string unknown = "a switch is read as it stands at rest, and this node that controls it has no voltage that is known";
    const auto refuses = [&](const std::string& text, const std::string& begin) {
        INFO(text << problem(text));
        CHECK(problem(text).starts_with(begin));
    };
    refuses(divider("VA a 0 1\nR8 a ctl 1k\nR9 ctl 0 1k", ""), "line 8: S1: \"ctl\": " + unknown);
    refuses(divider("I1 0 ctl 1\nR9 ctl 0 1k", ""), "line 7: S1: \"ctl\": " + unknown);
    refuses(divider("VC ctl b 1\nR9 b 0 1k", ""), "line 7: S1: \"ctl\": " + unknown);
    refuses(divider("BC ctl 0 V=V(in)+V(out)", ""), "line 6: S1: \"ctl\": " + unknown);
    const std::string undecided = "line 6: \"S1\": at rest this switch is at its threshold, or within a negative VH";
    refuses(divider("VC ctl 0 0.5", "(vt=0.5)"), undecided);
    refuses(divider("VC ctl 0 0", ""), undecided);
    refuses(divider("VC ctl 0 0.6", "(vt=0.5 vh=-0.2)"), undecided);
    refuses(divider("VC ctl 0 {0.5+0.2}", "(vt=0.5 vh=0.2)"), undecided);
}
