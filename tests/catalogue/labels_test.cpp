// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/labels.hpp>
#include <phono/catalogue/rivals.hpp>

#include <set>
#include <string>

using namespace phono;
using catalogue::find_label;

static_assert(find_label("columbia", 1941)->value == curves::columbia_78);
static_assert(find_label("columbia", 1900) == nullptr && find_label("no such label", 1941) == nullptr);

TEST_CASE("A label and a year lead to the curve that collectors' tables have")
{
    const struct {
        const char* label;
        int year, rpm;
        const curve& expected;
    } table[] = {
        {"Columbia", 1935, 78, curves::american_78_rolled},
        {"Columbia", 1950, 33, curves::columbia_lp},
        {"COLUMBIA", 1950, 45, curves::nartb_1949},
        {"Columbia-England", 1938, 0, curves::european_78},
        {"HMV", 1938, 0, curves::european_78},
        {"His Masters Voice", 1938, 0, curves::european_78},
        {"Decca", 1940, 0, curves::european_78},
        {"Decca", 1950, 78, curves::decca_78},
        {"Decca", 1950, 33, curves::london_lp},
        {"Decca American", 1940, 0, curves::aes_unshelved},
        {"Brunswick", 1926, 0, curves::brunswick_78},
        {"Capitol", 1949, 78, curves::capitol},
        {"Mercury", 1947, 0, curves::aes_unshelved},
        {"Telefunken", 1938, 0, curves::telefunken_78},
        {"Victor", 1927, 0, curves::european_78},
        {"RCA Victor", 1940, 0, curves::rca_old_orthophonic},
        {"RCA Victor", 1949, 45, curves::rca_45},
        {"RCA Victor", 1954, 33, curves::riaa},
        {"Blue Note", 1953, 33, curves::aes_unshelved},
        {"L'Oiseau-Lyre", 1950, 78, curves::decca_78},
    };
    for (const auto& row : table) {
        INFO(row.label << ' ' << row.year << ' ' << row.rpm);
        const auto* found = find_label(row.label, row.year, row.rpm);
        REQUIRE(found != nullptr);
        CHECK(found->value == row.expected);
    }
}

TEST_CASE("A speed that is not given leaves every speed's row, and rows on which sources differ follow the one preferred")
{
    std::set<int> speeds;
    catalogue::for_each_label("columbia", 1950, 0, [&](const auto& row) { speeds.insert(row.rpm); });
    CHECK(speeds == std::set<int>{33, 45, 78});
    std::vector<std::string_view> rca;
    catalogue::for_each_label("rca", 1945, 78, [&](const auto& row) { rca.push_back(row.curve_name); });
    CHECK(rca == std::vector<std::string_view>{"rca_old_orthophonic", "rca_78"});
}

TEST_CASE("Every row of the labels names a curve of the catalogue, its years in order, and a source")
{
    for (const auto& row : catalogue::labels) {
        INFO(row.names << ' ' << row.first);
        const auto* named = catalogue::find_curve(row.curve_name);
        REQUIRE(named != nullptr);
        CHECK(named->value == row.value);
        CHECK(row.first <= row.last);
        CHECK((row.rpm == 0 || row.rpm == 33 || row.rpm == 45 || row.rpm == 78));
        CHECK(row.first >= (row.rpm == 33 || row.rpm == 45 ? 1947 : 1925));
        CHECK_FALSE(row.source.empty());
    }
    measure::note("rows of labels", std::to_string(std::size(catalogue::labels)));
}

TEST_CASE("An alias finds the curve that it is another name of")
{
    for (const auto& alias : catalogue::curve_aliases) {
        INFO(alias.name);
        REQUIRE(catalogue::curves.find(alias.of) != nullptr);
        CHECK(catalogue::curves.find(alias.name) == nullptr);
        CHECK(catalogue::find_curve(alias.name) == catalogue::curves.find(alias.of));
    }
    CHECK(catalogue::find_curve("teldec")->value == curves::din_1957);
    CHECK(catalogue::find_curve("flat_500")->value == curves::brunswick_78);
}

// First-order sections written out: bass boost of turnover and shelf, treble of one lag; both curves 0 dB at 1 kHz.
double in_db(double shelf_us, double turnover_us, double treble_us, double hertz)
{
    const auto size = [&](double us, double f) { return 20.0 * std::log10(std::hypot(1.0, 2e-6 * 3.14159265358979324 * f * us)); };
    const auto level = [&](double f) { return size(turnover_us, f) - size(shelf_us, f) - size(treble_us, f); };
    return level(hertz) - level(1000.0);
}

TEST_CASE("Rivals differ from their curves by what the time constants say")
{
    const auto of = [](const char* name) {
        for (const auto& one : catalogue::rivals)
            if (one.of == name) return catalogue::gap_between(catalogue::find_curve(one.of)->value, one.other);
        return catalogue::widest_gap{};
    };
    // IASA's 50 Hz shelf of AES against the library's 10 Hz, which stands for none: 3.00 dB less 0.17.
    const double ten = 1e6 / (2.0 * 3.14159265358979324 * 10.0);
    CHECK(of("aes").at == frequency{50.0});
    CHECK(of("aes").difference.decibels == Approx(in_db(ten, 398.0, 63.7, 50.0) - in_db(3183.1, 397.89, 63.662, 50.0)).margin(1e-3));
    CHECK(of("ffrr_78").difference.decibels == Approx(in_db(ten, 531.0, 25.0, 50.0) - in_db(3978.9, 636.62, 23.4, 50.0)).margin(1e-3));
    CHECK(of("rca_orthophonic").at == frequency{10e3});
    CHECK(of("rca_orthophonic").difference.decibels ==
          Approx(in_db(3183.1, 318.31, 50.05, 10e3) - in_db(3180.0, 318.0, 75.0, 10e3)).margin(1e-3));
    for (const auto& one : catalogue::rivals) {
        INFO(one.of);
        REQUIRE(catalogue::curves.find(one.of) != nullptr);
        const auto gap = catalogue::gap_between(catalogue::find_curve(one.of)->value, one.other);
        measure::note(std::string{one.of} + ": " + std::string{one.title},
                      std::to_string(gap.difference.decibels) + " dB at " + std::to_string(static_cast<int>(gap.at.si)) + " Hz");
        CHECK(std::fabs(gap.difference.decibels) > 0.5);   // else they do not differ
        CHECK_FALSE(one.source.empty());
    }
}
