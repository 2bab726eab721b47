// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <array>
#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

// What ngspice and LTspice read in two ways, or what is not modelled, is refused or told, and what only looks like it is read: at run time
// and by the compiler.

using namespace phono;
using namespace phono::literals;
using detail::mistake_kind;

namespace {

/// A text that is known to the compiler.
struct known_text {
    char letters[640]{};

    constexpr known_text(const char* whole) : known_text(std::initializer_list<std::string_view>{whole}) {}
    constexpr known_text(std::initializer_list<std::string_view> pieces)
    {
        char* at = letters;
        for (const std::string_view piece : pieces)
            for (const char c : piece) *at++ = c;
    }
    constexpr operator std::string_view() const { return letters; }
};
/// Two resistors with what is written of each behind its nodes.
constexpr known_text two_resistors(std::string_view upper, std::string_view lower = "1")
{
    return {"t\nV1 in 0 AC 1\nR1 in out ", upper, "\nR2 out 0 ", lower, "\n"};
}

struct doubtful {
    known_text text;
    mistake_kind kind;   ///< none: it is read
    std::string_view word;
    double gain = 0.0;   ///< at 1 kHz, of what is read
};

constexpr std::array all{
    // A sign before a power: 20+-2^2 is 24 to ngspice's braces, 16 to LTspice.
    doubtful{two_resistors("{20+-2^2}"), mistake_kind::doubtful_order, "-2^2"},
    doubtful{"t\n.param a=4 b=2\nV1 in 0 AC 1\nR1 in out {100+3*-a^b}\nR2 out 0 1\n", mistake_kind::doubtful_order, "-a^b"},
    doubtful{two_resistors("{20+ -2**2}"), mistake_kind::doubtful_order, "-2**2"},
    doubtful{two_resistors("{1?-2^2+10:0}"), mistake_kind::doubtful_order, "-2^2"},
    doubtful{two_resistors("{2>-2^2?5:6}"), mistake_kind::doubtful_order, "-2^2"},
    doubtful{two_resistors("{20--2^2}"), mistake_kind::doubtful_order, "-2^2"},
    doubtful{two_resistors("{-2^2+5}"), mistake_kind::none, "", 0.5},
    doubtful{two_resistors("{5+(-2^2)}"), mistake_kind::none, "", 0.5},
    doubtful{two_resistors("{max(0.5,-2^2+5)}"), mistake_kind::none, "", 0.5},
    doubtful{two_resistors("{3*-2+7}"), mistake_kind::none, "", 0.5},
    doubtful{two_resistors("{4*2^-2}"), mistake_kind::none, "", 0.5},
    doubtful{two_resistors("{2+-(2^2)+3}"), mistake_kind::none, "", 0.5},
    // mil: 10m within ngspice's braces, 254u elsewhere.
    doubtful{two_resistors("{10mil}"), mistake_kind::doubtful_mil, "10mil"},
    doubtful{two_resistors("10mil", "254u"), mistake_kind::none, "", 0.5},
    // A polynomial with a single coefficient: a constant to ngspice, a gain to SPICE2.
    doubtful{"t\nV1 in 0 AC 1\nE1 out 0 POLY(1) in 0 5\nR1 out 0 1\n", mistake_kind::doubtful_polynomial, "poly"},
    doubtful{"t\nV1 in 0 AC 1\nG1 0 out POLY(1) in 0 5\nR1 out 0 1\n", mistake_kind::doubtful_polynomial, "poly"},
    doubtful{"t\nV1 in 0 AC 1\nR2 in 0 1\nF1 0 out POLY(1) V1 5\nR1 out 0 1\n", mistake_kind::doubtful_polynomial, "poly"},
    doubtful{"t\nV1 in 0 AC 1\nR2 in 0 1\nH1 out 0 POLY(1) V1 5\nR1 out 0 1\n", mistake_kind::doubtful_polynomial, "poly"},
    doubtful{"t\nV1 in 0 AC 1\nE1 out 0 POLY(1) in 0 0 5\nR1 out 0 1\n", mistake_kind::none, "", 5.0},
    doubtful{"t\nV1 in 0 AC 1\nV2 in x 0\nV3 in y 0\nRx x 0 1\nRy y 0 2\nF1 0 out POLY(2) V2 V3 0 1 2\nR1 out 0 1\n", mistake_kind::none,
             "", 2.0},
    doubtful{"t\nV1 in 0 AC 1\nV2 in x 0\nRx x 0 1\nH1 out 0 POLY(1) V2 7 3\nR1 out 0 1\n", mistake_kind::none, "", 3.0},
    doubtful{"t\nV1 in 0 AC 1\nRx in 0 1\nF1 0 out POLY(2) V1 V9 0 1 2\nR1 out 0 1\n", mistake_kind::no_such_source, "V9"},
    doubtful{"t\nV1 in 0 AC 1\nE1 out 0 POLY(9) in 0 in 0 in 0 in 0 in 0 in 0 in 0 in 0 in 0 0 1 1 1 1 1 1 1 1 1\nR1 out 0 1\n",
             mistake_kind::too_many_terms, "poly"},
    // The value of scale, and temperatures.
    doubtful{two_resistors("1k scale=2", "1k"), mistake_kind::doubtful_scale, "scale"},
    doubtful{"t\nV1 in 0 AC 1\nR1 in out 1k\nC1 out 0 10n scale=10\n", mistake_kind::doubtful_scale, "scale"},
    doubtful{two_resistors("1k tc1=1m temp=127", "1k"), mistake_kind::other_temperature, "tc1"},
    doubtful{two_resistors("1k tc=0,2m dtemp=50", "1k"), mistake_kind::other_temperature, "tc"},
    doubtful{"t\n.options temp=127\nV1 in 0 AC 1\nR1 in out 1k tc1=1m\nR2 out 0 1k\n", mistake_kind::other_temperature, "tc1"},
    doubtful{"t\n.temp 100\nV1 in 0 AC 1\nR1 in out 1k tc2=4m\nR2 out 0 1k\n", mistake_kind::other_temperature, "tc2"},
    doubtful{"t\n.temp 100\nV1 in 0 AC 1\nR1 in out 1k tc1=0\nR2 out 0 1k\n", mistake_kind::none, "", 0.5},
    doubtful{"t\n.options temp=27 reltol=1e-6\nV1 in 0 AC 1\nR1 in out 1k tc=1m 2m\nR2 out 0 1k dtemp=0\n", mistake_kind::none, "", 0.5},
    doubtful{"t\n.options rshunt=10k\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::conductance_to_ground, "rshunt"},
    doubtful{two_resistors("1k temp", "1k"), mistake_kind::unexpected_word, "temp"},
    // Parameters behind params: without a blank.
    doubtful{"t\nV1 in 0 AC 1\nX1 in out s PARAMS:R=3k\nR2 out 0 1k\n.subckt s a b PARAMS: R=1k\nR1 a b {R}\n.ends\n", mistake_kind::none,
             "", 0.25},
    doubtful{"t\nV1 in 0 AC 1\nX1 in out s\nR2 out 0 1k\n.subckt s a b PARAMS:R=3k C=1\nR1 a b {R*C}\n.ends\n", mistake_kind::none, "",
             0.25},
    doubtful{"t\nV1 in 0 AC 1\nX1 in out s params :r=3k\nR2 out 0 1k\n.subckt s a b PARAMS : R=1k\nR1 a b {R}\n.ends\n", mistake_kind::none,
             "", 0.25},
    doubtful{"t\nV1 in 0 AC 1\nX1 in out s PARAMS:Q=3k\nR2 out 0 1k\n.subckt s a b PARAMS:R=1k\nR1 a b {R}\n.ends\n",
             mistake_kind::unknown_subcircuit_parameter, "Q"},
    // Words behind a function of time without brackets.
    doubtful{"t\nR0 in 0 1meg\nI1 0 x AC 1\nR1 in out 1k\nR3 out 0 1k\nR4 x 0 1k\nV1 in 0 SIN 0 1 1k AC 1\n", mistake_kind::several_drives,
             "V1"},
    doubtful{"t\nR1 in out 1k\nR3 out 0 1k\nV1 in 0 SIN 0 1 1k AC 1\n", mistake_kind::none, "", 0.5},
    // Titles that look like parts, and parts in the place of the title.
    doubtful{"RIAA preamp with 12AX7\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::none, "", 0.5},
    doubtful{"Rev 2 of 2023\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::none, "", 0.5},
    doubtful{"R1 in out 1k\nV1 in 0 AC 1\nR2 out 0 1k\nR3 in out 2k\n", mistake_kind::title_is_a_card, "R1 in out 1k"},
    doubtful{".subckt s a b\nR1 a b 1k\n.ends\nV1 in 0 AC 1\nX1 in out s\nR2 out 0 1k\n", mistake_kind::title_is_a_card, ".subckt s a b"},
    doubtful{"X1 p in k 12AX7\nV1 in 0 AC 1\nV2 b 0 250\nR1 b p 100k\nR2 k 0 1k\nC1 p out 1u\nR3 out 0 1meg\n",
             mistake_kind::title_is_a_card, "X1 p in k 12AX7"},
    doubtful{"X1 in out 0 foo\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::title_is_a_card, "X1 in out 0 foo"},
    doubtful{"D1 out 0 1N4148\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::title_is_a_card, "D1 out 0 1N4148"},
    doubtful{"S1 out 0 ctl 0 m\nV1 in 0 AC 1\nVC ctl 0 1\nR1 in out 1k\nR2 out 0 1k\n.model m SW(vt=.5)\n", mistake_kind::title_is_a_card,
             "S1 out 0 ctl 0 m"},
    doubtful{"SRPP in 2023 out of 0\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::none, "", 0.5},
    doubtful{"Dual stage in 2023\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::none, "", 0.5},
    doubtful{"Xenon stage with 12AX7\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::none, "", 0.5},
    doubtful{".title RIAA\n.title Phono 7\" preamp\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::none, "", 0.5},
    doubtful{".title Phono 7\" preamp\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n.TITLE 7\" ; of Ann's\n+ \"\n", mistake_kind::none, "",
             0.5},
    doubtful{"t\n.titles 7\"\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n", mistake_kind::unclosed_quote, ".titles 7\""},
    // Brackets around pins and nodes, couplings by name, long chains of parameters.
    doubtful{"t\nV1 in 0 AC 1\nX1 (in out) s\nR2 out 0 1k\n.subckt s (a b)\nR1 a b 1k\n.ends\n", mistake_kind::none, "", 0.5},
    doubtful{"t\nV1 in 0 AC 1\nR1 in p 1u\nL1 p 0 1\nL2 out 0 4\nK1 L1 L2 k=1\nR2 out 0 1meg\n", mistake_kind::none, "", 2.0},
    doubtful{
        "t\n.param a0=b1 b1=b2 b2=b3 b3=b4 b4=b5 b5=b6 b6=b7 b7=b8 b8=b9 b9=c0 c0=c1 c1=c2 c2=c3 c3=c4 c4=c5 c5=c6 c6=c7 c7=c8 c8=c9 c9=d0 "
        "d0=d1 d1=d2 d2=d3 d3=d4 d4=d5 d5=d6 d6=d7 d7=d8 d8=d9 d9=1k\nV1 in 0 AC 1\nR1 in out {a0}\nR2 out 0 1k\n",
        mistake_kind::none, "", 0.5},
    doubtful{"t\n.param a0=b1 b1=b2 b2=b3 b3=b4 b4=b5 b5=b6 b6=b7 b7=b8 b8=b9 b9=c0 c0=c1 c1=c2 c2=c3 c3=c4 c4=c5 c5=c6 c6=c7 c7=c8 c8=c9 "
             "c9=b1\nV1 in 0 AC 1\nR1 in out {a0}\nR2 out 0 1k\n",
             mistake_kind::parameter_cycle, "b4"},
    // A supply that nothing takes, as of an amplifier's model without supplies.
    doubtful{"t\nV1 in 0 AC 1\nV2 vcc 0 15\nX1 in m vcc out oa\nR1 m 0 1k\nR2 out m 1k\n.subckt oa p n vp o\nE1 o 0 p n 1e9\n.ends\n",
             mistake_kind::none, "", 2.0},
    doubtful{"t\nV1 in 0 AC 1\nV2 vcc x 15\nR1 in out 1k\nR2 out 0 1k\nR3 x 0 1k\n", mistake_kind::node_with_one_part, "vcc"},
    // More than a sum has room for.
    doubtful{"t\nV1 in 0 AC 1\nR1 in a 1\nR2 a b 1\nR3 b c 1\nR4 c d 1\nR5 d e 1\nR6 e f 1\nR7 f g 1\nR8 g h 1\nR9 h 0 1\n"
             "B1 out 0 V=V(in)+V(a)+V(b)+V(c)+V(d)+V(e)+V(f)+V(g)+V(h)\nR10 out 0 1\n",
             mistake_kind::too_many_terms, "V(in)+V(a)+V(b)+V(c)+V(d)+V(e)+V(f)+V(g)+V(h)"},
};

template <std::size_t number>
constexpr detail::shown_mistake found = detail::read_constants<detail::usual_extent>(all[number].text, "", "").found;

template <std::size_t... number>
constexpr std::array<detail::shown_mistake, sizeof...(number)> all_found(std::index_sequence<number...>)
{
    return {found<number>...};
}

double gain_of(const netlist_reading& reading) { return std::abs(response(circuit{reading.flat()}, 1_kHz)); }

std::string notes_of(std::string_view text)
{
    std::string all_notes;
    const netlist_reading reading{text};
    for (const netlist_note& note : reading.notes()) all_notes += note.text + '\n';
    return all_notes;
}

}   // namespace

TEST_CASE("What is read in two ways, or is not modelled, is refused, and what only looks like it is read, at run time and by the compiler")
{
    constexpr auto by_compiler = all_found(std::make_index_sequence<all.size()>{});
    int read = 0;
    double most = 0.0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string_view text = all[i].text;
        INFO(text);
        const netlist_reading reading{text};
        INFO(to_string(reading.problem()));
        CHECK(reading.problem().rule == detail::sentence_of(all[i].kind));
        CHECK(reading.problem().word == all[i].word);
        CHECK(by_compiler[i].kind == all[i].kind);
        CHECK(by_compiler[i].line == reading.problem().line);
        if (reading.problem() || all[i].kind != mistake_kind::none) continue;
        const double off = std::abs(gain_of(reading) / all[i].gain - 1.0);
        CHECK(off < 1e-5);   // the transformer's 1 uOhm and the amplifier's gain of 1e9
        most = std::max(most, off);
        ++read;
    }
    measure::note("netlists refused, and read", std::to_string(static_cast<int>(all.size()) - read) + ", " + std::to_string(read));
    measure::figure("largest relative difference of a gain", most, "", 1e-5);
}

TEST_CASE("However deeply a text is nested, it is read or refused")
{
    const auto around = [](const std::string& value) { return "t\nV1 in 0 AC 1\nR1 in out " + value + "\nR2 out 0 1k\n"; };
    const auto times = [](std::string_view text, int count) {
        std::string all_of_it;
        for (int i = 0; i < count; ++i) all_of_it += text;
        return all_of_it;
    };
    constexpr int many = 30000;
    for (const std::string_view opening : {"(", "{", "-", "!", "abs(", "1?", "1?1:", "if(", "2^", "max(1,", "1+("}) {
        INFO(opening);
        CHECK(netlist_reading{around("'" + times(opening, many) + "1'")}.problem());
        CHECK(netlist_reading{"t\nV1 in 0 AC 1\nB1 out 0 V=V(in)*" + times(opening, many) + "1\nR1 out 0 1\n"}.problem());
        CHECK(netlist_reading{"t\nV1 in 0 AC 1\nX1 in out 0 s\nR1 out 0 1\n.subckt s a g k\nB1 a k I=" + times(opening, many) +
                              "V(g,k)\n.ends\n"}
                  .problem());
    }
    CHECK(netlist_reading{around("{" + times("(", many) + "1" + times(")", many) + "}")}.problem().rule ==
          detail::sentence_of(mistake_kind::expression_too_deep));
    std::string chain = "t\n";
    for (int i = 0; i < 2000; ++i) chain += ".param p" + std::to_string(i) + "=p" + std::to_string(i + 1) + "\n";
    chain += ".param p2000=1k\n";
    CHECK(gain_of(netlist_reading{chain + around("{p0}").substr(2)}) == Approx(0.5).epsilon(1e-12));
    std::string round = chain;
    round.replace(round.find(".param p2000=1k"), 15, ".param p2000=p1");
    CHECK(netlist_reading{round + around("{p0}").substr(2)}.problem().rule == detail::sentence_of(mistake_kind::parameter_cycle));
    // Both at once, which a stack of 1 MB has room for.
    std::string deep = "t\n";
    for (int i = 0; i < 400; ++i)
        deep += ".param p" + std::to_string(i) + "={" + times("(", 22) + "p" + std::to_string(i + 1) + times(")", 22) + "}\n";
    CHECK(gain_of(netlist_reading{deep + ".param p400=1k\n" + around("{p0}").substr(2)}) == Approx(0.5).epsilon(1e-12));
    std::string nested = "t\nV1 in 0 AC 1\nX1 in out s0\nR1 out 0 1\n";
    for (int i = 0; i < 2000; ++i) nested += ".subckt s" + std::to_string(i) + " a b\n";
    CHECK(netlist_reading{nested + times(".ends\n", 2000)}.problem());
}

TEST_CASE("A value set is as it is written: with m= it is that of one of several in parallel")
{
    constexpr std::string_view text = "t\nV1 in 0 AC 1\nR1 in out 1k m=2\nR2 out 0 500\n";
    CHECK(gain_of(netlist_reading{text}) == Approx(0.5).epsilon(1e-12));
    CHECK(netlist_reading{text}.parts()[0].value == 1e3);
    const netlist_setting same{"R1", 1e3}, other{"R1", 3e3};
    CHECK(gain_of(netlist_reading{text, {.settings = {&same, 1}}}) == Approx(0.5).epsilon(1e-12));
    CHECK(gain_of(netlist_reading{text, {.settings = {&other, 1}}}) == Approx(0.25).epsilon(1e-12));
    constexpr netlist<"t\nV1 in 0 AC 1\nR1 in out 1k m=2\nR2 out 0 500\n"> in_a_type{};
    constexpr circuit held{chain{with<"R1">(in_a_type, 3_kOhm)}};
    CHECK(std::abs(response(held, 1_kHz)) == Approx(0.25).epsilon(1e-12));
    // A capacitor's counts the other way round: m=2 has twice the capacitance, in parallel with what it has itself.
    constexpr std::string_view divider = "t\nV1 in 0 AC 1\nC1 in out 1u m=2\nC2 out 0 1u Cpar=1u\nR1 out 0 1g\n";
    const netlist_setting half{"C1", 0.5e-6};
    CHECK(gain_of(netlist_reading{divider}) == Approx(0.5).epsilon(1e-6));
    CHECK(gain_of(netlist_reading{divider, {.settings = {&half, 1}}}) == Approx(1.0 / 3.0).epsilon(1e-6));
}

TEST_CASE("Another temperature, and a source that feeds nothing, are told")
{
    constexpr std::string_view plain = "V1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n";
    CHECK(notes_of("t\n" + std::string{plain}).empty());
    CHECK(notes_of("t\n.temp 27\n" + std::string{plain}).empty());
    CHECK(notes_of("t\n.temp 50\n" + std::string{plain}).find(".temp: is passed over") == 0);
    CHECK(notes_of("t\n.options reltol=1e-6 temp=50\n" + std::string{plain}).find(".options: is passed over") == 0);
    CHECK(notes_of("t\nV2 vcc 0 15\n" + std::string{plain}).find("V2: feeds nothing") == 0);
    // The current of a diode, that of a triode's grid, depends on it.
    const std::string triode =
        "V1 in 0 AC 1\nV2 b 0 250\nX1 p in k t\nR0 in 0 1meg\nRP b p 100k\nRK k 0 1.5k\nC1 p out 100n\nRL out 0 1meg\n"
        ".subckt t A G K MU=100 EX=1.4 KG1=1060 KP=600 KVB=300 RGI=2000\n"
        "E1 7 0 VALUE={V(A,K)/KP*LOG(1+EXP(KP*(1/MU+V(G,K)/SQRT(KVB+V(A,K)*V(A,K)))))}\nRE1 7 0 1G\n"
        "G1 A K VALUE={(PWR(V(7),EX)+PWRS(V(7),EX))/KG1}\nR1 G 5 {RGI}\nD3 5 K DX\n.model DX D(IS=1N RS=1)\n.ends\n";
    CHECK_FALSE(netlist_reading{"t\n" + triode}.problem());
    CHECK(netlist_reading{"t\n.options temp=85\n" + triode}.problem().rule == detail::sentence_of(mistake_kind::other_temperature));
}

TEST_CASE("A library that is included twice counts once, and a name with blanks is that of one file")
{
    const netlist_file library{"valves.lib", ".param r=1k\n.subckt s a b\nR1 a b {r}\n.ends\n"};
    const std::string circuit_of = "V1 in 0 AC 1\nX1 in out s\nR2 out 0 1k\n";
    const auto problem = [&](const std::string& text, const netlist_file& file) {
        return netlist_reading{text, {.files = {&file, 1}}}.problem();
    };
    CHECK(to_string(problem("t\n.include valves.lib\n.include \"valves.lib\"\n" + circuit_of, library)).empty());
    const netlist_file far{"C:\\My Circuits\\all valves.lib", library.text};
    CHECK(to_string(problem("t\n.lib C:\\My Circuits\\all valves.lib\n" + circuit_of, far)).empty());
    CHECK(to_string(problem("t\n.include C:\\My Circuits\\all valves.lib\n" + circuit_of, far)).empty());
    CHECK(problem("t\n.include valves.lib\n+ x\n" + circuit_of, library).word == "x");
    CHECK(problem("t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n.end\n.include missing.lib\n", library).word.empty());
}

TEST_CASE("A word of a message is cut where it is long")
{
    const std::string word(1 << 20, 'x');
    const netlist_problem problem = netlist_reading{"t\nV1 in 0 AC 1\nR1 in out " + word + "\nR2 out 0 1k\n"}.problem();
    CHECK(problem.word.size() < 200);
    CHECK(problem.word.ends_with("..."));
    CHECK(to_string(problem).size() < 1000);
}
