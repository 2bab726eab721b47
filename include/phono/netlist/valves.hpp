// SPDX-License-Identifier: BSL-1.0
#pragma once
// A stand-in until that of branch `valves` comes.
#include <phono/circuit/triode_law.hpp>
#include <phono/netlist/mistake.hpp>
#include <phono/stage/op_amp.hpp>
#include <phono/tube/triode.hpp>

#include <span>
#include <string_view>

namespace phono::inline v0_2::detail {

struct valve_reading {
    bool is_triode = false;
    any_law law{};
    int plate = 0, grid = 0, cathode = 0;
    mistake_kind wrong = mistake_kind::none;
    std::string_view word{};
    unsigned long long used = 0;
};
template <class Body>
constexpr valve_reading find_valve(const Body&) noexcept
{
    return {};
}
template <class T>
struct catalogue_find {
    const T* value = nullptr;
    std::string_view entry{};
    bool is_exact = true;
    constexpr explicit operator bool() const noexcept { return value != nullptr; }
};
constexpr catalogue_find<triode> catalogue_triode(std::string_view) noexcept { return {}; }
constexpr catalogue_find<op_amp> catalogue_amplifier(std::string_view) noexcept { return {}; }
constexpr std::span<const std::string_view> catalogue_names() noexcept { return {}; }
}   // namespace phono::inline v0_2::detail
