// SPDX-License-Identifier: BSL-1.0
#include "netlist/faulty_netlists.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/netlist.hpp>

#include <array>
#include <string>
#include <utility>

// Netlists with a mistake each, read by the compiler: what netlist<"..."> asserts, the same as is told at run time.

using namespace phono;

namespace {

/// What the compiler finds; netlist<"..."> makes its static_assert of it.
template <std::size_t number>
constexpr detail::shown_mistake found = detail::read_constants<detail::usual_extent>(faulty_netlists::all[number].text, "", "").found;

template <std::size_t... number>
constexpr std::array<detail::shown_mistake, sizeof...(number)> all_found(std::index_sequence<number...>)
{
    return {found<number>...};
}

}   // namespace

TEST_CASE("A faulty netlist in a type is told by the same line, word and sentence as at run time")
{
    constexpr auto by_compiler = all_found(std::make_index_sequence<faulty_netlists::all.size()>{});
    for (std::size_t i = 0; i < by_compiler.size(); ++i) {
        const auto& expected = faulty_netlists::all[i];
        const netlist_reading at_run_time{expected.text};
        INFO(expected.name << '\n' << expected.text);
        if (expected.rule.starts_with("the circuit must have at most")) {   // a bound of the run time's one type alone
            CHECK(by_compiler[i].kind == detail::mistake_kind::none);
            continue;
        }
        CHECK(by_compiler[i].line == expected.line);
        CHECK(detail::sentence_of(by_compiler[i].kind) == expected.rule);
        CHECK(by_compiler[i].word == std::string{expected.word.substr(0, sizeof by_compiler[i].word - 1)});
        CHECK(by_compiler[i].line == at_run_time.problem().line);
        CHECK(detail::sentence_of(by_compiler[i].kind) == at_run_time.problem().rule);
    }
    CHECK(by_compiler.size() >= 60);
    measure::note("faulty netlists, read by the compiler", std::to_string(by_compiler.size()));
}
