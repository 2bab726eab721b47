// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/valve_cards.hpp>
#include <phono/netlist/valve_current.hpp>
#include <phono/netlist/valve_reading.hpp>
#include <phono/tube/grid_current.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The thermal voltage of ngspice at 27 C, of the constants of CODATA 2014.
inline constexpr double thermal_voltage_at_27_C = 1.38064852e-23 * 300.15 / 1.6021766208e-19;

/// What a .model of a diode says; what has no place in a law of grid current, such as its capacitance, is named.
struct diode_model {
    double is = 1e-14, n = 1.0, rs = 0.0;
    left_out_settings left_out{};
    bool is_read = false;

    template <class Body>
    constexpr diode_model(const Body& body, std::string_view name) noexcept
    {
        std::string_view text;
        if (name.empty() || !body.model(name, text)) return;
        card_words words{text};
        if (!same_name(words.next(), "d")) return;
        while (!words.is_empty()) {
            const std::string_view parameter = words.next();
            if (parameter == "(" || parameter == ")") continue;
            if (words.next() != "=") return;
            const evaluation<double> value = body.value(without_braces(words.next()));
            if (value.wrong != mistake_kind::none) return;
            if (same_name(parameter, "is")) is = value.value;
            else if (same_name(parameter, "n")) n = value.value;
            else if (same_name(parameter, "rs")) rs = value.value;
            else if (value.value != 0.0) left_out.add(parameter);
        }
        is_read = true;
    }
};

/// The diode from grid to cathode, behind a resistor or none, as the parts of a subcircuit have it.
struct grid_diode {
    diode_grid_current law{};
    std::string_view between{};   ///< the node behind the resistor
    left_out_settings left_out{};
    bool is_there = false, is_right = true;

    template <class Body>
    constexpr grid_diode(const Body& body, const valve_cards& cards, const valve_pins& pins) noexcept
    {
        for (int i = 0; i < cards.part_count; ++i) {
            const law_part& diode = cards.parts[i];
            if (diode.letter != 'd') continue;
            is_right = is_right && !is_there && pin_of(body, diode.b) == pins.cathode;
            is_there = true;
            const diode_model model{body, diode.value};
            is_right = is_right && model.is_read;
            double ohms = model.rs;
            if (pin_of(body, diode.a) != pins.grid) between = diode.a, is_right = is_right && add_resistor(body, cards, pins, ohms);
            law = {ohms, model.is, model.n * thermal_voltage_at_27_C}, left_out = model.left_out;
            // A parameter vt states what is in the emission coefficient to the last bit.
            if (const evaluation<double> vt = body.value("vt");
                vt.wrong == mistake_kind::none && math::abs(vt.value - law.vt) <= 1e-12 * law.vt)
                law.vt = vt.value;
        }
        is_right = is_right && (!is_there || (law.r > 0.0 && law.is > 0.0 && law.vt > 0.0));
    }

private:
    template <class Body>
    constexpr bool add_resistor(const Body& body, const valve_cards& cards, const valve_pins& pins, double& ohms) const noexcept
    {
        int count = 0;
        for (int i = 0; i < cards.part_count; ++i) {
            const law_part& p = cards.parts[i];
            const bool is_first = same_name(p.a, between);
            if (p.letter == 'd' || (!is_first && !same_name(p.b, between))) continue;
            const evaluation<double> value = body.value(p.value);
            if (p.letter != 'r' || value.wrong != mistake_kind::none || pin_of(body, is_first ? p.b : p.a) != pins.grid) return false;
            ohms += value.value, ++count;
        }
        return count == 1 && !cards.is_held(between) && !is_ground(between) && pin_of(body, between) < 0;
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
