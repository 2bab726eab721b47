// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/build.hpp>
#include <phono/network/preferred_values.hpp>

#include <initializer_list>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// Which preferred values are to be found for a circuit.
///
/// Range: level 1 to 100.
struct preferred_search {
    e_series resistors = e_series::e96, capacitors = e_series::e12;
    std::vector<std::string_view> parts{};   ///< those to choose, as toleranced_part names them; none: all of the preamp's that matter
    double level = 3.0;                      ///< all of them may be of so much higher or lower an impedance; 1: each near its own value
    build_band band{};
};

namespace detail {

/// A preferred value by its number: 0 is 1 of the SI unit, the next ones follow, through all decades.
[[nodiscard]] constexpr double preferred_value(e_series series, int number) noexcept
{
    const int count = static_cast<int>(series), decade = number >= 0 ? number / count : (number + 1) / count - 1;
    return math::decimal(preferred_number(series, number - decade * count), decade - 2);
}

/// The number of the preferred value nearest to a value, from 1e-18 to 1e18.
[[nodiscard]] constexpr int preferred_place(double value, e_series series) noexcept
{
    const int count = static_cast<int>(series);
    int low = -18 * count, high = 18 * count;
    while (high - low > 1) {
        const int middle = low + (high - low) / 2;
        (preferred_value(series, middle) <= value ? low : high) = middle;
    }
    return value / preferred_value(series, low) < preferred_value(series, high) / value ? low : high;
}

/// Finds the preferred values of some parts of a bench with the least deviation near given ones.
class preferred_descent {
public:
    preferred_descent(const build_bench& bench, const std::vector<std::size_t>& free, const preferred_search& wanted)
        : bench_(bench),
          free_(free),
          wanted_(wanted),
          own_(bench.make_room()),
          factors_(bench.bought().size(), 1.0),
          squared_(bench.points() + 1)
    {
    }

    /// The nearest preferred values of all free parts at a level of impedance.
    [[nodiscard]] std::vector<int> nearest(double level) const
    {
        std::vector<int> places;
        for (const std::size_t k : free_) {
            const toleranced_part& part = bench_.bought()[k];
            places.push_back(preferred_place(part.kind == part_kind::capacitor ? part.value / level : part.value * level, series_of(part)));
        }
        return places;
    }

    /// Moves one part, or two, by up to two values, for as long as that brings the response nearer to the curve.
    double descend(std::vector<int>& places)
    {
        double best = deviation(places);
        const int count = static_cast<int>(places.size());
        const auto is_better = [&](std::initializer_list<std::pair<int, int>> moves) {
            auto moved = places;
            for (const auto& [part, by] : moves) moved[part] += by;
            const double now = deviation(moved);
            if (!(now < best)) return false;
            best = now, places = moved;
            return true;
        };
        const auto one = [&] {
            bool any = false;
            for (int i = 0; i < count; ++i)
                for (const int a : {-1, 1, -2, 2}) any = is_better({{i, a}}) || any;
            return any;
        };
        const auto two = [&] {
            bool any = false;
            for (int i = 0; i < count; ++i)
                for (int k = 0; k < i; ++k)
                    for (const int a : {-1, 1, -2, 2})
                        for (const int b : {-1, 1, -2, 2}) any = is_better({{i, a}, {k, b}}) || any;
            return any;
        };
        while (one() || two()) {
        }
        return best;
    }

    [[nodiscard]] double value(std::size_t which, int place) const
    {
        return preferred_value(series_of(bench_.bought()[free_[which]]), place);
    }

    /// In dB; infinite where there is no response.
    [[nodiscard]] double deviation(const std::vector<int>& places)
    {
        for (std::size_t i = 0; i < free_.size(); ++i) factors_[free_[i]] = value(i, places[i]) / bench_.bought()[free_[i]].value;
        bench_.evaluate(factors_, own_, squared_);
        const double found = bench_.deviation(squared_);
        return math::is_finite(found) ? found : std::numeric_limits<double>::infinity();
    }

private:
    [[nodiscard]] e_series series_of(const toleranced_part& part) const noexcept
    {
        return part.kind == part_kind::capacitor || part.kind == part_kind::inductor ? wanted_.capacitors : wanted_.resistors;
    }

    const build_bench& bench_;
    const std::vector<std::size_t>& free_;
    const preferred_search& wanted_;
    build_bench::room own_;
    std::vector<double> factors_, squared_;
};

}   // namespace detail

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
