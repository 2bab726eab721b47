// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/match_subject.hpp"
#include "support/measure.hpp"

#include <phono/analysis/loop_gain.hpp>
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
    match_inputs inputs{.load = resistance{400.0}};
    change(inputs);
    return inputs;
}

/// One for each rule of the table.
std::map<std::string_view, passage> passages()
{
    const auto moving_coil = [](double coil, double winding = 0.0) { return subject{false, 0.3e-3, coil, winding}; };
    const subject magnet{true, 4e-3, 1550.0, 0.65};
    const auto by_coil = [=](double coil) { return matched(moving_coil(coil), {.load = resistance{400.0}}); };
    const auto by_feedback = [=](double ohms) {
        return matched(moving_coil(12.0), with([&](match_inputs& i) { i.feedback = resistance{ohms}; }));
    };
    const auto by_load = [=](double ohms) { return matched(moving_coil(40.0), {.load = resistance{ohms}}); };
    const auto by_winding = [=](double henries) { return matched(moving_coil(40.0, henries), {.load = resistance{400.0}}); };
    const auto by_gain_bandwidth = [=](double hertz) {
        return matched(moving_coil(2.0, 2e-6), with([&](match_inputs& i) { i.gain_bandwidth = frequency{hertz}; }));
    };
    const auto by_gain = [=](double decibels) {
        return matched(moving_coil(40.0), with([&](match_inputs& i) { i.voltage_gain = gain{decibels}; }));
    };
    const auto by_coil_cable = [=](double farads) {
        return matched(moving_coil(12.0, 25e-6), with([&](match_inputs& i) { i.cable = capacitance{farads}; }));
    };
    const auto by_cable = [=](double farads) { return matched(magnet, {.cable = capacitance{farads}}); };
    const auto by_magnetic_load = [=](double ohms) { return matched(magnet, {.load = resistance{ohms}}); };
    const auto by_magnetic_winding = [](double henries) { return matched({true, 4e-3, 500.0, henries}, {}); };
    return {
        {"trans-impedance, low coil", {by_coil, 20.0, 5.0}},
        {"trans-impedance, middling coil", {by_coil, 5.0, 20.0}},
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
        {"trans-impedance, noise", {by_feedback, 1e3, 1.0}},
        {"voltage, coil", {by_coil, 10e3, 1e3}},
        {"voltage, high coil", {by_coil, 1e3, 10e3}},
        {"voltage, load", {by_load, 100.0, 1e3}},
        {"voltage, low load", {by_load, 1e3, 100.0}},
        {"voltage, very low load", {by_load, 1e3, 10.0}},
        {"voltage, moving coil, 20 kHz", {by_winding, 150e-6, 5e-3}},
        {"voltage, moving coil, bandwidth", {by_winding, 150e-6, 10e-3}},
        {"voltage, magnetic, bandwidth", {by_cable, 100e-12, 2e-9}},
        {"voltage, magnetic, very low bandwidth", {by_cable, 100e-12, 10e-9}},
        {"voltage, resonance", {by_magnetic_load, 47e3, 1e6}},
        {"voltage, slow amplifier", {by_gain, 30.0, 60.0}},
        {"voltage, very slow amplifier", {by_gain, 30.0, 60.0}},
        {"voltage, level", {by_gain, 40.0, 10.0}},
        {"voltage, clipping", {by_gain, 40.0, 90.0}},
        {"voltage, noise", {by_load, 400.0, 20.0}},
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

TEST_CASE("A trans-impedance input suits coils to 10 Ohm and no coil above 20 Ohm, as published")
{
    const auto grade = [](double ohms) { return judge(matched({false, 0.3e-3, ohms, 0.0}, {}), input_mode::transimpedance).match; };
    CHECK(grade(10.0) == match_grade::suits);
    CHECK(grade(10.01) == match_grade::usable);
    CHECK(grade(20.0) == match_grade::usable);
    CHECK(grade(20.01) == match_grade::does_not_suit);
}

TEST_CASE("A voltage input suits a coil of a tenth of its load, which takes 0.83 dB")
{
    const auto into = [](double ohms) { return matched({false, 0.3e-3, 40.0, 0.0}, {.load = resistance{ohms}}); };
    CHECK(judge(into(400.0), input_mode::voltage).as_set == match_grade::suits);
    CHECK(judge(into(399.9), input_mode::voltage).as_set == match_grade::usable);
    const auto loaded = chain{moving_coil_cartridge{.resistance = resistance{40.0}}, loading{.resistance = resistance{400.0}}};
    CHECK(decibels(response(loaded, frequency{1e3})) == Approx(-0.83).margin(0.005));
    // The usual load, 47 kOhm, is ten coils of the highest that it suits.
    const auto grade = [](double coil) { return judge(matched({true, 4e-3, coil, 0.0}, {}), input_mode::voltage).match; };
    const double highest = usual_load(magnetic_cartridge{}).si / 10.0;
    CHECK(grade(highest) == match_grade::suits);
    CHECK(grade(1.001 * highest) == match_grade::usable);
}

TEST_CASE("A level is too low where 46 dB of gain do not bring it to a line level of 0.316 V")
{
    const auto amplified = chain{voltage_source{}, buffer{gain{46.0}}};
    for (const char* rule : {"voltage, level", "trans-impedance, level"})
        CHECK(edge(rule) * std::abs(response(amplified, frequency{1e3})) == Approx(0.316).epsilon(3.5e-3));
}

TEST_CASE("The loudest groove has ten times the RMS output as its peak")
{
    // 50 cm/s peak over 5 cm/s RMS.
    const cartridge_match found = matched({false, 0.3e-3, 12.0, 0.0}, {});
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
          row{"2M Red", ortofon_2m_red, 150, 300}, row{"AT-VM95E", at_vm95e, 100, 200}})
        for (const double picofarads : {maker.least, maker.most}) {
            const input_figures input = voltage_figures(maker.cartridge, {.cable = capacitance{picofarads * 1e-12}});
            std::printf("    %-9s into %3g pF: -3 dB at %.2f kHz, peak %.2f dB\n", maker.name, picofarads, input.source_bandwidth.si / 1e3,
                        input.peak.decibels);
            lowest = std::min(lowest, input.source_bandwidth.si);
            highest = std::max(highest, input.peak.decibels);
        }
    CHECK(lowest == Approx(13.9e3).epsilon(0.005));
    CHECK(highest == Approx(3.54).epsilon(0.005));
    // Makers' loads stay inside: 13 kHz and 4 dB are what the rules' source says.
    CHECK(lowest > 13e3);
    CHECK(edge("voltage, magnetic, bandwidth") < lowest);
    CHECK(highest < 4.0);
    CHECK(edge("voltage, resonance") > highest);
}

namespace {

std::string_view words(match_grade grade)
{
    return grade == match_grade::suits ? "suits" : grade == match_grade::usable ? "usable" : "does not suit";
}

/// What a verdict rests on: the names of the rules that decide it, then of those that object to the parts as set.
struct grounds {
    match_grade match, as_set;
    std::set<std::string_view> deciding, objecting;

    bool operator==(const grounds&) const = default;
};

grounds printed(const cartridge_match& found, input_mode mode)
{
    const match_verdict verdict = judge(found, mode);
    grounds result{verdict.match, verdict.as_set, {}, {}};
    std::printf("    %s: %s; as set: %s\n", mode == input_mode::voltage ? "voltage input" : "trans-impedance input",
                words(verdict.match).data(), words(verdict.as_set).data());
    for (std::size_t i = 0; i < match_rules.size(); ++i) {
        const match_rule& rule = match_rules[i];
        if (verdict.decides(i)) result.deciding.insert(rule.name);
        if (verdict.objects(i)) result.objecting.insert(rule.name);
        if (verdict.decides(i) || verdict.objects(i))
            std::printf("      %s%s is %.4g %s (edge %.4g): %s [%s]\n", verdict.objects(i) ? "as set: " : "",
                        std::string{rule.quantity.name}.c_str(), rule.quantity.measure(found, mode),
                        std::string{rule.quantity.unit}.c_str(), rule.edge, std::string{rule.reason}.c_str(),
                        std::string{rule.source}.c_str());
    }
    return result;
}

struct verdicts {
    grounds voltage, transimpedance;
    match_choice choice;
};

template <class Cartridge>
verdicts of(const char* name, const Cartridge& cartridge)
{
    std::printf("  %s\n", name);
    const cartridge_match found = match(cartridge, {.load = usual_load(cartridge)});
    const grounds voltage = printed(found, input_mode::voltage), transimpedance = printed(found, input_mode::transimpedance);
    return {voltage, transimpedance, choose(judge(found, input_mode::voltage), judge(found, input_mode::transimpedance))};
}

using enum match_grade;
const grounds voltage_suits{suits, suits, {"voltage, coil"}, {}};

}   // namespace

TEST_CASE("Denon DL-103: the voltage input suits and 40 Ohm is too much for a trans-impedance input")
{
    const verdicts found = of("Denon DL-103, 40 Ohm", cartridges::denon_dl103);
    CHECK(found.voltage == voltage_suits);
    CHECK(found.transimpedance == grounds{does_not_suit, does_not_suit, {"trans-impedance, high coil"}, {}});
    CHECK(found.choice == match_choice::voltage);
}

TEST_CASE("A coil of 2 Ohm suits a trans-impedance input but not with an amplifier of 10 MHz")
{
    constexpr moving_coil_cartridge cartridge{.output = voltage{0.2e-3}, .resistance = resistance{2.0}, .inductance = inductance{2e-6}};
    const verdicts found = of("moving coil, 2 Ohm, 2 uH", cartridge);
    CHECK(found.voltage == voltage_suits);
    CHECK(found.transimpedance == grounds{suits,
                                          does_not_suit,
                                          {"trans-impedance, low coil"},
                                          {"trans-impedance, amplifier, 20 kHz", "trans-impedance, amplifier, bandwidth"}});
    CHECK(found.choice == match_choice::either);

    // A faster amplifier or a smaller Rf mends it, as the reason says; with the faster one, winding and cable affect the loop.
    const subject coil{false, 0.2e-3, 2.0, 2e-6};
    CHECK(printed(matched(coil, {.gain_bandwidth = frequency{100e6}}), input_mode::transimpedance).objecting ==
          std::set<std::string_view>{"trans-impedance, ringing", "trans-impedance, near oscillation"});
    const match_inputs no_cable{.cable = capacitance{0.0}, .gain_bandwidth = frequency{100e6}};
    CHECK(judge(matched(coil, no_cable), input_mode::transimpedance).as_set == suits);
    CHECK(judge(matched(coil, {.feedback = resistance{100.0}}), input_mode::transimpedance).as_set == suits);
}

TEST_CASE("A coil of 12 Ohm is usable on a trans-impedance input and suits a voltage input")
{
    constexpr moving_coil_cartridge cartridge{.output = voltage{0.4e-3}, .resistance = resistance{12.0}, .inductance = inductance{25e-6}};
    const verdicts found = of("moving coil, 12 Ohm, 25 uH", cartridge);
    CHECK(found.voltage == voltage_suits);
    CHECK(found.transimpedance == grounds{usable, usable, {"trans-impedance, middling coil"}, {"trans-impedance, ringing"}});
    CHECK(match(cartridge).phase_margin == Approx(29.94).margin(0.005));
    CHECK(found.choice == match_choice::voltage);
}

TEST_CASE("A magnetic cartridge of 650 mH belongs on a voltage input only")
{
    const verdicts found = of("Shure M97xE, 1.55 kOhm, 650 mH", cartridges::shure_m97xe);
    CHECK(found.voltage == voltage_suits);
    CHECK(found.transimpedance ==
          grounds{does_not_suit,
                  does_not_suit,
                  {"trans-impedance, high coil", "trans-impedance, magnetic", "trans-impedance, winding, bandwidth"},
                  {"trans-impedance, level", "trans-impedance, ringing"}});
    CHECK(found.choice == match_choice::voltage);

    // The corner is Rc/(2 pi Lc), and from there the current falls 6 dB per octave: 20 dB from 2 to 20 kHz.
    const cartridge_match figures = match(cartridges::shure_m97xe, {});
    CHECK(match_quantities::winding_corner.measure(figures, input_mode::transimpedance) == Approx(379.5).epsilon(1e-3));
    const auto current = transimpedance_input(cartridges::shure_m97xe, {});
    CHECK(decibels(response(current, frequency{20e3})) - decibels(response(current, frequency{2e3})) == Approx(-20.0).margin(0.2));
}

TEST_CASE("A capacitor across Rf mends a loop that rings and takes nothing from the treble")
{
    const auto mended = [](const auto& cartridge, double gain_bandwidth) {
        const match_inputs inputs{.gain_bandwidth = frequency{gain_bandwidth}};
        const auto ringing = transimpedance_input(cartridge, inputs);
        const auto damped =
            chain{cartridge, cable{.capacitance = inputs.cable},
                  transimpedance_stage{inputs.amplifier(), parallel{resistor{inputs.feedback}, capacitor{capacitance{22e-12}}}}};
        CHECK(match(cartridge, inputs).phase_margin < 30.0);
        const auto before = phase_margin(ringing), after = phase_margin(damped);
        REQUIRE((before && after));
        const double lost = decibels(response(ringing, frequency{20e3})) - decibels(response(damped, frequency{20e3}));
        std::printf("    22 pF: %.1f degrees become %.1f, 20 kHz loses %.4f dB\n", before->degrees, after->degrees, lost);
        CHECK(after->degrees > edge("trans-impedance, ringing"));
        CHECK(std::abs(lost) < 0.01);
    };
    mended(moving_coil_cartridge{.output = voltage{0.4e-3}, .resistance = resistance{12.0}, .inductance = inductance{25e-6}}, 10e6);
    mended(moving_coil_cartridge{.output = voltage{0.2e-3}, .resistance = resistance{2.0}, .inductance = inductance{2e-6}}, 100e6);
    mended(cartridges::shure_m97xe, 10e6);
}

TEST_CASE("A choice follows the better grade of the cartridge and not of the parts")
{
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
}

TEST_CASE("Every cartridge of the catalogue suits a voltage input and no magnetic one a trans-impedance input")
{
    int count = 0;
    catalogue::for_each_cartridge([&](const auto& known) {
        INFO(std::string{known.name});
        const cartridge_match found = match(known.value, {.load = usual_load(known.value)});
        CHECK(judge(found, input_mode::voltage).match == suits);
        // The M44-7 makes 13.4 mV: at 40 dB the crests of a groove of 50 cm/s pass 13 V.
        CHECK(judge(found, input_mode::voltage).as_set == (known.name == "shure_m44_7" ? does_not_suit : suits));
        const match_grade current = judge(found, input_mode::transimpedance).match;
        const double coil = known.value.resistance.si;
        if (found.kind == cartridge_kind::magnetic) CHECK(current == does_not_suit);
        else CHECK(current == (coil <= 10.0 ? suits : coil <= 20.0 ? usable : does_not_suit));
        ++count;
    });
    CHECK(count == 40);
}
