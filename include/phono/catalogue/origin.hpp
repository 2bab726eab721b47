// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <string_view>

namespace phono::inline v0_2::catalogue {

/// How a number of the catalogue is known.
enum class standing {
    said,         ///< a source says it
    derived,      ///< computed here from what a source says
    chosen,       ///< ours, where sources leave it open
    unverified,   ///< handed down, as in forums and calculators: no source that was read says it. For a preset, never for a proof
};

/// The standing as a word: "said", "derived", "chosen", "unverified".
[[nodiscard]] constexpr std::string_view word(standing how) noexcept
{
    constexpr std::string_view words[] = {"said", "derived", "chosen", "unverified"};
    return words[static_cast<int>(how)];
}

/// Where some figures of an entry come from.
struct origin {
    standing how{};
    std::string_view
        figures{};   ///< their names, with blanks between; "*" is every figure that no other origin names, "op_amp*" a beginning
    std::string_view source{};   ///< who says so, or from what and how; empty: the entry's source

    /// True if this origin names the figure, "*" aside.
    [[nodiscard]] constexpr bool names(std::string_view figure) const noexcept
    {
        std::string_view rest = figures;
        while (!rest.empty()) {
            const auto end = rest.find(' ');
            std::string_view name = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
            if (name == "*" || name.empty()) continue;
            if (name.back() != '*' ? name == figure : figure.starts_with(name.substr(0, name.size() - 1))) return true;
        }
        return false;
    }
};

/// A source says these figures.
[[nodiscard]] constexpr origin said(std::string_view figures = "*", std::string_view source = {}) noexcept
{
    return {standing::said, figures, source};
}
/// These were computed here.
[[nodiscard]] constexpr origin derived(std::string_view figures, std::string_view how = {}) noexcept
{
    return {standing::derived, figures, how};
}
/// These are ours.
[[nodiscard]] constexpr origin chosen(std::string_view figures, std::string_view why = {}) noexcept
{
    return {standing::chosen, figures, why};
}
/// These are handed down.
[[nodiscard]] constexpr origin unverified(std::string_view figures, std::string_view where = {}) noexcept
{
    return {standing::unverified, figures, where};
}

/// The origins of an entry's figures, at most six.
struct origin_list {
    static constexpr int capacity = 6;

    origin item[capacity]{};
    int count = 0;

    constexpr origin_list() noexcept = default;
    template <std::same_as<origin>... Origin>
        requires(sizeof...(Origin) > 0 && sizeof...(Origin) <= capacity)
    explicit constexpr origin_list(const Origin&... listed) noexcept : item{listed...}, count(sizeof...(Origin)) {}

    [[nodiscard]] constexpr const origin* begin() const noexcept { return item; }
    [[nodiscard]] constexpr const origin* end() const noexcept { return item + count; }

    /// The origin of a figure: the first that names it, else the one of all others, else a null pointer.
    [[nodiscard]] constexpr const origin* find(std::string_view figure) const noexcept
    {
        for (const origin& one : *this)
            if (one.names(figure)) return &one;
        for (const origin& one : *this)
            if (one.figures == "*") return &one;
        return nullptr;
    }
};

namespace detail {

/// What stands in a preamp of the catalogue and has entries of its own there, or belongs to whoever tries the circuit.
inline constexpr origin added_cartridge =
    chosen("magnetic_cartridge* moving_coil_cartridge* loading.cable cable*", "a cartridge that suits, not part of the circuit");
inline constexpr origin typical_op_amp = unverified("op_amp*", "typical figures of the data sheet, one pole: amplifiers.hpp has the marks");
inline constexpr origin library_triode = derived("triode*", "triodes.hpp has the marks");

}   // namespace detail

}   // namespace phono::inline v0_2::catalogue
