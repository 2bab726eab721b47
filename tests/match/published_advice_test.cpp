// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/documents.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/match.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

/// The guide's table of verdicts beside what is published of the same cartridges.
namespace {

using namespace phono;

std::string words(const match_verdict& verdict)
{
    constexpr const char* grades[] = {"suits", "usable", "does not suit"};
    return grades[static_cast<int>(verdict.match)];
}

std::string words(match_choice choice)
{
    constexpr const char* choices[] = {"voltage", "trans-impedance", "either", "neither", "transformer"};
    return choices[static_cast<int>(choice)];
}

std::string rounded(const input_figures& input)
{
    char text[32];
    std::snprintf(text, sizeof text, ", %.0f dB", input.noise.snr);
    return text;
}

/// The cells of a cartridge that the library computes, in the order of the table.
std::vector<std::string> computed(std::string_view name)
{
    std::vector<std::string> cells;
    catalogue::for_each_cartridge([&](const auto& known) {
        if (known.name != name) return;
        const cartridge_match found = match(known.value, usual_inputs(known.value, catalogue::find_cartridge_sheet(name)->value));
        const match_verdict voltage = judge(found, input_mode::voltage), current = judge(found, input_mode::transimpedance),
                            stepped_up = judge(found, input_mode::transformer);
        const bool is_coil = found.kind == cartridge_kind::moving_coil;
        cells = {words(voltage) + rounded(found.voltage_input), words(current) + rounded(found.transimpedance_input),
                 is_coil ? words(stepped_up) + rounded(found.transformer_input) : "",
                 words(is_coil ? choose(voltage, current, stepped_up) : choose(voltage, current))};
    });
    return cells;
}

bool says(const std::string& advice, std::string_view word) { return advice.find(word) != std::string::npos; }

}   // namespace

TEST_CASE("The guide's verdicts on twelve cartridges and an SPU are the library's and do not contradict published advice")
{
    const std::vector<std::string> lines = documents::marked_table("examples/README.md", "advice", "tests/match/published_advice_test");
    CHECK(documents::cells_of(lines[0]) ==
          std::vector<std::string>{"cartridge", "voltage input", "trans-impedance", "transformer", "better", "published"});
    for (std::size_t n = 2; n < lines.size(); ++n) {
        const std::vector<std::string> cells = documents::cells_of(lines[n]);
        REQUIRE(cells.size() == 6);
        REQUIRE(cells[0].size() > 2);
        const std::string name = cells[0].substr(1, cells[0].size() - 2), &advice = cells[5];
        const std::vector<std::string> expected = computed(name);
        INFO(name);
        REQUIRE(expected.size() == 4);
        std::printf("    | `%s` | %s | %s | %s | %s |\n", name.c_str(), expected[0].c_str(), expected[1].c_str(), expected[2].c_str(),
                    expected[3].c_str());
        CHECK(std::vector<std::string>(cells.begin() + 1, cells.begin() + 5) == expected);

        // Advice begins with the input that it recommends, as far as it does; that input is not one that does not suit.
        const bool for_transformer = advice.starts_with("transformer"), for_load = advice.starts_with("load");
        REQUIRE((for_transformer || for_load));
        const std::string& recommended = for_transformer ? expected[2] : expected[0];
        CHECK_FALSE(says(recommended, "does not suit"));
        CHECK(says(advice, "["));   // who says so
    }
    CHECK(lines.size() == 2 + 13);
}
