// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/dc_ports.hpp>

namespace phono::inline v0_2::detail {

/// Finds the operating point of all triodes: solves v = open + impedance * currents(v) for their port voltages.
template <netlist_size size>
class bias_solver {
public:
    static constexpr int ports = 2 * size.triodes;
    using voltages = math::vector<double, ports>;

    constexpr bias_solver(const flat_netlist<size>& circuit, const port_equations<ports>& seen) noexcept : circuit_(circuit), seen_(seen) {}

    /// Newton's iteration with step halving, starting from v. True if it converged; v then is the solution.
    constexpr bool solve(voltages& v) noexcept
    {
        double worst = residual(v);
        for (int n = 0; n < 100; ++n) {
            const voltages step = newton_step(0.0);
            const double longest = largest(step);
            if (!math::is_finite(longest)) return false;
            double length = 1.0;
            voltages next{};
            for (int halving = 0;; ++halving, length *= 0.5) {
                for (int k = 0; k < ports; ++k) next[k] = v[k] - length * step[k];
                const double now = residual(next);
                if (now <= worst * (1.0 - 1e-4 * length) || longest * length < 1e-12) {
                    worst = now;
                    break;
                }
                if (halving == 40) return false;
            }
            v = next;
            if (longest * length < 1e-12) return worst < 1e-8;
        }
        return worst < 1e-8;
    }

    /// The same from a distant start: integrates v' = open + impedance * currents(v) - v by implicit steps of at most 5 V, which lengthen
    /// until they are Newton's.
    constexpr bool settle(voltages& v) noexcept
    {
        double slowness = 1e3;
        for (int n = 0; n < 2000; ++n) {
            if (voltages nearby = v; residual(v) < 1e-3) {
                if (solve(nearby)) return v = nearby, true;
                residual(v);
            }
            const voltages step = newton_step(slowness);
            if (!(largest(step) <= 5.0)) {
                slowness *= 2.0;
                continue;
            }
            for (int k = 0; k < ports; ++k) v[k] -= step[k];
            slowness /= 1.2;
        }
        return false;
    }

private:
    [[nodiscard]] static constexpr double largest(const voltages& v) noexcept
    {
        double most = 0.0;
        for (const double x : v) most = math::abs(x) > most || !math::is_finite(x) ? math::abs(x) : most;
        return most;
    }

    constexpr double residual(const voltages& v) noexcept
    {
        for (int t = 0; t < size.triodes; ++t) {
            current_[t] = circuit_.triodes[t].law.currents(v[2 * t], v[2 * t + 1]);
            current_[t].plate -= seen_.leak * v[2 * t + 1], current_[t].plate_by_plate -= seen_.leak;
        }
        for (int k = 0; k < ports; ++k) {
            double sum = v[k] - seen_.open[k];
            for (int t = 0; t < size.triodes; ++t)
                sum -= seen_.impedance(k, 2 * t) * current_[t].grid + seen_.impedance(k, 2 * t + 1) * current_[t].plate;
            residual_[k] = sum;
        }
        return largest(residual_);
    }

    /// The step to subtract from v; with a slowness above 0, an implicit Euler step of length 1/slowness.
    [[nodiscard]] constexpr voltages newton_step(double slowness) const noexcept
    {
        math::matrix<double, ports> jacobian{};
        for (int k = 0; k < ports; ++k) {
            for (int t = 0; t < size.triodes; ++t) {
                const triode_currents& i = current_[t];
                const double by_grid = seen_.impedance(k, 2 * t), by_plate = seen_.impedance(k, 2 * t + 1);
                jacobian(k, 2 * t) = -by_grid * i.grid_by_grid - by_plate * i.plate_by_grid;
                jacobian(k, 2 * t + 1) = -by_grid * i.grid_by_plate - by_plate * i.plate_by_plate;
            }
            jacobian(k, k) += 1.0 + slowness;
        }
        return math::lu<double, ports>{jacobian}.solve(residual_);
    }

    const flat_netlist<size>& circuit_;
    const port_equations<ports>& seen_;
    math::vector<triode_currents, size.triodes> current_{};
    voltages residual_{};
};

}   // namespace phono::inline v0_2::detail
