// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue.hpp>
#include <phono/chain/elaborate.hpp>

#include <map>
#include <string>

using namespace phono;
using catalogue::origin, catalogue::standing;

namespace {

/// Figures of a part of the catalogue by standing; `unmarked` are those that no origin covers, or only one without a source.
struct tally {
    std::map<standing, int> by_standing;
    int figures = 0, unmarked = 0;
    std::string first_unmarked;

    void take(const auto& entry, std::string_view figure)
    {
        ++figures;
        const origin* found = entry.origins.find(figure);
        if (found != nullptr && !(found->source.empty() && entry.source.empty())) {
            ++by_standing[found->how];
            return;
        }
        if (unmarked++ == 0) first_unmarked = std::string{entry.name} + ": " + std::string{figure};
    }

    void show(const std::string& what) const
    {
        std::string text = std::to_string(figures) + " figures:";
        for (const auto& [how, count] : by_standing) text += ' ' + std::to_string(count) + ' ' + std::string{word(how)};
        measure::note(what, text + ", " + std::to_string(unmarked) + " unmarked");
        INFO(first_unmarked);
        CHECK(figures > 0);
        CHECK(unmarked == 0);
    }
};

/// The figures of a value that the library names.
tally of_list(const auto& list)
{
    tally found;
    list.for_each([&](const auto& entry) {
        int own = 0;
        catalogue::for_each_figure(entry.value, [&](std::string_view name, double, std::string_view) {
            found.take(entry, name);
            ++own;
        });
        INFO(entry.name);
        CHECK((own > 0 || entry.name == "acoustic"));
    });
    return found;
}

/// Those of a preamp: its parts by name, and its curve. What a model needs and nobody chose is left out: the drive, unity buffers, and
/// parts that are absent.
void take_parts(tally& found, const auto& entry)
{
    const auto circuit = elaborate(entry.value);
    for (int i = 0; i < circuit.part_count; ++i) {
        const part& one = circuit.parts[i];
        const std::string_view name{one.name};
        const bool is_scaffold = name == "source" || name == "buffer" || name == "op_amp.buffer";
        const bool is_absent = one.kind != part_kind::triode && !(one.value > 0.0) && !(one.value < 0.0);
        if (!is_scaffold && !is_absent) found.take(entry, name);
    }
    for (int i = 0; i < circuit.factors; ++i) found.take(entry, "curve");
}

}   // namespace

TEST_CASE("Every number that the catalogue holds has a source that says it, or is marked")
{
    of_list(catalogue::curves).show("curves");
    of_list(catalogue::cartridge_sheets).show("cartridges");
    of_list(catalogue::amplifiers).show("amplifiers");
    of_list(catalogue::triodes).show("triodes");

    tally labels;
    for (const auto& row : catalogue::labels) {
        struct {
            std::string_view name, source;
            const catalogue::origin_list& origins;
        } entry{row.names, row.source, row.origins};
        for (const auto* figure : {"years", "curve"}) labels.take(entry, figure);
    }
    labels.show("labels");
}

TEST_CASE("Every part of every preamp has a source that says it, or is marked")
{
    tally preamps;
    catalogue::for_each_preamp([&](const auto& entry) { take_parts(preamps, entry); });
    preamps.show("preamps");
    tally with_tubes;
    catalogue::for_each_tube_preamp([&](const auto& entry) { take_parts(with_tubes, entry); });
    with_tubes.show("preamps with tubes");
}

TEST_CASE("An origin that names no figure of its entry is a slip")
{
    const auto check = [](const auto& list) {
        list.for_each([&](const auto& entry) {
            for (const origin& one : entry.origins) {
                if (one.figures == "*") continue;
                bool names_one = false;
                catalogue::for_each_figure(entry.value,
                                           [&](std::string_view name, double, std::string_view) { names_one |= one.names(name); });
                INFO(entry.name << ": " << one.figures);
                CHECK(names_one);
            }
        });
    };
    check(catalogue::curves);
    check(catalogue::cartridge_sheets);
    check(catalogue::amplifiers);
    check(catalogue::triodes);
}

TEST_CASE("A figure's origin is the one that names it, else the one of all others, else none")
{
    constexpr catalogue::origin_list list{catalogue::derived("coil winding", "how"), catalogue::said("op_amp*", "who")};
    STATIC_REQUIRE(list.find("winding")->how == standing::derived);
    STATIC_REQUIRE(list.find("op_amp.gain")->source == "who");
    STATIC_REQUIRE(list.find("wind") == nullptr);
    STATIC_REQUIRE(list.find("output") == nullptr);
    constexpr catalogue::origin_list all{catalogue::said(), catalogue::unverified("coil")};
    STATIC_REQUIRE(all.find("output")->how == standing::said);
    STATIC_REQUIRE(all.find("coil")->how == standing::unverified);
    STATIC_REQUIRE(catalogue::origin_list{}.find("output") == nullptr);
}
