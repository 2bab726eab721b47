// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/value_text.hpp"

#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridge_sheets.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/entry.hpp>
#include <phono/catalogue/figures.hpp>
#include <phono/catalogue/triodes.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace command {

/// What `phono list --sources` says of an entry, line by line: its source, then for each origin the figures that are known in that way,
/// with their values where the library names them, and how: `treble 23.4 us: derived, 5 dB down at 10 kHz`.
template <class Value>
[[nodiscard]] std::vector<std::string> origin_notes(const phono::catalogue::entry<Value>& item)
{
    constexpr bool has_figures = requires
    {
        phono::catalogue::for_each_figure(item.value, [](std::string_view, double, std::string_view) {});
    };
    std::vector<std::string> notes{std::string{item.source}};
    for (const auto& origin : item.origins) {
        std::string figures;
        if constexpr (has_figures)
            phono::catalogue::for_each_figure(item.value, [&](std::string_view name, double value, std::string_view unit) {
                if (item.origins.find(name) != &origin) return;
                figures += (figures.empty() ? "" : ", ") + std::string{name} + ' ' + value_text(value, unit);
            });
        else figures = origin.figures != "*" ? std::string{origin.figures} : item.origins.count > 1 ? "the rest" : "all of it";
        if (figures.empty()) continue;
        notes.push_back(figures + ": " + std::string{word(origin.how)} +
                        (origin.source.empty() ? std::string{} : ", " + std::string{origin.source}));
    }
    return notes;
}

/// An entry's source in one line, with what it does not say: `Engrove Audio Tools 2.0, 37; velocity: unverified; coil winding: unverified`.
template <class Value>
[[nodiscard]] std::string marked_source(const phono::catalogue::entry<Value>& item)
{
    std::string text{item.source};
    for (const auto& origin : item.origins)
        if (origin.how != phono::catalogue::standing::said)
            text += "; " + (origin.figures == "*" ? std::string{"the rest"} : std::string{origin.figures}) + ": " +
                    std::string{word(origin.how)};
    return text;
}

}   // namespace command
