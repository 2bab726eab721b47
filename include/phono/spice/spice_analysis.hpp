// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/math/elementary.hpp>
#include <phono/spice/spice_cards.hpp>
#include <phono/units.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace phono::inline v0_2 {

/// ngspice prints the response from 10 Hz to 100 kHz, 50 frequencies a decade: hertz, decibels, degrees.
struct spice_response {};

/// ngspice prints the operating point: the voltage of each node and the current through each voltage source, as `name = value`.
struct spice_operating_point {};

/// ngspice prints input and output over time, with a sine at the input that begins at 0 s: seconds, volts, volts.
///
/// amplitude is the sine's peak (with disc_velocity, in m/s). step is the longest time step that ngspice takes. Range: amplitude finite,
/// the others above zero.
struct spice_transient {
    voltage amplitude{1.0};
    phono::frequency frequency{1e3};
    phono::duration duration{20e-3};
    phono::duration step{1e-6};
};

/// ngspice prints the density of the noise at the output and of the same noise in series with the input, in V (with disc_velocity m/s) per
/// square root of a hertz: hertz, output, input. Its temperature is 300.15 K. A triode's noise is not in a netlist,
/// except for the shot noise that ngspice gives the diode of a grid's current: up to 0.3 % of the whole in Nachbaur's preamp at 1 Hz.
/// Range: 0 < from < to; per_decade above zero.
struct spice_noise {
    frequency from{1.0}, to{100e3};
    int per_decade = 50;
};

/// What a netlist asks ngspice for.
using spice_analysis = std::variant<spice_response, spice_operating_point, spice_transient, spice_noise>;

namespace detail {

/// An analysis as lines for ngspice.
struct spice_request {
    fault problem{};
    std::string drive{};   ///< what follows DC and AC on the source's card
    std::string lines{};

    explicit spice_request(const spice_analysis& wanted)
    {
        std::visit([this](const auto& analysis) { ask(analysis); }, wanted);
    }

private:
    // Without nobreak a table's heading would be repeated on every page.
    static constexpr std::string_view digits = "set numdgt=15\n", table = "set numdgt=15\nset nobreak\n";

    void ask(const spice_response&)
    {
        lines = ".ac dec 50 10 100k\n.print ac vdb(out) vp(out)\n";
        control("set units=degrees\n", table);
    }
    /// By ngspice's control commands: `.op` would print every device too.
    void ask(const spice_operating_point&) { control(digits, "op\nprint all\nquit\n"); }
    void ask(const spice_transient& t)
    {
        need(t.frequency.si, "spice_transient.frequency");
        need(t.duration.si, "spice_transient.duration");
        need(t.step.si, "spice_transient.step");
        if (!math::is_finite(t.amplitude.si)) problem = {"spice_transient.amplitude", t.amplitude.si, "must be finite", -1};
        drive = " SIN(0 " + spice_number(t.amplitude.si) + ' ' + spice_number(t.frequency.si) + ')';
        const std::string step = spice_number(t.step.si);
        lines = ".tran " + step + ' ' + spice_number(t.duration.si) + " 0 " + step + "\n.print tran v(in) v(out)\n";
        control({}, table);
    }

    /// By ngspice's control commands: after `.noise` in a batch it prints a warning that it cannot read its own names.
    void ask(const spice_noise& n)
    {
        need(n.per_decade, "spice_noise.per_decade");
        need(n.from.si, "spice_noise.from");
        need(n.to.si, "spice_noise.to");
        if (!problem && !(n.from < n.to)) problem = {"spice_noise.to", n.to.si, "must be above from", -1};
        const std::string sweep = std::to_string(n.per_decade) + ' ' + spice_number(n.from.si) + ' ' + spice_number(n.to.si);
        control(table, "noise v(out) vin dec " + sweep + "\nsetplot noise1\nprint onoise_spectrum inoise_spectrum\nquit\n");
    }

    void control(std::string_view first, std::string_view second)
    {
        ((lines += ".control\n") += first) += second;
        lines += ".endc\n";
    }
    void need(double value, const char* name)
    {
        if (!(value > 0.0)) problem = {name, value, "must be above zero", -1};
        else if (!math::is_finite(value)) problem = {name, value, "must be finite", -1};
    }
};

}   // namespace detail

}   // namespace phono::inline v0_2
