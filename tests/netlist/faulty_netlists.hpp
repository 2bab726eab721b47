// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <string_view>

/// Netlists with one mistake each, for the reading at run time and for that in a type.
namespace faulty_netlists {

struct faulty {
    const char* name;
    int line;                ///< counted from 1, of the title; 0: the circuit as a whole
    std::string_view word;   ///< what is wrong
    std::string_view rule;   ///< what is wrong with it, and what would be right
    const char* text;
};

inline constexpr const char* as_point =
    "a value such as 4k7 or 1R5 is 4k and 1 to ngspice, but 4.7k and 1.5 to LTspice: the factor stands behind all digits";

inline constexpr const char* other_unit =
    "this is the unit of another quantity: a resistor has Ohm, a capacitor F, an inductor H, a voltage source V, a current source A";

inline constexpr std::array all{
    // Values.
    faulty{"a suffix in the place of the point", 4, "4k7", as_point, R"(passive RIAA
* the load of the cartridge
V1 in 0 AC 1
R1 in out 4k7
C1 out 0 10n
)"},
    faulty{"the letter R in the place of the point", 3, "1R5", as_point, R"(passive RIAA
V1 in 0 AC 1
R1 in out 1R5
C1 out 0 10n
)"},
    faulty{"a suffix in the place of the point, in an expression", 4, "2k2", as_point, R"(passive RIAA
.param load=2
V1 in 0 AC 1
R1 in out
+ {2k2*load}
C1 out 0 10n
)"},
    faulty{"two points", 3, "1.2.3k", "a number has one decimal point", R"(t
V1 in 0 AC 1
R1 in out 1.2.3k
C1 out 0 10n
)"},
    faulty{"a decimal comma", 4, "1,5k", "a number has a decimal point and no comma, which is a blank here", R"(t

V1 in 0 AC 1
R1 in out 1,5k
C1 out 0 10n
)"},
    faulty{"an exponent without digits", 3, "4.7e", "an exponent e has digits behind it", R"(t
V1 in 0 AC 1
R1 in out 4.7e
C1 out 0 10n
)"},
    faulty{"digits behind a unit", 3, "10kOhm5", "a number has no digits behind the letters of its factor or unit", R"(t
V1 in 0 AC 1
R1 in out 10kOhm5
C1 out 0 10n
)"},
    faulty{"a strange character in a number", 4, "10n#", "a number has only the letters of a factor and a unit behind its digits", R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n#
)"},
    faulty{"a number that is too large", 3, "1e400", "this number is beyond the numbers of a computer, 4.9e-324 to 1.8e308", R"(t
V1 in 0 AC 1
R1 in out 1e400
C1 out 0 10n
)"},
    faulty{"a number that is too small", 4, "1e-400", "this number is beyond the numbers of a computer, 4.9e-324 to 1.8e308", R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out 0 1e-400
)"},
    faulty{"a value in words", 3, "big",
           "this is no number: write digits with a factor such as k, MEG, u or p behind them, or an expression in braces", R"(t
V1 in 0 AC 1
E1 x 0 in 0 big
R1 x out 10k
C1 out 0 10n
)"},
    faulty{"a value below zero", 3, "-10k", "this value must be above zero", R"(t
V1 in 0 AC 1
R1 in out -10k
C1 out 0 10n
)"},
    faulty{"a value below zero that follows from parameters", 4, "{1k-2*k}", "this value must be above zero", R"(t
.param k=1000
V1 in 0 AC 1
R1 in out {1k-2*k}
C1 out 0 10n
)"},
    faulty{"a series resistance below zero", 3, "-1", "this value must not be negative", R"(t
V1 in 0 AC 1
L1 in out 10m Rser=-1
R1 out 0 10k
)"},

    faulty{"a resistance in farads", 4, "180kF", other_unit, R"(t
V1 in 0 AC 1
R1 in out 10k
R4 out 0 180kF
)"},
    faulty{"a capacitance in ohms", 4, "10k\xe2\x84\xa6", other_unit, "t\nV1 in 0 AC 1\nR1 in out 10k\nC1 out 0 10k\xe2\x84\xa6\n"},
    faulty{"the loss of a coil in henries, within a subcircuit", 4, "10Henries", other_unit, R"(t
.subckt coil a b l=10m
C1 a b 1p
L1 a b {l} Rser=10Henries
.ends
V1 in 0 AC 1
X1 in out coil
R1 out 0 10k
)"},
    faulty{"a current in volts", 5, "10mVolts", other_unit, R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
I1 0 out 10mVolts
)"},

    // Expressions.
    faulty{"something that does not belong into an expression", 3, "5",
           "this expression cannot be read: an operand, an operator or a bracket is missing or not known", R"(t
V1 in 0 AC 1
R1 in out {10k 5}
C1 out 0 10n
)"},
    faulty{"an operand that is missing", 3, "10k*",
           "this expression cannot be read: an operand, an operator or a bracket is missing or not known", R"(t
V1 in 0 AC 1
R1 in out {10k*}
C1 out 0 10n
)"},
    faulty{"a bracket that is missing", 3, "(10k*2",
           "this expression cannot be read: an operand, an operator or a bracket is missing or not known", R"(t
V1 in 0 AC 1
R1 in out {(10k*2}
C1 out 0 10n
)"},
    faulty{"a function that there is not", 3, "sqare",
           "this function is not known; there are abs acos acosh asin asinh atan atan2 atanh ceil cos cosh exp floor hypot if int ln log "
           "log10 max min nint pow pwr pwrs round sgn sin sinh sqr sqrt tan tanh u uramp and those that .func defines",
           R"(t
V1 in 0 AC 1
R1 in out {sqare(100)*1k}
C1 out 0 10n
)"},
    faulty{"an argument too few", 3, "pow", "this function takes another number of arguments", R"(t
V1 in 0 AC 1
R1 in out {pow(10)}
C1 out 0 10n
)"},
    faulty{"a parameter that there is not", 4, "rlaod", "there is no parameter of this name: define it by .param, or on the .subckt", R"(t
.param rload=10k
V1 in 0 AC 1
R1 in out {rlaod*2}
C1 out 0 10n
)"},
    faulty{"parameters that depend on each other", 4, "a", "this parameter depends on itself", R"(t
.param a={b*2} b={a/2}
V1 in 0 AC 1
R1 in out {a}
C1 out 0 10n
)"},
    faulty{"a resistance that depends on a voltage", 3, "in", "the value of a part or parameter cannot depend on a voltage", R"(t
V1 in 0 AC 1
R1 in out {1k*v(in)}
C1 out 0 10n
)"},
    faulty{"a resistance that depends on a current", 3, "V1", "the value of a part or parameter cannot depend on a current", R"(t
V1 in 0 AC 1
R1 in out {1k*i(V1)}
C1 out 0 10n
)"},
    faulty{"a source that is not linear", 3, "v(in)*v(in)",
           "this source is not linear in the voltages: a valve is a subcircuit of the law of Koren or a name such as 12AX7, an amplifier "
           "is linear or a name such "
           "as NE5532",
           R"(t
V1 in 0 AC 1
B1 x 0 V=v(in)*v(in)
R1 x out 10k
C1 out 0 10n
)"},
    faulty{"a source that depends on time", 3, "time",
           "a source that depends on time or frequency has no place in a circuit that is linear or made of valves", R"(t
V1 in 0 AC 1
B1 x 0 V=v(in)*time
R1 x out 10k
R2 in 0 47k
C1 out 0 10n
)"},
    faulty{"a division by zero", 4, "1k/off",
           "this expression has no finite value: a division by 0, the root or logarithm of what has none, or a number too large", R"(t
.param off=0
V1 in 0 AC 1
R1 in out {1k/off}
C1 out 0 10n
)"},
    faulty{"a root that there is not", 3, "sqrt",
           "this expression has no finite value: a division by 0, the root or logarithm of what has none, or a number too large", R"(t
V1 in 0 AC 1
R1 in out {1k*sqrt(-1)}
C1 out 0 10n
)"},

    // Lines.
    faulty{"nothing but a title", 0, "", "a netlist has a title line and at least one part behind it", "a phono stage\n"},
    faulty{"no title", 1, "V1 in 0 AC 1", "the first line of a netlist is its title and no part: put a title, or an empty line, before it",
           R"(V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
)"},
    faulty{"an amplifier in the place of the title", 1, "X1 in fb out NE5532",
           "the first line of a netlist is its title and no part: put a title, or an empty line, before it", R"(X1 in fb out NE5532
V1 in 0 AC 1
R1 out fb 10k
R2 fb 0 1k
)"},
    faulty{"a subcircuit in the place of the title", 1, "XU1 in out filter r=2k c = 1n",
           "the first line of a netlist is its title and no part: put a title, or an empty line, before it",
           R"(XU1 in out filter r=2k c = 1n
V1 in 0 AC 1
R1 out 0 10k
.subckt filter a b r=1k c=10n
R1 a b {r}
C1 b 0 {c}
.ends
)"},
    faulty{"a continuation of nothing", 2, "+", "a line that begins with + continues the one before it, and there is none", R"(t
+ C1 out 0 10n
V1 in 0 AC 1
R1 in out 10k
)"},
    faulty{"a brace that is not closed", 3, "{10k",
           "a quote or brace is not closed on its line (a line is continued by + at the beginning of the next)", R"(t
V1 in 0 AC 1
R1 in out {10k
C1 out 0 10n
)"},
    faulty{"a .control block that is not closed", 5, "", "a .control block is not closed by .endc", R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
.control
run
.end
)"},
    faulty{"a command that there is not", 2, ".paramm", "this is no command of a netlist that is known", R"(t
.paramm a=1
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
)"},
    faulty{"a conditional part", 3, ".if", "conditional parts of a netlist (.if) are not read: keep the branch that is meant", R"(t
V1 in 0 AC 1
.if (1 > 0)
R1 in out 10k
.endif
C1 out 0 10n
)"},

    // Definitions.
    faulty{"a parameter without a value", 2, "load", "write name = value here", R"(t
.param load
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
)"},
    faulty{"a parameter that is defined twice", 3, "R", "this parameter is defined twice in the same place", R"(t
.param r=1k
.param R=2k
V1 in 0 AC 1
R1 in out {r}
C1 out 0 10n
)"},
    faulty{"a subcircuit without pins", 2, ".subckt", "a .subckt has a name and pins", R"(t
.subckt
R1 a b 1k
.ends
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
)"},
    faulty{"two subcircuits of one name", 5, "Filter", "there are two subcircuits of this name", R"(t
.subckt filter a b
R1 a b 1k
.ends
.subckt Filter a b
R1 a b 2k
.ends
V1 in 0 AC 1
X1 in out filter
C1 out 0 10n
)"},
    faulty{"a subcircuit that is not closed", 2, "filter", "this .subckt has no .ends", R"(t
.subckt filter a b
R1 a b 1k
V1 in 0 AC 1
X1 in out filter
C1 out 0 10n
)"},
    faulty{"an .ends of nothing", 4, ".ends", "this .ends closes no .subckt of that name", R"(t
V1 in 0 AC 1
R1 in out 10k
.ends
C1 out 0 10n
)"},
    faulty{"a pin that stands twice", 2, "a", "this pin stands twice in the .subckt line", R"(t
.subckt filter a b a
R1 a b 1k
.ends
V1 in 0 AC 1
X1 in out 0 filter
C1 out 0 10n
)"},
    faulty{"a function without a body", 2, "f", "write .func name(x, y) {expression}", R"(t
.func f(x)
V1 in 0 AC 1
R1 in out {f(1k)}
C1 out 0 10n
)"},

    // Parts.
    faulty{"a resistor without a value", 3, "R1", "a value is missing here", R"(t
V1 in 0 AC 1
R1 in out
C1 out 0 10n
)"},
    faulty{"a word that does not belong there", 3, "red", "this word has no meaning here", R"(t
V1 in 0 AC 1
R1 in out 10k red
C1 out 0 10n
)"},
    faulty{"a setting that there is not", 3, "colour", "this part has no such setting", R"(t
V1 in 0 AC 1
R1 in out 10k colour=2
C1 out 0 10n
)"},
    faulty{"two parts of one name", 4, "r1", "there are two parts of this name", R"(t
V1 in 0 AC 1
R1 in out 10k
r1 out 0 1meg
C1 out 0 10n
)"},
    faulty{"a source whose current there is not", 4, "V2",
           "there is no voltage source of this name, whose current could be told: put one of 0 V in series", R"(t
V1 in 0 AC 1
R1 in 0 10k
F1 out 0 V2 10
R2 out 0 10k
)"},
    faulty{"a coupling above 1", 6, "K1", "a coupling K names inductors and has a coefficient from -1 to 1", R"(step-up transformer
V1 in 0 AC 1
R1 in p 10
L1 p 0 10m
L2 out 0 1
K1 L1 L2 1.2
R2 out 0 47k
)"},
    faulty{"nine windings", 12, "L9", "more than 8 inductors are coupled with each other; there may be 8", R"(transformer
V1 in 0 AC 1
L1 in 0 1
L2 b 0 1
L3 c 0 1
L4 d 0 1
L5 e 0 1
L6 f 0 1
L7 g 0 1
L8 h 0 1
L9 out 0 1
K1 L1 L2 L3 L4 L5 L6 L7 L8 L9 0.9
)"},
    faulty{"a coupling of an inductor that there is not", 6, "L3", "there is no inductor of this name to be coupled", R"(step-up transformer
V1 in 0 AC 1
R1 in p 10
L1 p 0 10m
L2 out 0 1
K1 L1 L3 0.99
R2 out 0 47k
)"},
    faulty{"two couplings of the same inductors", 7, "K2", "these two inductors are coupled twice", R"(step-up transformer
V1 in 0 AC 1
R1 in p 10
L1 p 0 10m
L2 out 0 1
K1 L1 L2 0.99
K2 L2 L1 0.98
R2 out 0 47k
)"},
    faulty{"couplings that there cannot be", 4, "L1", "these inductors cannot all be coupled so tightly: their energy could be negative",
           R"(step-up transformer
V1 in 0 AC 1
R1 in p 10
L1 p 0 10m
L2 out 0 1
L3 x 0 1
K1 L1 L2 0.99
K2 L1 L3 0.99
K3 L2 L3 0.1
R2 out 0 47k
R3 x 0 47k
)"},
    faulty{"a polynomial of two inputs with one coefficient", 3, "5",
           "only a POLY of the first degree is linear: write a coefficient for each of its pairs of nodes", R"(t
V1 in 0 AC 1
E1 x 0 POLY(2) in 0 out 0 0 1 1 5
R1 x out 10k
C1 out 0 10n
)"},
    faulty{"a source by its transform", 3, "LAPLACE",
           "a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for", R"(t
V1 in 0 AC 1
E1 x 0 LAPLACE {V(in)} {1/(1+s*75u)}
R1 x out 10k
C1 out 0 10n
)"},
    faulty{"a source by its transform, as LTspice has it", 3, "Laplace",
           "a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for", R"(t
V1 in 0 AC 1
E1 x 0 in 0 Laplace=1/(1+s*75u)
R1 x out 10k
C1 out 0 10n
)"},
    faulty{"a table, behind its nodes", 3, "table", "a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for",
           R"(t
V1 in 0 AC 1
G1 0 out (in 0) table=(0 0, 1 1)
C1 out 0 10n
)"},
    faulty{"a diode", 4, "D1", "diodes, transistors and JFETs are not part of this library, which has triodes and linear amplifiers", R"(t
V1 in 0 AC 1
R1 in out 10k
D1 out 0 1N4148
C1 out 0 10n
)"},
    faulty{"a transistor", 4, "Q1", "diodes, transistors and JFETs are not part of this library, which has triodes and linear amplifiers",
           R"(t
V1 in 0 AC 1
V2 vcc 0 12
Q1 vcc in out BC550C
R1 out 0 10k
)"},
    faulty{"a switch that a signal controls", 5, "ctl",
           "a switch is read as it stands at rest, and this node that controls it has no voltage that is known: it is to be ground or held "
           "by voltage sources, of which DC counts, or PULSE, PWL or SIN at time 0; or write a resistor in the place of the switch",
           R"(t
V1 in 0 AC 1
R1 in out 10k
R2 out 0 10k
S1 out 0 ctl 0 contact
R3 in ctl 1k
R4 ctl 0 1k
.model contact SW(vt=0.5)
)"},
    faulty{"a switch at its threshold", 6, "S1",
           "at rest this switch is at its threshold, or within a negative VH, where ngspice and LTspice do not agree: give VT, or what "
           "controls it, another value",
           R"(t
V1 in 0 AC 1
R1 in out 10k
R2 out 0 10k
VC ctl 0 0
S1 out 0 ctl 0 contact
.model contact SW(ron=1 roff=1Meg)
)"},
    faulty{"a switch of LTspice that limits its current", 5, "Ilimit",
           "a switch S has a .model of the kind SW, with VT, VH, RON and ROFF and no more, which are said with =", R"(t
V1 in 0 AC 1
R1 in out 10k
R2 out 0 10k
S1 out 0 0 0 contact
.model contact SW(vt=0.5 Ilimit=1m)
)"},
    faulty{"a switch by the model of another part", 5, "CSW",
           "a switch S has a .model of the kind SW, with VT, VH, RON and ROFF and no more, which are said with =", R"(t
V1 in 0 AC 1
R1 in out 10k
R2 out 0 10k
S1 out 0 0 0 contact
.model contact CSW(it=1m)
)"},
    faulty{"a switch without its model", 5, "contact", "there is no .model of this name", R"(t
V1 in 0 AC 1
R1 in out 10k
R2 out 0 10k
S1 out 0 0 0 contact
)"},
    faulty{"a switch of no resistance", 5, "0", "this value must be above zero", R"(t
V1 in 0 AC 1
R1 in out 10k
R2 out 0 10k
S1 out 0 0 0 contact
.model contact SW(vt=0.5 ron=0)
)"},
    faulty{"a setting of a switch", 5, "m", "this word has no meaning here", R"(t
V1 in 0 AC 1
R1 in out 10k
R2 out 0 10k
S1 out 0 0 0 contact m=2
.model contact SW(vt=0.5)
)"},
    faulty{"another value for signals", 3, "ac",
           "ac= gives this resistor another value for signals than at rest, as ngspice has it: here it has one, write that which is meant",
           R"(t
V1 in 0 AC 1
R1 in out 1T ac=1
C1 out 0 10n
)"},
    faulty{"no source in parallel", 3, "0", "this value must be above zero", R"(t
V1 in 0 AC 1
G1 0 out in 0 1m m=0
R1 out 0 1k
)"},
    faulty{"voltage sources in parallel", 3, "m", "this part has no such setting", R"(t
V1 in 0 AC 1
E1 out 0 in 0 10 m=2
R1 out 0 1k
)"},
    faulty{"a transmission line", 3, "T1", "this kind of part is not read; there are R C L K V I E G F H B S and X", R"(t
V1 in 0 AC 1
T1 in 0 out 0 Z0=75 TD=1n
R1 out 0 75
)"},
    faulty{"a resistor by the size that it has on a chip", 3, "RMOD",
           "a part by a .model that says more than its value and how temperature changes that is not read: write its value", R"(t
V1 in 0 AC 1
R1 in out RMOD L=100u W=1u
C1 out 0 10n
.model RMOD R(RSH=100)
)"},
    faulty{"a capacitor that depends on its voltage", 4, "CMOD",
           "a part by a .model that says more than its value and how temperature changes that is not read: write its value", R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out 0 CMOD 10n
.model CMOD CAP(VC1=0.01)
)"},
    faulty{"a value that PSpice multiplies by that of the model", 3, "RMOD",
           "a part by a .model that says more than its value and how temperature changes that is not read: write its value", R"(t
V1 in 0 AC 1
R1 in out RMOD 10k
C1 out 0 10n
.model RMOD RES(R=2)
)"},
    faulty{"a part that KiCad exports without a model", 4, "J1",
           "KiCad writes a part without a simulation model so: give it one, or exclude it from the simulation, as connectors and holes are",
           R"(t
V1 in 0 AC 1
R1 in out 10k
J1 __J1
C1 out 0 10n
)"},
    faulty{"LTspice's transform of a source", 4, "Laplace",
           "a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for", R"(t
V1 in 0 AC 1
R1 in 0 10k
E1 out 0 in 0 Laplace=1/(1+75u*s)
R2 out 0 10k
)"},
    faulty{"a transform of a behavioural source", 4, "Laplace",
           "a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for", R"(t
V1 in 0 AC 1
R1 in 0 10k
B1 out 0 V=V(in) Laplace=1/(1+75u*s)
R2 out 0 10k
)"},
    faulty{"a function among the parameters", 2, "half", "write .func name(x, y) {expression}", R"(t
.param half(x)={x/2}
V1 in 0 AC 1
R1 in out {half(2k)}
C1 out 0 10n
)"},

    // Subcircuits.
    faulty{"a subcircuit that there is not", 5, "filtre", "there is no subcircuit, triode or amplifier of this name", R"(t
.subckt filter a b
R1 a b 1k
.ends
X1 in out filtre
V1 in 0 AC 1
C1 out 0 10n
)"},
    faulty{"a node too many for a subcircuit", 5, "filter", "the number of nodes is not that of the subcircuit's pins", R"(t
.subckt filter a b
R1 a b 1k
.ends
X1 in out 0 filter
V1 in 0 AC 1
C1 out 0 10n
)"},
    faulty{"an amplifier of the catalogue by other pins", 3, "NE5532",
           "an amplifier of the catalogue has 3 nodes (+, -, out), 5 (+, -, supplies, out), or the 8 pins of a dual: a symbol with others "
           "wants a .subckt of its pins with an X in it",
           R"(t
V1 in 0 AC 1
X1 in out vcc vee out 0 NE5532
R1 out 0 10k
)"},
    faulty{"a triode of the catalogue by other pins", 3, "6SN7",
           "a triode of the catalogue has 3 nodes (plate, grid, cathode), or the 9 pins of a double triode on a noval base: a symbol with "
           "others wants a .subckt of its pins with an X in it",
           R"(t
V1 in 0 AC 1
X1 in out 0 0 out 0 6 6 6SN7
R1 out 0 10k
)"},
    faulty{"a parameter that a subcircuit has not", 5, "wrong",
           "this subcircuit has no parameter of this name: it has those of its .subckt line, and those that its expressions ask for", R"(t
.subckt filter a b r=1k c=10n
R1 a b {r}
.ends
X1 in out filter r=2k wrong=3
V1 in 0 AC 1
C1 out 0 10n
)"},
    faulty{"a number of subcircuits, which LTspice has not", 5, "m",
           "this subcircuit has no parameter of this name: it has those of its .subckt line, and those that its expressions ask for", R"(t
.subckt filter a b
R1 a b 1k m=2
.ends
X1 in out filter m=2
V1 in 0 AC 1
C1 out 0 10n
)"},
    faulty{"a parameter of an amplifier of the catalogue", 3, "GBW",
           "a triode or amplifier of the catalogue has no parameters: leave this out, or write the subcircuit that has it", R"(t
V1 in 0 AC 1
X1 in m out NE5532 GBW=10Meg
R1 out m 10k
R2 m 0 1k
)"},
    faulty{"a subcircuit of a law that is not known", 7, "PENTODE",
           "this subcircuit is no linear circuit and no triode that is known: Koren's law, or a name such as 12AX7", R"(t
.subckt PENTODE a g k
G1 a k VALUE={1e-3*V(g,k)*V(g,k)}
R1 g k 1G
.ends
V1 in 0 AC 1
X1 out in 0 PENTODE
V2 b 0 250
R2 b out 100k
)"},
    faulty{"a subcircuit within itself", 3, "ring", "this subcircuit contains itself, or is nested too deeply", R"(t
.subckt ring a b
X1 a m ring
R1 m b 1k
.ends
V1 in 0 AC 1
X1 in out ring
C1 out 0 10n
)"},
    faulty{"a mistake within a subcircuit", 4, "3n3", as_point, R"(t
.subckt filter a b
R1 a b 1k
C1 b 0 3n3
.ends
V1 in 0 AC 1
X1 in out filter
)"},
    faulty{"more triodes than there is room for", 0, "", "the circuit must have at most 8 triodes", R"(t
V1 in 0 AC 1
VB b 0 250
.subckt pair g p b
X1 p g k 12AX7
X2 p g k 12AX7
X3 p g k 12AX7
RP b p 100k
RK k 0 1.5k
.ends
XA in a b pair
XB a c b pair
XC c out b pair
)"},
    faulty{"more parts than there is room for", 0, "", "the circuit must have at most 192 parts, 64 of them capacitors and inductors", R"(t
V1 in 0 AC 1
R1 in out 10k
.subckt four a
R1 a 0 1k
R2 a 0 1k
R3 a 0 1k
R4 a 0 1k
.ends
.subckt sixteen a
X1 a four
X2 a four
X3 a four
X4 a four
.ends
.subckt many a
X1 a sixteen
X2 a sixteen
X3 a sixteen
X4 a sixteen
.ends
X1 out many
X2 out many
X3 out many
X4 out many
)"},

    // The circuit.
    faulty{"no ground", 0, "",
           "no part is connected to ground, node 0: a ground of another name, such as AGND, is tied to it by V1 AGND 0 0", R"(t
V1 in AGND AC 1
R1 in out 10k
C1 out AGND 10n
)"},
    faulty{"a node with one part", 5, "uot", "only one part is connected to this node: is its name misspelt?", R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
R2 uot 0 47k
)"},
    faulty{"a floating island", 5, "c", "no parts lead from this node to ground, node 0; a capacitor of 0 F is none", R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out 0 10n
R2 c d 47k
C2 d c 1n
)"},
    faulty{"a node held by a capacitor of 0 F alone", 4, "x", "no parts lead from this node to ground, node 0; a capacitor of 0 F is none",
           R"(t
V1 in 0 AC 1
R1 in out 10k
C1 out x 0
R2 out 0 10k
R3 x y 1k
R4 y x 2k
)"},
    faulty{"an output held by capacitors of 0 F alone", 4, "out",
           "no parts lead from this node to ground, node 0; a capacitor of 0 F is none", R"(t
.param c=0
V1 in 0 AC 1
C1 in out {c}
C2 out 0 0
)"},
    faulty{"a chain of an inductor and a resistor that ends in a capacitor of 0 F", 3, "out",
           "no parts lead from this node to ground, node 0; a capacitor of 0 F is none", R"(t
V1 in 0 AC 1
C1 in out 0
L1 out x 1
R2 x y 1k
C3 y 0 0
)"},
    faulty{"a node that only controls", 3, "inn", "this node controls a source, but no part is connected to it", R"(t
V1 in 0 AC 1
E1 x 0 in inn 1000
R1 x out 10k
R2 out 0 10k
R3 in 0 47k
)"},
    faulty{"a loop of inductors", 4, "L2", "this part closes a loop of ideal voltage sources and inductors: put a resistor in series", R"(t
V1 in 0 AC 1
L1 in out 10m
L2 in out 10m
R1 out 0 10k
)"},
    faulty{"a loop of sources", 3, "V2", "this part closes a loop of ideal voltage sources and inductors: put a resistor in series", R"(t
V1 in 0 AC 1
V2 in 0 5
R1 in out 10k
C1 out 0 10n
)"},
    faulty{"a source with both ends at one node", 3, "V2", "both ends of this source are the same node", R"(t
V1 in 0 AC 1
V2 in in 5
R1 in out 10k
C1 out 0 10n
)"},
    faulty{"a line of a comma alone", 3, ",", "this word has no meaning here", R"(t
V1 in 0 AC 1
,
R1 in out 10k
C1 out 0 10n
)"},
    faulty{"a line of brackets alone in a subcircuit", 5, ")(", "this word has no meaning here", R"(t
V1 in 0 AC 1
X1 in out filter
.subckt filter a b
)(
R1 a b 10k
.ends
C1 out 0 10n
)"},
    faulty{"a line of a comma alone beside a valve's law", 5, ",", "this word has no meaning here", R"(t
V1 in 0 AC 1
X1 in out filter
.subckt filter a b
,
B1 a b I=V(a,b)/10k
.ends
C1 out 0 10n
)"},
    faulty{"two sources that drive", 3, "V2", "more than one source has AC: say which drives the circuit, or leave AC to one of them", R"(t
V1 in 0 AC 1
V2 x 0 AC 1
R1 in out 10k
R2 x out 10k
C1 out 0 10n
)"},
    faulty{"nothing that drives", 0, "",
           "nothing drives the circuit: give a source AC 1, or name a node in, or say which node is the input", R"(t
V1 b 0 12
R1 b out 10k
C1 out 0 10n
)"},
    faulty{"no output", 0, "", "no node is named out: name one so, or say which node is the output", R"(t
V1 in 0 AC 1
R1 in plate 10k
C1 plate 0 10n
)"},
    faulty{"an input that is held", 2, "in",
           "the input node is already held by a voltage source: give it AC 1 if it is the input, or name another", R"(t
V1 in 0 12
R1 in out 10k
C1 out 0 10n
)"},
};

}   // namespace faulty_netlists
