// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/build.hpp>

#include <algorithm>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wswitch-enum"       // default: is every other kind

namespace phono::inline v0_2 {

/// What one per cent more of a part does to the response, at each frequency.
struct part_sensitivity {
    toleranced_part part;
    std::vector<double> gain;        ///< dB per %: change of the gain
    std::vector<double> deviation;   ///< dB per %: the same less that at the reference, where the deviation from a curve is 0
    double worst = 0.0;              ///< dB per %: the largest of the deviations, with its sign
    frequency worst_at{};

    /// The deviation, in dB, that the whole tolerance of the part makes, to first order.
    [[nodiscard]] double of_tolerance() const noexcept { return math::abs(worst) * part.tolerance.value; }
};

/// The sensitivities of a circuit to its bought parts.
struct sensitivity_result {
    fault problem{};   ///< all else is empty where there is one
    std::vector<frequency> at{};
    std::vector<part_sensitivity> parts{};   ///< first those whose tolerance makes the largest deviation
};

namespace detail {

/// The derivative of the output at one frequency by each conductance or reactance, from the unknowns x and those of the adjoint circuit y:
/// dH/dp = -y^T (dA/dp) x.
class adjoint_view {
public:
    adjoint_view(std::span<const math::complex> x, std::span<const math::complex> y, double hertz) noexcept
        : x_(x), y_(y), s_(0.0, 2.0 * math::pi * hertz)
    {
    }

    /// By the logarithm of a part's value. `branch` is the row of its current, if that is an unknown.
    [[nodiscard]] math::complex by_log_of(const part& p, int branch) const noexcept
    {
        switch (p.kind) {
            case part_kind::resistor:
            case part_kind::shunt_resistor: return (-1.0 / p.value) * by_transconductance(p.a, p.b, p.a, p.b);
            case part_kind::capacitor: return p.value * (s_ * by_transconductance(p.a, p.b, p.a, p.b));
            case part_kind::series_resistor: return p.value * (y_[branch] * x_[branch]);
            case part_kind::inductor: return p.value * (s_ * y_[branch] * x_[branch]);
            default: return {};
        }
    }

    /// By a current per volt between plus and minus that flows from a to b.
    [[nodiscard]] math::complex by_transconductance(node a, node b, node plus, node minus) const noexcept
    {
        return -(across(y_, a, b) * across(x_, plus, minus));
    }

private:
    [[nodiscard]] static math::complex across(std::span<const math::complex> of, node plus, node minus) noexcept
    {
        math::complex sum{};
        if (plus != ground) sum += of[plus.index - 1];
        if (minus != ground) sum -= of[minus.index - 1];
        return sum;
    }

    std::span<const math::complex> x_, y_;
    math::complex s_;
};

/// How the slopes of the triodes change with the logarithm of a part's value, by central differences of the operating point.
[[nodiscard]] inline std::vector<triode_currents> slope_changes(const build_bench& bench, std::size_t which)
{
    constexpr double step = 1e-4;
    std::vector<part> parts = bench.parts();
    std::vector<biased_triode> up = bench.triodes(), down = up;
    double& value = parts[bench.bought()[which].place].value;
    const double nominal = value;
    value = nominal * (1.0 + step);
    bool is_found = bench.bias(parts, up);
    value = nominal * (1.0 - step);
    is_found = bench.bias(parts, down) && is_found;
    const double scale = is_found ? 0.5 / step : std::numeric_limits<double>::quiet_NaN();
    std::vector<triode_currents> change(up.size());
    for (std::size_t t = 0; t < up.size(); ++t) {
        const triode_currents &u = up[t].at_rest, &d = down[t].at_rest;
        change[t].plate_by_grid = scale * (u.plate_by_grid - d.plate_by_grid);
        change[t].plate_by_plate = scale * (u.plate_by_plate - d.plate_by_plate);
        change[t].grid_by_grid = scale * (u.grid_by_grid - d.grid_by_grid);
        change[t].grid_by_plate = scale * (u.grid_by_plate - d.grid_by_plate);
    }
    return change;
}

/// The sensitivities of a bench without a problem, in the order of its parts.
[[nodiscard]] inline std::vector<part_sensitivity> sensitivities_of(const build_bench& bench)
{
    const auto& bought = bench.bought();
    const auto& parts = bench.parts();
    const std::size_t points = bench.points();
    std::vector<part_sensitivity> found;
    std::vector<std::vector<triode_currents>> shift;
    for (std::size_t k = 0; k < bought.size(); ++k) {
        found.push_back({bought[k], std::vector<double>(points), std::vector<double>(points), 0.0, {}});
        shift.push_back(slope_changes(bench, k));
    }
    std::vector<int> branch(parts.size());
    int next = bench.circuit().unknowns() -
               static_cast<int>(std::count_if(parts.begin(), parts.end(), [](const part& p) { return p.is_branch(); }));
    for (std::size_t i = 0; i < parts.size(); ++i) branch[i] = parts[i].is_branch() ? next++ : -1;

    auto own = bench.make_room();
    bench.circuit().solve(parts, bench.triodes(), own.matrices, own.output);
    std::vector<math::complex> x(bench.circuit().unknowns()), y(x.size());
    std::vector<double> reference(bought.size());
    for (std::size_t i = points + 1; i-- > 0;) {   // the reference, which is the last, first
        const bool is_solved = bench.circuit().solve_both(i, own.matrices, x, y);
        const adjoint_view adjoint{x, y, bench.hertz()[i]};
        for (std::size_t k = 0; k < bought.size(); ++k) {
            math::complex change = adjoint.by_log_of(parts[bought[k].place], branch[bought[k].place]);
            for (std::size_t t = 0; t < shift[k].size(); ++t) {
                const biased_triode& tube = bench.triodes()[t];
                const triode_currents& by = shift[k][t];
                change += by.plate_by_grid * adjoint.by_transconductance(tube.plate, tube.cathode, tube.grid, tube.cathode);
                change += by.plate_by_plate * adjoint.by_transconductance(tube.plate, tube.cathode, tube.plate, tube.cathode);
                change += by.grid_by_grid * adjoint.by_transconductance(tube.grid, tube.cathode, tube.grid, tube.cathode);
                change += by.grid_by_plate * adjoint.by_transconductance(tube.grid, tube.cathode, tube.plate, tube.cathode);
            }
            constexpr double db_per_percent = 0.0868588963806503655;   // 20 / ln 10 / 100
            const double here =
                is_solved ? db_per_percent * (change / x[bench.circuit().output()]).re : std::numeric_limits<double>::quiet_NaN();
            if (i == points) {
                reference[k] = here;
                continue;
            }
            part_sensitivity& of = found[k];
            of.gain[i] = here;
            of.deviation[i] = here - reference[k];
            if (!(math::abs(of.deviation[i]) < math::abs(of.worst))) of.worst = of.deviation[i], of.worst_at = frequency{bench.hertz()[i]};
        }
    }
    return found;
}

}   // namespace detail

/// How far the response of a circuit changes with each of its bought parts, in dB per %, and which part is to be bought to a closer
/// tolerance: those come first whose tolerance makes the largest deviation.
///
/// One solution of the circuit and one of its adjoint circuit give all sensitivities at a frequency. What a part does to the operating point
/// of triodes is found by central differences.
/// Source: S. W. Director, R. A. Rohrer, The generalized adjoint network and network sensitivities, IEEE Trans. CT 16 (1969).
/// Accuracy: 1e-6 of the largest, against differences of responses (sensitivity_test).
/// Errors: a problem where the circuit has one, or a tolerance is out of range. Not real-time: it allocates.
template <netlist_size size>
[[nodiscard]] sensitivity_result sensitivity(const circuit<size>& held, const tolerances& parts = {}, const build_band& band = {})
{
    sensitivity_result result;
    const detail::build_bench bench{held, curve{}, {.parts = parts}, band};
    result.problem = bench.problem();
    if (result.problem) return result;
    for (std::size_t i = 0; i < bench.points(); ++i) result.at.emplace_back(bench.hertz()[i]);
    result.parts = detail::sensitivities_of(bench);
    std::stable_sort(result.parts.begin(), result.parts.end(),
                     [](const auto& one, const auto& other) { return one.of_tolerance() > other.of_tolerance(); });
    return result;
}

/// The same of a schematic.
template <class... Block>
[[nodiscard]] sensitivity_result sensitivity(const chain<Block...>& schematic, const tolerances& parts = {}, const build_band& band = {})
{
    return sensitivity(circuit{schematic}, parts, band);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
