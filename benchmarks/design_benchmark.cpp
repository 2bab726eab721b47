// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <memory>
#include <string>

// What is not done per sample: designs, changes of values, responses.
namespace {

using namespace phono;
using namespace phono::literals;

/// Order 7 by the circuit alone: cartridge and load, RIAA with the IEC high-pass and a 3 us low-pass, and an RC low-pass.
auto order_seven(double ohms)
{
    return chain{cartridges::typical_magnetic, loading{.resistance = resistance{ohms}, .capacitance = 150_pF},
                 curve{.lags = {3180_us, 75_us, 3_us}, .leads = {318_us}, .high_passes = {7950_us}}, series_arm{resistor{1_kOhm}},
                 shunt_arm{capacitor{1_nF}}};
}
using order_seven_chain = decltype(order_seven(0.0));

/// A value that the compiler cannot know.
double load()
{
    static volatile double ohms = 47e3;
    return ohms;
}

double error_of(const digital_filter& filter)
{
    const auto wanted = order_seven(load());
    double worst = 0.0;
    for (const double hertz : {20.0, 100.0, 1e3, 5e3, 10e3, 20e3})
        worst = std::max(worst, std::fabs(decibels(filter.response(frequency{hertz})) - decibels(response(wanted, frequency{hertz}))));
    require(filter.is_stable() && !filter.problem && worst < 1e-3, "the order-7 design follows its circuit");
    return worst;
}

line call(const std::string& name, std::function<double()> made, double nanoseconds = 0.0)
{
    line one;
    one.name = name;
    one.reading = "a call";
    one.is_call = true;
    one.pass = [made = std::move(made)] { require(std::isfinite(made()), "a design is finite"); };
    if (nanoseconds > 0.0) one.should = nanoseconds_at_most(nanoseconds);
    return one;
}

void add_order_seven(table& lines)
{
    const double error = error_of(design(order_seven(load()), common_rate));
    line from_values = call(
        "design: from component values", [] { return partial_fractions(design(order_seven(load()), common_rate)).direct; }, 8e3);
    from_values.error = error;
    lines.add(from_values);
    const math::rational model = poles_zeros(order_seven(load()));
    line from_roots = call("design: from poles and zeros", [model] { return partial_fractions(matched_z(model, common_rate)).direct; });
    from_roots.error = error_of(matched_z(model, common_rate));
    lines.add(from_roots);
    const digital_filter filter = matched_z(model, common_rate);
    line corrector = call(
        "design: phase corrector", [filter, model] { return phase_corrected(filter, model).delay; }, 2e6);
    corrector.error = error_of(phase_corrected(filter, model));
    lines.add(corrector);
    const auto tunable = std::make_shared<tunable_preamp<order_seven_chain>>(order_seven(load()), common_rate);
    require(!tunable->problem() && tunable->accuracy() < 1e-3, "the tunable preamp runs");
    lines.add(call("design: prepare of a tunable_preamp", [tunable] {
        tunable->prepare(order_seven(load()), common_rate);
        return tunable->latency();
    }));
    lines.add(call(
        "design: retune of a tunable_preamp",
        [tunable, is_turned = false]() mutable {
            is_turned = !is_turned;
            require(tunable->retune(order_seven(is_turned ? 0.99 * load() : load())), "sound values are taken");
            return tunable->latency();
        },
        10e3));
}

/// While it changes: the load is turned before every pass, by little (its modes move) and by much (it fades to another filter).
void add_changes(table& lines)
{
    for (const double turn : {1.01, 2.0}) {
        const auto tunable = std::make_shared<tunable_preamp<order_seven_chain>>(order_seven(load()), common_rate);
        line one = line_of_noise<double>(turn < 1.1 ? "change: load turned by 1 %" : "change: load doubled", "block 64",
                                         [tunable](std::span<double> samples) {
                                             for (std::size_t i = 0; i < samples.size(); i += 64) tunable->process(samples.subspan(i, 64));
                                         });
        one.before = [copy = one.before, tunable, turn, is_turned = false]() mutable {
            copy();
            is_turned = !is_turned;
            require(tunable->retune(order_seven(is_turned ? turn * load() : load())), "sound values are taken");
        };
        lines.add(one);
    }
}

void add_responses(table& lines)
{
    const auto schematic = preamps::nachbaur_magnetic_tube;
    const circuit held{schematic};
    for (const double hertz : {20.0, 1e3, 20e3}) {
        const std::complex<double> anew = response(schematic, frequency{hertz});
        require(std::abs(response(held, frequency{hertz}) - anew) <= 1e-14 * std::abs(anew),
                "a circuit that is held responds as its schematic");
    }
    lines.add(call("response: Nachbaur's tubes, schematic", [schematic] { return std::abs(response(schematic, 1_kHz)); }));
    lines.add(call("response: Nachbaur's tubes, held circuit", [held] { return std::abs(response(held, 1_kHz)); }));
}

void add_reading(table& lines)
{
    const std::string text = netlist_of_100_parts();
    const netlist_reading once{text};
    require(!once.problem() && once.flat().part_count == 100, "a netlist of 100 parts is read");
    lines.add(call(
        "netlist: reading of 100 parts", [text] { return static_cast<double>(netlist_reading{text}.flat().part_count); }, 1e6));
}

}   // namespace

void add_designs(table& lines)
{
    lines.begin_section("design, retune and response: ns for a call, order 7 (cartridge, load, RIAA with IEC high-pass, two low-passes)");
    add_order_seven(lines);
    add_changes(lines);
    add_responses(lines);
    add_reading(lines);
}
