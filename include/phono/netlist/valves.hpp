// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/catalogue_names.hpp>
#include <phono/netlist/grid_diode.hpp>
#include <phono/netlist/law_fit.hpp>
#include <phono/netlist/valve_cards.hpp>
#include <phono/netlist/valve_current.hpp>
#include <phono/netlist/valve_reading.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/koren.hpp>

#include <cstdint>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Finds out which valve a subcircuit is, whatever its expressions look like: its sources are evaluated at voltages where a triode's law shows
/// its parameters, and the library's law with these parameters must have the same currents, within 1e-9, at voltages from cut-off to grid
/// current.
///
/// Laws: koren, its parameters by name (mu, ex, kg1, kp, kvb, vct) or found from its currents; dempwolf_zoelzer by name. Grid current: none, a
/// diode behind a resistor, or the power law. Pins: by their names (p a plate anode, g grid, k c cathode), or plate, grid, cathode in this
/// order, or in whatever order the sources between them have.
template <class Body>
class valve_finder {
public:
    constexpr explicit valve_finder(const Body& body) noexcept : body_(body), cards_(body) {}

    [[nodiscard]] constexpr valve_reading find() noexcept
    {
        if (!cards_.are_few) return {};
        if (!has_source_between_pins()) {
            if (cards_.has("dqjmz")) found_.wrong = mistake_kind::junction_device, found_.word = body_.name();
            return found_;
        }
        gather_written_values();
        valve_pins pins;
        const int named = pins_by_name(pins);
        if (body_.pins() != 3) {
            if (named == 3 && !has_screen_by_name() && are_others_apart(pins))
                return try_pins(pins), found_;   // beside those of its heater
            if (!is_linear()) refuse(has_screen() ? mistake_kind::pentode : mistake_kind::unknown_valve);
            return found_;
        }
        if (named == 3) {
            try_pins(pins);
            return found_;
        }
        constexpr valve_pins orders[] = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}, {2, 0, 1}, {1, 2, 0}};
        for (const valve_pins& order : orders)
            if (has_source_between(order.plate, order.cathode) && try_pins(order)) break;
        return found_;
    }

private:
    struct electrode {
        std::string_view name;
        int which;
    };

    constexpr void refuse(mistake_kind kind, std::string_view word = {}) noexcept
    {
        if (found_.wrong == mistake_kind::none) found_.wrong = kind, found_.word = word.empty() ? body_.name() : word;
    }

    // Pins.

    [[nodiscard]] constexpr bool has_source_between(int one, int other) const noexcept
    {
        for (int i = 0; i < cards_.source_count; ++i) {
            const law_source& s = cards_.sources[i];
            if (!s.is_voltage && is_between(body_, s, one, other)) return true;
        }
        return false;
    }
    [[nodiscard]] constexpr bool has_source_between_pins() const noexcept
    {
        for (int one = 0; one < body_.pins(); ++one)
            for (int other = one + 1; other < body_.pins(); ++other)
                if (has_source_between(one, other)) return true;
        return false;
    }
    /// How many of the three electrodes have a pin of their name.
    constexpr int pins_by_name(valve_pins& pins) const noexcept
    {
        constexpr electrode names[] = {{"p", 0},  {"a", 0}, {"plate", 0}, {"anode", 0},   {"g", 1},       {"grid", 1},
                                       {"g1", 1}, {"k", 2}, {"c", 2},     {"cathode", 2}, {"kathode", 2}, {"cath", 2}};
        int found = 0;
        int* const at[] = {&pins.plate, &pins.grid, &pins.cathode};
        bool is_found[3]{};
        for (int pin = 0; pin < body_.pins(); ++pin)
            for (const electrode& e : names)
                if (same_name(body_.pin(pin), e.name) && !is_found[e.which]) is_found[e.which] = true, *at[e.which] = pin, ++found;
        return found;
    }
    [[nodiscard]] constexpr bool has_screen() const noexcept { return has_screen_by_name() || body_.pins() == 4 || body_.pins() == 5; }
    [[nodiscard]] constexpr bool has_screen_by_name() const noexcept
    {
        for (int pin = 0; pin < body_.pins(); ++pin)
            for (const std::string_view name : {"g2", "s", "screen", "g3"})
                if (same_name(body_.pin(pin), name)) return true;
        return false;
    }
    /// True if no source touches a pin that is none of the three electrodes; one whose expression names it has no current that is known.
    [[nodiscard]] constexpr bool are_others_apart(const valve_pins& pins) const noexcept
    {
        for (int i = 0; i < cards_.source_count; ++i) {
            const law_source& s = cards_.sources[i];
            for (const std::string_view node : {s.a, s.b, s.plus, s.minus}) {
                const int pin = pin_of(body_, node);
                if (pin >= 0 && pin != pins.plate && pin != pins.grid && pin != pins.cathode) return false;
            }
        }
        return true;
    }

    // What is written.

    /// The numbers and parameters in its expressions.
    constexpr void gather_written_values() noexcept
    {
        for (int i = 0; i < cards_.source_count; ++i) {
            const std::string_view text = cards_.sources[i].expression;
            for (std::size_t at = 0; at < text.size();) {
                std::size_t length = 1;
                if (is_digit(text[at])) {
                    const netlist_number number = number_at(text.substr(at));
                    if (number.mistake == number_mistake::none) written_.add(number.value), length = number.length;
                } else if (begins_name(text[at])) {
                    while (at + length < text.size() && is_in_name(text[at + length])) ++length;
                    const bool is_called = at + length < text.size() && text[at + length] == '(';
                    const evaluation<double> value =
                        is_called ? evaluation<double>{0.0, mistake_kind::unknown_function, {}} : body_.value(text.substr(at, length));
                    if (value.wrong == mistake_kind::none) written_.add(value.value);
                }
                at += length;
            }
        }
    }
    /// A parameter by name, unless it is of a size that no law has.
    [[nodiscard]] constexpr bool take_named(std::string_view name, double& value) const noexcept
    {
        const evaluation<double> found = body_.value(name);
        if (found.wrong != mistake_kind::none || !is_within(found.value, -1e6, 1e6)) return false;
        value = found.value;
        return true;
    }

    // Currents.

    struct electrode_currents {
        valve_current<Body> plate, grid;
    };

    [[nodiscard]] static constexpr bool is_straight(valve_current<Body>& current, double vgk) noexcept
    {
        double values[3]{};
        for (int i = 0; i < 3; ++i) {
            const evaluation<double> at = current(vgk * (i + 1), 50.0 * (i + 1));
            if (at.wrong != mistake_kind::none) return false;
            values[i] = at.value;
        }
        return math::abs(values[0] - 2.0 * values[1] + values[2]) <= 1e-9 * math::abs(values[1]);
    }
    /// True if the sources between pins are no valve: a current that is a straight line.
    [[nodiscard]] constexpr bool is_linear() const noexcept
    {
        for (int one = 0; one < body_.pins(); ++one)
            for (int other = one + 1; other < body_.pins(); ++other) {
                if (!has_source_between(one, other)) continue;
                valve_current<Body> current{body_, cards_, {}, one, other};
                if (!is_straight(current, 1.0) || !is_straight(current, -1.0)) return false;
            }
        return true;
    }

    [[nodiscard]] static constexpr bool is_same(const evaluation<double>& read, double of_law, double scale) noexcept
    {
        return read.wrong == mistake_kind::none && math::abs(read.value - of_law) <= 1e-9 * math::abs(of_law) + 1e-12 * scale;
    }

    /// True if a law has the currents of the sources, from far below cut-off up to grid current, and wherever ground is.
    [[nodiscard]] constexpr bool has_currents_of(const any_law& law, electrode_currents& currents, bool with_grid) noexcept
    {
        constexpr double drives[] = {-0.04, -0.015, -0.006, 0.0, 0.01}, plates[] = {15.0, 90.0, 300.0};
        for (const double vpk : plates)
            for (const double drive : drives) {
                const double vgk = drive * vpk;
                const triode_currents i = law.currents(vgk, vpk);
                if (!is_same(currents.plate(vgk, vpk), i.plate, 1e-3)) return false;
                if (with_grid && !is_same(currents.grid(vgk, vpk), i.grid, 1e-6)) return false;
            }
        const triode_currents i = law.currents(-0.7, 120.0);
        if (!is_same(currents.plate(-0.7, 120.0, 31.0), i.plate, 1e-3)) return false;
        if (with_grid && !is_same(currents.grid(0.4, 70.0, 31.0), law.currents(0.4, 70.0).grid, 1e-6)) return false;
        // Below 0 V the power of a number below 0 may be doubtful, to ngspice and LTspice; the library has no current there.
        const evaluation<double> backwards = currents.plate(0.0, -10.0);
        return backwards.wrong == mistake_kind::doubtful_power ||
               (backwards.wrong == mistake_kind::none && math::abs(backwards.value) <= 1e-6);
    }

    // Laws.

    template <class Grid>
    constexpr bool take_koren(koren<no_grid_current> plate, const Grid& grid, electrode_currents& currents, bool with_grid) noexcept
    {
        const any_law law = koren<Grid>{plate.mu, plate.ex, plate.kg1, plate.kp, plate.kvb, plate.vct, grid};
        if (law.problem() || !has_currents_of(law, currents, with_grid)) return false;
        found_.law = law;
        return true;
    }
    constexpr bool take_koren(const koren<no_grid_current>& plate, const grid_diode& diode, const power_grid_current* power,
                              electrode_currents& currents) noexcept
    {
        if (diode.is_there) return take_koren(plate, diode.law, currents, false);
        if (power != nullptr) return take_koren(plate, *power, currents, true);
        return take_koren(plate, no_grid_current{}, currents, false);
    }

    [[nodiscard]] constexpr bool koren_by_name(koren<no_grid_current>& law) const noexcept
    {
        const bool has_kg1 = take_named("kg1", law.kg1) || take_named("kg", law.kg1);
        law.vct = 0.0;
        static_cast<void>(take_named("vct", law.vct));
        return has_kg1 && take_named("mu", law.mu) && (take_named("ex", law.ex) || take_named("x", law.ex)) && take_named("kp", law.kp) &&
               take_named("kvb", law.kvb);
    }
    [[nodiscard]] constexpr bool power_grid_by_name(power_grid_current& law) const noexcept
    {
        return take_named("g", law.g) && take_named("xi", law.xi) && take_named("c", law.c);
    }
    [[nodiscard]] constexpr bool take_dempwolf_zoelzer(electrode_currents& currents) noexcept
    {
        dempwolf_zoelzer law;
        if (!take_named("g", law.g) || !take_named("mu", law.mu) || !take_named("gamma", law.gamma) || !take_named("c", law.c))
            return false;
        if (!take_named("gg", law.gg) || !take_named("xi", law.xi) || !take_named("cg", law.cg) || !take_named("ig0", law.ig0))
            return false;
        const any_law any = law;
        if (any.problem() || !has_currents_of(any, currents, true)) return false;
        found_.law = any;
        return true;
    }

    constexpr bool find_law(const grid_diode& diode, const valve_pins& pins, electrode_currents& currents) noexcept
    {
        const bool has_grid_source = has_source_between(pins.grid, pins.cathode);
        if (has_grid_source && !diode.is_there && take_dempwolf_zoelzer(currents)) return true;
        power_grid_current power;
        const bool has_named_grid = has_grid_source && power_grid_by_name(power);
        koren<no_grid_current> named;
        const bool has_named = koren_by_name(named);
        if (has_named && (has_named_grid || !has_grid_source) && take_koren(named, diode, has_named_grid ? &power : nullptr, currents))
            return true;

        if (has_grid_source) {
            const power_grid_fit fit{[&currents](double vgk) { return currents.grid(vgk, 100.0); }, written_};
            if (!fit.is_found) return refuse(mistake_kind::unknown_grid_current), false;
            power = fit.law;
        }
        const power_grid_current* const grid = has_grid_source ? &power : nullptr;
        if (has_named && has_grid_source && take_koren(named, diode, grid, currents)) return true;
        const koren_fit fit{[&currents](double vgk, double vpk) { return currents.plate(vgk, vpk); }, written_};
        if (!fit.is_found) return false;
        return take_koren(fit.law, diode, grid, currents);
    }

    /// Marks the cards of the law; false where a part beside them leads to a node within it.
    [[nodiscard]] constexpr bool mark_cards(const grid_diode& diode, const valve_pins& pins) noexcept
    {
        for (int i = 0; i < cards_.source_count; ++i) found_.used |= std::uint64_t{1} << cards_.sources[i].card;
        for (int i = 0; i < cards_.part_count; ++i) {
            const law_part& p = cards_.parts[i];
            const bool is_of_diode = p.letter == 'd' || (diode.is_there && !diode.between.empty() &&
                                                         (same_name(p.a, diode.between) || same_name(p.b, diode.between)));
            const bool has_inner = is_in_law(p.a) || is_in_law(p.b), has_pin = pin_of(body_, p.a) >= 0 || pin_of(body_, p.b) >= 0;
            if (!is_of_diode && !has_inner) continue;
            if (!is_of_diode && (stands_on_cathode(p.a, pins) || stands_on_cathode(p.b, pins))) {   // what loads that source alone
                if ((p.letter != 'r' && p.letter != 'c') || !is_at_cathode(p.a, pins) || !is_at_cathode(p.b, pins)) return false;
                found_.used |= std::uint64_t{1} << p.card;
                continue;
            }
            const bool is_held = cards_.is_held(p.a) || is_ground(p.a) ? cards_.is_held(p.b) || is_ground(p.b) : false;
            if (!is_of_diode && (has_pin || (p.letter != 'r' && !(p.letter == 'c' && is_held)))) return false;
            found_.used |= std::uint64_t{1} << p.card;
        }
        return true;
    }
    /// True for a source of a voltage from the cathode to a node within, in the place of one from ground.
    [[nodiscard]] constexpr bool is_on_cathode(const law_source& s, const valve_pins& pins) const noexcept
    {
        const int a = pin_of(body_, s.a), b = pin_of(body_, s.b);
        return s.is_voltage && ((a == pins.cathode && b < 0 && !is_ground(s.b)) || (b == pins.cathode && a < 0 && !is_ground(s.a)));
    }
    [[nodiscard]] constexpr bool stands_on_cathode(std::string_view node, const valve_pins& pins) const noexcept
    {
        if (pin_of(body_, node) >= 0) return false;
        for (int i = 0; i < cards_.source_count; ++i)
            if (const law_source& s = cards_.sources[i]; is_on_cathode(s, pins) && (same_name(s.a, node) || same_name(s.b, node)))
                return true;
        return false;
    }
    [[nodiscard]] constexpr bool is_at_cathode(std::string_view node, const valve_pins& pins) const noexcept
    {
        return pin_of(body_, node) == pins.cathode || stands_on_cathode(node, pins);
    }
    /// True for a node within that one of the sources touches.
    [[nodiscard]] constexpr bool is_in_law(std::string_view node) const noexcept
    {
        if (is_ground(node) || pin_of(body_, node) >= 0) return false;
        for (int i = 0; i < cards_.source_count; ++i)
            if (same_name(cards_.sources[i].a, node) || same_name(cards_.sources[i].b, node)) return true;
        return false;
    }
    /// True if all sources of current flow from plate or grid to cathode, or within.
    [[nodiscard]] constexpr bool are_sources_in_place(const valve_pins& pins) const noexcept
    {
        for (int i = 0; i < cards_.source_count; ++i) {
            const law_source& s = cards_.sources[i];
            if (is_on_cathode(s, pins)) continue;
            if (stands_on_cathode(s.a, pins) || stands_on_cathode(s.b, pins)) return false;   // its current would be the cathode's
            const bool has_pin = pin_of(body_, s.a) >= 0 || pin_of(body_, s.b) >= 0;
            if (has_pin &&
                (s.is_voltage || (!is_between(body_, s, pins.plate, pins.cathode) && !is_between(body_, s, pins.grid, pins.cathode))))
                return false;
        }
        return true;
    }

    /// True if it is a triode with these pins; what is wrong is kept of the first trial.
    constexpr bool try_pins(const valve_pins& pins) noexcept
    {
        electrode_currents currents{{body_, cards_, pins, pins.plate, pins.cathode}, {body_, cards_, pins, pins.grid, pins.cathode}};
        const grid_diode diode{body_, cards_, pins};
        const bool is_in_place = are_sources_in_place(pins);
        if (is_in_place && diode.is_right && find_law(diode, pins, currents) && mark_cards(diode, pins)) {
            const std::uint64_t used = found_.used;
            const any_law law = found_.law;
            found_ = {true, law, pins.plate, pins.grid, pins.cathode, mistake_kind::none, {}, diode.left_out, used};
            return true;
        }
        found_.used = 0, found_.law = {};
        if (!is_linear()) refuse(!diode.is_right ? mistake_kind::unknown_grid_current : mistake_kind::unknown_valve);
        return false;
    }

    const Body& body_;
    valve_cards cards_;
    written_values written_{};
    valve_reading found_{};
};

template <class Body>
[[nodiscard]] constexpr valve_reading find_valve(const Body& body) noexcept
{
    return valve_finder<Body>{body}.find();
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
