// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/netlist/catalogue_names.hpp>
#include <phono/netlist/valves.hpp>

#include <cmath>
#include <cstdio>
#include <deque>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// Subcircuits of triodes in the spellings of published libraries, and what is none.
namespace {

using namespace phono;
using namespace phono::detail;

/// A subcircuit as a text: pins and parameters on the first line, .model and .func among the cards.
class body {
public:
    explicit body(const std::string& text, std::map<std::string, double> given = {}) : given_(std::move(given))
    {
        std::istringstream all(text);
        for (std::string line; std::getline(all, line);)
            if (!line.empty()) lines_.push_back(line);
        card_words words{lines_.front()};
        words.next(), name_ = std::string{words.next_name()};
        while (!words.is_empty()) {
            const std::string word{words.next_name()};
            if (words.peek() != "=") {
                pins_.push_back(word), electrodes_.push_back(word);
                continue;
            }
            words.next();
            if (given_.count(folded(word)) == 0) given_[folded(word)] = evaluated(without_braces(words.next())).value;
        }
        for (std::size_t i = 1; i < lines_.size(); ++i) {
            if (lines_[i].front() == '.') commands_.push_back(lines_[i]);
            else cards_.push_back(lines_[i]);
        }
    }

    int pins() const { return static_cast<int>(pins_.size()); }
    std::string_view pin_name(int i) const { return pins_[static_cast<std::size_t>(i)]; }
    std::string_view pin(int i) const { return electrodes_[static_cast<std::size_t>(i)]; }
    void set_pin(int i, std::string_view node) { electrodes_[static_cast<std::size_t>(i)] = node; }
    int cards() const { return static_cast<int>(cards_.size()); }
    std::string_view card(int i) const { return cards_[static_cast<std::size_t>(i)]; }
    std::string_view name() const { return name_; }

    template <class Voltages>
    struct names_at {
        const body* of;
        Voltages volts;

        evaluation<double> parameter(std::string_view name) const
        {
            const auto found = of->given_.find(folded(name));
            if (found == of->given_.end()) return {0.0, mistake_kind::unknown_parameter, name};
            return {found->second, mistake_kind::none, {}};
        }
        bool function(std::string_view name, function_text& f) const
        {
            for (const std::string& line : of->commands_) {
                card_words words{line};
                if (words.next() != ".func" || !same_name(words.next(), name)) continue;
                const std::string_view rest = words.rest(), parameters = rest.substr(1, rest.find(')') - 1);
                f = {parameters, without_braces(rest.substr(rest.find(')') + 1))};
                return true;
            }
            return false;
        }
        evaluation<double> voltage(std::string_view plus, std::string_view minus) const { return volts(plus, minus); }
        evaluation<double> current(std::string_view source) const { return {0.0, mistake_kind::no_such_source, source}; }
    };
    template <class Voltages>
    names_at<Voltages> names(Voltages volts) const
    {
        return {this, volts};
    }
    evaluation<double> value(std::string_view expression) const { return evaluated(expression); }
    bool model(std::string_view name, std::string_view& found) const
    {
        for (const std::string& line : commands_) {
            card_words words{line};
            if (words.next() != ".model" || !same_name(words.next_name(), name)) continue;
            return found = words.rest(), true;
        }
        return false;
    }

private:
    static std::string folded(std::string_view word)
    {
        std::string text;
        for (const char c : word) text += lower(c);
        return text;
    }
    evaluation<double> evaluated(std::string_view expression) const
    {
        auto all = names([](std::string_view plus, std::string_view) {
            return evaluation<double>{0.0, mistake_kind::voltage_in_parameter, plus};
        });
        return evaluate<double>(expression, all);
    }

    std::vector<std::string> lines_, cards_, commands_, pins_, electrodes_;
    std::map<std::string, double> given_;
    std::string name_;
};

/// Koren's own subcircuit, as his library has it: numbers for pins, PWR and PWRS.
const std::string of_koren = R"(.subckt 12AX7 1 2 3 MU=100 EX=1.4 KG1=1060 KP=600 KVB=300 RGI=2000 CCG=2.3P CGP=2.4P CCP=.9P
E1 7 0 VALUE={V(1,3)/KP*LOG(1+EXP(KP*(1/MU+V(2,3)/SQRT(KVB+V(1,3)*V(1,3)))))}
RE1 7 0 1G
G1 1 3 VALUE={(PWR(V(7),EX)+PWRS(V(7),EX))/KG1}
RCP 1 3 1G
C1 2 3 {CCG}
C2 1 2 {CGP}
C3 1 3 {CCP}
R1 2 5 {RGI}
D3 5 3 DX
.model DX D(IS=1N RS=1 CJO=10PF TT=1N)
)";

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

valve_reading read(const std::string& text)
{
    static std::deque<body> kept;   // what is found has views of it
    return find_valve(kept.emplace_back(text));
}

void is_law(const std::string& text, const any_law& expected)
{
    INFO(text);
    const valve_reading found = read(text);
    INFO(sentence_of(found.wrong));
    REQUIRE(found.is_triode);
    for (int i = 0; i < law_capacity; ++i) {
        INFO("parameter " << i << ": " << found.law.value[i] << ", not " << expected.value[i]);
        CHECK(found.law.value[i] == expected.value[i]);
    }
    CHECK(found.law.of == expected.of);
}

constexpr diode_grid_current of_library{2001.0, 1e-9, thermal_voltage_at_27_C};
const any_law koren_12ax7 = koren<diode_grid_current>{100.0, 1.4, 1060.0, 600.0, 300.0, 0.0, of_library};

}   // namespace

TEST_CASE("Koren's own subcircuit is his law, and its capacitances and leak are parts beside it")
{
    const valve_reading found = read(of_koren);
    REQUIRE(found.is_triode);
    is_law(of_koren, koren_12ax7);
    CHECK(found.plate == "1");
    CHECK(found.grid == "2");
    CHECK(found.cathode == "3");
    CHECK(found.used == 0b110000111);   // E1 RE1 G1, R1 D3
    REQUIRE(found.left_out.count == 2);
    CHECK(found.left_out.name[0] == "CJO");
    CHECK(found.left_out.name[1] == "TT");
}

TEST_CASE("Koren's law is found in any spelling, to the last digit of its parameters")
{
    const std::string e1 = "E1 7 0 VALUE={V(1,3)/KP*LOG(1+EXP(KP*(1/MU+V(2,3)/SQRT(KVB+V(1,3)*V(1,3)))))}",
                      g1 = "G1 1 3 VALUE={(PWR(V(7),EX)+PWRS(V(7),EX))/KG1}";
    // With numbers in place of names, as LTspice's users write it; the pins by name, in another order.
    for (const char* plate : {"G1 1 3 VALUE={(PWR(V(7),1.4)+PWRS(V(7),1.4))/1060}", "B1 1 3 I=2*uramp(V(7))**1.4/1060",
                              "B1 1 3 I=if(V(7)>0, 2*V(7)^1.4/1060, 0)", "B1 3 1 I=-2*pwr(max(V(7),0),1.4)/1060",
                              "G1 1 3 cur='V(7) > 0 ? pow(V(7), 1.4)*2/1060 : 0'"})
        for (const char* drive : {"E1 7 0 VALUE={V(1,3)/600*LN(1+EXP(600*(0.01+V(2,3)/SQRT(300+V(1,3)**2))))}",
                                  "B2 7 0 V=V(1,3)/600*log(1+exp(600*(1/100+V(2,3)*(300+V(1,3)^2)**-0.5)))",
                                  "BE 7 8 V=V(1,3)*ln(1+exp(6+600*(V(2)-V(3))/sqrt(300+V(1,3)*V(1,3))))/600\nV8 8 0 0",
                                  "G2 0 7 VALUE={1m*V(1,3)/600*LOG(1+EXP(600*(1/100+V(2,3)/SQRT(300+V(1,3)*V(1,3)))))}"}) {
            std::string text = replaced(replaced(of_koren, g1, plate), e1, drive);
            if (text.find("G2 0 7") != std::string::npos) text = replaced(text, "RE1 7 0 1G", "RE1 7 0 1k");
            text = replaced(text, " MU=100 EX=1.4 KG1=1060 KP=600 KVB=300", "");
            is_law(text, koren_12ax7);
        }
    // All in one, and a softplus of its own.
    is_law(
        ".subckt t a g k\nBp a k I=2*(max(V(a,k),0.001)/600*soft(600*(1/100 + "
        "V(g,k)/sqrt(300+max(V(a,k),0.001)^2))))**1.4/1060*min(max(V(a,k)/0.001,0),1)\n"
        "Rg g d 2001\nDg d k dg\n.model dg D(IS=1n)\n.func soft(x) {x > 40 ? x : x < -18 ? exp(x) : ln(1+exp(x))}\n",
        koren_12ax7);
}

TEST_CASE("Laws of random parameters come back to the last digit of what is written")
{
    std::mt19937_64 random{12};
    const auto between = [&](double low, double high, const char* format) {
        char text[40];
        std::snprintf(text, sizeof text, format, std::uniform_real_distribution<double>{low, high}(random));
        return std::string{text};
    };
    for (int n = 0; n < 300; ++n) {
        const std::string mu = between(4.0, 110.0, "%.6g"), ex = between(1.1, 1.8, "%.5g"), kg1 = between(100.0, 4000.0, "%.7g"),
                          kp = between(20.0, 2000.0, "%.6g"), kvb = between(10.0, 3000.0, "%.6g"),
                          vct = n % 2 == 0 ? "0" : between(-0.5, 2.0, "%.4f"), g = between(1e-4, 1e-3, "%.5g"),
                          xi = between(1.1, 1.6, "%.4g"), c = between(3.0, 12.0, "%.5g");
        const bool is_guarded = n % 3 == 0;
        const std::string soft = is_guarded ? "sp(" : "ln(1+exp(", end = is_guarded ? ")" : "))";
        std::string text = ".subckt t p g k\nBp p k I=2/" + kg1 + "*pwr(max(V(p,k)/" + kp + "*" + soft + kp + "*(1/" + mu + "+(V(g,k)+" +
                           vct + ")/sqrt(" + kvb + "+V(p,k)^2))" + end + ",0)," + ex + ")\n.func sp(x) {x > 40 ? x : ln(1+exp(x))}\n";
        const auto number = [](const std::string& digits) { return std::stod(digits); };
        const double plate[] = {number(mu), number(ex), number(kg1), number(kp), number(kvb), number(vct)};
        any_law expected = koren<no_grid_current>{plate[0], plate[1], plate[2], plate[3], plate[4], plate[5]};
        if (n % 4 == 1) {
            text += "Bg g k I=" + g + "*(" + soft + c + "*V(g,k)" + end + "/" + c + ")^" + xi + '\n';
            expected =
                koren<power_grid_current>{plate[0], plate[1], plate[2], plate[3], plate[4], plate[5], {number(g), number(xi), number(c)}};
        }
        is_law(text, expected);
    }
}

TEST_CASE("Another law, another grid current and other devices are refused, each with its sentence")
{
    struct refused {
        std::string text;
        mistake_kind kind;
    };
    const std::string plate = "Bp p k I=2/1060*(max(V(p,k),0)/600*ln(1+exp(600*(1/100+V(g,k)/sqrt(300+V(p,k)^2)))))^1.4\n";
    const refused all[] = {
        {replaced(of_koren, "KP*(1/MU", "KP*(1.0001/MU"), mistake_kind::none},   // of another mu: the parameter's name does not matter
        {replaced(of_koren, "LOG(1+EXP(", "LOG(1.001+EXP("), mistake_kind::unknown_valve},
        {replaced(of_koren, "V(1,3)*V(1,3)", "V(1,3)*V(1,3)+V(1,3)"), mistake_kind::unknown_valve},
        {replaced(of_koren, "V(1,3)/KP*LOG", "V(1,0)/KP*LOG"), mistake_kind::unknown_valve},   // not of the cathode
        {".subckt leach p g k\nBp p k I=1e-3*uramp(V(p,k)/100+V(g,k))^1.5\n", mistake_kind::unknown_valve},
        {".subckt duncan A G K\nE1 2 0 VALUE={45+V(A,K)+95.43*V(G,K)}\nE2 3 0 VALUE={(PWR(V(2),1.5)+PWRS(V(2),1.5))/2}\nG1 A K "
         "VALUE={5E-7*V(3)}\n",
         mistake_kind::unknown_valve},
        {".subckt t p g k\n" + plate + "Bg g k I=1e-3*uramp(V(g,k))^1.5\n", mistake_kind::unknown_grid_current},
        {".subckt t p g k\n" + plate + "Dg k g dx\n.model dx D(IS=1n RS=1)\n", mistake_kind::unknown_grid_current},
        {".subckt t p g k\n" + plate + "Rg g 5 2k\nDg 5 k nosuch\n", mistake_kind::unknown_grid_current},
        {".subckt t p g k\n" + plate + "Rg g 5 2k\nDg 5 k dx 2\n.model dx D(IS=1n RS=1)\n", mistake_kind::unknown_grid_current},
        {".subckt t p g k\n" + plate + "Dg g k dx\n.model dx D(IS=1n)\n", mistake_kind::unknown_grid_current},   // without any resistance
        {".subckt el84 p g2 g k\nE1 7 0 VALUE={V(g2,k)/17*LOG(1+EXP(17*(1/19+V(g,k)/V(g2,k))))}\nG1 p k "
         "VALUE={PWR(V(7),1.24)/401*ATAN(V(p,k)/17)}\n",
         mistake_kind::pentode},
        {".subckt clip a k\nD1 a k dx\n.model dx D(IS=1n)\n", mistake_kind::junction_device},
        {".subckt stage b c e\nQ1 c b e bc550\n", mistake_kind::junction_device},
        {".subckt buffer p m out\nB1 out 0 V=1e5*V(p,m)\n", mistake_kind::none},   // an amplifier, read as a linear part
        {".subckt ota p m out\nG1 out m VALUE={1e-3*V(p,m)}\nR1 p m 1MEG\n", mistake_kind::none},
    };
    for (const refused& r : all) {
        INFO(r.text);
        const valve_reading found = read(r.text);
        CHECK(std::string{sentence_of(found.wrong)} == std::string{sentence_of(r.kind)});
        if (r.kind != mistake_kind::none) CHECK_FALSE(found.is_triode);
    }
}

TEST_CASE("A setting behind a value of a valve's law that would change the law is refused, one that would not is passed over")
{
    const std::string plate = "Bp p k I=2/1060*(max(V(p,k),0)/600*ln(1+exp(600*(1/100+V(g,k)/sqrt(300+V(p,k)^2)))))^1.4";
    const std::string grid = "Rg g 5 2k", diode = "\nDg 5 k dx\n.model dx D(IS=1n RS=1)\n", head = ".subckt t p g k\n";
    const auto found = [&](const std::string& behind_plate, const std::string& behind_grid) {
        return read(head + plate + behind_plate + "\n" + grid + behind_grid + diode);
    };
    for (const char* behind : {"", " tol=5", " tc1=0.01", " tc=0.01, 0.001", " noisy=0"}) {
        INFO(behind);
        CHECK(found(behind, "").is_triode);
        CHECK(found("", behind).is_triode);
    }
    for (const char* behind : {" m=2", " m = {n}", " ac=1k", " tc=0.01 temp=77", " tc1=0.01 dtemp=50", " scale=2", " foo=3"}) {
        INFO(behind);
        for (const valve_reading& seen : {found(behind, ""), found("", behind)}) {
            CHECK_FALSE(seen.is_triode);
            CHECK(std::string{sentence_of(seen.wrong)} == std::string{sentence_of(mistake_kind::unknown_setting)});
        }
    }
}

TEST_CASE("Names of valves and amplifiers are those of the catalogue in the spellings of makers")
{
    const auto is = [](std::string_view name, std::string_view entry, bool exact) {
        INFO(name);
        const auto found = catalogue_triode(name);
        REQUIRE(found);
        CHECK(found.entry == entry);
        CHECK(found.is_exact == exact);
    };
    is("12AX7", "ecc83", true), is("12ax7a", "ecc83", false), is("12AX7WA", "ecc83", false), is("ECC83", "ecc83", true),
        is("ECC83S", "ecc83", false);
    is("T12AX7", "ecc83", true), is("7025", "ecc83", true), is("12AT7", "ecc81", true), is("ECC82", "ecc82", true),
        is("6DJ8", "ecc88", true), is("ECC88", "ecc88", true);
    is("E88CC", "e88cc", true), is("6922", "e88cc", true), is("6SN7GTB", "tube_6sn7", false), is("6072A", "tube_12ay7", false),
        is("koren_12ax7", "koren_12ax7", true);
    is("ecc83_rsd_1", "ecc83_rsd_1", true), is("ECC83-JJ", "ecc83", false);
    for (const char* none : {"12AX8", "6V6", "EL84", "12AX", "X", "", "12AX72", "T", "triode"}) CHECK_FALSE(catalogue_triode(none));
    const auto amplifies = [](std::string_view name, std::string_view entry) {
        INFO(name);
        const auto found = catalogue_amplifier(name);
        REQUIRE(found);
        CHECK(found.entry == entry);
        CHECK(found.value->gain.decibels > 90.0);
        CHECK(found.value->noise.voltage > 0.0);
    };
    amplifies("NE5532", "ne5532"), amplifies("NE5532AP", "ne5532"), amplifies("ne5534", "ne5534a"), amplifies("NE5534A", "ne5534a"),
        amplifies("OPA2134PA", "opa2134");
    amplifies("OPA134", "opa2134"), amplifies("TL072CP", "tl072"), amplifies("TL071", "tl072"), amplifies("AD797", "ad797"),
        amplifies("LM4562NA", "lm4562");
    for (const char* none : {"LM741", "NE555", "OPA", "TL", ""}) CHECK_FALSE(catalogue_amplifier(none));
    for (const std::string_view name : catalogue_names()) CHECK((catalogue_triode(name) || catalogue_amplifier(name)));
    for (const auto& entry : catalogue::amplifiers) CHECK(catalogue_amplifier(entry.name).entry == entry.name);
}
