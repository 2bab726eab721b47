// SPDX-License-Identifier: BSL-1.0
#include "plot/plot_axis.hpp"

#include "support/number.hpp"

#include <algorithm>
#include <cmath>

namespace command {

namespace {

std::string short_number(double value) { return value < 1000.0 ? brief(value) : brief(value / 1000.0) + 'k'; }

// With a minus sign as wide as a plus.
std::string typeset(std::string number)
{
    if (number.starts_with('-')) number.replace(0, 1, "\u2212");
    return number;
}

// The smallest of 1, 2, 5 times a power of ten that cuts the span into eleven parts at most.
double round_step(double span)
{
    const double power = std::pow(10.0, std::floor(std::log10(span / 11.0)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power * 11.0 >= span) return factor * power;
    return 10.0 * power;
}

}   // namespace

double plot_axis::place(double value) const noexcept
{
    if (!logarithmic) return (value - low) / (high - low);
    // A magnitude of zero has no logarithm; it is put far below the axis and clipped like any other.
    const double positive = std::max(value, low * 1e-3);
    return std::log(positive / low) / std::log(high / low);
}

plot_axis logarithmic_axis(double from, double to)
{
    plot_axis axis{from, to, true, {}};
    const bool narrow = to < 10.0 * from;   // then every line is labelled
    for (double decade = std::pow(10.0, std::floor(std::log10(from))); decade <= to; decade *= 10.0) {
        for (int multiple = 1; multiple < 10; ++multiple) {
            const double value = decade * multiple;
            if (value < from * (1.0 - 1e-9) || value > to * (1.0 + 1e-9)) continue;
            const bool labelled = narrow || multiple == 1 || multiple == 2 || multiple == 5;
            axis.ticks.push_back({value, labelled ? short_number(value) : "", "", multiple == 1});
        }
    }
    return axis;
}

plot_axis linear_axis(double low, double high)
{
    constexpr double least_span = 0.1;
    if (high - low < least_span) {
        const double middle = 0.5 * (low + high);
        low = middle - 0.5 * least_span;
        high = middle + 0.5 * least_span;
    }
    const double step = round_step(high - low);
    const auto first = static_cast<int>(std::floor(low / step + 1e-6));
    const auto last = static_cast<int>(std::ceil(high / step - 1e-6));
    const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
    plot_axis axis{first * step, last * step, false, {}};
    for (int i = first; i <= last; ++i) axis.ticks.push_back({i * step, typeset(fixed(i * step, decimals)), "", i == 0});
    return axis;
}

plot_axis decade_axis(double low, double high, int decades)
{
    constexpr double least = 1e-12;   // below it there is only rounding error
    const int top = static_cast<int>(std::ceil(std::log10(std::max(high, least * 10.0)) - 1e-6));
    const int bottom = std::max(static_cast<int>(std::floor(std::log10(std::max(low, least)))), top - decades);
    plot_axis axis{std::pow(10.0, bottom), std::pow(10.0, top), true, {}};
    for (int exponent = bottom; exponent <= top; ++exponent)
        axis.ticks.push_back({std::pow(10.0, exponent), "10", typeset(std::to_string(exponent)), false});
    return axis;
}

}   // namespace command
