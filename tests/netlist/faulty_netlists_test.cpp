// SPDX-License-Identifier: BSL-1.0
#include "netlist/faulty_netlists.hpp"

#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/netlist_reading.hpp>

#include <set>

// Netlists with a mistake each: the line, the word and the sentence, at run time.

using namespace phono;

namespace {

netlist_problem problem_of(std::string_view text, const netlist_choice& choice = {}) { return netlist_reading{text, choice}.problem(); }

constexpr std::string_view plain = "t\nV1 in 0 AC 1\nR1 in out 10k\nC1 out 0 10n\n";

}   // namespace

TEST_CASE("A faulty netlist is told by its line, its word and what would be right")
{
    std::set<std::string_view> sentences;
    for (const auto& f : faulty_netlists::all) {
        INFO(f.name << '\n' << f.text);
        const netlist_problem found = problem_of(f.text);
        INFO(to_string(found));
        CHECK(found.line == f.line);
        CHECK(found.word == f.word);
        CHECK(found.rule == f.rule);
        sentences.insert(f.rule);
    }
    CHECK(faulty_netlists::all.size() >= 60);
    measure::note("faulty netlists, and different sentences",
                  std::to_string(faulty_netlists::all.size()) + ", " + std::to_string(sentences.size()));
}

TEST_CASE("A faulty netlist has no circuit, and its problem as a sentence names the line, the part and the word")
{
    for (const auto& f : faulty_netlists::all) {
        INFO(f.name);
        const netlist_reading reading{f.text};
        CHECK(reading.flat().part_count == 0);
        CHECK(reading.flat().problem);
        const std::string text = to_string(reading.problem());
        INFO(text);
        if (f.line > 0) CHECK(text.starts_with("line " + std::to_string(f.line) + ": "));
        if (!f.word.empty()) CHECK(text.find('"' + std::string{f.word} + '"') != std::string::npos);
        CHECK(text.find(f.rule) != std::string::npos);
    }
}

TEST_CASE("A value that is doubtful is told as it is to be written")
{
    const auto right = [](const std::string& word) {
        const netlist_problem found = problem_of("t\nV1 in 0 AC 1\nR1 in out " + word + "\nC1 out 0 10n\n");
        INFO(to_string(found));
        CHECK(found.line == 3);
        if (found.nearest.empty()) return found.nearest;
        CHECK(to_string(found).ends_with("; perhaps " + found.nearest + " was meant"));
        CHECK_FALSE(problem_of("t\nV1 in 0 AC 1\nR1 in out " + found.nearest + "\nC1 out 0 10n\n"));
        return found.nearest;
    };
    constexpr const char* values[][2] = {{"4k7", "4.7k"},
                                         {"3n3", "3.3n"},
                                         {"2M2", "2.2Meg"},
                                         {"2m2", "2.2m"},
                                         {"2meg2", "2.2meg"},
                                         {"1R5", "1.5"},
                                         {"1r50", "1.50"},
                                         {"4K75Ohm", "4.75KOhm"},
                                         {"2\xc2\xb5"
                                          "2",
                                          "2.2\xc2\xb5"},
                                         {"{4k7*2}", "4.7k"},
                                         {"{4k7ohm*2}", "4.7kohm"},
                                         {"47,000", "47000"},
                                         {"1,5k", "1.5k"},
                                         {"0,047Meg", "0.047Meg"},
                                         {"2,200,000", "2200000"},
                                         // What is not clear, or no value of a part.
                                         {"12,34,567", ""},
                                         {"10kOhm5", ""},
                                         {"4.7k3", ""},
                                         {"0x1F", ""},
                                         {"12345678901234567890k12345678901234567890", ""}};
    for (const auto& [written, meant] : values) CHECK(right(written) == meant);
}

TEST_CASE("A name that is misspelt is told with the names that are near")
{
    const netlist_problem unknown = problem_of("t\n.subckt filter a b\nR1 a b 1k\n.ends\nV1 in 0 AC 1\nX1 in out fliter\nC1 out 0 1n\n");
    CHECK(unknown.nearest.find("filter") != std::string::npos);
    const netlist_problem amplifier = problem_of("t\nV1 in 0 AC 1\nX1 in out x 0 y NE5523\nC1 out 0 1n\n");
    INFO(to_string(amplifier));
    CHECK((amplifier.nearest.find("NE5532") != std::string::npos || amplifier.nearest.find("ne5532") != std::string::npos));
}

TEST_CASE("A parameter that a subcircuit has not is told with those that it has, and one that it asks for is taken")
{
    const auto problem = [](const std::string& call, const std::string& body) {
        return problem_of("t\n.subckt filter a b r=1k c=10n\n" + body + ".ends\nV1 in 0 AC 1\nX1 in out filter " + call +
                          "\nR9 out 0 1k\n");
    };
    CHECK(to_string(problem("rr=2k", "R1 a b {r}\n")) ==
          "line 6: X1: \"rr\": this subcircuit has no parameter of this name: it has those of its .subckt line, and those that its "
          "expressions ask for; perhaps r or c was meant");
    CHECK(problem("params: rr=2k", "R1 a b {r}\n").word == "rr");
    CHECK(problem("r1=2k", "R1 a b {r}\n").word == "r1");   // the name of a part
    CHECK(problem("b=2k", "R1 a b R={r}\n").word == "b");   // of a node
    CHECK(problem("tc=2k", "R1 a b {r} tc=0\n").word == "tc");
    CHECK(
        problem("x=2", "R1 a b {r}\n.subckt y a b\nR1 a b {x}\n.ends\n").word.empty());   // as LTspice has it, which asks for no definition
    // Named in an expression alone, by .param, in a function, and in a subcircuit that it calls.
    CHECK_FALSE(problem("k=2 C=1n", "R1 a b {10k*K}\n"));
    CHECK_FALSE(problem("k=2", "B1 b 0 V=k*V(a)\n"));
    CHECK_FALSE(problem("k=2", ".param k=1\nR1 a b {r*k}\n"));
    CHECK_FALSE(problem("k=2", ".func f(x) {x*k}\nR1 a b {f(r)}\n"));
    CHECK_FALSE(problem("k=2", "X2 a b other\n.ends\n.subckt other a b\nR1 a b {k*1k}\n"));
    CHECK_FALSE(problem("params: r = 2k, c = 1n", "R1 a b {r}\n"));
}

TEST_CASE("All mistakes of single lines are told, each once, and those of the circuit once its lines are sound")
{
    const auto all_of = [](const std::string& text, const netlist_choice& choice = {}) {
        std::string all;
        const netlist_reading reading{text, choice};
        for (const netlist_problem& found : reading.problems()) all += std::to_string(found.line) + ' ' + found.word + ' ';
        CHECK(to_string(reading.problem()) == (reading.problems().empty() ? "" : to_string(reading.problems().front())));
        return all;
    };
    CHECK(all_of(std::string{plain}).empty());
    // Values, a name that is taken, an unknown subcircuit, and a mistake in one that is used twice; the node that one part alone touches
    // is not told, since a card that could not be read may lead there.
    const std::string cards =
        "t\nV1 in 0 AC 1\nR1 in out 4k7\nC1 out 0 1,5n\nR1 out 0 10k\nX1 out 0 filtre\nX2 out 0 filter\nX3 out in filter\n"
        "R9 alone 0 1k\n.subckt filter a b\nR1 a b {1k/0}\n.ends\n";
    CHECK(all_of(cards) == "3 4k7 4 1,5n 5 R1 6 filtre 11 1k/0 ");
    // Couplings and the expressions of sources are read behind the cards, the circuit behind them.
    CHECK(all_of("t\nV1 in 0 AC 1\nR1 in out 1k\nL1 out 0 1\nK1 L1 L2 0.9\nK2 L1 L3 0.9\nB1 x 0 V=v(in)*v(out)\nR2 x 0 1k\n") ==
          "5 L2 6 L3 ");
    CHECK(all_of("t\nV1 in 0 AC 1\nR1 in out 1k\nR3 out 0 1k\nB1 x 0 V=v(in)*v(out)\nB2 x y V=time*v(in)\nR2 x 0 1k\nR4 y 0 1k\n") ==
          "5 v(in)*v(out) 6 time ");
    CHECK(all_of("t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\nF1 0 out V2 1\nF2 0 out V3 1\n") == "5 V2 6 V3 ");
    CHECK(all_of("t\nV1 in 0 AC 1\nR1 in out 1k\nR3 out 0 1k\nR4 out one 1\nR5 out two 1\nR6 a b 1\nR7 b c 1\nC8 c a 1n\nV2 in 0 1\n") ==
          "10 V2 5 one 6 two 7 a ");
    // No more than ten.
    std::string many = "t\nV1 in 0 AC 1\n";
    for (int i = 0; i < 50; ++i) many += "R" + std::to_string(i) + " in out " + std::to_string(i) + "k7\n";
    CHECK(netlist_reading{many}.problems().size() == 10);
    many += "X1 in out many\n.subckt many a b\n" + many.substr(many.find("R0")) + ".ends\n";
    CHECK(netlist_reading{many}.problems().size() == 10);
    CHECK(netlist_reading{many}.problem().line == 3);
}

TEST_CASE("What the choice of a netlist asks for and there is not is told")
{
    const auto with_input = [](std::string_view input, std::string_view output) {
        netlist_choice choice;
        choice.input = input;
        choice.output = output;
        return to_string(problem_of(plain, choice));
    };
    CHECK(with_input("inn", "").find("\"inn\": there is no node or source of this name to drive the circuit by") != std::string::npos);
    CHECK(with_input("", "plate").find("\"plate\": there is no node of this name to be the output") != std::string::npos);
    const netlist_setting other{"R9", 1e3};
    netlist_choice choice;
    choice.settings = {&other, 1};
    CHECK(to_string(problem_of(plain, choice)).find("\"R9\": there is no part of this name whose value could be set") != std::string::npos);
    const netlist_setting open{"C1", 0.0};   // the only part that leads from out to ground, but for one at its other end
    choice.settings = {&open, 1};
    CHECK_FALSE(problem_of(plain, choice));
    CHECK(problem_of("t\nV1 in 0 AC 1\nR1 in 0 10k\nR2 x out 1k\nR3 x out 1k\nC1 out 0 10n\n", choice).word == "x");
}

TEST_CASE("Where no node is named out those that may be meant are told")
{
    const auto told = [](const std::string& text) {
        const netlist_problem found = problem_of("t\nV1 in 0 AC 1\n" + text);
        CHECK(found.rule == "no node is named out: name one so, or say which node is the output");
        return found.nearest;
    };
    CHECK(told("R1 in /amp/out 1k\nR2 /amp/out OUT2 1k\nC1 OUT2 0 1n\n") == "/amp/out or OUT2");
    CHECK(told("R1 in plate 10k\nC1 plate 0 10n\n") == "plate");
    CHECK(told("V2 b 0 12\nR1 in a 10k\nR2 a b 10k\nR3 a 0 1k\nC1 a end 10n\n") == "end");
    CHECK(told("R1 in 0 10k\n").empty());
    CHECK(problem_of(plain, {.output = "plate"}).rule == "there is no node of this name to be the output");
}

TEST_CASE("A file that is not given is asked for, and a mistake in one is on its line of that file")
{
    constexpr std::string_view text = "t\n.include \"filter.lib\"\nV1 in 0 AC 1\nX1 in out filter\nC1 out 0 10n\n";
    const netlist_problem missing = problem_of(text);
    CHECK(missing.missing_file == "filter.lib");
    CHECK(missing.line == 2);
    netlist_file file{"filter.lib", "* a library\n.subckt filter a b\nR1 a b 1k2\n.ends\n"};
    netlist_choice choice;
    choice.files = {&file, 1};
    CHECK(to_string(problem_of(text, choice)).starts_with("line 3 of filter.lib: R1: \"1k2\": a value such as 4k7"));
    file.text = "* a library\n.subckt filter a b\nR1 a b 1.2k\n.ends\n";
    CHECK_FALSE(problem_of(text, choice));
    file.text = "* a library\n.include filter.lib\n";
    CHECK(problem_of(text, choice).rule == "this file includes itself");
}
