// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/netlist/words.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace phono::inline v0_2::detail {

/// An entry of the catalogue that a name in a netlist stands for.
template <class T>
struct catalogue_find {
    const T* value = nullptr;
    std::string_view entry{};   ///< its name in the catalogue
    bool is_exact = true;       ///< false where letters behind the type were left out: 12AX7WA, NE5532AP

    constexpr explicit operator bool() const noexcept { return value != nullptr; }
};

/// A type as it is printed on the device, in capitals, and the entry of the catalogue that it is.
struct type_name {
    std::string_view type, entry;
};

/// American, European and premium names of the same valves.
inline constexpr type_name triode_types[] = {
    {"12AX7", "ecc83"}, {"ECC83", "ecc83"}, {"7025", "ecc83"},     {"ECC803", "ecc83"},   {"E83CC", "ecc83"},      {"12AT7", "ecc81"},
    {"ECC81", "ecc81"}, {"6201", "ecc81"},  {"ECC801", "ecc81"},   {"E81CC", "ecc81"},    {"12AU7", "ecc82"},      {"ECC82", "ecc82"},
    {"5814", "ecc82"},  {"6189", "ecc82"},  {"ECC802", "ecc82"},   {"E82CC", "ecc82"},    {"6DJ8", "ecc88"},       {"ECC88", "ecc88"},
    {"E88CC", "e88cc"}, {"6922", "e88cc"},  {"6SN7", "tube_6sn7"}, {"6SL7", "tube_6sl7"}, {"12AY7", "tube_12ay7"}, {"6072", "tube_12ay7"},
};

/// Amplifiers; of those with one and with four amplifiers in a package too, which are the same.
inline constexpr type_name amplifier_types[] = {
    {"NE5532", "ne5532"},     {"SA5532", "ne5532"},   {"NE5534", "ne5534a"},  {"SA5534", "ne5534a"},    {"OPA2134", "opa2134"},
    {"OPA134", "opa2134"},    {"OPA4134", "opa2134"}, {"OPA1612", "opa1612"}, {"OPA1611", "opa1612"},   {"AD797", "ad797"},
    {"LT1028", "lt1028"},     {"LT1115", "lt1115"},   {"LM4562", "lm4562"},   {"LME49720", "lme49720"}, {"LME49710", "lme49720"},
    {"LME49740", "lme49720"}, {"OP27", "op27"},       {"TL072", "tl072"},     {"TL071", "tl072"},       {"TL074", "tl072"},
    {"LM833", "lm833"},
};

/// The catalogue's amplifiers with their noise.
inline constexpr auto noisy_amplifiers = [] {
    std::array<op_amp, decltype(catalogue::amplifiers)::size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = catalogue::amplifiers[i].value.with_noise();
    return all;
}();

/// True if a name is a type, with at most four letters of a maker or a package behind it; `rest` is how many.
[[nodiscard]] constexpr bool is_type(std::string_view name, std::string_view type, std::size_t& rest) noexcept
{
    if (name.size() < type.size() || !same_name(name.substr(0, type.size()), type)) return false;
    rest = 0;
    for (const char c : name.substr(type.size())) {
        const bool is_letter = lower(c) >= 'a' && lower(c) <= 'z';
        if (c != '-' && c != '_' && c != '/' && !is_letter) return false;
        ++rest;
    }
    return rest <= 5;
}

/// The longest type that a name begins with.
[[nodiscard]] constexpr const type_name* type_of_name(std::string_view name, std::span<const type_name> types, bool& is_exact) noexcept
{
    const type_name* found = nullptr;
    for (const type_name& t : types) {
        std::size_t rest = 0;
        if (!is_type(name, t.type, rest) || (found != nullptr && found->type.size() >= t.type.size())) continue;
        found = &t, is_exact = rest == 0;
    }
    return found;
}

/// The triode of the catalogue that a name means: an entry's own name, or a type as it is printed on the tube, in any case, with or without a
/// T before it and letters behind it: 12AX7, ECC83S, T12AT7, 6SN7GTB.
[[nodiscard]] constexpr catalogue_find<triode> catalogue_triode(std::string_view name) noexcept
{
    for (const auto& entry : catalogue::triodes)
        if (same_name(name, entry.name)) return {&entry.value, entry.name, true};
    bool is_exact = true;
    const type_name* type = type_of_name(name, triode_types, is_exact);
    if (type == nullptr && name.size() > 1 && lower(name.front()) == 't') type = type_of_name(name.substr(1), triode_types, is_exact);
    if (type == nullptr) return {};
    const auto* const entry = catalogue::triodes.find(type->entry);
    return {&entry->value, entry->name, is_exact};
}

/// The amplifier of the catalogue that a name means: NE5532, ne5532ap, OPA2134PA, TL072CP.
[[nodiscard]] constexpr catalogue_find<op_amp> catalogue_amplifier(std::string_view name) noexcept
{
    bool is_exact = true;
    const type_name* const type = type_of_name(name, amplifier_types, is_exact);
    for (std::size_t i = 0; i < noisy_amplifiers.size(); ++i) {
        const std::string_view entry = catalogue::amplifiers[i].name;
        if (same_name(name, entry)) return {&noisy_amplifiers[i], entry, true};
        if (type != nullptr && type->entry == entry) return {&noisy_amplifiers[i], entry, is_exact};
    }
    return {};
}

/// True for the name of an amplifier of which two are in a package of 8 pins.
[[nodiscard]] constexpr bool is_dual_amplifier(std::string_view name) noexcept
{
    constexpr type_name duals[] = {{"NE5532", {}}, {"SA5532", {}},   {"OPA2134", {}}, {"OPA1612", {}},
                                   {"LM4562", {}}, {"LME49720", {}}, {"TL072", {}},   {"LM833", {}}};
    bool is_exact = true;
    return type_of_name(name, duals, is_exact) != nullptr;
}
/// True for the name of a triode of which two are in a glass with a noval base, which those with an octal base are not.
[[nodiscard]] constexpr bool is_noval_double_triode(std::string_view name) noexcept
{
    const auto tube = catalogue_triode(name);
    return tube && !is_listed(tube.entry, " tube_6sn7 tube_6sl7 ");
}

/// All types that are known, for finding the one nearest to a name that is not.
inline constexpr auto known_types = [] {
    std::array<std::string_view, std::size(triode_types) + std::size(amplifier_types)> all{};
    std::size_t count = 0;
    for (const type_name& t : triode_types) all[count++] = t.type;
    for (const type_name& t : amplifier_types) all[count++] = t.type;
    return all;
}();
[[nodiscard]] constexpr std::span<const std::string_view> catalogue_names() noexcept { return known_types; }

}   // namespace phono::inline v0_2::detail
