// Every preamp of a list of the catalogue, PHONO_LIST, is a constant preamp within a compiler's default limits for constant expressions.
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/preamp.hpp>

#include <utility>

template <int n>
constexpr const auto& listed(const auto& links)
{
    if constexpr (n == 0) return links.head.value;
    else return listed<n - 1>(links.tail);
}

template <const auto& list, int... n>
constexpr bool are_preamps(std::integer_sequence<int, n...>)
{
    return ((sizeof(phono::preamp<listed<n>(list.entries)>) > 0) && ...);
}

template <const auto& list>
constexpr bool hold_preamps = are_preamps<list>(std::make_integer_sequence<int, decltype(list.entries)::size>{});

static_assert(hold_preamps<phono::catalogue::PHONO_LIST>);
