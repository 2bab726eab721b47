// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/electrode_stoppers.hpp>
#include <phono/netlist/grid_diode.hpp>
#include <phono/netlist/law_fit.hpp>
#include <phono/netlist/valve_cards.hpp>
#include <phono/netlist/valve_pins.hpp>
#include <phono/netlist/valve_proof.hpp>
#include <phono/netlist/valve_reading.hpp>
#include <phono/netlist/written_laws.hpp>
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
        if (!has_source_between_pins(body_, cards_)) {
            if (cards_.has("dqjmz")) found_.wrong = mistake_kind::junction_device, found_.word = body_.name();
            return found_;
        }
        written_ = values_written_in(body_, cards_);
        valve_pins pins;
        const int named = pins_by_name(body_, pins);
        if (body_.pins() != 3) {
            if (named == 3 && !has_screen_by_name(body_) && are_others_apart(body_, cards_, pins))
                return try_pins(pins), found_;   // beside those of its heater
            if (!is_linear(body_, cards_)) refuse(has_screen(body_) ? mistake_kind::pentode : mistake_kind::unknown_valve);
            return found_;
        }
        if (named == 3) {
            try_pins(pins);
            return found_;
        }
        constexpr valve_pins orders[] = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}, {2, 0, 1}, {1, 2, 0}};
        for (const valve_pins& order : orders)
            if (has_source_between(body_, cards_, order.plate, order.cathode) && try_pins(order)) break;
        return found_;
    }

private:
    constexpr void refuse(mistake_kind kind, std::string_view word = {}) noexcept
    {
        if (found_.wrong == mistake_kind::none) found_.wrong = kind, found_.word = word.empty() ? body_.name() : word;
    }

    // Laws.

    template <class Grid>
    constexpr bool take_koren(koren<no_grid_current> plate, const Grid& grid, electrode_currents<Body>& currents, bool with_grid) noexcept
    {
        const any_law law = koren<Grid>{plate.mu, plate.ex, plate.kg1, plate.kp, plate.kvb, plate.vct, grid};
        if (law.problem() || !has_currents_of(law, currents, with_grid)) return false;
        found_.law = law;
        return true;
    }
    constexpr bool take_koren(const koren<no_grid_current>& plate, const grid_diode& diode, const power_grid_current* power,
                              electrode_currents<Body>& currents) noexcept
    {
        if (diode.is_there) return take_koren(plate, diode.law, currents, false);
        if (power != nullptr) return take_koren(plate, *power, currents, true);
        return take_koren(plate, no_grid_current{}, currents, false);
    }

    [[nodiscard]] constexpr bool take_dempwolf_zoelzer(electrode_currents<Body>& currents) noexcept
    {
        dempwolf_zoelzer law;
        if (!dempwolf_zoelzer_by_name(body_, law)) return false;
        const any_law any = law;
        if (any.problem() || !has_currents_of(any, currents, true)) return false;
        found_.law = any;
        return true;
    }

    constexpr bool find_law(const grid_diode& diode, const valve_pins& pins, electrode_currents<Body>& currents) noexcept
    {
        const bool has_grid_source = has_source_between(body_, cards_, pins.grid, pins.cathode);
        if (has_grid_source && !diode.is_there && take_dempwolf_zoelzer(currents)) return true;
        power_grid_current power;
        const bool has_named_grid = has_grid_source && power_grid_by_name(body_, power);
        koren<no_grid_current> named;
        const bool has_named = koren_by_name(body_, named);
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
            if (!is_of_diode && (stands_on_cathode(body_, cards_, p.a, pins) ||
                                 stands_on_cathode(body_, cards_, p.b, pins))) {   // what loads that source alone
                if ((p.letter != 'r' && p.letter != 'c') || !is_at_cathode(body_, cards_, p.a, pins) ||
                    !is_at_cathode(body_, cards_, p.b, pins))
                    return false;
                found_.used |= std::uint64_t{1} << p.card;
                continue;
            }
            const bool is_held = cards_.is_held(p.a) || is_ground(p.a) ? cards_.is_held(p.b) || is_ground(p.b) : false;
            if (!is_of_diode && (has_pin || (p.letter != 'r' && !(p.letter == 'c' && is_held)))) return false;
            found_.used |= std::uint64_t{1} << p.card;
        }
        return true;
    }
    /// What stands behind a value of the law and is not read; empty: nothing.
    [[nodiscard]] constexpr std::string_view unread_word(std::uint64_t used) const noexcept
    {
        for (int i = 0; i < cards_.source_count; ++i)
            if (!cards_.sources[i].unread.empty()) return cards_.sources[i].unread;
        for (int i = 0; i < cards_.part_count; ++i)
            if (((used >> cards_.parts[i].card) & 1U) != 0 && !cards_.parts[i].unread.empty()) return cards_.parts[i].unread;
        return {};
    }
    /// True for a node within that one of the sources touches.
    [[nodiscard]] constexpr bool is_in_law(std::string_view node) const noexcept
    {
        if (is_ground(node) || pin_of(body_, node) >= 0) return false;
        for (int i = 0; i < cards_.source_count; ++i)
            if (same_name(cards_.sources[i].a, node) || same_name(cards_.sources[i].b, node)) return true;
        return false;
    }
    /// True if it is a triode with these pins; what is wrong is kept of the first trial.
    constexpr bool try_pins(const valve_pins& pins) noexcept
    {
        electrode_currents<Body> currents{{body_, cards_, pins, pins.plate, pins.cathode}, {body_, cards_, pins, pins.grid, pins.cathode}};
        const grid_diode diode{body_, cards_, pins};
        const bool is_in_place = are_sources_in_place(body_, cards_, pins);
        if (is_in_place && diode.is_right && find_law(diode, pins, currents) && mark_cards(diode, pins)) {
            const std::uint64_t used = found_.used;
            const any_law law = found_.law;
            found_ = {
                true, law, body_.pin(pins.plate), body_.pin(pins.grid), body_.pin(pins.cathode), mistake_kind::none, {}, diode.left_out,
                used, 0};
            if (const std::string_view word = unread_word(used); !word.empty()) found_ = {}, refuse(mistake_kind::unknown_setting, word);
            return true;
        }
        found_.used = 0, found_.law = {};
        if (!is_linear(body_, cards_)) refuse(!diode.is_right ? mistake_kind::unknown_grid_current : mistake_kind::unknown_valve);
        return false;
    }

    const Body& body_;
    valve_cards cards_;
    written_values written_{};
    valve_reading found_{};
};

template <class Body>
[[nodiscard]] constexpr valve_reading find_valve(Body& body) noexcept
{
    const std::uint64_t stoppers = find_stoppers(body);
    valve_reading found = valve_finder<Body>{body}.find();
    found.stoppers = stoppers;
    return found;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
