// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/netlist/number.hpp>

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

// Numbers of netlists against strtod, bit for bit.
namespace {

using phono::detail::netlist_number;
using phono::detail::number_mistake;
using phono::detail::number_of;

constexpr std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }

/// Counts the texts of which the nearest double is not strtod's.
struct comparison {
    int texts = 0, wrong = 0;

    void with(const std::string& text)
    {
        ++texts;
        const double expected = std::strtod(text.c_str(), nullptr);
        const netlist_number read = number_of(text);
        const bool is_right = bits_of(read.value) == bits_of(expected) && read.length == text.size();
        if (!is_right && ++wrong < 10) UNSCOPED_INFO(text << " is read as " << read.value << ", by strtod as " << expected);
    }
};

std::string digits(std::mt19937_64& random, std::size_t count)
{
    std::string text;
    while (text.size() < count) text += static_cast<char>('0' + random() % 10);
    return text;
}

/// The exact decimal digits of a double, all of them, as printf of glibc has them.
std::string exact(double x)
{
    char text[1200];
    std::snprintf(text, sizeof text, "%.1100e", x);
    return text;
}

/// The digits of a number exactly between two doubles: the upper one's and the lower one's, added and halved in decimal.
std::string midpoint(double below)
{
    const long double half = (static_cast<long double>(below) + static_cast<long double>(std::nextafter(below, INFINITY))) / 2.0L;
    char text[1200];
    std::snprintf(text, sizeof text, "%.1100Le", half);   // 64 bits hold a midpoint of 53
    return text;
}

}   // namespace

TEST_CASE("A number is the double nearest to its digits, whatever their number and the exponent")
{
    std::mt19937_64 random{14};
    comparison same;
    for (int n = 0; n < 200000; ++n) {
        std::string text = random() % 2 == 0 ? "" : "-";
        const std::size_t count = 1 + random() % (n % 50 == 0 ? 400 : 25);
        text += digits(random, count);
        if (random() % 2 == 0) text.insert(1 + random() % text.size(), ".");
        if (text == "-.") continue;
        if (random() % 2 == 0) text += (random() % 2 == 0 ? "e" : "E") + std::to_string(static_cast<int>(random() % 700) - 350);
        same.with(text);
    }
    INFO(same.wrong << " of " << same.texts);
    CHECK(same.wrong == 0);
    measure::figure("numbers of random digits that are not strtod's", same.wrong, "", 0);
}

TEST_CASE("Doubles of 17 digits come back, and what lies at or beside the middle of two of them is rounded to the even or the nearer one")
{
    std::mt19937_64 random{1400};
    comparison same;
    for (int n = 0; n < 20000; ++n) {
        std::uint64_t pattern = random() >> 1;
        if (n % 4 == 0) pattern &= (std::uint64_t{1} << (1 + random() % 52)) - 1;   // denormal
        const double x = std::bit_cast<double>(pattern);
        if (!(x <= 1.7e308)) continue;
        char text[40];
        std::snprintf(text, sizeof text, "%.17g", x);
        same.with(text);
        CHECK(bits_of(number_of(text).value) == bits_of(x));
        if (n % 10 != 0) continue;
        same.with(exact(x));
        std::string middle = midpoint(x);
        const std::size_t e = middle.find('e');
        same.with(middle);
        same.with(std::string{middle}.insert(e, "1"));
        same.with(std::string{middle}.insert(e, std::string(300, '0') + "1"));
        middle[e - 1] = '0';
        const std::size_t last = middle.find_last_not_of('0', e - 1);
        middle[last] = static_cast<char>(middle[last] - 1);   // just below it
        same.with(middle);
    }
    for (const char* text : {"0",
                             "0.0",
                             "-0",
                             "000000000000000000000000000000000000001",
                             "9007199254740993",
                             "9007199254740992.99999999999999999",
                             "2.2250738585072011e-308",
                             "2.2250738585072012e-308",
                             "2.2250738585072014e-308",
                             "4.9406564584124654e-324",
                             "2.4703282292062327208e-324",
                             "2.4703282292062328e-324",
                             "1.7976931348623157e308",
                             "1.7976931348623158e308",
                             "1.797693134862315807e308",
                             "1.7976931348623159e308",
                             "1e309",
                             "1e-400",
                             "1e99999999999",
                             "1e-99999999999",
                             "0e99999999999",
                             "6.631236846766476e-316",
                             "1.00000000000000011102230246251565404236316680908203125",
                             "1.00000000000000011102230246251565404236316680908203124",
                             "8.988465674311580e307",
                             "0.1e1",
                             ".5",
                             "5."})
        same.with(text);
    same.with("0." + std::string(400, '0') + "1e401");
    same.with("1" + std::string(400, '0') + "e-400");
    same.with("1" + std::string(5000, '0') + "1e-5000");
    INFO(same.wrong << " of " << same.texts);
    CHECK(same.wrong == 0);
    measure::figure("hard cases that are not strtod's, of " + std::to_string(same.texts), same.wrong, "", 0);
}

TEST_CASE("A suffix is a power of ten, and the letters behind it mean nothing")
{
    struct written {
        const char* text;
        double value;
        const char *suffix, *unit;
    };
    const written all[] = {{"4.7k", 4.7e3, "k", ""},
                           {"4.7K", 4.7e3, "K", ""},
                           {"47kOhm", 47e3, "k", "Ohm"},
                           {"47k\xce\xa9", 47e3, "k", "\xce\xa9"},
                           {"47k\xe2\x84\xa6", 47e3, "k", "\xe2\x84\xa6"},
                           {"47R", 47.0, "", "R"},
                           {"10uF", 10e-6, "u", "F"},
                           {"10\xc2\xb5"
                            "F",
                            10e-6, "\xc2\xb5", "F"},
                           {"10\xce\xbc"
                            "F",
                            10e-6, "\xce\xbc", "F"},
                           {"10\xb5"
                            "F",
                            10e-6, "\xb5", "F"},
                           {"1M", 1e-3, "M", ""},
                           {"1m", 1e-3, "m", ""},
                           {"1MEG", 1e6, "MEG", ""},
                           {"1meg", 1e6, "meg", ""},
                           {"1Megohm", 1e6, "Meg", "ohm"},
                           {"2mil", 50.8e-6, "mil", ""},
                           {"3mils", 76.2e-6, "mil", "s"},
                           {"1G", 1e9, "G", ""},
                           {"1T", 1e12, "T", ""},
                           {"330p", 330e-12, "p", ""},
                           {"3.3nF", 3.3e-9, "n", "F"},
                           {"1f", 1e-15, "f", ""},
                           {"1e3k", 1e6, "k", ""},
                           {"-250V", -250.0, "", "V"},
                           {"+5", 5.0, "", ""},
                           {"1A", 1.0, "", "A"},
                           {"1Hz", 1.0, "", "Hz"},
                           {"5.k", 5e3, "k", ""}};
    for (const written& w : all) {
        INFO(w.text);
        const netlist_number read = number_of(w.text);
        CHECK(read.mistake == number_mistake::none);
        CHECK(bits_of(read.value) == bits_of(w.value));   // 4.7k is the double that 4.7e3 is, not 4.7 times 1000
        CHECK(read.suffix == w.suffix);
        CHECK(read.unit == w.unit);
    }
}

TEST_CASE("A number that could be meant in two ways, or in none, is refused by its own kind of mistake")
{
    struct refused {
        const char* text;
        number_mistake mistake;
    };
    const refused all[] = {{"", number_mistake::no_number},
                           {"-", number_mistake::no_number},
                           {".", number_mistake::no_number},
                           {"k", number_mistake::no_number},
                           {"--5", number_mistake::no_number},
                           {"nan", number_mistake::no_number},
                           {"inf", number_mistake::no_number},
                           {"1.2.3", number_mistake::two_points},
                           {"1..2", number_mistake::two_points},
                           {"1,5", number_mistake::decimal_comma},
                           {"-0,047", number_mistake::decimal_comma},
                           {"1e", number_mistake::no_exponent},
                           {"1e+", number_mistake::no_exponent},
                           {"1ek", number_mistake::no_exponent},
                           {"4k7", number_mistake::suffix_as_point},
                           {"-4K7", number_mistake::suffix_as_point},
                           {"1R5", number_mistake::suffix_as_point},
                           {"2u2", number_mistake::suffix_as_point},
                           {"1meg5", number_mistake::suffix_as_point},
                           {"2\xc2\xb5"
                            "2",
                            number_mistake::suffix_as_point},
                           {"4.7k3", number_mistake::digits_behind_letters},
                           {"4k7k", number_mistake::digits_behind_letters},
                           {"4k7.5", number_mistake::digits_behind_letters},
                           {"1d3", number_mistake::digits_behind_letters},
                           {"0x1F", number_mistake::digits_behind_letters},
                           {"1kOhm5", number_mistake::digits_behind_letters},
                           {"1e3k5", number_mistake::digits_behind_letters},
                           {"10_", number_mistake::strange_character},
                           {"10k%", number_mistake::strange_character},
                           {"1,", number_mistake::strange_character},
                           {"5 ", number_mistake::strange_character},
                           {"1e999", number_mistake::too_large},
                           {"1e308k", number_mistake::too_large},
                           {"1e-999", number_mistake::too_small},
                           {"1e-320f", number_mistake::too_small}};
    for (const refused& r : all) {
        INFO(r.text);
        const netlist_number read = number_of(r.text);
        CHECK(static_cast<int>(read.mistake) == static_cast<int>(r.mistake));
        CHECK(!phono::detail::rule_for(read.mistake).empty());
    }
    const netlist_number both = number_of("-4k7");
    CHECK(both.value == -4e3);
    CHECK(both.with_fraction == -4.7e3);
    CHECK(both.fraction == "7");
    CHECK(number_of("1R5").with_fraction == 1.5);
}

TEST_CASE("A constant expression reads the same number")
{
    static_assert(number_of("4.7k").value == 4.7e3);
    static_assert(number_of("1e-320").value == 1e-320);
    static_assert(bits_of(number_of("2.4703282292062327208e-324").value) == 0);
    static_assert(number_of("1.797693134862315807e308").value == 1.7976931348623157e308);
    static_assert(
        number_of(
            "0.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000123456789012345678901234567890"
            "123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")
            .value == 1.2345678901234567890123456789012345678901234567890e-93);
    static_assert(number_of("4k7").mistake == number_mistake::suffix_as_point);
}
