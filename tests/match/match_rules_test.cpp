// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/match_subject.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/match/match_verdict.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>

/// The rules by which a match is judged, their edges, and the verdicts that they give.
namespace {

using namespace phono;
using measure::matched;
using measure::subject;

/// How one value is changed, with all else kept, to take a rule from where it does not hold to where it does.
struct passage {
    std::function<cartridge_match(double)> at;
    double outside, inside;
};

match_inputs with(const std::function<void(match_inputs&)>& change)
{
    match_inputs inputs = measure::plain_inputs(400.0);
    change(inputs);
    return inputs;
}

/// One for each rule of the table.
std::map<std::string_view, passage> passages()
{
    const auto moving_coil = [](double coil, double winding = 0.0) { return subject{false, 0.3e-3, coil, winding}; };
    const subject magnet{true, 4e-3, 1550.0, 0.65};
    const auto by_input = [](const subject& what, auto change) {
        return [=](double value) { return matched(what, with([&](match_inputs& i) { change(i, value); })); };
    };
    const auto by_coil = [=](double coil) { return matched(moving_coil(coil), with([](auto&) {})); };
    const auto by_emf = [=](double volts) { return matched({false, volts, 2.0, 0.0}, with([](auto&) {})); };
    const auto by_winding = [=](double henries) { return matched(moving_coil(40.0, henries), with([](auto&) {})); };
    const auto by_magnetic_winding = [](double henries) { return matched({true, 4e-3, 500.0, henries}, measure::plain_inputs()); };
    const auto by_noise = by_input(moving_coil(2.0), [](match_inputs& i, double volts) { i.amplifier.voltage_noise.white = volts; });
    const auto by_transformer_noise =
        by_input(moving_coil(2.0), [](match_inputs& i, double volts) { i.transformer_amplifier.voltage_noise.white = volts; });
    const auto by_feedback = by_input(moving_coil(12.0), [](match_inputs& i, double ohms) { i.feedback = resistance{ohms}; });
    const auto by_load = by_input(moving_coil(40.0), [](match_inputs& i, double ohms) { i.load = resistance{ohms}; });
    const auto by_makers_load = by_input(moving_coil(40.0), [](match_inputs& i, double ohms) {
        i.load = resistance{ohms};
        i.makers_load = {resistance{100.0}, resistance{1000.0}};
    });
    const auto by_makers_capacitance = by_input(magnet, [](match_inputs& i, double farads) {
        i.load = resistance{47e3};
        i.cable = capacitance{farads};
        i.makers_capacitance = {capacitance{150e-12}, capacitance{300e-12}};
    });
    const auto by_gain_bandwidth =
        by_input(moving_coil(2.0, 2e-6), [](match_inputs& i, double hertz) { i.amplifier.gain_bandwidth = frequency{hertz}; });
    const auto by_gain = by_input(moving_coil(40.0), [](match_inputs& i, double decibels) { i.voltage_gain = gain{decibels}; });
    const auto by_coil_cable = by_input(moving_coil(12.0, 25e-6), [](match_inputs& i, double farads) { i.cable = capacitance{farads}; });
    const auto by_cable = by_input(magnet, [](match_inputs& i, double farads) {
        i.load = resistance{47e3};
        i.cable = capacitance{farads};
    });
    const auto by_magnetic_load = by_input(magnet, [](match_inputs& i, double ohms) { i.load = resistance{ohms}; });
    const auto by_ratio = by_input(moving_coil(2.0), [](match_inputs& i, double ratio) { i.transformer.ratio = ratio; });
    const auto by_leakage =
        by_input(moving_coil(40.0), [](match_inputs& i, double henries) { i.transformer.leakage = inductance{henries}; });
    const auto by_secondary_capacitance = by_input(moving_coil(2.0, 1e-3), [](match_inputs& i, double farads) {
        i.transformer.secondary_capacitance = capacitance{farads};
        i.transformer_load = resistance{1e6};
    });
    return {
        {"trans-impedance, quiet", {by_emf, 10e-6, 1e-3}},
        {"trans-impedance, noise", {by_emf, 1e-3, 10e-6}},
        {"trans-impedance, much noise", {by_emf, 1e-3, 10e-6}},
        {"trans-impedance, noise as set", {by_noise, 1e-10, 1e-7}},
        {"trans-impedance, much noise as set", {by_noise, 1e-10, 1e-7}},
        {"trans-impedance, high coil", {by_coil, 10.0, 40.0}},
        {"trans-impedance, magnetic", {by_magnetic_winding, 1e-4, 0.1}},
        {"trans-impedance, winding, 20 kHz", {by_winding, 100e-6, 250e-6}},
        {"trans-impedance, winding, bandwidth", {by_winding, 100e-6, 1e-3}},
        {"trans-impedance, amplifier, 20 kHz", {by_gain_bandwidth, 100e6, 5e6}},
        {"trans-impedance, amplifier, bandwidth", {by_gain_bandwidth, 100e6, 5e6}},
        {"trans-impedance, ringing", {by_coil_cable, 10e-12, 100e-12}},
        {"trans-impedance, near oscillation", {by_coil_cable, 100e-12, 1e-9}},
        {"trans-impedance, level", {by_feedback, 1e3, 10.0}},
        {"trans-impedance, clipping", {by_feedback, 1e3, 1e6}},
        {"voltage, quiet", {by_emf, 10e-6, 1e-3}},
        {"voltage, noise", {by_emf, 1e-3, 10e-6}},
        {"voltage, much noise", {by_emf, 1e-3, 10e-6}},
        {"voltage, noise as set", {by_noise, 1e-10, 1e-7}},
        {"voltage, much noise as set", {by_noise, 1e-10, 1e-7}},
        {"voltage, high coil", {by_coil, 1e3, 10e3}},
        {"voltage, load", {by_load, 100.0, 1e3}},
        {"voltage, low load", {by_load, 1e3, 100.0}},
        {"voltage, very low load", {by_load, 1e3, 10.0}},
        {"voltage, below the maker's load", {by_makers_load, 200.0, 50.0}},
        {"voltage, above the maker's load", {by_makers_load, 200.0, 5e3}},
        {"voltage, below the maker's capacitance", {by_makers_capacitance, 200e-12, 100e-12}},
        {"voltage, above the maker's capacitance", {by_makers_capacitance, 200e-12, 500e-12}},
        {"voltage, moving coil, 20 kHz", {by_winding, 150e-6, 5e-3}},
        {"voltage, moving coil, bandwidth", {by_winding, 150e-6, 10e-3}},
        {"voltage, magnetic, bandwidth", {by_cable, 100e-12, 2e-9}},
        {"voltage, magnetic, very low bandwidth", {by_cable, 100e-12, 10e-9}},
        {"voltage, resonance", {by_magnetic_load, 47e3, 1e6}},
        {"voltage, slow amplifier", {by_gain, 30.0, 60.0}},
        {"voltage, very slow amplifier", {by_gain, 30.0, 60.0}},
        {"voltage, level", {by_gain, 40.0, 10.0}},
        {"voltage, clipping", {by_gain, 40.0, 90.0}},
        {"transformer, quiet", {by_emf, 10e-6, 1e-3}},
        {"transformer, noise", {by_transformer_noise, 1e-9, 1e-6}},
        {"transformer, much noise", {by_transformer_noise, 1e-9, 1e-6}},
        {"transformer, magnetic", {by_magnetic_winding, 1e-4, 0.1}},
        {"transformer, low load", {by_ratio, 20.0, 100.0}},
        {"transformer, 20 kHz", {by_leakage, 1e-6, 5e-3}},
        {"transformer, bandwidth", {by_leakage, 1e-6, 10e-3}},
        {"transformer, resonance", {by_secondary_capacitance, 1e-12, 400e-12}},
        {"transformer, level", {by_ratio, 20.0, 0.01}},
        {"transformer, clipping", {by_gain, 40.0, 90.0}},
    };
}

}   // namespace

TEST_CASE("Every rule holds on one side of its edge and not on the other")
{
    const auto all = passages();
    std::set<std::string_view> names;
    for (const match_rule& rule : match_rules) {
        const std::string name{rule.name};
        INFO(name);
        names.insert(rule.name);
        CHECK_FALSE(rule.reason.empty());
        CHECK(rule.source.find(": ") != std::string_view::npos);   // published, derived or assumed, and what
        const auto way = all.find(rule.name);
        REQUIRE(way != all.end());
        double outside = way->second.outside, inside = way->second.inside;
        REQUIRE_FALSE(rule.holds(way->second.at(outside)));
        REQUIRE(rule.holds(way->second.at(inside)));
        for (int i = 0; i < 60 && std::abs(inside / outside - 1.0) > 1e-9; ++i) {
            const double middle = std::sqrt(outside * inside);
            (rule.holds(way->second.at(middle)) ? inside : outside) = middle;
        }
        const cartridge_match just_outside = way->second.at(outside), just_inside = way->second.at(inside);
        const double without = rule.quantity.measure(just_outside, rule.mode), within = rule.quantity.measure(just_inside, rule.mode);
        std::printf("    %-40s %s: %.8g does not, %.8g does\n", name.c_str(), std::string{rule.quantity.name}.c_str(), without, within);
        CHECK(without == Approx(rule.edge).epsilon(1e-6));
        CHECK(within == Approx(rule.edge).epsilon(1e-6));

        // And the verdicts follow: the worst grade is this rule's or worse where it holds.
        const match_verdict verdict = judge(just_inside, rule.mode);
        CHECK(verdict.as_set >= rule.grade);
        if (rule.subject == rule_subject::cartridge) CHECK(verdict.match >= rule.grade);
    }
    CHECK(names.size() == match_rules.size());
    CHECK(all.size() == match_rules.size());
}

TEST_CASE("A rule for one kind of cartridge does not apply to the other")
{
    for (const match_rule& rule : match_rules) {
        INFO(std::string{rule.name});
        CHECK(rule.concerns(cartridge_kind::magnetic) == (rule.cartridges != rule_cartridges::moving_coil));
        CHECK(rule.concerns(cartridge_kind::moving_coil) == (rule.cartridges != rule_cartridges::magnetic));
        if (rule.cartridges == rule_cartridges::all) continue;
        for (const double value : {passages().at(rule.name).inside, passages().at(rule.name).outside}) {
            cartridge_match other = passages().at(rule.name).at(value);
            other.kind = other.kind == cartridge_kind::magnetic ? cartridge_kind::moving_coil : cartridge_kind::magnetic;
            CHECK_FALSE(rule.holds(other));
        }
    }
}

namespace {

double edge(std::string_view name)
{
    for (const match_rule& rule : match_rules)
        if (rule.name == name) return rule.edge;
    return std::numeric_limits<double>::quiet_NaN();
}

}   // namespace

TEST_CASE("A voltage input suits a coil of a tenth of its load, which takes 0.83 dB")
{
    const auto into = [](double ohms) { return matched({false, 0.3e-3, 40.0, 0.0}, measure::plain_inputs(ohms)); };
    CHECK(judge(into(400.0), input_mode::voltage).as_set == match_grade::suits);
    CHECK(judge(into(399.9), input_mode::voltage).as_set == match_grade::usable);
    const auto loaded = chain{moving_coil_cartridge{.resistance = resistance{40.0}}, loading{.resistance = resistance{400.0}}};
    CHECK(decibels(response(loaded, frequency{1e3})) == Approx(-0.83).margin(0.005));
    // The usual load, 47 kOhm, is ten coils of the highest that it suits.
    const auto grade = [](double coil) {
        return judge(matched({true, 4e-3, coil, 0.0}, measure::plain_inputs()), input_mode::voltage).match;
    };
    const double highest = usual_load(magnetic_cartridge{}).si / 10.0;
    CHECK(grade(highest) == match_grade::suits);
    CHECK(grade(1.001 * highest) == match_grade::usable);
}

TEST_CASE("A level is too low where 46 dB of gain do not bring it to a line level of 0.316 V")
{
    const auto amplified = chain{voltage_source{}, buffer{gain{46.0}}};
    for (const char* rule : {"voltage, level", "trans-impedance, level", "transformer, level"})
        CHECK(edge(rule) * std::abs(response(amplified, frequency{1e3})) == Approx(0.316).epsilon(3.5e-3));
}

TEST_CASE("The loudest groove has ten times the RMS output as its peak")
{
    // 50 cm/s peak over 5 cm/s RMS.
    const cartridge_match found = matched({false, 0.3e-3, 12.0, 0.0}, measure::plain_inputs());
    CHECK(match_quantities::peak_output.measure(found, input_mode::voltage) == Approx(50.0 / 5.0 * found.voltage_input.output.si));
}

TEST_CASE("No cartridge of the catalogue on the load its maker asks for is near the edges of bandwidth and resonance")
{
    using namespace cartridges;
    struct row {
        const char* name;
        magnetic_cartridge cartridge;
        double least, most;   // pF
    };
    double lowest = 1e9, highest = 0.0;
    for (const row& maker :
         {row{"M97xE", shure_m97xe, 200, 300}, row{"V15 III", shure_v15_iii, 400, 500}, row{"V15 V", shure_v15_v, 250, 250},
          row{"2M Red", ortofon_2m_red, 150, 300}, row{"AT-VM95E", at_vm95e, 100, 200}, row{"VM540ML", at_vm540ml, 100, 200},
          row{"MP-110", nagaoka_mp110, 150, 200}, row{"1042", goldring_1042, 150, 200}, row{"M44-7", shure_m44_7, 400, 500}})
        for (const double picofarads : {maker.least, maker.most}) {
            const input_figures input = voltage_figures(maker.cartridge, {.cable = capacitance{picofarads * 1e-12}});
            std::printf("    %-9s into %3g pF: -3 dB at %.2f kHz, peak %.2f dB\n", maker.name, picofarads, input.source_bandwidth.si / 1e3,
                        input.peak.decibels);
            lowest = std::min(lowest, input.source_bandwidth.si);
            highest = std::max(highest, input.peak.decibels);
        }
    CHECK(lowest == Approx(11.7e3).epsilon(0.005));
    CHECK(highest == Approx(3.54).epsilon(0.005));
    // Makers' loads stay inside: 11 kHz and 4 dB are what the rules' source says.
    CHECK(lowest > 11e3);
    CHECK(edge("voltage, magnetic, bandwidth") < lowest);
    CHECK(highest < 4.0);
    CHECK(edge("voltage, resonance") > highest);
}

TEST_CASE("The level at which noise is heard is where it doubles, and twice as loud is 10 dB")
{
    // An input as noisy as groove and coil together adds 3 dB: the rule's edge, to 0.01 dB.
    const cartridge_match found = matched({false, 0.3e-3, 2.0, 0.0}, measure::plain_inputs(100.0));
    const double groove = std::pow(10.0, -7.2), coil = std::pow(10.0, -found.coil_snr / 10.0);
    const double added = match_quantities::added_noise.measure(found, input_mode::voltage);
    CHECK(added == Approx(10.0 * std::log10((groove + std::pow(10.0, -found.voltage_input.noise.snr / 10.0)) / (groove + coil))));
    CHECK(edge("voltage, noise") == Approx(10.0 * std::log10(2.0)).margin(0.011));
    CHECK(edge("voltage, much noise") == 10.0);
}

TEST_CASE("A choice follows the better grade of the cartridge and not of the parts")
{
    using enum match_grade;
    const auto verdict = [](match_grade match, match_grade as_set) {
        match_verdict v;
        v.match = match, v.as_set = as_set;
        return v;
    };
    CHECK(choose(verdict(suits, suits), verdict(usable, usable)) == match_choice::voltage);
    CHECK(choose(verdict(usable, usable), verdict(suits, does_not_suit)) == match_choice::transimpedance);
    CHECK(choose(verdict(suits, does_not_suit), verdict(suits, suits)) == match_choice::either);
    CHECK(choose(verdict(usable, usable), verdict(usable, usable)) == match_choice::either);
    CHECK(choose(verdict(does_not_suit, does_not_suit), verdict(does_not_suit, does_not_suit)) == match_choice::neither);
    // A transformer is chosen only where neither does as well without.
    CHECK(choose(verdict(usable, usable), verdict(usable, usable), verdict(suits, suits)) == match_choice::transformer);
    CHECK(choose(verdict(suits, usable), verdict(usable, usable), verdict(suits, suits)) == match_choice::voltage);
    CHECK(choose(verdict(does_not_suit, usable), verdict(does_not_suit, usable), verdict(does_not_suit, suits)) == match_choice::neither);
}
