// SPDX-License-Identifier: BSL-1.0
#include "reports/tolerance_report.hpp"
#include "support/json.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

json figures(const phono::build_figures& of)
{
    return json::object({
        {"mean_db", of.mean.decibels},
        {"p50_db", of.p50.decibels},
        {"p95_db", of.p95.decibels},
        {"p99_db", of.p99.decibels},
        {"worst_db", of.worst.decibels},
        {"worst_build", double(of.worst_build)},
        {"yield", of.yield},
    });
}

std::string_view unit(phono::part_kind kind)
{
    switch (kind) {
        case phono::part_kind::capacitor: return "F";
        case phono::part_kind::inductor: return "H";
        default: return "Ohm";
    }
}

json numbers(const std::vector<double>& values)
{
    std::vector<json> items(values.begin(), values.end());
    return json::array(items);
}

json parts(const tolerance_report& report)
{
    std::vector<json> items;
    for (const auto& each : report.sensitivity.parts)
        items.push_back(json::object({
            {"part", each.part.name},
            {"value", each.part.value},
            {"unit", unit(each.part.kind)},
            {"block", double(each.part.block)},
            {"tolerance_percent", each.part.tolerance.value},
            {"worst_db_per_percent", each.worst},
            {"worst_at_hz", each.worst_at.si},
            {"of_tolerance_db", each.of_tolerance()},
            {"gain_db_per_percent", numbers(each.gain)},
            {"deviation_db_per_percent", numbers(each.deviation)},
        }));
    return json::array(items);
}

json band(const tolerance_report& report)
{
    std::vector<json> items;
    for (const auto& at : report.builds.band)
        items.push_back(json::short_object({
            {"frequency_hz", at.at.si},
            {"drawn_db", at.nominal.decibels},
            {"lowest_db", at.lowest.decibels},
            {"p5_db", at.p5.decibels},
            {"p50_db", at.p50.decibels},
            {"p95_db", at.p95.decibels},
            {"highest_db", at.highest.decibels},
        }));
    return json::array(items);
}

json series(const tolerance_report& report)
{
    std::vector<json> items;
    for (const auto& cost : report.series)
        items.push_back(json::short_object({
            {"resistors", series_word(cost.resistors)},
            {"capacitors", series_word(cost.capacitors)},
            {"deviation_db", cost.deviation.decibels},
        }));
    return json::array(items);
}

json chosen(const tolerance_report& report)
{
    if (!report.search) return {};
    std::vector<json> items;
    for (const auto& each : report.chosen.parts)
        items.push_back(json::short_object({
            {"part", each.part.name},
            {"drawn", each.part.value},
            {"chosen", each.chosen},
            {"unit", unit(each.part.kind)},
        }));
    return json::object({
        {"resistors", series_word(report.search->resistors)},
        {"capacitors", series_word(report.search->capacitors)},
        {"drawn_db", report.chosen.drawn.decibels},
        {"nearest_db", report.chosen.nearest.decibels},
        {"best_db", report.chosen.best.decibels},
        {"parts", json::array(items)},
    });
}

}   // namespace

void print_tolerance_json(std::ostream& out, const tolerance_report& report)
{
    const auto& options = report.options;
    out << json::object({
                            {"title", report.title},
                            {"curve", report.curve},
                            {"builds", double(options.builds)},
                            {"seed", std::to_string(options.choice.seed)},   // as text: a number of JSON is a double to many readers
                            {"spread", spread_word(options.choice.spread)},
                            {"resistors_percent", options.choice.parts.resistors.value},
                            {"capacitors_percent", options.choice.parts.capacitors.value},
                            {"inductors_percent", options.choice.parts.inductors.value},
                            {"bound_db", options.bound.decibels},
                            {"from_hz", options.band.from.si},
                            {"to_hz", options.band.to.si},
                            {"reference_hz", options.band.reference.si},
                            {"drawn_db", report.builds.nominal.decibels},
                            {"corner_db", report.corner.decibels},
                            {"deviation", figures(report.builds.deviation)},
                            {"balance", figures(report.builds.balance)},
                            {"without_response", double(report.builds.without_response)},
                            {"parts", parts(report)},
                            {"series", series(report)},
                            {"chosen", chosen(report)},
                            {"band", band(report)},
                        })
               .text()
        << '\n';
}

}   // namespace command
