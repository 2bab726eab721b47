// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/law_fit.hpp>
#include <phono/netlist/valve_cards.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/koren.hpp>

#include <cstddef>
#include <string_view>

namespace phono::inline v0_2::detail {

/// The numbers in the expressions of a subcircuit, and the values of the parameters in them.
template <class Body>
[[nodiscard]] constexpr written_values values_written_in(const Body& body, const valve_cards& cards) noexcept
{
    written_values written;
    for (int i = 0; i < cards.source_count; ++i) {
        const std::string_view text = cards.sources[i].expression;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t length = 1;
            if (is_digit(text[at])) {
                const netlist_number number = number_at(text.substr(at));
                if (number.mistake == number_mistake::none) written.add(number.value), length = number.length;
            } else if (begins_name(text[at])) {
                while (at + length < text.size() && is_in_name(text[at + length])) ++length;
                const bool is_called = at + length < text.size() && text[at + length] == '(';
                const evaluation<double> value =
                    is_called ? evaluation<double>{0.0, mistake_kind::unknown_function, {}} : body.value(text.substr(at, length));
                if (value.wrong == mistake_kind::none) written.add(value.value);
            }
            at += length;
        }
    }
    return written;
}

/// A parameter by name, unless it is of a size that no law has.
template <class Body>
[[nodiscard]] constexpr bool take_named(const Body& body, std::string_view name, double& value) noexcept
{
    const evaluation<double> found = body.value(name);
    if (found.wrong != mistake_kind::none || !is_within(found.value, -1e6, 1e6)) return false;
    value = found.value;
    return true;
}

/// The laws whose parameters a subcircuit has by their names, in any of the usual spellings; false where one is missing.
template <class Body>
[[nodiscard]] constexpr bool koren_by_name(const Body& body, koren<no_grid_current>& law) noexcept
{
    const auto take = [&body](std::string_view name, double& value) { return take_named(body, name, value); };
    const bool has_kg1 = take("kg1", law.kg1) || take("kg", law.kg1);
    law.vct = 0.0;
    static_cast<void>(take("vct", law.vct));
    return has_kg1 && take("mu", law.mu) && (take("ex", law.ex) || take("x", law.ex)) && take("kp", law.kp) && take("kvb", law.kvb);
}
template <class Body>
[[nodiscard]] constexpr bool power_grid_by_name(const Body& body, power_grid_current& law) noexcept
{
    return take_named(body, "g", law.g) && take_named(body, "xi", law.xi) && take_named(body, "c", law.c);
}
template <class Body>
[[nodiscard]] constexpr bool dempwolf_zoelzer_by_name(const Body& body, dempwolf_zoelzer& law) noexcept
{
    const auto take = [&body](std::string_view name, double& value) { return take_named(body, name, value); };
    return take("g", law.g) && take("mu", law.mu) && take("gamma", law.gamma) && take("c", law.c) && take("gg", law.gg) &&
           take("xi", law.xi) && take("cg", law.cg) && take("ig0", law.ig0);
}

}   // namespace phono::inline v0_2::detail
