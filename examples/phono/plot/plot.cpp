// SPDX-License-Identifier: BSL-1.0
#include "plot/plot.hpp"

#include "plot/plot_axis.hpp"
#include "plot/polyline.hpp"
#include "plot/svg_element.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

namespace command {

namespace {

using namespace element;

constexpr double width = 960.0;
constexpr double left = 76.0;
constexpr double right = width - 28.0;
constexpr double between_panels = 26.0;
constexpr double legend_row = 22.0;
constexpr double legend_swatch = 26.0;
constexpr double legend_text = legend_swatch + 8.0;   // where the name begins, from the swatch's left end
constexpr double legend_gap = 10.0;                   // from a name to the next swatch, at least
constexpr double font_size = 13.0;                    // as in the style below

// Distinguishable on white by most eyes, the colour-blind included; neighbours differ in lightness too.
constexpr std::array<std::string_view, 8> palette{"#1f5fbf", "#d9482b", "#15966b", "#8e44ad", "#e0a100", "#17a2c4", "#8a5a2b", "#59606e"};
constexpr std::array<std::string_view, 4> dashes{"", "9 4", "2.5 3.5", "11 4 2.5 4"};

constexpr std::string_view maker = "<desc>plot by phono</desc>\n";
constexpr text_kind plot_text{"plot", "<svg ", maker};

constexpr std::string_view style = R"(<style>
text { font-family: 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif; font-size: 13px; fill: #4a5160; }
.title { font-size: 20px; font-weight: 600; fill: #1b2030; }
.subtitle { font-size: 14px; fill: #6a7282; }
.axis { fill: #1b2030; }
.fine { stroke: #edeff3; }
.grid { stroke: #dde1e8; }
.strong { stroke: #b9c0cc; }
.frame { fill: none; stroke: #9aa3b2; }
.line { fill: none; stroke-linejoin: round; stroke-linecap: round; }
.power { font-size: 9.5px; }
</style>
)";

std::string stroke(const plot_line& line)
{
    const auto dash = line.broken ? std::string_view{"6 6"} : dashes[line.colour / palette.size() % dashes.size()];
    return attribute("stroke", palette[line.colour % palette.size()]) + attribute("stroke-width", line.broken ? 1.6 : 2.2) +
           (dash.empty() ? "" : attribute("stroke-dasharray", dash));
}

std::string fill(const plot_area& area)
{
    return attribute("fill", palette[area.colour % palette.size()]) + attribute("fill-opacity", fixed(area.opacity, 2));
}

plot_axis value_axis(const plot_panel& panel)
{
    double low = std::numeric_limits<double>::max();
    double high = std::numeric_limits<double>::lowest();
    const auto take = [&](const std::vector<plot_point>& points) {
        for (const auto& point : points) {
            const double value = panel.logarithmic ? std::abs(point.value) : point.value;
            if (!std::isfinite(value) || (panel.logarithmic && value == 0.0)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    };
    for (const auto& line : panel.lines) take(line.points);
    for (const auto& area : panel.areas) take(area.lower), take(area.upper);
    if (low > high) low = high = panel.logarithmic ? 1e-12 : 0.0;   // nothing to show: still an axis
    return panel.logarithmic ? decade_axis(low, high, 5) : linear_axis(low, high);
}

class drawing {
public:
    explicit drawing(const figure& what) : what_{what}, across_{logarithmic_axis(what.from, what.to)} {}

    std::string finished()
    {
        header();
        for (std::size_t i = 0; i < what_.panels.size(); ++i) {
            panel(what_.panels[i], i);
            y_ += what_.panels[i].height + between_panels;
        }
        y_ += -between_panels + 20.0;
        for (const auto& at : across_.ticks)
            if (!at.label.empty()) body_ += text(across(at.value), y_, at.label, "", "middle");
        y_ += 24.0;
        body_ += text(0.5 * (left + right), y_, what_.axis, "axis", "middle");
        const double height = y_ + 18.0;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("viewBox", "0 0 " + px(width) + ' ' + px(height)) +
               attribute("width", width) + attribute("height", height) + ">\n" + std::string{maker} + std::string{style} +
               "<rect x=\"0.5\" y=\"0.5\"" + attribute("width", width - 1.0) + attribute("height", height - 1.0) +
               " rx=\"10\" fill=\"#ffffff\" stroke=\"#dde1e8\"/>\n" + body_ + "</svg>\n";
    }

private:
    [[nodiscard]] double across(double value) const { return left + (right - left) * across_.place(value); }

    void header()
    {
        y_ = 36.0;
        body_ += text(left, y_, what_.title, "title", "start");
        if (!what_.subtitle.empty()) {
            y_ += 22.0;
            body_ += text(left, y_, what_.subtitle, "subtitle", "start");
        }
        legend();
        y_ += 18.0;
    }

    // What stands in the legend: a swatch and a name.
    struct entry {
        std::string name;
        std::string swatch;   // without its places
        bool is_area;
    };

    [[nodiscard]] std::vector<entry> entries() const
    {
        std::vector<entry> all;
        for (const auto& panel : what_.panels) {
            for (const auto& area : panel.areas) all.push_back({area.name, fill(area), true});
            for (const auto& line : panel.lines)
                if (line.in_legend) all.push_back({line.name, stroke(line), false});
        }
        return all;
    }

    // In columns as wide as the longest name; a few names stand side by side.
    void legend()
    {
        const auto all = entries();
        double widest = 0.0;
        for (const auto& each : all) widest = std::max(widest, legend_width(each.name));
        if (all.empty()) return;
        // The last column needs no gap behind it.
        const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((right - left + legend_gap) / widest));
        const bool one_row = all.size() <= columns;
        const double column = (right - left) / double(columns);
        double x = left;
        y_ += legend_row + 4.0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i > 0 && i % columns == 0) {
                x = left;
                y_ += legend_row;
            }
            if (all[i].is_area)
                body_ += "<rect" + attribute("x", x) + attribute("y", y_ - 10.0) + attribute("width", legend_swatch) +
                         attribute("height", 11.0) + all[i].swatch + "/>\n";
            else
                body_ += "<line" + attribute("x1", x) + attribute("y1", y_ - 4.5) + attribute("x2", x + legend_swatch) +
                         attribute("y2", y_ - 4.5) + all[i].swatch + "/>\n";
            body_ += text(x + legend_text, y_, all[i].name, "", "start");
            x += one_row ? legend_width(all[i].name) : column;
        }
    }

    static double legend_width(const std::string& name) { return legend_text + text_width(name, font_size) + legend_gap; }

    void panel(const plot_panel& panel, std::size_t number)
    {
        const auto axis = value_axis(panel);
        const double top = y_;
        const double bottom = y_ + panel.height;
        const auto y = [&](double value) { return bottom - panel.height * axis.place(value); };

        for (const auto& at : across_.ticks)
            body_ += rule(across(at.value), top, across(at.value), bottom, at.strong ? "strong" : at.label.empty() ? "fine" : "grid");
        for (const auto& at : axis.ticks) {
            body_ += rule(left, y(at.value), right, y(at.value), at.strong ? "strong" : "grid");
            label(left - 10.0, y(at.value) + 4.5, at);
        }
        body_ += "<text" + attribute("transform", "translate(22 " + px(0.5 * (top + bottom)) + ") rotate(-90)") +
                 attribute("class", "axis") + attribute("text-anchor", "middle") + '>' + escaped(panel.axis) + "</text>\n";

        const auto clip = "panel" + std::to_string(number);
        const auto area = attribute("x", left) + attribute("y", top) + attribute("width", right - left) + attribute("height", panel.height);
        body_ += "<clipPath id=\"" + clip + "\"><rect" + area + "/></clipPath>\n<g clip-path=\"url(#" + clip + ")\">\n";
        for (const auto& filled : panel.areas) between(filled, panel.logarithmic, y);
        for (const auto& line : panel.lines) curve(line, panel.logarithmic, y);
        body_ += "</g>\n<rect" + area + attribute("class", "frame") + "/>\n";
    }

    void label(double at_x, double at_y, const tick& at)
    {
        if (at.power.empty()) {
            body_ += text(at_x, at_y, at.label, "", "end");
            return;
        }
        body_ += "<text" + attribute("x", at_x) + attribute("y", at_y) + attribute("text-anchor", "end") + '>' + at.label +
                 "<tspan class=\"power\" dy=\"-5\">" + at.power + "</tspan></text>\n";
    }

    void curve(const plot_line& line, bool magnitude, const auto& y)
    {
        std::vector<pixel> all;
        for (const auto& point : line.points)
            if (std::isfinite(point.value)) all.push_back({across(point.across), y(magnitude ? std::abs(point.value) : point.value)});
        if (all.size() < 2) return;
        body_ += "<polyline class=\"line\"" + stroke(line) + " points=\"";
        for (const auto& at : bends(all)) body_ += px(at.x) + ',' + px(at.y) + ' ';
        body_.back() = '"';
        body_ += "/>\n";
    }

    void between(const plot_area& filled, bool magnitude, const auto& y)
    {
        std::string corners;
        const auto take = [&](const plot_point& point) {
            if (std::isfinite(point.value))
                corners += px(across(point.across)) + ',' + px(y(magnitude ? std::abs(point.value) : point.value)) + ' ';
        };
        std::for_each(filled.lower.begin(), filled.lower.end(), take);
        std::for_each(filled.upper.rbegin(), filled.upper.rend(), take);
        if (corners.empty()) return;
        corners.back() = '"';
        body_ += "<polygon" + fill(filled) + " points=\"" + corners + "/>\n";
    }

    const figure& what_;
    plot_axis across_;
    std::string body_;
    double y_ = 0.0;
};

}   // namespace

std::string svg(const figure& what) { return drawing{what}.finished(); }

void write_svg(const text_file& file, const figure& what) { write_text(file, plot_text, svg(what)); }

}   // namespace command
