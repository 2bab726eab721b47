// SPDX-License-Identifier: BSL-1.0
#include "reports/match_report.hpp"
#include "reports/match_words.hpp"
#include "support/number.hpp"
#include "support/padded.hpp"
#include "support/value_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

// Short, for a column: with a star where the parts as set are worse than the cartridge.
std::string grade(const phono::match_verdict& verdict)
{
    constexpr std::array<std::string_view, 3> short_words{"suits", "usable", "no"};
    return std::string{short_words.at(static_cast<std::size_t>(verdict.match))} + (verdict.as_set > verdict.match ? " *" : "");
}

std::string_view word(phono::match_choice choice)
{
    switch (choice) {
        case phono::match_choice::voltage: return "voltage";
        case phono::match_choice::transimpedance: return "trans-imp.";
        case phono::match_choice::transformer: return "transformer";
        case phono::match_choice::either: return "either";
        default: return "neither";
    }
}

struct gain_range {
    double least = std::numeric_limits<double>::infinity(), most = -least;

    void take(const phono::input_figures& input)
    {
        least = std::min(least, input.gain_at_1_khz.decibels);
        most = std::max(most, input.gain_at_1_khz.decibels);
    }
    [[nodiscard]] std::string text() const { return signed_fixed(least, 1) + " to " + signed_fixed(most, 1) + " dB"; }
    [[nodiscard]] double width() const { return most - least; }
};

std::string cells(const phono::input_figures& input, const phono::match_verdict& verdict)
{
    return padded(signed_fixed(input.gain_at_1_khz.decibels, 1), 7) + padded(fixed(input.noise.snr, 1), 6) + padded(grade(verdict), 10);
}

void print_ranges(std::ostream& out, const std::vector<matched_cartridge>& all, phono::cartridge_kind kind, std::string_view name)
{
    gain_range voltage, transimpedance;
    for (const auto& matched : all) {
        if (matched.figures.kind != kind) continue;
        voltage.take(matched.figures.voltage_input);
        transimpedance.take(matched.figures.transimpedance_input);
    }
    out << "Gain with " << name << ": voltage input " << voltage.text() << ", trans-impedance input " << transimpedance.text() << ";\n"
        << "  from cartridge to cartridge it changes by " << fixed(voltage.width(), 1) << " and by " << fixed(transimpedance.width(), 1)
        << " dB.\n";
}

}   // namespace

void print_matches(std::ostream& out, const std::vector<matched_cartridge>& all)
{
    constexpr std::size_t names = 23, coils = 11;
    out << padded("", names + coils) << padded("voltage", 23) << padded("trans-impedance", 23) << padded("transformer", 18) << "better\n"
        << padded("cartridge", names) << padded("coil", coils);
    for (int i = 0; i < 2; ++i) out << padded("dB", 7) << padded("SNR", 6) << padded("", 10);
    out << padded("1:", 4) << "SNR\n";
    for (const auto& matched : all) {
        const auto& figures = matched.figures;
        const auto verdicts = verdicts_of(figures);
        const bool magnetic = figures.kind == phono::cartridge_kind::magnetic;
        out << padded(matched.name, names) << padded(value_text(figures.resistance), coils) << cells(figures.voltage_input, verdicts[0])
            << cells(figures.transimpedance_input, verdicts[1]);
        if (magnetic) out << padded("", 18);
        else
            out << padded(brief(figures.inputs.transformer.ratio), 4) << padded(fixed(figures.transformer_input.noise.snr, 1), 6)
                << padded(grade(verdicts[2]), 8);
        out << word(choice_of(figures, verdicts)) << '\n';
    }
    out << "\nGain from the EMF at 1 kHz; SNR re 5 cm/s, RIAA- and A-weighted;\n* not, or with a reservation, with the parts as set.\n";
    print_ranges(out, all, phono::cartridge_kind::magnetic, "magnetic cartridges");
    print_ranges(out, all, phono::cartridge_kind::moving_coil, "moving coils");
}

}   // namespace command
