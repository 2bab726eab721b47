// SPDX-License-Identifier: BSL-1.0
#include "speed_plot.hpp"

#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

namespace {

struct bar {
    const char* label;
    const char* line;   ///< of the table
};

struct panel {
    const char* title;
    std::vector<bar> bars;
};

const panel panels[] = {
    {"Cartridge, load and RIAA",
     {{"phono, blocks of 512", "cartridge: preamp, block 512"},
      {"phono, sample by sample", "cartridge: preamp, object"},
      {"phono at run time, blocks of 512", "cartridge: tunable_preamp, block 512"},
      {"phono in float, blocks of 512", "cartridge: preamp, float, block 512"},
      {"DF2T cascade, states in registers", "cartridge: DF2T cascade, registers"},
      {"DF2T cascade, sample by sample", "cartridge: DF2T cascade, object"},
      {"Faust, blocks of 512", "cartridge: Faust, scalar, block 512"},
      {"Faust -vec, blocks of 512", "cartridge: Faust, -vec, block 512"},
      {"wave digital filter", "cartridge: wave digital filter, registers"}}},
    {"RIAA alone",
     {{"phono, blocks of 512", "RIAA: preamp, block 512"},
      {"phono, sample by sample", "RIAA: preamp, object"},
      {"phono in float, blocks of 512", "RIAA: preamp, float, block 512"},
      {"DF2T cascade, states in registers", "RIAA: DF2T cascade, registers"},
      {"DF2T cascade, sample by sample", "RIAA: DF2T cascade, object"},
      {"Faust, blocks of 512", "RIAA: Faust, scalar, block 512"},
      {"SoX's effect, blocks of 512", "RIAA: SoX's effect, block 512"},
      {"STK, sample by sample", "RIAA: STK, object"},
      {"liquid-dsp in float, blocks of 512", "RIAA: liquid-dsp, float, block 512"}}},
};

constexpr double width = 960, left = 300, bars_end = 760, row = 30;

void text(std::ostream& out, double x, double y, const std::string& classes, const std::string& content)
{
    out << "<text x=\"" << x << "\" y=\"" << y << "\" class=\"" << classes << "\">" << content << "</text>\n";
}

void vertical(std::ostream& out, double x, double top, double bottom, const char* classes)
{
    out << "<line x1=\"" << x << "\" y1=\"" << top << "\" x2=\"" << x << "\" y2=\"" << bottom << "\" class=\"" << classes << "\"/>\n";
}

std::string error_of(const line& one)
{
    char formatted[32];
    std::snprintf(formatted, sizeof formatted, one.error < 0.01 ? "%.5f dB" : one.error < 10.0 ? "%.2f dB" : "%.0f dB", one.error);
    return formatted;
}

/// The bars of a panel that have been timed, the shortest first. `top` is the baseline of its title; returns where the next one begins.
double draw(std::ostream& out, const table& lines, const panel& shown, double top, double longest)
{
    std::vector<std::pair<const char*, const line*>> timed;
    for (const bar& b : shown.bars)
        if (const line* one = lines.find(b.line)) timed.emplace_back(b.label, one);
    std::sort(timed.begin(), timed.end(), [&](const auto& a, const auto& b) { return lines.ratio(*a.second) < lines.ratio(*b.second); });

    const double first = top + 14, bottom = first + row * static_cast<double>(timed.size()), unit = (bars_end - left) / longest;
    text(out, 24, top, "heading", shown.title);
    text(out, width - 24, top, "end", "largest error, 20 Hz to 20 kHz");
    for (double at = 0.5; at < longest; at += 0.5) vertical(out, left + unit * at, first, bottom, at > 0.9 && at < 1.1 ? "one" : "grid");
    double y = first;
    for (const auto& [label, one] : timed) {
        const double ratio = lines.ratio(*one);
        char value[32];
        std::snprintf(value, sizeof value, "%.2f", ratio);
        text(out, left - 12, y + 20, one->is_ours ? "end strong" : "end", label);
        out << "<rect x=\"" << left << "\" y=\"" << y + 5 << "\" width=\"" << unit * ratio << "\" height=\"" << row - 10
            << "\" rx=\"2\" fill=\"" << (one->is_ours ? "#1f5fbf" : "#b3bac6") << "\"/>\n";
        text(out, left + unit * ratio + 8, y + 20, one->is_ours ? "value strong" : "value", value);
        text(out, width - 24, y + 20, one->error > 0.1 ? "end wrong" : "end", error_of(*one));
        y += row;
    }
    vertical(out, left, first, bottom, "axis");
    return bottom + 44;
}

}   // namespace

bool write_speed_plot(const table& lines, const std::string& path)
{
    double longest = 1.2, height = 118;
    for (const panel& p : panels) {
        height += 58 - 8;
        for (const bar& b : p.bars)
            if (const line* one = lines.find(b.line)) longest = std::max(longest, lines.ratio(*one) + 0.1), height += row;
    }
    std::ofstream out(path);
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << width << " " << height << "\" width=\"" << width << "\" height=\""
        << height << "\">\n<desc>plot by benchmarks/run</desc>\n<style>\n"
        << "text { font-family: 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif; font-size: 14px; fill: #4a5160; }\n"
        << ".title { font-size: 20px; font-weight: 600; fill: #1b2030; }\n.heading { font-size: 16px; font-weight: 600; fill: #1b2030; }\n"
        << ".subtitle { fill: #6a7282; }\n.end { text-anchor: end; }\n.strong { font-weight: 600; fill: #1f5fbf; }\n.wrong { fill: "
           "#c0392b; }\n"
        << ".value { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }\n"
        << ".grid { stroke: #e6e9ee; }\n.one { stroke: #1b2030; stroke-dasharray: 4 4; }\n.axis { stroke: #9aa3b2; }\n</style>\n"
        << "<rect x=\"0.5\" y=\"0.5\" width=\"" << width - 1 << "\" height=\"" << height - 1
        << "\" rx=\"10\" fill=\"#ffffff\" stroke=\"#dde1e8\"/>\n";
    text(out, 24, 38, "title", "What a sample costs at 48 kHz");
    text(out, 24, 62, "subtitle",
         "Time relative to one naive biquad (dashed: DF2T, state in registers) of the same type. Shorter is better.");
    text(out, 24, 82, "subtitle", PHONO_BENCHMARK_FLAGS);
    double top = 122;
    for (const panel& p : panels) top = draw(out, lines, p, top, longest);
    out << "</svg>\n";
    out.close();
    return !out.fail();
}
