// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/number.hpp>
#include <phono/netlist/words.hpp>

#include <string_view>

namespace phono::inline v0_2::detail {

/// The quantity that letters behind a value are the unit of, by the letter of what has it: R for Ohm, C for F, L for H, V, I for A; T for s,
/// Z for Hz, W for W; a blank where they are no unit that people write.
[[nodiscard]] constexpr char quantity_of_unit(std::string_view letters) noexcept
{
    if (letters.size() == ohm_length(letters)) return 'R';
    if (is_listed(letters, " r ohm ohms ")) return 'R';
    if (is_listed(letters, " f fd fds farad farads ")) return 'C';
    if (is_listed(letters, " h hy henry henrys henries ")) return 'L';
    if (is_listed(letters, " v vdc vac volt volts ")) return 'V';
    if (is_listed(letters, " a adc amp amps ampere amperes ")) return 'I';
    if (is_listed(letters, " s sec secs second seconds ")) return 'T';
    if (is_listed(letters, " hz hertz ")) return 'Z';
    return is_listed(letters, " w watt watts ") ? 'W' : ' ';
}

}   // namespace phono::inline v0_2::detail
