// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"

#include <numbers>

namespace {

using namespace programs;
using std::string;

void write_text(const fs::path& path, const string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

// A divider of R1 and what a file says of R2.
const string divider = "divider\nV1 in 0 AC 1\nR1 in out 1k\n";

double gain_db(const workshop& shop, const string& arguments)
{
    return table(run(shop, "response --points 2 --from 100 --to 1000 " + arguments)).front().at("analogue_db");
}

// What phono says of a netlist, in so many lines; it is refused before anything is printed or written.
string refusal(const workshop& shop, const string& file, int lines = 1)
{
    const auto done = attempt(shop, "response --netlist " + file + " --plot plot.svg");
    INFO(done.out << done.err);
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    CHECK(count(done.err, "\n") == lines);
    CHECK_FALSE(fs::exists(shop / "plot.svg"));
    REQUIRE(done.err.starts_with("phono: "));
    return done.err.substr(7);
}

}   // namespace

TEST_CASE("A netlist includes files beside the one that names them, each relative to its own folder")
{
    const workshop shop;
    write_text(shop / "folder/stage.cir", divider + ".include models/all.lib\n.end\n");
    write_text(shop / "folder/models/all.lib", "* all\n.inc 'deeper/r.inc'\n.end\n");
    write_text(shop / "folder/models/deeper/r.inc", "R2 out 0 1k\r\n");
    CHECK(gain_db(shop, "--netlist folder/stage.cir") == Approx(20.0 * std::log10(0.5)).margin(1e-12));
    const string fromElsewhere = divider + ".INCLUDE \"folder\\models\\deeper\\r.inc\"\n.end\n";
    write_text(shop / "stage.cir", fromElsewhere);
    CHECK(gain_db(shop, "--netlist stage.cir") == Approx(20.0 * std::log10(0.5)).margin(1e-12));
}

TEST_CASE("A library gives all of itself, or the section that is asked for")
{
    const workshop shop;
    const string sections =
        "* parts\n.lib low\nR2 out 0 1k\n.endl low\n\n.lib HIGH\n.lib 'parts.lib' shared\nR2 out x 2k\n.endl\n"
        ".lib shared\nR3 x 0 1k\n.endl shared\n";
    write_text(shop / "parts.lib", sections);
    write_text(shop / "low.cir", divider + ".lib parts.lib low\n.end\n");
    write_text(shop / "high.cir", divider + ".lib 'parts.lib' high ; with what it shares\n.end\n");
    CHECK(gain_db(shop, "--netlist low.cir") == Approx(20.0 * std::log10(0.5)).margin(1e-12));
    CHECK(gain_db(shop, "--netlist high.cir") == Approx(20.0 * std::log10(0.75)).margin(1e-12));
    write_text(shop / "whole.lib", "R2 out 0 3k\n");
    write_text(shop / "whole.cir", divider + ".lib whole.lib\n");
    CHECK(gain_db(shop, "--netlist whole.cir") == Approx(20.0 * std::log10(0.75)).margin(1e-12));

    write_text(shop / "none.cir", divider + ".lib parts.lib hihg\n");
    CHECK(refusal(shop, "none.cir") == "none.cir:4: .lib parts.lib: has no section 'hihg'; nearest: HIGH, low, shared\n");
    write_text(shop / "which.cir", divider + ".lib parts.lib\n");
    CHECK(refusal(shop, "which.cir") == "parts.lib:2: .lib low: is a section of this file; include it as .lib FILE low\n");
    write_text(shop / "plain.cir", divider + ".lib whole.lib low\n");
    CHECK(refusal(shop, "plain.cir") ==
          "plain.cir:4: .lib whole.lib: has no section 'low'; it has no .lib of its own: leave the name of a section out\n");
}

TEST_CASE("A mistake in an included file is told with the file and the line where it stands")
{
    const workshop shop;
    write_text(shop / "stage.cir", divider + ".include parts.inc\nR4 in 0 1k\nR5 out 0 1x2\n");
    write_text(shop / "parts.inc", "* two\n\nR2 out 0 4k7\n");
    const string both = refusal(shop, "stage.cir", 2);
    CHECK(both.starts_with("parts.inc:3: R2: '4k7': "));
    CHECK(both.find("\nphono: stage.cir:6: R5: '1x2': ") != string::npos);
    write_text(shop / "parts.inc", "* two\nR2 out 0\n+ 4.7k\n");
    CHECK(refusal(shop, "stage.cir").starts_with("stage.cir:6: R5: '1x2': "));
}

TEST_CASE("A netlist that cannot be put together is refused before anything is printed")
{
    const workshop shop;
    write_text(shop / "missing.cir", divider + "\n.include nowhere.lib\n");
    CHECK(refusal(shop, "missing.cir").starts_with("missing.cir:5: .include nowhere.lib: this file is not there; "));
    write_text(shop / "nameless.cir", divider + ".include ; which?\n");
    CHECK(refusal(shop, "nameless.cir") == "nameless.cir:4: .include: give the name of a file\n");
    write_text(shop / "a.cir", divider + ".include b.inc\n");
    write_text(shop / "b.inc", "* back\n.include a.cir\n");
    CHECK(refusal(shop, "a.cir") == "b.inc:2: .include a.cir: includes itself\n");
    write_text(shop / "self.lib", ".lib one\n.lib self.lib one\n.endl\n");
    write_text(shop / "self.cir", divider + ".lib self.lib one\n");
    CHECK(refusal(shop, "self.cir") == "self.lib:2: .lib self.lib: includes itself\n");
    for (int i = 0; i < 20; ++i) write_text(shop / (std::to_string(i) + ".inc"), "* on\n.include " + std::to_string(i + 1) + ".inc\n");
    write_text(shop / "deep.cir", divider + ".include 0.inc\n");
    CHECK(refusal(shop, "deep.cir") == "14.inc:2: .include 15.inc: files are nested 16 deep; put them into fewer\n");
    write_text(shop / "large.inc", string(1'100'000, '*') + "\n");
    write_text(shop / "large.cir", divider + ".include large.inc\n");
    CHECK(refusal(shop, "large.cir").find("large.inc: with this file the text is larger than 1 MiB") != string::npos);
    write_text(shop / "folder.cir", divider + ".include /\n");
    CHECK(refusal(shop, "folder.cir") == "folder.cir:4: .include /: is a folder; give a netlist's file\n");
    write_text(shop / "binary.cir", string("\x7F"
                                           "ELF\0\1",
                                           6) +
                                        divider);
    CHECK(refusal(shop, "binary.cir") == "binary.cir: is no text; give a netlist's file\n");
    CHECK(refusal(shop, "absent.cir").starts_with("absent.cir: could not be opened: "));
}

TEST_CASE("A library that is included twice counts once, a name may have blanks, and what stands behind .end is not looked for")
{
    const workshop shop;
    const string half = "divider\nV1 in 0 AC 1\nX1 in out half\n";
    write_text(shop / "all parts.lib", "* parts\n.param r=1k\n.subckt half a b\nR1 a b {r}\nR2 b 0 {r}\n.ends\n");
    write_text(shop / "twice.cir",
               half + ".include \"all parts.lib\"\n.lib all parts.lib\n.include all parts.lib\n.end\n.include nowhere.lib\n");
    CHECK(gain_db(shop, "--netlist twice.cir") == Approx(20.0 * std::log10(0.5)).margin(1e-12));
    // Parts that a file has outside of subcircuits are there twice.
    write_text(shop / "part.lib", "R2 out 0 1k\n");
    write_text(shop / "parts.cir", divider + ".include part.lib\n.include part.lib\n");
    CHECK(refusal(shop, "parts.cir").find("'R2': there are two parts of this name") != string::npos);
}

TEST_CASE("What follows the name of a file on its line, or continues that line, is refused")
{
    const workshop shop;
    write_text(shop / "load.lib", "R2 out 0 1k\n");
    write_text(shop / "word.cir", divider + ".include load.lib x\n");
    CHECK(refusal(shop, "word.cir").starts_with("word.cir:4: .include: 'x': this word has no meaning here"));
    write_text(shop / "continued.cir", divider + ".include load.lib\n* a comment\n+ x\n");
    CHECK(refusal(shop, "continued.cir").starts_with("continued.cir:6: '+': "));
    write_text(shop / "plus.lib", "* on\n+ 2k\n");
    write_text(shop / "plus.cir", divider + ".include plus.lib\n");
    CHECK(refusal(shop, "plus.cir").starts_with("plus.lib:2: '+': "));
}

TEST_CASE("A netlist is read as LTspice and KiCad store it")
{
    const workshop shop;
    // Half, and a corner of 318 Hz: 500 Ohm and 1 uF at 100 Hz.
    const double x = 2.0 * std::numbers::pi * 100.0 * 500.0 * 1e-6, expected = -10.0 * std::log10(4.0 * (1.0 + x * x));
    const auto check = [&](const string& text) {
        write_text(shop / "stage.cir", text);
        CHECK(gain_db(shop, "--netlist stage.cir") == Approx(expected).margin(1e-9));
    };
    const string parts = "R2 out 0 1k\nC1 out 0 1";
    check(divider + parts + "\xB5\n");                 // Windows-1252
    check(divider + parts + "\xC2\xB5\n");             // UTF-8
    check(divider + parts + "\xCE\xBC\n");             // the Greek letter
    check("\xEF\xBB\xBF" + divider + parts + "u\n");   // with a mark
    string wide = "\xFF\xFE";
    for (const char c : divider + parts + "u\r\n") wide += {c, '\0'};
    check(wide);
}
