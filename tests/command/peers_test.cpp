// SPDX-License-Identifier: BSL-1.0
#include "support/measure.hpp"
#include "support/programs.hpp"

#include <iostream>
#include <sstream>

// RIAA playback by the programs that people use, against the exact curve: one impulse through each at each rate.

namespace {

using programs::workshop;

std::complex<double> exact_riaa(double hertz)
{
    const std::complex<double> s{0.0, 2.0 * std::acos(-1.0) * hertz};
    return (1.0 + s * 318e-6) / ((1.0 + s * 3180e-6) * (1.0 + s * 75e-6));
}

struct program {
    std::string name;      // in the table
    std::string needs;     // the executable
    std::string command;   // from in.wav to out.wav
};

const std::array contenders{
    program{"SoX `riaa`", "sox", "sox in.wav -e floating-point -b 64 out.wav riaa"},
    program{"ffmpeg `aemphasis`", "ffmpeg", "ffmpeg -v error -i in.wav -af aemphasis=type=riaa:mode=reproduction -c:a pcm_f64le out.wav"},
    program{"phono", PHONO_COMMAND, "'" PHONO_COMMAND "' equalise in.wav out.wav --curve riaa"},
};

constexpr double refused = -1.0;
using errors = std::array<double, measure::six_rates.size()>;   // dB at each rate, or refused

// Worst error from 20 Hz to 20 kHz against the curve that is 0 dB at 1 kHz: every program's own level counts, none is
// rescaled. Half a second is 157 of the longest time constants.
double worst_error(const program& who, double rate)
{
    INFO(who.command << " at " << rate << " Hz");
    const workshop shop;
    programs::write(shop / "in.wav", programs::impulse(static_cast<int>(rate), 0.5));
    const auto done = shop.run(who.command);
    if (done.status != 0) {
        REQUIRE(done.status < 126);   // it ran, and said no
        REQUIRE_FALSE(done.err.empty());
        return refused;
    }
    const auto heard = programs::read(shop / "out.wav").samples;
    const double level = programs::impulse_height / std::abs(exact_riaa(1000.0));
    const auto gain = [&](double f) { return std::abs(measure::transform(heard, f, rate)) / level; };
    double worst = 0.0;
    for (const double f : measure::log_frequencies(20.0, 20e3, 200))
        worst = std::max(worst, std::abs(20.0 * std::log10(gain(f) / std::abs(exact_riaa(f)))));
    return worst;
}

errors measured(const program& who)
{
    INFO(who.needs << " is not installed: tests/install does that");
    REQUIRE(workshop{}.run("command -v '" + who.needs + "'").status == 0);
    errors all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = worst_error(who, measure::six_rates[i]);
    return all;
}

bool is_ours(const program& who) { return who.name == "phono"; }

std::string cell(double error, bool ours)
{
    if (error == refused) return "refused";
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), ours ? "%.1e" : "%#.3g", error);
    return text.data();
}

std::string header()
{
    std::string names = "| program |";
    std::string rule = "\n| --- |";
    for (const double rate : measure::six_rates) {
        names += ' ' + measure::in_khz(rate) + " |";
        rule += " --- |";
    }
    return names + rule + '\n';
}

std::string row(const program& who, const errors& all)
{
    std::string text = "| " + who.name + " |";
    for (const double error : all) text += ' ' + cell(error, is_ours(who)) + " |";
    return text + '\n';
}

constexpr auto table_begin = "<!-- accuracy table: tests/command/peers_test -->\n";
constexpr auto table_end = "<!-- end -->";

std::string readme_table()
{
    const std::string readme = programs::contents(PHONO_SOURCE "/README.md");
    const auto begin = readme.find(table_begin);
    REQUIRE(begin != std::string::npos);
    const auto from = begin + std::string{table_begin}.size();
    const auto end = readme.find(table_end, from);
    REQUIRE(end != std::string::npos);
    return readme.substr(from, end - from);
}

std::vector<std::string> cells(const std::string& line)
{
    std::vector<std::string> all;
    std::istringstream rest(line.substr(std::min<std::size_t>(1, line.size())));
    for (std::string text; std::getline(rest, text, '|');) {
        const auto first = text.find_first_not_of(' ');
        all.push_back(first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1));
    }
    return all;
}

// Ours within a tenth, theirs within one unit of the last of three digits.
void check_cell(const std::string& printed, double error, bool ours)
{
    INFO("the README has " << printed << ", measured is " << cell(error, ours));
    if (error == refused || printed == "refused") {
        CHECK(printed == cell(error, ours));
        return;
    }
    const double unit = ours ? 0.1 * error : std::pow(10.0, std::floor(std::log10(error)) - 2.0);
    CHECK(std::abs(std::stod(printed) - error) <= unit);
}

}   // namespace

TEST_CASE("RIAA playback of SoX, ffmpeg and phono against the exact curve")
{
    constexpr errors sox{0.448, 0.279, 0.064, 0.065, refused, refused};
    constexpr errors ffmpeg{17.23, 10.21, 4.09, 3.83, 2.95, 2.89};
    constexpr errors bounds{5e-5, 5e-5, 1e-6, 1e-6, 1e-6, 1e-6};

    const std::array results{measured(contenders[0]), measured(contenders[1]), measured(contenders[2])};
    std::cout << table_begin << header();
    for (std::size_t i = 0; i < results.size(); ++i) std::cout << row(contenders[i], results[i]);
    std::cout << table_end << '\n';

    for (std::size_t i = 0; i < bounds.size(); ++i) {
        INFO(measure::in_khz(measure::six_rates[i]));
        CHECK(std::abs(results[0][i] - sox[i]) <= 0.02);
        CHECK(std::abs(results[1][i] - ffmpeg[i]) <= 0.02);
        CHECK(results[2][i] >= 0.0);   // not refused
        CHECK(results[2][i] <= bounds[i]);
    }
}

TEST_CASE("The accuracy table of the README is the measured one")
{
    std::istringstream table(readme_table());
    std::string names, rule;
    std::getline(table, names);
    std::getline(table, rule);
    CHECK(names + '\n' + rule + '\n' == header());
    for (const auto& who : contenders) {
        std::string line;
        std::getline(table, line);
        INFO(line);
        const auto printed = cells(line);
        REQUIRE(printed.size() == 1 + measure::six_rates.size());
        CHECK(printed[0] == who.name);
        const auto all = measured(who);
        for (std::size_t i = 0; i < all.size(); ++i) check_cell(printed[i + 1], all[i], is_ours(who));
    }
    std::string further;
    CHECK_FALSE(std::getline(table, further));
}
