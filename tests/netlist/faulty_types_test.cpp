// SPDX-License-Identifier: BSL-1.0
#include "netlist/faulty_netlists.hpp"
#include "support/catch.hpp"
#include "support/documents.hpp"
#include "support/measure.hpp"

#include <phono/netlist_reading.hpp>

#include <algorithm>
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

/// The sentence of the static_assert of a kind, whose literals may be on several lines; `at` goes on behind it.
std::string asserted(const std::string& header, std::size_t& at)
{
    constexpr std::string_view begin = "line == -1,";
    at = std::min(header.find(begin, at), header.size() - begin.size()) + begin.size();
    std::string sentence;
    for (bool is_quoted = false; at < header.size() && (is_quoted || header[at] != ';'); ++at) {
        if (header[at] == '"') is_quoted = !is_quoted;
        else if (is_quoted) sentence += header[at];
    }
    return sentence;
}

}   // namespace

TEST_CASE("The compiler asserts the sentence of each kind of mistake that is told at run time")
{
    const std::string header = documents::text_of("include/phono/netlist/mistake_in_netlist.hpp");
    std::size_t at = 0;
    for (int i = 1; i <= static_cast<int>(detail::mistake_kind::faulty_circuit); ++i) {
        const std::string_view sentence = detail::sentence_of(static_cast<detail::mistake_kind>(i));
        CHECK_FALSE(sentence.empty());
        CHECK(asserted(header, at) == "phono: netlist: " + std::string{sentence});
    }
    CHECK(asserted(header, at).empty());
    // Each stands with its own kind: the specialisations are in the order of the kinds.
    const std::string kinds = documents::text_of("include/phono/netlist/mistake.hpp");
    std::size_t of_kind = 0;
    constexpr std::string_view begin = "struct mistake_in_netlist<mistake_kind::", of_sentence = "case mistake_kind::none";
    std::size_t place = kinds.find(of_sentence);
    int count = 0;
    while ((of_kind = header.find(begin, of_kind)) != std::string::npos) {
        of_kind += begin.size();
        const std::string name = header.substr(of_kind, header.find(',', of_kind) - of_kind);
        place = kinds.find("case mistake_kind::", place + 1);
        REQUIRE(place != std::string::npos);
        CHECK(kinds.compare(place, 20 + name.size(), "case mistake_kind::" + name + ":") == 0);
        ++count;
    }
    CHECK(count == static_cast<int>(detail::mistake_kind::faulty_circuit));
}

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
