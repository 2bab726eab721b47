// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/measure.hpp"
#include "support/sounds.hpp"

#include <array>
#include <utility>

namespace {

using namespace programs;
using std::string;

}   // namespace

namespace {

double cascade_db(const csv& sections, double hertz, double rate)
{
    const auto w = std::polar(1.0L, -2.0L * measure::pi * static_cast<long double>(hertz) / static_cast<long double>(rate));
    measure::complex h{1.0L};
    for (const auto& s : sections) {
        const auto value = [&](const char* name) { return static_cast<long double>(s.at(name)); };
        h *= (value("b0") + w * (value("b1") + w * value("b2"))) / (1.0L + w * (value("a1") + w * value("a2")));
    }
    return measure::decibels(std::abs(h));
}

}   // namespace

TEST_CASE("Coefficients give the response")
{
    const auto what =
        GENERATE(as<string>{}, "--curve riaa", "--curve riaa --inverse", "--curve columbia_lp --absolute", "--curve riaa_iec --speed 78/45",
                 "--preamp magnetic_riaa", "--preamp at_vm95e_riaa_iec", "--preamp nachbaur_magnetic_tube");
    const int rate = GENERATE(44'100, 96'000, 192'000);
    const workshop shop;
    const string arguments = what + " --rate " + std::to_string(rate);
    INFO(arguments);
    const auto sections = table(run(shop, "coefficients " + arguments));
    for (const auto& row : table(run(shop, "response --points 50 " + arguments))) {
        INFO(row.at("frequency_hz") << " Hz");
        CHECK(std::abs(cascade_db(sections, row.at("frequency_hz"), rate) - row.at("digital_db")) < 1e-6);
    }
}

TEST_CASE("Coefficients as JSON are the same numbers")
{
    const workshop shop;
    const auto sections = table(run(shop, "coefficients --curve riaa --rate 44100"));
    string json = run(shop, "coefficients --curve riaa --rate 44100 --json");
    CHECK(number_after(json, "\"rate_hz\": ") == 44'100.0);
    for (const auto& section : sections) {
        for (const char* name : {"b0", "b1", "b2", "a1", "a2"}) CHECK(number_after(json, '"' + string{name} + "\": ") == section.at(name));
        json.erase(0, json.find("\"a2\"") + 4);
    }
    CHECK(json.find("\"b0\"") == string::npos);
}

namespace {

using biquads = std::vector<std::array<double, 5>>;   ///< b0, b1, b2, a1, a2; y = b0 x + ... - a1 y[-1] - a2 y[-2]

/// Every number of a text that follows one of these words, in the words' order for each section.
biquads named_numbers(const string& text, const std::array<string, 5>& names, double sign_of_a)
{
    biquads all;
    for (std::size_t at = 0; text.find(names[0], at) != string::npos;) {
        auto& section = all.emplace_back();
        std::size_t end = at;
        for (std::size_t i = 0; i < 5; ++i) {
            const auto found = text.find(names[i], at);
            REQUIRE(found != string::npos);
            section[i] = std::stod(text.substr(found + names[i].size())) * (i < 3 ? 1.0 : sign_of_a);
            end = std::max(end, found + 1);
        }
        at = end;
    }
    return all;
}

/// b0 b1 b2 1 a1 a2 behind a word, a section each.
biquads six_numbers(const string& text, const string& before)
{
    biquads all;
    for (auto at = text.find(before); at != string::npos; at = text.find(before, at + 1)) {
        std::istringstream fields(text.substr(at + before.size()));
        std::array<double, 6> c{};
        for (double& value : c) REQUIRE(fields >> value);
        CHECK(c[3] == 1.0);
        all.push_back({c[0], c[1], c[2], c[4], c[5]});
    }
    return all;
}

std::vector<double> filtered(const biquads& sections, std::vector<double> x)
{
    for (const auto& [b0, b1, b2, a1, a2] : sections) {
        double x1 = 0.0, x2 = 0.0, y1 = 0.0, y2 = 0.0;
        for (double& sample : x) {
            const double y = b0 * sample + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
            x2 = std::exchange(x1, sample), y2 = std::exchange(y1, y);
            sample = y;
        }
    }
    return x;
}

const string what = "--curve aes --undo riaa --rumble 30 --speed 80/78";

std::vector<double> wanted(const workshop& shop)
{
    write(shop / "in.wav", impulse(48'000, 0.5));
    run(shop, "equalise in.wav out.wav --gain -3 " + what);
    return read(shop / "out.wav").samples;
}

string text_of(const workshop& shop, const string& form)
{
    return run(shop, "coefficients --rate 48000 --gain -3dB --form " + form + ' ' + what);
}

}   // namespace

TEST_CASE("The text for other programs is the filter that equalise runs")
{
    const auto form = GENERATE(as<string>{}, "csv", "json", "minidsp", "apo", "camilladsp", "nyquist");
    const workshop shop;
    const auto text = text_of(shop, form);
    INFO(text);
    biquads sections;
    if (form == "csv")
        for (const auto& row : table(text)) sections.push_back({row.at("b0"), row.at("b1"), row.at("b2"), row.at("a1"), row.at("a2")});
    if (form == "json") sections = named_numbers(text, {"\"b0\": ", "\"b1\": ", "\"b2\": ", "\"a1\": ", "\"a2\": "}, 1.0);
    if (form == "minidsp") sections = named_numbers(text, {"b0=", "b1=", "b2=", "a1=", "a2="}, -1.0);
    if (form == "apo") sections = six_numbers(text, ": ON IIR Order 2 Coefficients ");
    if (form == "camilladsp") sections = named_numbers(text, {" b0: ", " b1: ", " b2: ", " a1: ", " a2: "}, 1.0);
    if (form == "nyquist") sections = six_numbers(text, "(biquad-m sound ");
    REQUIRE(sections.size() >= 3);
    CHECK(largest_difference(filtered(sections, impulse(48'000, 0.5).samples), wanted(shop)) < 1e-9);
}

TEST_CASE("The text in C compiles as it stands and is the filter that equalise runs")
{
    const workshop shop;
    std::ofstream(shop / "filter.c") << text_of(shop, "c") << R"(
#include <stdio.h>
int main(void)
{
    phono_filter channel = {{{0.0}}};
    int i;
    for (i = 0; i < 24000; ++i) printf("%.17g\n", phono_sample(&channel, i == 0 ? 0.5 : 0.0));
    return 0;
})";
    const auto built = shop.run("cc -std=c99 -Wall -Wextra -Werror -Wno-missing-braces -o filter filter.c");
    INFO(built.err);
    REQUIRE(built.status == 0);
    std::istringstream lines(shop.run("./filter").out);
    std::vector<double> out;
    for (double y = 0.0; lines >> y;) out.push_back(y);
    CHECK(largest_difference(out, wanted(shop)) < 1e-9);
}

TEST_CASE("A netlist's title ends no comment of the text that quotes it")
{
    const workshop shop;
    std::ofstream(shop / "stage.cir") << "Stage */ v2 /* by <me> & \"you\"\fof 2023\nV1 in 0 AC 1\nR1 in out 1k\nC1 out 0 100n\n";
    const auto text = [&](const string& form) { return run(shop, "coefficients --rate 48000 --netlist stage.cir --form " + form); };
    std::ofstream(shop / "filter.c") << text("c")
                                     << "int main(void) { phono_filter f = {{{0.0}}}; return phono_sample(&f, 0.0) != 0.0; }\n";
    const auto built = shop.run("cc -std=c99 -Wall -Wextra -Werror -Wno-missing-braces -o filter filter.c");
    INFO(built.err);
    CHECK(built.status == 0);
    for (const string form : {"csv", "apo", "camilladsp"}) CHECK(text(form).starts_with("# Stage */ v2 /* by <me> & \"you\" of 2023\n# "));
    CHECK(text("json").find("\"title\": \"Stage */ v2 /* by <me> & \\\"you\\\" of 2023\"") != string::npos);
    run(shop, "response --netlist stage.cir --plot plot.svg");
    const auto drawn = contents(shop / "plot.svg");
    CHECK(drawn.find("<me>") == string::npos);
    CHECK(drawn.find("&lt;me&gt; &amp; ") != string::npos);
    CHECK(run(shop, "spice --netlist stage.cir").starts_with("* Stage */ v2 /* by <me> & \"you\" of 2023\n"));
}

TEST_CASE("Each form is laid out as its program reads it")
{
    const workshop shop;
    const auto minidsp = text_of(shop, "minidsp");
    CHECK(minidsp.starts_with("biquad1,\nb0="));
    CHECK(minidsp.find(",\nbiquad2,\nb0=") != string::npos);
    CHECK(minidsp.find_last_of(',') < minidsp.rfind("a2="));   // none behind the last number
    CHECK(minidsp.find('e') == string::npos);                  // no exponents
    const auto apo = text_of(shop, "apo");
    CHECK(apo.find("\nFilter 1: ON IIR Order 2 Coefficients ") != string::npos);
    CHECK(apo.starts_with("# "));
    const auto yaml = text_of(shop, "camilladsp");
    CHECK(yaml.find("\nfilters:\n  phono_1:\n    type: Biquad\n    parameters:\n      type: Free\n      b0: ") != string::npos);
    CHECK(yaml.find("\npipeline:\n  - type: Filter\n    channels: [0, 1]\n    names: [phono_1, phono_2, phono_3") != string::npos);
    const auto nyquist = text_of(shop, "nyquist");
    CHECK(nyquist.starts_with(";nyquist plug-in\n;version 4\n;type process\n"));
    CHECK(count(nyquist, "(") == count(nyquist, ")"));
    CHECK(nyquist.find("(> (abs (- *sound-srate* 48000)) 0.01)") != string::npos);
}

TEST_CASE("A rate is printed in full")
{
    const workshop shop;
    CHECK(run(shop, "coefficients --curve riaa --rate 44056.94 --json").find("\"rate_hz\": 44056.94,") != string::npos);
    CHECK(run(shop, "coefficients --curve riaa --rate 44056.94").find("# sample rate 44056.94 Hz") != string::npos);
    CHECK(run(shop, "coefficients --curve riaa --rate '44.1 kHz'") == run(shop, "coefficients --curve riaa --rate 44100"));
}
