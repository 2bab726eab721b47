// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/sounds.hpp"

namespace {

using namespace programs;
using std::string;

std::vector<string> lines_of(const string& text)
{
    std::vector<string> all;
    std::istringstream lines(text);
    for (string line; std::getline(lines, line);) all.push_back(line);
    return all;
}

/// The subcommands, from the lines of `phono --help` below the headings of its groups.
std::vector<string> subcommands(const workshop& shop)
{
    std::vector<string> names;
    bool inside = false;
    for (const auto& line : lines_of(run(shop, "--help"))) {
        if (!line.empty() && line.front() != ' ') inside = line.ends_with(':') && line != "Options:" && line != "Examples:";
        else if (inside && line.starts_with("  ") && line[2] != ' ') names.push_back(line.substr(2, line.find_first_of(" ,", 2) - 2));
    }
    return names;
}

/// The options, from the lines of a command's help.
std::set<string> options(const workshop& shop, const string& command)
{
    std::set<string> names;
    for (const auto& line : lines_of(run(shop, command + " --help"))) {
        const auto at = line.find("--");
        if (at != string::npos && line.find_first_not_of(' ') <= 3 && line.starts_with("  ") && (line[2] == '-'))
            names.insert(line.substr(at, line.find_first_of(" ,=", at) - at));
    }
    return names;
}

/// What bash offers at the end of a line.
std::set<string> completed(const workshop& shop, const string& words)
{
    const string line = phono_command + "completion bash > completion; bash -c 'source ./completion; COMP_WORDS=(" + words + "); [ -n \"" +
                        (words.ends_with(' ') ? "open" : "") +
                        "\" ] && COMP_WORDS+=(\"\"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _phono; printf \"%s\\n\" \"${COMPREPLY[@]}\"'";
    const auto done = shop.run(line);
    INFO(done.err);
    CHECK(done.err.empty());
    std::set<string> offered;
    for (const auto& word : lines_of(done.out))
        if (!word.empty()) offered.insert(word);
    return offered;
}

}   // namespace

TEST_CASE("Quantities take their units and prefixes")
{
    const auto [with, without] = GENERATE(table<string, string>({
        {"response --curve riaa --from 20Hz --to 20kHz --rate 44.1kHz --points 5",
         "response --curve riaa --from 20 --to 20000 --rate 44100 --points 5"},
        {"response --curve riaa --from '20 Hz' --to '20 kHz' --points 5", "response --curve riaa --points 5"},
        {"coefficients --curve riaa --rate 96k --gain '3 dB'", "coefficients --curve riaa --rate 96000 --gain 3"},
        {"match --cartridge denon_dl103 --gain 40dB", "match --cartridge denon_dl103 --gain 40"},
    }));
    const workshop shop;
    CHECK(run(shop, with) == run(shop, without));
}

TEST_CASE("Files are given the same volts and gain with units")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.2));
    run(shop, "play in.wav a.wav --preamp nachbaur_magnetic_tube --full-scale 5mV --gain 3dB");
    run(shop, "play in.wav b.wav --preamp nachbaur_magnetic_tube --full-scale 0.005 --gain 3");
    CHECK(same_file(shop, "a.wav", "b.wav"));
    const auto wrong = attempt(shop, "play in.wav c.wav --preamp magnetic_riaa --full-scale 5mA");
    CHECK(wrong.status == 2);
    CHECK(wrong.err.find("'5mA' is not a number from 1e-09 to 1e+09 V") != string::npos);
    CHECK(attempt(shop, "play in.wav c.wav --preamp magnetic_riaa --gain 3m").err.find("'3m' is not a number") != string::npos);
}

TEST_CASE("A file's name may begin with a dash")
{
    const auto words = GENERATE(as<string>{}, "equalise -side.wav -out.wav --curve riaa", "equalise --curve riaa -- -side.wav -out.wav",
                                "equalise ./-side.wav ./-out.wav --curve riaa", "equalise --curve riaa -side.wav -- -out.wav",
                                "equalise -bare -out.wav --curve riaa");
    const workshop shop;
    write(shop / "-side.wav", noise(0.1, 44'100, 1, 0.2));
    fs::copy_file(shop / "-side.wav", shop / "-bare");
    run(shop, words);
    CHECK(shop.names() == std::set<string>{"-bare", "-out.wav", "-side.wav"});
}

TEST_CASE("Unknown words are named in the order typed, with what is nearest")
{
    const auto [words, says] = GENERATE(table<string, string>({
        {"equalise in.wav out.wav --curve riaa --gian 3", "unknown option '--gian'; nearest: --gain"},
        {"equalise in.wav out.wav --curve riaa --first --second", "unknown option '--first'"},
        {"equalise in.wav out.wav --curve riaa --undospeed 2", "nearest: --undo-speed"},
        {"equalise in.wav out.wav --curve riaa -x", "unknown option '-x'"},
        {"equalise in.wav out.wav --curve riaa --rumble=20 --rumbel-order=2", "unknown option '--rumbel-order'; nearest: --rumble-order"},
        {"response one two three --curve riaa", "not expected: 'one', 'two', 'three'; response takes options only"},
        {"compare a.wav b.wav c.wav d.wav", "not expected: 'c.wav', 'd.wav'; compare takes "},
        {"--foo equalise", "unknown option '--foo' before a command"},
        {"equalyse in.wav out.wav", "unknown command 'equalyse'; nearest: equalise"},
        {"eq in.wav out.wav", "unknown command 'eq'; nearest: equalise, "},
        {"coeff --curve riaa", "nearest: coefficients, "},
    }));
    const workshop shop;
    const auto done = attempt(shop, words);
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    CHECK(done.err.find(says) != string::npos);
    CHECK(count(done.err, "\n") == 1);
}

TEST_CASE("A value may look like an option")
{
    const workshop shop;
    run(shop, "response --curve riaa --plot plot.svg --title=--speed");
    CHECK(contents(shop / "plot.svg").find(">--speed<") != string::npos);
    CHECK(
        attempt(shop, "response --curve riaa --plot plot.svg --title --speed").err.find("--title: its value is missing, --speed follows") !=
        string::npos);
    run(shop, "response --curve riaa --plot plot.svg --title -x.y");
    CHECK(contents(shop / "plot.svg").find(">-x.y<") != string::npos);
}

TEST_CASE("The version is printed")
{
    const workshop shop;
    const auto text = run(shop, "--version");
    CHECK(text.starts_with("phono 0."));
    CHECK(count(text, "\n") == 1);
}

TEST_CASE("What cannot be printed is told", "[full]")
{
    const auto words =
        GENERATE(as<string>{}, "--help", "--version", "equalise --help", "manual", "list", "coefficients --curve riaa --rate 48000");
    const workshop shop;
    CHECK(run(shop, words).size() > 5);
    const auto done = attempt(shop, words + " > /dev/full");
    CHECK(done.status == 2);
    CHECK(done.err == "phono: the standard output could not be written\n");
}

TEST_CASE("Help is in groups")
{
    const workshop shop;
    const auto text = run(shop, "--help");
    for (const auto* heading : {"Recordings:", "Filters and circuits:", "About the command:"}) CHECK(text.find(heading) != string::npos);
    const auto names = subcommands(shop);
    CHECK(names.size() >= 11);
    CHECK(std::find(names.begin(), names.end(), "equalise") != names.end());
    CHECK(run(shop, "equalise --help").find("Transfer:\n") != string::npos);
}

TEST_CASE("Every option of every command stands in the manual page and in the completion")
{
    const workshop shop;
    const auto page = run(shop, "manual");
    const auto script = run(shop, "completion bash");
    CHECK(page.starts_with(".TH PHONO 1 \"\" \"phono 0."));
    std::size_t seen = 0;
    for (const auto& command : subcommands(shop)) {
        INFO(command);
        CHECK(page.find("\n.SH \\fBphono " + command + "\\fR\n") != string::npos);
        for (const auto& option : options(shop, command)) {
            INFO(option);
            string escaped;
            for (const char c : option) escaped += c == '-' ? string{"\\-"} : string{c};
            CHECK(page.find("\\fB" + escaped + "\\fR") != string::npos);
            const auto offered = script.find("        " + command + ") words='");
            REQUIRE(offered != string::npos);
            CHECK(script.substr(offered, script.find('\n', offered) - offered).find(option + ' ') != string::npos);
            ++seen;
        }
    }
    CHECK(seen > 60);
    // Nothing at the beginning of a line is taken for a request that is none of man's.
    for (const auto& line : lines_of(page))
        if (line.starts_with('.'))
            CHECK(
                (line.starts_with(".TH ") || line.starts_with(".SH ") || line == ".TP" || line == ".PP" || line == ".nf" || line == ".fi"));
    run(shop, "manual --output phono.1");
    CHECK(contents(shop / "phono.1") == page);
}

TEST_CASE("Bash completes commands, options, names and files")
{
    const workshop shop;
    std::ofstream(shop / "flat.wav") << "";
    CHECK(completed(shop, "phono equ") == std::set<string>{"equalise", "equalize"});
    CHECK(completed(shop, "phono equalise --rum") == std::set<string>{"--rumble", "--rumble-order"});
    CHECK(completed(shop, "phono equalise --curve riaa_i") == std::set<string>{"riaa_iec"});
    CHECK(completed(shop, "phono response --cartridge shure_m9") == std::set<string>{"shure_m97xe"});
    CHECK(completed(shop, "phono play --preamp nachbaur_magnetic_tube_") == std::set<string>{"nachbaur_magnetic_tube_cartridge"});
    CHECK(completed(shop, "phono equalise --phase ") == std::set<string>{"corrected", "minimum"});
    CHECK(completed(shop, "phono equalise --mono v") == std::set<string>{"vertical"});
    CHECK(completed(shop, "phono equalise fl") == std::set<string>{"flat.wav"});
    CHECK(completed(shop, "phono completion ") == std::set<string>{"bash"});
}

TEST_CASE("Small slips get an answer that can be read")
{
    const workshop shop;
    const auto winding = attempt(shop, "match --coil 1k --output 5m --winding 1e-308");
    CHECK(winding.status == 2);
    CHECK(winding.err.find("'1e-308' is next to 0; give 0, or a value as ") != string::npos);
    const auto curve = attempt(shop, "response --curve 1e-300/1e6/1e6");
    CHECK(curve.status == 2);
    CHECK(curve.err.find("'1e-300' is not a time constant in microseconds from 0.001 to 1000000") != string::npos);
    const auto plot = attempt(shop, "response --curve riaa --plot /dev/null");
    CHECK(plot.status == 2);
    CHECK(plot.out.empty());
}

TEST_CASE("A plot's title of any bytes leaves an SVG that parses")
{
    const workshop shop;
    run(shop,
        "response --curve riaa --plot plot.svg --title \"$(printf 'a\\001b\\033[1m\\377\\303(\\355\\240\\200 <\\303\\251> "
        "\\342\\202\\254')\"");
    const auto svg = contents(shop / "plot.svg");
    const string gone = "\xEF\xBF\xBD";
    CHECK(svg.find("a" + gone + "b" + gone + "[1m" + gone + gone + "(" + gone + gone + gone + " &lt;\xC3\xA9&gt; \xE2\x82\xAC") !=
          string::npos);
    const auto parsed = shop.run("python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse(\"plot.svg\")'");
    CHECK(parsed.status == 0);
}
