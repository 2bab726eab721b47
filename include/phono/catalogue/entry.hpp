// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/origin.hpp>

#include <string_view>
#include <type_traits>

namespace phono::inline v0_2::catalogue {

/// A value of the catalogue with its name, title and source, and with the origin of each of its figures (for_each_figure names them).
template <class Value>
struct entry {
    std::string_view name;   ///< the value's identifier, also its name on the command line
    std::string_view title;
    std::string_view source;   ///< book, data sheet or standard
    const Value& value;
    origin_list origins{};
};

namespace detail {

/// The compiler's signature of this function, which ends in the name of its template argument and a bracket.
template <const auto& value>
[[nodiscard]] constexpr const char* signature() noexcept
{
    return __PRETTY_FUNCTION__;
}

/// The identifier of a variable, without its namespaces: "riaa" of phono::curves::riaa.
template <const auto& value>
[[nodiscard]] constexpr std::string_view identifier() noexcept
{
    std::string_view text = signature<value>();
    text.remove_suffix(1);
    return text.substr(text.find_last_of(" :&") + 1);
}

}   // namespace detail

/// The entry of a value, named by its identifier: entry_of<curves::riaa>("RIAA", "IEC 60098", said()).
template <const auto& value>
[[nodiscard]] constexpr auto entry_of(std::string_view title, std::string_view source, const auto&... origins) noexcept
{
    return entry<std::remove_cvref_t<decltype(value)>>{detail::identifier<value>(), title, source, value, origin_list{origins...}};
}

}   // namespace phono::inline v0_2::catalogue
