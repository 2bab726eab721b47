// SPDX-License-Identifier: BSL-1.0
#include "support/exact_riaa.hpp"
#include "support/programs.hpp"
#include "support/readme_table.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

// RIAA playback by the programs that people use, against the exact curve: one impulse through each at each rate.

namespace {

using programs::workshop;

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
    const auto gain = [&](double f) { return measure::transform(heard, f, rate) / programs::impulse_height; };
    const auto expected = [](double f) { return measure::exact_riaa(f) / std::abs(measure::exact_riaa(1000.0L)); };
    return measure::worst_error_db(gain, expected, measure::log_frequencies(20.0, 20e3, 200));
}

errors measured(const program& who)
{
    INFO(who.needs << " is not installed: tests/install does that");
    REQUIRE(workshop{}.run("command -v '" + who.needs + "'").status == 0);
    errors all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = worst_error(who, measure::six_rates[i]);
    return all;
}

/// Our error within a tenth of it, theirs within one unit of the last of three digits.
documents::cell cell(double error, bool ours)
{
    if (error == refused) return "refused";
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), ours ? "%.1e" : "%#.3g", error);
    return {text.data(), error, ours ? 0.1 * error : std::pow(10.0, std::floor(std::log10(error)) - 2.0)};
}

}   // namespace

TEST_CASE("RIAA playback of SoX, ffmpeg and phono against the exact curve is as the documents show it")
{
    constexpr errors sox{0.448, 0.279, 0.064, 0.065, refused, refused};
    constexpr errors ffmpeg{17.23, 10.21, 4.09, 3.83, 2.95, 2.89};
    constexpr errors bounds{5e-5, 5e-5, 1e-6, 1e-6, 1e-6, 1e-6};

    std::vector<std::string> header{"program"};
    for (const double rate : measure::six_rates) header.push_back(measure::in_khz(rate));
    documents::readme_table table{"accuracy", "tests/command/peers_test", header};
    const std::array results{measured(contenders[0]), measured(contenders[1]), measured(contenders[2])};
    for (std::size_t i = 0; i < results.size(); ++i) {
        std::vector<documents::cell> row{contenders[i].name};
        for (const double error : results[i]) row.push_back(cell(error, contenders[i].name == "phono"));
        table.add(row);
    }
    table.is_shown();

    for (std::size_t i = 0; i < bounds.size(); ++i) {
        INFO(measure::in_khz(measure::six_rates[i]));
        CHECK(std::abs(results[0][i] - sox[i]) <= 0.02);
        CHECK(std::abs(results[1][i] - ffmpeg[i]) <= 0.02);
        CHECK(results[2][i] >= 0.0);   // not refused
        CHECK(results[2][i] <= bounds[i]);
    }
}
