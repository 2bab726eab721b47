// SPDX-License-Identifier: BSL-1.0
#include "reports/noise_report.hpp"

#include "support/csv.hpp"
#include "support/json.hpp"
#include "support/listed.hpp"
#include "support/number.hpp"
#include "support/padded.hpp"
#include "support/value_text.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string_view>

namespace command {

namespace {

struct weight_word {
    phono::noise_weight weight;
    std::string_view word, words;
};
constexpr std::array<weight_word, 4> weight_list{{{phono::noise_weight::unweighted, "none", "unweighted"},
                                                  {phono::noise_weight::by_riaa, "riaa", "weighted by RIAA"},
                                                  {phono::noise_weight::by_a, "a", "A-weighted"},
                                                  {phono::noise_weight::by_riaa_and_a, "riaa-a", "weighted by RIAA and A"}}};

const weight_word& of(phono::noise_weight weight)
{
    for (const auto& each : weight_list)
        if (each.weight == weight) return each;
    return weight_list.front();
}

std::string band(const noise_request& asked)
{
    return value_text(asked.conditions.from) + " to " + value_text(asked.conditions.to) + ", " + weighting(asked.conditions.weight);
}

std::string volts(double value) { return value_text(phono::voltage{value}); }

// A part by the names that a fault would have for it, or, of a netlist, by its name there.
std::string part_words(const phono::noise_share& part, bool is_netlist)
{
    const std::string value = part.value > 0.0 ? " " + value_text(phono::resistance{part.value}) : "";
    const std::string block = is_netlist ? "" : "block " + std::to_string(part.block) + ", ";
    return block + part.name + value + ": " + phono::word_for(part.kind);
}

void print_parts(std::ostream& out, const noise_figures& found, bool is_netlist)
{
    constexpr double least = 1e-3;
    for (const auto& part : found.parts) {
        if (part.share < least) break;
        const std::string percent = fixed(100.0 * part.share, 1);
        out << "  " << padded("", percent.size() < 5 ? 5 - percent.size() : 0) << percent << " %  " << padded(volts(part.rms.si), 10)
            << "  " << part_words(part, is_netlist) << '\n';
    }
}

json of_names(const std::vector<std::string>& names)
{
    std::vector<json> items;
    for (const auto& name : names) items.emplace_back(name);
    return json::array(items);
}

json of_parts(const noise_figures& found)
{
    std::vector<json> items;
    for (const auto& part : found.parts)
        items.push_back(json::short_object({{"block", double(part.block)},
                                            {"part", part.name},
                                            {"kind", phono::word_for(part.kind)},
                                            {"resistance_ohm", part.value > 0.0 ? json{part.value} : json{}},
                                            {"share", part.share},
                                            {"rms_v", part.rms.si}}));
    return json::array(items);
}

json of_densities(const noise_figures& found)
{
    std::vector<json> items;
    for (const auto& at : found.densities)
        items.push_back(
            json::short_object({{"frequency_hz", at.hertz}, {"output_v_per_root_hz", at.output}, {"input_v_per_root_hz", at.input}}));
    return json::array(items);
}

}   // namespace

std::vector<std::string> noise_weight_words()
{
    std::vector<std::string> words;
    for (const auto& each : weight_list) words.emplace_back(each.word);
    return words;
}

phono::noise_weight parse_noise_weight(const std::string& word)
{
    for (const auto& each : weight_list)
        if (each.word == word) return each.weight;
    return phono::noise_weight::unweighted;
}

std::string weighting(phono::noise_weight weight) { return std::string{of(weight).words}; }

void print_noise(std::ostream& out, const std::vector<preamp_noise>& all, bool with_parts)
{
    for (const auto& [name, title, asked, found, is_netlist, noiseless] : all) {
        out << name << ": " << title << '\n'
            << "  noise   " << volts(found.rms) << " at the output, " << volts(found.at_input) << " in series with the EMF (" << band(asked)
            << ")\n";
        if (std::isfinite(found.snr)) out << "  signal  " << fixed(found.snr, 1) << " dB above it, in a groove of 5 cm/s at 1 kHz\n";
        else out << "  signal  not known: the source states no output; give --signal\n";
        if (found.silent_amplifiers > 0)
            out << "  silent  " << found.silent_amplifiers << (found.silent_amplifiers == 1 ? " amplifier" : " amplifiers")
                << " whose noise the catalogue does not have; give --amplifier-noise\n";
        if (!noiseless.empty())
            out << "  silent  " << listed(noiseless) << (noiseless.size() == 1 ? ", a controlled source" : ", controlled sources")
                << ": taken to make no noise; an X with the name of an amplifier of the catalogue, as NE5532, has its noise\n";
        if (with_parts) print_parts(out, found, is_netlist);
    }
}

void print_noise_json(std::ostream& out, const std::vector<preamp_noise>& all)
{
    std::vector<json> items;
    for (const auto& [name, title, asked, found, is_netlist, noiseless] : all)
        items.push_back(json::object({{"preamp", name},
                                      {"title", title},
                                      {"weight", of(asked.conditions.weight).word},
                                      {"from_hz", asked.conditions.from.si},
                                      {"to_hz", asked.conditions.to.si},
                                      {"temperature_k", asked.conditions.temperature},
                                      {"rms_v", found.rms},
                                      {"at_input_v", found.at_input},
                                      {"snr_db", found.snr},
                                      {"silent_amplifiers", double(found.silent_amplifiers)},
                                      {"noiseless", of_names(noiseless)},
                                      {"parts", of_parts(found)},
                                      {"densities", of_densities(found)}}));
    out << json::object({{"preamps", json::array(items)}}).text() << '\n';
}

void print_noise_csv(std::ostream& out, const std::vector<preamp_noise>& all)
{
    const bool several = all.size() > 1;
    out << (several ? "name," : "") << "frequency_hz,output_v_per_root_hz,input_v_per_root_hz\n";
    for (const auto& preamp : all)
        for (const auto& at : preamp.found.densities)
            out << (several ? csv_field(preamp.name) + ',' : "") << fixed(at.hertz, 6) << ',' << exact(at.output) << ',' << exact(at.input)
                << '\n';
}

}   // namespace command
