// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/part.hpp>
#include <phono/digital/tubes/fitted_law.hpp>
#include <phono/math/matrix.hpp>

namespace phono::detail {

/// Solves the triodes of a circuit against what the rest of it shows them within one sample: v = p + K (i(rest + v) - i(rest)), v and p the
/// deviations of the port voltages in the order grid, plate of the first triode, grid, plate of the second ...
///
/// Newton's iteration from a prediction along the last solution's slope, its steps cut at the knees of the laws; if that does not arrive,
/// p is reached from the last solved p in steps that are halved until each arrives. K is that of a passive network, so the way there is
/// single.
template <int triodes>
class port_solver {
public:
    static constexpr int ports = 2 * triodes;
    using column = math::vector<double, ports>;

    /// Takes the laws and their rest, and the circuit's K; forgets what it solved.
    void set(const math::vector<triode_port, triodes>& at_rest, const double (&k)[ports][ports]) noexcept
    {
        for (int t = 0; t < triodes; ++t) {
            law_[t] = fitted_law{at_rest[t].law, at_rest[t].vgk, at_rest[t].vpk};
            rest_[2 * t] = at_rest[t].vgk, rest_[2 * t + 1] = at_rest[t].vpk;
        }
        for (int i = 0; i < ports; ++i)
            for (int j = 0; j < ports; ++j) k_[i][j] = k[i][j];
        reset();
    }

    constexpr void reset() noexcept
    {
        v_ = last_p_ = {};
        evaluate(v_, zero_);
        factor();
    }

    /// The port currents' deviations at p.
    const column& operator()(const column& p) noexcept
    {
        evaluations_ = 0;
        column step{};
        for (int i = 0; i < ports; ++i) step[i] = p[i] - last_p_[i];
        solve_factored(step);
        column start{};
        for (int i = 0; i < ports; ++i) start[i] = v_[i] + clamped(step[i], i);
        if (!newton(start, p)) follow(p);
        if (evaluations_ > most_evaluations_) most_evaluations_ = evaluations_;
        last_p_ = p;
        return current_;
    }

    const column& voltages() const noexcept { return v_; }
    /// Law evaluations of the hardest sample, and samples for which no solution was found.
    int most_evaluations() const noexcept { return most_evaluations_; }
    long unsolved() const noexcept { return unsolved_; }

private:
    static constexpr double tolerance = 1e-11;   ///< volts at a grid; at a plate a hundred times that
    static constexpr double short_step = 1e-5;   ///< likewise: the square of it is below the tolerance

    static double clamped(double step, int port) noexcept
    {
        const double most = port % 2 == 0 ? 4.0 : 100.0;
        return step > most ? most : step < -most ? -most : step;
    }
    static double size_of(const column& f) noexcept
    {
        double worst = 0.0;
        for (int i = 0; i < ports; ++i) {
            const double x = math::abs(f[i]) * (i % 2 == 0 ? 1.0 : 0.01);
            worst = x > worst || x != x ? x : worst;
        }
        return worst;
    }

    /// Currents and slopes at v; returns v - p - K i.
    constexpr column evaluate(const column& v, const column& p) noexcept
    {
        ++evaluations_;
        for (int t = 0; t < triodes; ++t) {
            slope_[t] = law_[t](v[2 * t], v[2 * t + 1]);
            current_[2 * t] = slope_[t].grid;
            current_[2 * t + 1] = slope_[t].plate;
        }
        column f{};
        for (int i = 0; i < ports; ++i) {
            double sum = v[i] - p[i];
            for (int j = 0; j < ports; ++j) sum -= k_[i][j] * current_[j];
            f[i] = sum;
        }
        return f;
    }

    /// LU factors of 1 - K di/dv, with partial pivoting.
    constexpr void factor() noexcept
    {
        for (int i = 0; i < ports; ++i) {
            for (int t = 0; t < triodes; ++t) {
                const triode_currents& s = slope_[t];
                a_[i][2 * t] = -k_[i][2 * t] * s.grid_by_grid - k_[i][2 * t + 1] * s.plate_by_grid;
                a_[i][2 * t + 1] = -k_[i][2 * t] * s.grid_by_plate - k_[i][2 * t + 1] * s.plate_by_plate;
            }
            a_[i][i] += 1.0;
            order_[i] = i;
        }
        for (int k = 0; k < ports; ++k) {
            int pivot = k;
            for (int i = k + 1; i < ports; ++i)
                if (math::abs(a_[i][k]) > math::abs(a_[pivot][k])) pivot = i;
            if (pivot != k) {
                for (int j = 0; j < ports; ++j) std::swap(a_[pivot][j], a_[k][j]);
                std::swap(order_[pivot], order_[k]);
            }
            const double inverse = 1.0 / a_[k][k];
            for (int i = k + 1; i < ports; ++i) {
                const double ratio = a_[i][k] * inverse;
                a_[i][k] = ratio;
                for (int j = k + 1; j < ports; ++j) a_[i][j] -= ratio * a_[k][j];
            }
        }
    }
    constexpr void solve_factored(column& b) const noexcept
    {
        column x{};
        for (int i = 0; i < ports; ++i) {
            double sum = b[order_[i]];
            for (int j = 0; j < i; ++j) sum -= a_[i][j] * x[j];
            x[i] = sum;
        }
        for (int i = ports - 1; i >= 0; --i) {
            double sum = x[i];
            for (int j = i + 1; j < ports; ++j) sum -= a_[i][j] * x[j];
            x[i] = sum / a_[i][i];
        }
        b = x;
    }

    /// Where a step leads. About the knees of the laws Newton's iteration goes to and fro, since behind a knee nothing tells what is before
    /// it. So a plate comes down by three quarters at most: below 0 V there is no current to bring it back. And a grid that is below 0 V
    /// comes up to 0 V at most: the slope near cut-off promises far too much.
    double after_step(double v, double step, int port) const noexcept
    {
        const double now = rest_[port] + v, next = now - step;
        if (port % 2 == 0) return now < 0.0 && next > 0.0 ? -rest_[port] : v - step;
        constexpr double near_zero = 1.0, share = 0.25;
        return now > near_zero && next < share * now ? share * now - rest_[port] : v - step;
    }

    /// From `start` to the solution at p, or false and v_ untouched.
    bool newton(column start, const column& p) noexcept
    {
        constexpr int patience = 12, most_steps = 60;
        column f = evaluate(start, p);
        for (int n = 0; n < most_steps; ++n) {
            factor();
            column step = f;
            solve_factored(step);
            const double longest = size_of(step);
            if (!math::is_finite(longest)) return false;
            // Newton's error squares: behind a short step the currents' own slopes are as good as another evaluation.
            if (longest < short_step) return accept_after(start, step);
            // A cycle that is left in spite of the cuts does not survive shorter steps.
            const double length = n >= patience && longest > 0.5 ? 0.3 : 1.0;
            for (int i = 0; i < ports; ++i) start[i] = after_step(start[i], length * step[i], i);
            f = evaluate(start, p);
        }
        return false;
    }

    bool accept_after(const column& v, const column& step) noexcept
    {
        for (int i = 0; i < ports; ++i) v_[i] = v[i] - step[i];
        for (int t = 0; t < triodes; ++t) {
            current_[2 * t] -= slope_[t].grid_by_grid * step[2 * t] + slope_[t].grid_by_plate * step[2 * t + 1];
            current_[2 * t + 1] -= slope_[t].plate_by_grid * step[2 * t] + slope_[t].plate_by_plate * step[2 * t + 1];
        }
        return true;
    }

    /// From the last solved p to p in steps.
    void follow(const column& p) noexcept
    {
        const column from = last_p_;
        double share = 0.0, step = 0.25;
        while (share < 1.0 && step > 1e-9) {
            const double next = share + step < 1.0 ? share + step : 1.0;
            column between{};
            for (int i = 0; i < ports; ++i) between[i] = from[i] + next * (p[i] - from[i]);
            if (newton(v_, between)) share = next, step *= 2.0;
            else step *= 0.5;
        }
        if (share < 1.0) ++unsolved_;
        evaluate(v_, p);
        factor();
    }

    fitted_law law_[triodes]{};
    triode_currents slope_[triodes]{};
    double k_[ports][ports]{}, a_[ports][ports]{};
    int order_[ports]{};
    column rest_{}, v_{}, last_p_{}, current_{}, zero_{};
    int evaluations_ = 0, most_evaluations_ = 0;
    long unsolved_ = 0;
};

}  // namespace phono::detail
