// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "robustness/worst.hpp"

#include <phono/stage/common_cathode_stage.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace robustness {

/// A common-cathode stage with a coupling capacitor and a load, by implicit Euler: slow, of order 1, and unable to run away.
///
/// Independent of the library, but for the law of the triode: the nodal equations are written out by hand for this circuit, and solved by
/// Newton's iteration with a step that is halved until the residual falls. An ideal source drives the grid by way of the stopper, if any;
/// the grid leak, which is across the source, does nothing.
class stage_reference {
public:
    /// At its operating point: what the circuit comes to when time is let pass ever faster.
    stage_reference(const phono::common_cathode_stage& stage, phono::capacitance coupling, phono::resistance load)
        : stage_(stage), coupling_(coupling.si), load_(load.si)
    {
        v_[plate] = stage.supply.si;
        for (double dt = 1e-9; dt < 1e6; dt *= 2.0) step(0.0, dt);
        for (int i = 0; i < 20; ++i) step(0.0, 1e6);
    }

    /// Goes on with other values: every capacitor keeps its voltage.
    void turn(const phono::common_cathode_stage& stage, phono::capacitance coupling, phono::resistance load)
    {
        stage_ = stage, coupling_ = coupling.si, load_ = load.si;
    }

    /// Lets so many seconds pass with this EMF at their end; returns the output.
    double step(double emf, double dt)
    {
        const volts last = v_;
        volts now = v_;
        if (stage_.stopper.si == 0.0) now[grid] = emf;
        auto [f, slopes] = equations(now, last, emf, dt);
        for (int i = 0; i < 200; ++i) {
            const volts change = solved(slopes, f);
            double length = 1.0, largest = 0.0;
            for (const double c : change) largest = std::fmax(largest, std::fabs(c));
            if (largest < 1e-9) break;
            for (int halvings = 0;; ++halvings, length /= 2.0) {
                volts tried = now;
                for (std::size_t n = 0; n < nodes; ++n) tried[n] -= length * change[n];
                auto next = equations(tried, last, emf, dt);
                if (norm(next.first) < norm(f) || halvings == 30) {
                    now = tried, f = next.first, slopes = next.second;
                    break;
                }
            }
        }
        v_ = now;
        return v_[out];
    }

private:
    static constexpr std::size_t grid = 0, cathode = 1, plate = 2, out = 3, nodes = 4;
    using volts = std::array<double, nodes>;
    using matrix = std::array<volts, nodes>;

    /// The current that leaves each node, in amperes, and its slopes by the voltages.
    [[nodiscard]] std::pair<volts, matrix> equations(const volts& v, const volts& last, double emf, double dt) const
    {
        volts f{};
        matrix by{};
        const auto conduct = [&](std::size_t a, std::size_t b, double siemens, double driving) {
            f[a] += siemens * driving, f[b] -= siemens * driving;
            by[a][a] += siemens, by[a][b] -= siemens, by[b][a] -= siemens, by[b][b] += siemens;
        };
        const auto charge = [&](std::size_t a, std::size_t b, double farads) {
            conduct(a, b, farads / dt, v[a] - v[b] - (last[a] - last[b]));
        };
        const auto to_ground = [&](std::size_t a, double siemens, double driving) { f[a] += siemens * driving, by[a][a] += siemens; };

        const phono::triode& tube = stage_.tube;
        if (stage_.stopper.si > 0.0) to_ground(grid, 1.0 / stage_.stopper.si, v[grid] - emf);
        to_ground(cathode, 1.0 / stage_.cathode_resistor.si, v[cathode]);
        to_ground(cathode, stage_.bypass.si / dt, v[cathode] - last[cathode]);
        to_ground(plate, 1.0 / stage_.plate_load.si, v[plate] - stage_.supply.si);
        to_ground(out, 1.0 / load_, v[out]);
        charge(plate, out, coupling_);
        charge(grid, cathode, tube.grid_cathode.si);
        charge(grid, plate, tube.grid_plate.si);
        charge(plate, cathode, tube.plate_cathode.si);
        if (tube.plate_leak.si > 0.0) conduct(plate, cathode, 1.0 / tube.plate_leak.si, v[plate] - v[cathode]);

        const phono::triode_currents i = tube.law.currents(v[grid] - v[cathode], v[plate] - v[cathode]);
        f[plate] += i.plate, f[grid] += i.grid, f[cathode] -= i.plate + i.grid;
        const auto triode = [&](std::size_t node, double sign, double by_grid, double by_plate) {
            by[node][grid] += sign * by_grid, by[node][plate] += sign * by_plate, by[node][cathode] -= sign * (by_grid + by_plate);
        };
        triode(plate, 1.0, i.plate_by_grid, i.plate_by_plate);
        triode(grid, 1.0, i.grid_by_grid, i.grid_by_plate);
        triode(cathode, -1.0, i.plate_by_grid + i.grid_by_grid, i.plate_by_plate + i.grid_by_plate);
        if (stage_.stopper.si == 0.0) f[grid] = v[grid] - emf, by[grid] = {1.0, 0.0, 0.0, 0.0};
        return {f, by};
    }

    /// The solution of a x = b, by elimination with pivots.
    [[nodiscard]] static volts solved(matrix a, volts b)
    {
        for (std::size_t k = 0; k < nodes; ++k) {
            std::size_t pivot = k;
            for (std::size_t r = k + 1; r < nodes; ++r)
                if (std::fabs(a[r][k]) > std::fabs(a[pivot][k])) pivot = r;
            std::swap(a[k], a[pivot]), std::swap(b[k], b[pivot]);
            for (std::size_t r = k + 1; r < nodes; ++r) {
                const double ratio = a[r][k] / a[k][k];
                for (std::size_t c = k; c < nodes; ++c) a[r][c] -= ratio * a[k][c];
                b[r] -= ratio * b[k];
            }
        }
        for (std::size_t k = nodes; k-- > 0;) {
            for (std::size_t c = k + 1; c < nodes; ++c) b[k] -= a[k][c] * b[c];
            b[k] /= a[k][k];
        }
        return b;
    }
    [[nodiscard]] static double norm(const volts& f)
    {
        double sum = 0.0;
        for (const double x : f) sum += x * x;
        return sum;
    }

    phono::common_cathode_stage stage_;
    double coupling_, load_;
    volts v_{};   ///< at the nodes
};

/// How far an output is beyond all that a stage's reference passes through within two samples of the same time, in volts.
///
/// The input is taken to be straight between its samples, and the reference makes so many steps in each. What follows a jump of the input
/// is left out until the filters have settled, since no band-limited signal has it.
inline double beyond_reference(stage_reference reference, const std::vector<double>& x, const std::vector<double>& y, double rate,
                               int steps, double latency, double jump)
{
    std::vector<double> z;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double last = i > 0 ? x[i - 1] : 0.0;
        for (int k = 1; k <= steps; ++k) z.push_back(reference.step(last + (x[i] - last) * k / steps, 1.0 / (rate * steps)));
    }
    const auto filters = static_cast<std::size_t>(2.0 * latency) + 12;
    double worst = 0.0;
    for (std::size_t i = 0, since = filters; i < y.size(); ++i, ++since) {
        if (i > 0 && std::fabs(x[i] - x[i - 1]) > jump) since = 0;
        const double middle = (static_cast<double>(i + 1) - latency) * steps - 1.0;
        const auto first = static_cast<long>(middle) - 2 * steps, end = static_cast<long>(middle) + 2 * steps + 2;
        if (since < filters || first < 0 || end > static_cast<long>(z.size())) continue;
        const auto [low, high] = std::minmax_element(z.begin() + first, z.begin() + end);
        raise(worst, std::max(*low - y[i], y[i] - *high));
    }
    return worst;
}

}   // namespace robustness
