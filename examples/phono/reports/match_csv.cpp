// SPDX-License-Identifier: BSL-1.0
#include "reports/match_report.hpp"
#include "reports/match_words.hpp"
#include "reports/response_table.hpp"
#include "support/number.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

// What print_match_json calls them too.
constexpr std::array<std::string_view, 3> input_names{"voltage", "transimpedance", "transformer"};

constexpr std::string_view heading =
    "cartridge,kind,output_v,coil_ohm,winding_h,input,gain_at_1_khz_db,output_at_5_cm_s_v,bandwidth_hz,"
    "response_at_20_khz_db,peak_db,noise_v_per_root_hz,snr_riaa_a_db,snr_riaa_db,rise_time_s,overshoot,"
    "phase_margin_degrees,grade,grade_as_set\n";

// A magnetic cartridge needs no transformer.
std::size_t inputs_of(const matched_cartridge& matched) { return matched.figures.kind == phono::cartridge_kind::moving_coil ? 3 : 2; }

std::string cell(double value) { return std::isfinite(value) ? ',' + shortest(value) : ","; }

void print_rows(std::ostream& out, const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    const auto verdicts = verdicts_of(figures);
    for (std::size_t i = 0; i < inputs_of(matched); ++i) {
        const auto mode = static_cast<phono::input_mode>(i);
        const auto& input = phono::figures_of(figures, mode);
        const auto& step = matched.steps.at(i);
        const bool is_loop = mode == phono::input_mode::transimpedance;
        out << matched.name << ',' << (figures.kind == phono::cartridge_kind::magnetic ? "magnetic" : "moving coil") << cell(figures.emf.si)
            << cell(figures.resistance.si) << (figures.knows_winding() ? cell(figures.inductance.si) : ",") << ',' << input_names.at(i)
            << cell(input.gain_at_1_khz.decibels) << cell(input.output.si) << cell(input.bandwidth.si) << cell(input.at_20_khz.decibels)
            << cell(input.peak.decibels) << cell(input.noise.density) << cell(input.noise.snr) << cell(input.noise.snr_riaa)
            << cell(step.rise_time().si) << cell(step.overshoot()) << (is_loop ? cell(figures.phase_margin) : ",") << ','
            << words(verdicts.at(i).match) << ',' << words(verdicts.at(i).as_set) << '\n';
    }
}

}   // namespace

void print_match_csv(std::ostream& out, const matched_cartridge& matched)
{
    out << heading;
    print_rows(out, matched);
}

void print_matches_csv(std::ostream& out, const std::vector<matched_cartridge>& all)
{
    out << heading;
    for (const auto& matched : all) print_rows(out, matched);
}

step_table steps_of(const matched_cartridge& matched)
{
    constexpr double earliest = 10e-9, decades = 1e4;
    constexpr int points = 401;   // a hundred to the decade
    // The winding of a magnetic cartridge is a thousand times that of a moving coil, its coil some thirty times.
    const double from = matched.figures.kind == phono::cartridge_kind::magnetic ? 100.0 * earliest : earliest;
    step_table table{.times = logarithmic_frequencies(from, decades * from, points), .inputs = {}};
    for (std::size_t i = 0; i < inputs_of(matched); ++i) {
        const auto& step = matched.steps.at(i);
        auto& values = table.inputs.emplace_back();
        for (const double time : table.times) values.push_back(step(phono::duration{time}) / step.level().si);
    }
    return table;
}

void print_steps_csv(std::ostream& out, const matched_cartridge& matched)
{
    const auto table = steps_of(matched);
    out << "time_s";
    for (std::size_t i = 0; i < table.inputs.size(); ++i) out << ',' << input_names.at(i);
    out << '\n';
    for (std::size_t n = 0; n < table.times.size(); ++n) {
        out << shortest(table.times[n]);
        for (const auto& input : table.inputs) out << ',' << shortest(input[n]);
        out << '\n';
    }
}

}   // namespace command
