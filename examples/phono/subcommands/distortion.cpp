// SPDX-License-Identifier: BSL-1.0
#include "arguments/options.hpp"
#include "arguments/output_option.hpp"
#include "arguments/preamp_options.hpp"
#include "filters/measured_preamp.hpp"
#include "filters/preamps.hpp"
#include "plot/plot.hpp"
#include "reports/distortion_table.hpp"
#include "reports/response_table.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/workers.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono distortion --preamp tube_passive_riaa
      THD and the second to seventh harmonic of 1 kHz, from 1 mV to 1 V of EMF.
  phono distortion --preamp nachbaur_tubes --tone 10000 --plot nachbaur.svg
  phono distortion --preamp tube_passive_riaa --level 50mV --plot frequencies.svg
      At one level, from 20 Hz to 10 kHz.
  phono distortion --preamp tube_passive_riaa --intermodulation smpte --json

Measured on the preamp as it plays: a tone runs until it has settled. Levels are RMS;
a cartridge has some 5 mV of EMF at 1 kHz and 5 cm/s. THD counts harmonics to 20 kHz.
Intermodulation is at levels of the output, given as those of a sine with the same
peak: smpte (60 Hz and 7 kHz, four to one, modulation of the high tone), ccif (19 and
20 kHz, equal, over twice the output at 20 kHz).)";

constexpr double lowest_tone = 20.0, highest_tone = 10e3;   // a sweep's: below half of 20 kHz, so that there is a second harmonic

struct arguments {
    preamp_options preamp;
    std::string method, oversampling = "auto";
    double rate = 192'000.0, tone = 1000.0, from = 1e-3, to = 1.0;
    std::optional<double> level;
    int points = 31;
    bool as_json = false;
    text_file plot;
};

double peak(double rms) { return std::sqrt(2.0) * rms; }

// A preamp that runs, ready to be copied, and what it is.
struct subject {
    explicit subject(const arguments& given)
        : preamp{make_tube_preamp(given.preamp.one())},
          running{preamp, given.rate, given.oversampling == "auto" ? 0 : std::stoi(given.oversampling)},
          rate{given.rate}
    {
    }

    filter preamp;
    measured_preamp running;
    phono::frequency rate;
};

// Rows by all processors: each is a measurement of its own, so that their number changes nothing.
template <class Row>
std::vector<Row> rows_of(const std::vector<double>& values, const std::function<Row(double)>& measured)
{
    std::vector<Row> rows(values.size());
    workers{available_processors()}.each(values.size(), [&](std::size_t i) { rows[i] = measured(values[i]); });
    return rows;
}

distortion_table harmonics(const arguments& given, const subject& of)
{
    using row = distortion_table::row;
    distortion_table table{given.preamp.one().text(), of.preamp.title(), given.rate, of.running.factor(), {}};
    const auto measured = [&of](double tone, double emf) {
        return row{emf, phono::harmonic_distortion(of.running, of.rate, phono::frequency{tone}, phono::voltage{peak(emf)})};
    };
    if (given.level) {
        const auto tones = logarithmic_frequencies(lowest_tone, highest_tone, given.points);
        table.rows = rows_of<row>(tones, [&](double tone) { return measured(tone, *given.level); });
        return table;
    }
    const auto levels = logarithmic_frequencies(given.from, given.to, given.points);
    table.rows = rows_of<row>(levels, [&](double emf) { return measured(given.tone, emf); });
    return table;
}

intermodulation_table intermodulations(const arguments& given, const subject& of)
{
    using row = intermodulation_table::row;
    intermodulation_table table{given.preamp.one().text(), of.preamp.title(), given.method, given.rate, of.running.factor(), {}};
    table.rows = rows_of<row>(logarithmic_frequencies(given.from, given.to, given.points), [&](double output) {
        const phono::voltage level{peak(output)};
        return row{output, given.method == "smpte" ? phono::smpte_intermodulation(of.running, of.rate, level)
                                                   : phono::ccif_intermodulation(of.running, of.rate, level)};
    });
    return table;
}

std::string conditions(double rate, int oversampling)
{
    const auto measured = "measured at " + brief(1e-3 * rate) + " kHz";
    return oversampling == 1 ? measured : measured + ", computed at " + std::to_string(oversampling) + " times that rate";
}

// What a picture's axis needs: levels in millivolts.
figure empty_picture(const arguments& given, const std::string& title, const std::string& subtitle, const std::string& levels)
{
    figure picture{.title = title, .subtitle = subtitle};
    picture.axis = given.level ? "frequency, Hz" : levels;
    picture.from = given.level ? lowest_tone : 1e3 * given.from;
    picture.to = given.level ? highest_tone : 1e3 * given.to;
    return picture;
}

void draw(const arguments& given, const distortion_table& table)
{
    const auto what = given.level ? brief(1e3 * *given.level) + " mV of EMF" : brief(given.tone) + " Hz";
    auto picture = empty_picture(given, table.title + ": distortion of " + what, conditions(table.rate, table.oversampling), "EMF, mV RMS");
    const auto across = [&](const distortion_table::row& row) { return given.level ? row.harmonics.tone.si : 1e3 * row.emf; };
    plot_panel panel{.axis = "re the fundamental, dB", .lines = {}, .height = 460.0};
    plot_line thd{.name = "THD", .points = {}, .colour = 0, .broken = true};   // where one harmonic is all of it, both are seen
    for (const auto& row : table.rows) thd.points.push_back({across(row), 20.0 * std::log10(row.harmonics.thd)});
    for (int n = 2; n <= 5; ++n) {
        plot_line line{.name = "H" + std::to_string(n), .points = {}, .colour = static_cast<std::size_t>(n - 1)};
        for (const auto& row : table.rows)
            if (row.harmonics.relative[n] > 1e-8) line.points.push_back({across(row), row.harmonics.level(n).decibels});
        panel.lines.push_back(line);
    }
    panel.lines.push_back(thd);
    picture.panels = {panel};
    write_svg(given.plot, picture);
}

void draw(const arguments& given, const intermodulation_table& table)
{
    const auto method = table.method == "smpte" ? std::string{"SMPTE"} : std::string{"CCIF"};
    auto picture = empty_picture(given, table.title + ": " + method + " intermodulation", conditions(table.rate, table.oversampling),
                                 "output, mV RMS of a sine with the same peak");
    plot_panel panel{.axis = "dB", .lines = {}, .height = 460.0};
    panel.lines = {{.name = "second order", .points = {}, .colour = 1},
                   {.name = "third order", .points = {}, .colour = 2},
                   {.name = "both", .points = {}, .colour = 0, .broken = true}};
    for (const auto& row : table.rows) {
        const double values[] = {row.products.second, row.products.third, row.products.total()};
        for (std::size_t i = 0; i < 3; ++i) panel.lines[i].points.push_back({1e3 * row.output, 20.0 * std::log10(values[i])});
    }
    picture.panels = {panel};
    write_svg(given.plot, picture);
}

void run(const arguments& given)
{
    const subject of{given};
    const auto told = [&](const auto& table) {
        if (!given.plot.name.empty()) draw(given, table);   // may be refused, so before anything is printed
        given.as_json ? print_json(std::cout, table) : print_csv(std::cout, table);
    };
    if (!given.method.empty()) return told(intermodulations(given, of));
    told(harmonics(given, of));
}

}   // namespace

void add_distortion(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("distortion", "measure a tube preamp's harmonics and intermodulation as it plays");
    given->preamp.add_to(sub, "name (see phono list), cartridge included");
    auto* tone = sub.add_option("--tone", given->tone, "the tone whose level is swept");
    tone->transform(within(10.0, 20e3, "Hz"))->type_name("HZ")->capture_default_str();
    auto* from = sub.add_option("--from", given->from, "lowest level");
    from->transform(within(1e-6, 1e3, "V"))->type_name("VOLTS")->capture_default_str();
    auto* to = sub.add_option("--to", given->to, "highest level");
    to->transform(within(1e-6, 1e3, "V"))->type_name("VOLTS")->capture_default_str();
    auto* level = sub.add_option("--level", given->level, "the level of all tones: their frequency is swept");
    level->transform(within(1e-6, 1e3, "V"))->type_name("VOLTS")->excludes(tone)->excludes(from)->excludes(to);
    sub.add_option("--points", given->points, "how many, spaced evenly on a logarithmic axis")
        ->transform(within(2, 10'000, ""))
        ->type_name("N")
        ->capture_default_str();
    sub.add_option("--intermodulation", given->method, "of two tones in place of harmonics of one")
        ->check(CLI::IsMember({"smpte", "ccif"}))
        ->type_name("METHOD")
        ->excludes(level)
        ->excludes(tone);
    sub.add_option("--rate", given->rate, "sample rate that the preamp runs at")
        ->transform(within(44'100.0, 768'000.0, "Hz"))
        ->type_name("HZ")
        ->capture_default_str();
    sub.add_option("--oversampling", given->oversampling, "times the sample rate that the preamp is computed at")
        ->check(CLI::IsMember({"auto", "1", "2", "4", "8"}))
        ->type_name("TIMES")
        ->capture_default_str();
    sub.add_flag("--json", given->as_json, "JSON in place of CSV");
    add_output(sub, "--plot", "SVG file to draw", given->plot)->type_name("FILE.svg");
    sub.footer(examples);
    sub.callback([given] {
        if (given->to <= given->from) throw failure{"--to " + brief(given->to) + " V: must be above --from " + brief(given->from) + " V"};
        run(*given);
    });
}

}   // namespace command
