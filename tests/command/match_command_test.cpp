// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/json_reader.hpp"
#include "support/svg.hpp"

#include <phono/analysis/step_response.hpp>
#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/match/cartridge_match.hpp>
#include <phono/match/match_verdict.hpp>
#include <phono/match/usual_inputs.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

namespace {

using namespace programs;
using std::string;

}   // namespace

namespace {

json_reader matched(const workshop& shop, const string& arguments) { return json_reader{run(shop, "match --json " + arguments)}; }

}   // namespace

TEST_CASE("match --json is what the library says of the cartridge")
{
    const workshop shop;
    const auto same = [&](const string& arguments, const auto& cartridge, const phono::match_inputs& inputs) {
        INFO(arguments);
        const json_reader found = matched(shop, arguments);
        const auto expected = phono::match(cartridge, inputs);
        const auto agrees = [&](const string& path, double value) {
            INFO(path);
            CHECK(found.number(path) == Approx(value).epsilon(1e-9).margin(1e-12));
        };
        agrees("cartridge.coil_ohm", cartridge.resistance.si);
        agrees("cartridge.output_v", cartridge.output.si);
        agrees("inputs.load_ohm", inputs.load.si);
        agrees("inputs.cable_f", inputs.cable.si);
        agrees("inputs.feedback_ohm", inputs.feedback.si);
        agrees("inputs.feedback_capacitor_f", inputs.feedback_capacitor.si);
        agrees("inputs.gain_bandwidth_hz", inputs.amplifier.gain_bandwidth.si);
        agrees("inputs.amplifier_noise_v_per_root_hz", inputs.amplifier.voltage_noise.white);
        agrees("inputs.amplifier_noise_a_per_root_hz", inputs.amplifier.current_noise.white);
        agrees("inputs.step_up", inputs.transformer.ratio);
        agrees("inputs.voltage_gain_db", inputs.voltage_gain.decibels);
        agrees("inputs.open_loop_gain_db", inputs.amplifier.gain.decibels);
        for (const auto mode : {phono::input_mode::voltage, phono::input_mode::transimpedance, phono::input_mode::transformer}) {
            const bool is_transformer = mode == phono::input_mode::transformer;
            if (is_transformer && expected.kind == phono::cartridge_kind::magnetic) {
                CHECK(found.at("transformer") == "null");
                continue;
            }
            const string input = mode == phono::input_mode::voltage ? "voltage." : is_transformer ? "transformer." : "transimpedance.";
            const auto& figures = phono::figures_of(expected, mode);
            agrees(input + "gain_at_1_khz_db", figures.gain_at_1_khz.decibels);
            agrees(input + "output_v", figures.output.si);
            agrees(input + "bandwidth_hz", figures.bandwidth.si);
            agrees(input + "response_at_20_khz_db", figures.at_20_khz.decibels);
            agrees(input + "noise_v_per_root_hz", figures.noise.density);
            agrees(input + "snr_riaa_a_db", figures.noise.snr);
            agrees(input + "snr_riaa_db", figures.noise.snr_riaa);
            for (std::size_t i = 0; i < phono::match_cables.size(); ++i) {
                agrees(input + "cables." + std::to_string(i) + ".cable_f", phono::match_cables[i].si);
                agrees(input + "cables." + std::to_string(i) + ".change_at_20_khz_db", figures.cable_change[i].decibels);
            }
            const auto verdict = phono::judge(expected, mode);
            constexpr std::array grades{"suits", "usable", "does not suit"};
            CHECK(found.at(input + "grade") == grades.at(static_cast<std::size_t>(verdict.match)));
            CHECK(found.at(input + "grade_as_set") == grades.at(static_cast<std::size_t>(verdict.as_set)));
            int held = 0;
            for (std::size_t i = 0; i < phono::match_rules.size(); ++i) {
                if (!verdict.holds[i]) continue;
                const string rule = input + "rules." + std::to_string(held++) + '.';
                CHECK(found.at(rule + "rule") == phono::match_rules[i].name);
                CHECK(found.at(rule + "decides") == (verdict.decides(i) ? "true" : "false"));
                CHECK(found.at(rule + "source") == phono::match_rules[i].source);
                agrees(rule + "value", verdict.values[i]);
            }
            CHECK(held > 0);
            CHECK_FALSE(found.has(input + "rules." + std::to_string(held) + ".rule"));
        }
        for (std::size_t i = 0; i < 3; ++i) {
            agrees("voltage.loads." + std::to_string(i) + ".load_ohm", expected.loads[i].load.si);
            agrees("voltage.loads." + std::to_string(i) + ".gain_at_1_khz_db", expected.loads[i].gain_at_1_khz.decibels);
            agrees("voltage.loads." + std::to_string(i) + ".response_at_20_khz_db", expected.loads[i].at_20_khz.decibels);
        }
        agrees("transimpedance.input_impedance_at_1_khz_ohm", expected.input_impedance_at_1_khz.si);
        agrees("transimpedance.input_impedance_at_20_khz_ohm", expected.input_impedance_at_20_khz.si);
        agrees("transimpedance.phase_margin_degrees", expected.phase_margin);
        return found;
    };
    const phono::capacitance cable{470e-12};
    const phono::moving_coil_cartridge coil{phono::voltage{0.3e-3}, phono::resistance{40.0}, phono::inductance{150e-6}};
    const phono::magnetic_cartridge magnet{phono::voltage{5e-3}, phono::resistance{1300.0}, phono::inductance{0.7}};
    // Values have no maker's recommendation, names have one.
    const auto usual = [](const auto& cartridge) { return phono::usual_inputs(cartridge); };
    const auto recommended = [](const char* name, const auto& cartridge) {
        return phono::usual_inputs(cartridge, phono::catalogue::find_cartridge_sheet(name)->value);
    };
    const json_reader of_name =
        same("--cartridge denon_dl103", phono::cartridges::denon_dl103, recommended("denon_dl103", phono::cartridges::denon_dl103));
    CHECK(of_name.at("inputs.amplifier") == "LT1028");
    CHECK(of_name.number("voltage.rise_time_s") ==
          Approx(phono::rise_time(phono::voltage_input(phono::moving_coil_cartridge{phono::voltage{0.3e-3}, phono::resistance{40.0},
                                                                                    phono::inductance{160e-6}},
                                                       recommended("denon_dl103", phono::cartridges::denon_dl103)))
                     .si));
    CHECK(of_name.at("cartridge.name") == "denon_dl103");
    CHECK(of_name.at("cartridge.winding_h") == "null");
    CHECK(of_name.number("inputs.most_unknown_winding_h") == Approx(160e-6));
    CHECK(of_name.at("notes.0").find("unknown: taken to be 40 uH to 160 uH") != string::npos);
    CHECK(of_name.number("transimpedance.mending_capacitor_f") > 0.0);
    CHECK(of_name.number("transimpedance.mended_phase_margin_degrees") >= 45.0);
    CHECK(of_name.at("choice") == "voltage");
    const json_reader of_values = same("--coil 40 --winding 150u --output 0.3m", coil, usual(coil));
    CHECK(of_values.at("cartridge.name") == "null");
    CHECK(of_values.number("cartridge.winding_h") == 150e-6);
    CHECK(of_values.at("cartridge.kind") == "moving coil");
    CHECK(of_values.at("transimpedance.limited_by") == "winding");
    CHECK(of_values.at("voltage.limited_by") == "winding");
    CHECK(matched(shop, "--coil 40 --winding 150u --output 0.3m --gain-bandwidth 5M").at("voltage.limited_by") == "amplifier");
    CHECK(same("--coil 1.3k --winding 700m --output 5m", magnet, usual(magnet)).at("cartridge.kind") == "magnetic");
    same("--cartridge Denon-DL103 --winding 150u", coil, recommended("denon_dl103", coil));
    phono::match_inputs told = usual(coil);
    told.load = phono::resistance{120.0};
    told.cable = cable;
    told.amplifier = phono::amplifiers::ne5532;
    told.amplifier.gain = phono::gain{120.0};
    told.amplifier.gain_bandwidth = phono::frequency{50e6};
    told.voltage_gain = phono::gain{26.0};
    told.feedback = phono::resistance{2200.0};
    told.feedback_capacitor = phono::capacitance{10e-12};
    told.transformer = phono::usual_transformer(coil.resistance, 12.0);
    same(
        "--coil 40 --winding 150u --output 0.3m --load 120 --cable 470p --gain 26 --feedback 2.2k --feedback-capacitor 10p "
        "--amplifier ne5532 --gain-bandwidth 50M --open-loop-gain 1M --step-up 1:12",
        coil, told);
}

TEST_CASE("A part's value may have a prefix and its unit")
{
    const auto [text, ohms] = GENERATE(table<string, double>({{"40", 40.0},
                                                              {"40Ohm", 40.0},
                                                              {"'40 Ohm'", 40.0},
                                                              {"0.04k", 40.0},
                                                              {"0.04kOhm", 40.0},
                                                              {"'0.04 kOhm'", 40.0},
                                                              {"4e1", 40.0},
                                                              {"40000m", 40.0},
                                                              {"40000000u", 40.0},
                                                              {"40000000\u00B5Ohm", 40.0},      // the micro sign
                                                              {"40000000\u03BC\u03A9", 40.0},   // mu, omega
                                                              {"0.00004M", 40.0},
                                                              {"12.5", 12.5}}));
    const workshop shop;
    const json_reader found = matched(shop, "--output 0.3mV --winding 25uH --coil " + text);
    CHECK(found.number("cartridge.coil_ohm") == Approx(ohms).epsilon(1e-15));
    CHECK(found.number("cartridge.output_v") == 0.3e-3);
    CHECK(found.number("cartridge.winding_h") == 25e-6);
}

TEST_CASE("match prints both inputs side by side, what it assumes, and a verdict with its reason")
{
    const workshop shop;
    const string text = run(shop, "match --cartridge denon_dl103");
    INFO(text);
    const auto says = [&](const string& words) {
        INFO(words);
        CHECK(text.find(words) != string::npos);
    };
    says("Denon DL-103: moving coil, 40 Ohm, winding unknown, 300 uV RMS");
    says("load 400 Ohm, gain 40 dB");
    says("feedback resistor Rf 1 kOhm");
    says("amplifier LT1028: open-loop gain");
    says("gain-bandwidth 75 MHz");
    says("Winding inductance unknown: taken to be 40 uH to 160 uH");
    says("voltage input         trans-impedance input   transformer 1:10");
    says("SNR re 5 cm/s, RIAA and A");
    says("rise time of a step");
    says("load 800 Ohm: 1 kHz, 20 kHz");
    says("\nVoltage input: suits.\n");
    says("\nTrans-impedance input: usable, but not as set.\n");
    says("\nTransformer: suits.\n");
    says("the coil is 40 Ohm (above 20 Ohm): ");
    says("[opinion: audio forums");
    says("\nOverall: The voltage input; a trans-impedance input is usable.");
    std::istringstream lines(text);
    for (string line; std::getline(lines, line);) CHECK(line.size() <= 100);

    // What is said of the cable follows from the figures.
    const auto joined = [](string words) {
        for (auto at = words.find("\n  "); at != string::npos; at = words.find("\n  ")) words.replace(at, 3, " ");
        return words;
    };
    CHECK(joined(text).find("Neither minds the cable (5 nF: ") != string::npos);
    CHECK(text.find("hardly minds") == string::npos);
    CHECK(joined(text).find("22 pF across Rf the loop of the trans-impedance input has") != string::npos);
    CHECK(run(shop, "match --cartridge denon_dl103 --feedback-capacitor 22p").find("near oscillation") == string::npos);
    const string high = joined(run(shop, "match --coil 160 --winding 1m --output 2m --load 47k"));
    CHECK(high.find("The trans-impedance input hardly minds the cable, the voltage input does") != string::npos);

    const string slow = run(shop, "match --coil 2 --winding 2u --output 0.2m --gain-bandwidth 10M --open-loop-gain 100k");
    CHECK(slow.find("Taken for a moving coil since its coil is below 200 Ohm") != string::npos);
    CHECK(slow.find("Trans-impedance input: suits, but not as set.") != string::npos);
    CHECK(slow.find("as set: the -3 dB bandwidth is 17.88 kHz (below 20 kHz)") != string::npos);
    CHECK(slow.find("unknown") == string::npos);
    const string mended = run(shop, "match --coil 2 --winding 2u --output 0.2m --feedback 100 --feedback-capacitor 220p");
    CHECK(mended.find("Trans-impedance input: suits.\n") != string::npos);
}

TEST_CASE("match --all is one table over all cartridges, which shows what gains depend on")
{
    const workshop shop;
    const string text = run(shop, "match --all");
    const json_reader found{run(shop, "match --all --json")};
    double least[2]{1e9, 1e9}, most[2]{-1e9, -1e9};
    int count = 0;
    phono::catalogue::for_each_cartridge([&](const auto& entry) {
        INFO(entry.name);
        CHECK(text.find('\n' + string{entry.name} + ' ') != string::npos);
        const string place = std::to_string(count++);
        CHECK(found.at(place + ".cartridge.name") == entry.name);
        if (phono::kind_of(entry.value) == phono::cartridge_kind::magnetic) return;
        const double gains[]{found.number(place + ".voltage.gain_at_1_khz_db"), found.number(place + ".transimpedance.gain_at_1_khz_db")};
        for (int i = 0; i < 2; ++i) least[i] = std::min(least[i], gains[i]), most[i] = std::max(most[i], gains[i]);
    });
    CHECK_FALSE(found.has(std::to_string(count) + ".cartridge"));
    const auto range = [&](int i) {
        char words[64];
        std::snprintf(words, sizeof words, "%+.1f to %+.1f dB", least[i], most[i]);
        return string{words};
    };
    CHECK(text.find("Gain with moving coils: voltage input " + range(0) + ", trans-impedance input " + range(1) + ";") != string::npos);
    CHECK(most[0] - least[0] < 1.0);
    CHECK(most[1] - least[1] > 30.0);
    std::istringstream lines(text);
    for (string line; std::getline(lines, line);) CHECK(line.size() <= 110);
}

TEST_CASE("match knows every cartridge of the catalogue and uses a kind that is given")
{
    const workshop shop;
    phono::catalogue::for_each_cartridge([&](const auto& entry) {
        INFO(entry.name);
        CHECK(matched(shop, "--cartridge " + string{entry.name}).at("cartridge.title") == entry.title);
    });
    CHECK(matched(shop, "--coil 150 --winding 45m --output 4m --kind magnetic").at("cartridge.kind") == "magnetic");
    CHECK(matched(shop, "--coil 300 --output 2m --kind moving-coil").at("cartridge.kind") == "moving coil");
}

TEST_CASE("match --plot draws both responses beside its text")
{
    const workshop shop;
    const string options = "--coil 12 --winding 25u --output 0.4m";
    const string text = run(shop, "match " + options);
    CHECK(run(shop, "match " + options + " --plot plot.svg") == text);
    CHECK(shop.names() == std::set<string>{"plot.svg"});
    const string svg = contents(shop / "plot.svg");
    check_svg(svg);
    CHECK(svg.find("voltage input") != string::npos);
    CHECK(svg.find("trans-impedance input") != string::npos);
    CHECK(svg.find("transformer") != string::npos);
    CHECK(run(shop, "match " + options + " --plot step.svg --step") == text);
    check_svg(contents(shop / "step.svg"));
    CHECK(contents(shop / "step.svg").find("time after the step, us") != string::npos);
}

TEST_CASE("match --csv has a line for each input, whose figures are those of --json")
{
    const workshop shop;
    const auto cells_of = [](const string& line) {
        std::vector<string> cells{""};
        for (const char c : line)
            if (c == ',') cells.emplace_back();
            else cells.back() += c;
        return cells;
    };
    const auto lines_of = [](const string& text) {
        std::vector<string> lines;
        std::istringstream all(text);
        for (string line; std::getline(all, line);) lines.push_back(line);
        return lines;
    };
    const auto lines = lines_of(run(shop, "match --cartridge at_oc9xml --csv"));
    REQUIRE(lines.size() == 4);
    const auto names = cells_of(lines[0]);
    const json_reader found = matched(shop, "--cartridge at_oc9xml");
    int compared = 0;
    for (std::size_t row = 1; row < lines.size(); ++row) {
        const auto cells = cells_of(lines[row]);
        REQUIRE(cells.size() == names.size());
        CHECK(cells[0] == "at_oc9xml");
        for (std::size_t i = 6; i < names.size(); ++i) {
            const string path = cells[5] + '.' + (names[i] == "output_at_5_cm_s_v" ? "output_v" : names[i]);
            INFO(path);
            if (!found.has(path)) CHECK(cells[i].empty());
            else if (names[i].starts_with("grade")) CHECK(cells[i] == found.at(path));
            else {
                ++compared;
                CHECK(std::stod(cells[i]) == Approx(found.number(path)).epsilon(1e-15));
            }
        }
    }
    CHECK(compared == 3 * 10 + 1);   // and the phase margin of one loop

    // All cartridges: two lines for a magnetic one, three for a moving coil.
    std::size_t expected = 1;
    phono::catalogue::for_each_cartridge(
        [&](const auto& entry) { expected += phono::kind_of(entry.value) == phono::cartridge_kind::magnetic ? 2U : 3U; });
    const auto all = lines_of(run(shop, "match --all --csv"));
    CHECK(all.size() == expected);
    CHECK(all.front() == lines.front());
    for (std::size_t row = 1; row < lines.size(); ++row) CHECK(std::find(all.begin(), all.end(), lines[row]) != all.end());
    CHECK(attempt(shop, "match --all --csv --json").status == 2);
}

TEST_CASE("match --step has the steps that the library computes, as CSV and JSON")
{
    const workshop shop;
    const phono::moving_coil_cartridge coil{phono::voltage{0.4e-3}, phono::resistance{12.0}, phono::inductance{25e-6}};
    const auto inputs = phono::usual_inputs(coil);
    const phono::step_response steps[]{phono::step_response{phono::voltage_input(coil, inputs)},
                                       phono::step_response{phono::transimpedance_input(coil, inputs)},
                                       phono::step_response{phono::transformer_input(coil, inputs)}};
    constexpr std::array names{"voltage", "transimpedance", "transformer"};
    const string options = "match --coil 12 --winding 25u --output 0.4m --step";
    const auto rows = table(run(shop, options + " --csv"));
    const json_reader found{run(shop, options + " --json")};
    REQUIRE(rows.size() == 401);
    for (std::size_t n = 0; n < rows.size(); n += 40) {
        REQUIRE(rows[n].size() == 4);
        for (std::size_t i = 0; i < 3; ++i) {
            const double expected = steps[i](phono::duration{rows[n].at("time_s")}) / steps[i].level().si;
            CHECK(rows[n].at(names.at(i)) == Approx(expected).epsilon(1e-9).margin(1e-12));
        }
        const string at = "steps." + std::to_string(n) + '.';
        CHECK(found.number(at + "time_s") == rows[n].at("time_s"));
        CHECK(found.number(at + "transimpedance") == rows[n].at("transimpedance"));
    }
    // Of a magnetic cartridge both steps have settled at the end, too.
    const auto slow = table(run(shop, "match --cartridge shure_m97xe --step --csv"));
    REQUIRE(slow.back().size() == 3);
    for (const std::size_t i : {0U, 1U}) CHECK(slow.back().at(names.at(i)) == Approx(1.0).epsilon(0.01));
    const auto alone = attempt(shop, options);
    CHECK(alone.status == 2);
    CHECK(alone.err.find("give --plot FILE.svg, --csv or --json") != string::npos);
}
