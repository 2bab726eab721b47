// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/newton_lanes.hpp>
#include <phono/large_signal/solver/port_slopes.hpp>
#include <phono/large_signal/solver/safeguards.hpp>
#include <phono/large_signal/solver/triode_laws.hpp>

#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Solves the triodes of a circuit together with the rest of it within one sample: v = p + K i(v), v and p the deviations of the port
/// voltages from the operating point in the order grid, plate of the first triode, grid, plate of the second ..., i the residual currents:
/// what flows beyond the quiescent currents and their slopes times v.
///
/// With tries_lanes, as newton_lanes does it first. Without, or where that gives up, Newton's iteration from a prediction along the last
/// solution's slope, and as far beyond it as the last solution was; each step is halved until the simplified Newton correction is smaller
/// (the natural monotonicity test of P. Deuflhard, Newton Methods for Nonlinear Problems, Springer, 2004, which is invariant to scaling of
/// the equations), and takes no plate more than nine tenths of the way to 0 V.
/// If that fails to converge, p is approached from the last solved p in steps that are halved until each converges; if that ends at a fold,
/// other starts are tried. Exact to 1e-11 V at a grid, 1e-9 V at a plate, and 1e-13 of p; what newton_lanes finds to 2e-7 V at a grid.
/// (eq. 15 and 20 to 22 of large_signal/README.md; the residual currents: eq. 3)
template <int triodes, bool tries_lanes = false>
class port_solver {
    static constexpr int ports = 2 * triodes;

public:
    static constexpr bool has_lanes = tries_lanes && newton_lanes<triodes>::is_possible;
    using column = math::vector<double, ports>;
    using pair = port_pair<triodes, 1>;

    /// Takes the laws, their operating points and the circuit's K; clears the last solution.
    void set(const math::vector<biased_triode, triodes>& at_rest, const double (&k)[ports][ports]) noexcept
    {
        laws_.set(at_rest);
        for (int t = 0; t < triodes; ++t) rest_[2 * t] = at_rest[t].vgk, rest_[2 * t + 1] = at_rest[t].vpk;
        laws_(rest_, at_rest_);
        slopes_.set(k);
        if constexpr (has_lanes) quick_.set(laws_, rest_, at_rest_, k);
        reset();
    }

    /// Clears the last solution.
    void reset() noexcept { start_from({}); }

    /// Takes voltages for the last solution: those of p = v - K i(v). Evaluates the laws once.
    void start_from(const column& v) noexcept
    {
        evaluations_ = 0;
        v_ = v;
        last_p_ = evaluate(v, {});
        bend_ = {};
        slopes_.factor(slope_);
        if constexpr (has_lanes) quick_.start_from(last_p_, current_, slope_);
    }

    /// Solves at p; false if no solution was found within so many evaluations of the laws, and one more. The last solution is then the
    /// nearest to p that was found on the way.
    [[nodiscard]] bool solve(const column& p, int evaluations) noexcept
    {
        evaluations_ = 0;
        most_ = evaluations;
        return search(p);
    }
    /// The same with newton_lanes, where the laws can: the port voltages and currents, if there is a solution.
    [[nodiscard]] bool solve(const pair& p, int evaluations, pair& v, pair& current) noexcept requires has_lanes
    {
        evaluations_ = 0;
        if (quick_.is_usable() && quick_.solve(laws_, p, evaluations, evaluations_, v, current)) return true;
        column own{};
        p.get(0, own);
        if (!quick_.is_usable()) {
            if (!solve(own, evaluations)) return false;
        } else {
            const bool is_found = search_after(quick_, own, 0, evaluations, evaluations_);
            start(quick_, 0);
            if (!is_found) return false;
        }
        v.set(0, v_), current.set(0, current_);
        return true;
    }

    /// For who tries newton_lanes himself: what that takes and starts from, and the search where it gave up, from its last solution.
    [[nodiscard]] const triode_laws<triodes>& laws() const noexcept { return laws_; }
    void set_up(auto& quick, const double (&k)[ports][ports]) const noexcept { quick.set(laws_, rest_, at_rest_, k); }
    void start(auto& quick, int channel) const noexcept { quick.start_from(last_p_, current_, slope_, channel); }
    [[nodiscard]] bool search_after(const auto& quick, const column& p, int channel, int most, int evaluations) noexcept
    {
        evaluations_ = evaluations, most_ = most;
        quick.last(channel, last_p_, v_, current_);
        quick.slopes(slope_, channel);
        slopes_.factor(slope_);
        bend_ = {};
        return search(p);
    }

    /// Of the last solution: the residual currents, the voltages at the ports as deviations, and the evaluations that the search took.
    [[nodiscard]] const column& currents() const noexcept { return current_; }
    [[nodiscard]] const column& port_voltages() const noexcept { return v_; }
    [[nodiscard]] int evaluations() const noexcept { return evaluations_; }

private:
    /// Volts that a prediction may move. By trial, two stages in 20 V of noise: the hardest sample takes 35 evaluations, with half of these
    /// 37, with double 88.
    static constexpr double farthest_grid = 4.0, farthest_plate = 100.0;
    /// The first part of the way to a p at which Newton's iteration fails to converge at once. By trial, two stages in 1e5 V of noise: at
    /// most 226 evaluations; with an eighth 301, with a half 380.
    static constexpr double first_part = 0.25;
    static constexpr int most_steps = 25;

    static double clamped(double step, int port) noexcept
    {
        const double most = port % 2 == 0 ? farthest_grid : farthest_plate;
        return step > most ? most : step < -most ? -most : step;
    }
    /// The largest in volts, those at a plate divided by 100; not a number if one is not.
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
    column evaluate(const column& v, const column& p) noexcept
    {
        ++evaluations_;
        column whole;
        for (int i = 0; i < ports; ++i) whole[i] = rest_[i] + v[i];
        laws_(whole, slope_);
        for (int t = 0; t < triodes; ++t) {
            const triode_currents& rest = at_rest_[t];
            triode_currents& now = slope_[t];
            const double vg = v[2 * t], vp = v[2 * t + 1];
            current_[2 * t] = now.grid - rest.grid - rest.grid_by_grid * vg - rest.grid_by_plate * vp;
            current_[2 * t + 1] = now.plate - rest.plate - rest.plate_by_grid * vg - rest.plate_by_plate * vp;
            now.grid_by_grid -= rest.grid_by_grid, now.grid_by_plate -= rest.grid_by_plate;
            now.plate_by_grid -= rest.plate_by_grid, now.plate_by_plate -= rest.plate_by_plate;
        }
        return slopes_.left(v, p, current_);
    }

    /// The part of a step that keeps above 0 V every plate that is above it.
    [[nodiscard]] double within_reach(const column& v, const column& step) const noexcept
    {
        double length = 1.0;
        for (int i = 1; i < ports; i += 2) length = safeguards::within_reach(length, rest_[i] + v[i], step[i]);
        return length;
    }

    /// Solves at p by the safeguarded search. Not inlined: one code, with the same roundings, whatever the number of channels.
    [[nodiscard, gnu::noinline]] bool search(const column& p) noexcept
    {
        column step{};
        for (int i = 0; i < ports; ++i) step[i] = p[i] - last_p_[i];
        slopes_.solve(step);
        const column from = v_;
        column start{};
        for (int i = 0; i < ports; ++i) start[i] = from[i] + clamped(step[i] + bend_[i], i);
        if (!newton(start, p) && !follow(p) && !start_anew(p)) {
            const int used = evaluations_;
            start_from(column{v_});
            evaluations_ += used;
            return false;
        }
        last_p_ = p;
        for (int i = 0; i < ports; ++i) bend_[i] = v_[i] - from[i] - step[i];
        return true;
    }

    /// Iterates from `v` to the solution at p; false, with v_ unchanged, if it fails to converge.
    bool newton(column v, const column& p) noexcept
    {
        const double close = safeguards::close(size_of(p));
        column f = evaluate(v, p);
        for (int n = 0; n < most_steps; ++n) {
            slopes_.factor(slope_);
            column step = f;
            slopes_.solve(step);
            const double longest = size_of(step);
            if (!math::is_finite(longest)) return false;
            if (longest < safeguards::straight) {
                slopes_.go_back(step, v, current_);
                return accept(v);
            }
            double length = within_reach(v, step), left = 0.0;
            column next{};
            for (int halvings = 0;; ++halvings, length *= 0.5) {
                if (halvings == safeguards::most_halvings || evaluations_ >= most_) return false;
                for (int i = 0; i < ports; ++i) next[i] = v[i] - length * step[i];
                column rest = f = evaluate(next, p);
                slopes_.solve(rest);
                left = size_of(rest);
                if (safeguards::takes(length, longest, left, close)) break;
            }
            v = next;
            if (left < close) return accept(v);
        }
        return false;
    }

    bool accept(const column& v) noexcept
    {
        v_ = v;
        return true;
    }

    /// Follows the solution from the last solved p to p in steps; false if it does not arrive with half of the evaluations.
    bool follow(const column& p) noexcept
    {
        const column from = last_p_;
        double share = 0.0, step = first_part;
        while (share < 1.0) {
            if (step < 1e-9 || 2 * evaluations_ >= most_) return false;
            const double next = share + step < 1.0 ? share + step : 1.0;
            column between{};
            for (int i = 0; i < ports; ++i) between[i] = from[i] + next * (p[i] - from[i]);
            if (newton(v_, between)) share = next, step *= 2.0;
            else step *= 0.5;
        }
        return true;
    }

    /// Seeks a solution from each pattern of conducting and cut-off triodes; false if it finds none. Where triodes feed back positively, as
    /// in a trigger, the branch that was followed ends at a fold, and the circuit jumps to another.
    bool start_anew(const column& p) noexcept
    {
        constexpr double conducting_grid = 0.0, cut_off_grid = -20.0;
        constexpr double conducting_plate = 0.3, cut_off_plate = 1.5;   // times the voltage at rest
        for (int pattern = 0; pattern < 1 << triodes && evaluations_ < most_; ++pattern) {
            column v{};
            for (int t = 0; t < triodes; ++t) {
                const bool conducts = (pattern >> t & 1) != 0;
                v[2 * t] = (conducts ? conducting_grid : cut_off_grid) - rest_[2 * t];
                v[2 * t + 1] = ((conducts ? conducting_plate : cut_off_plate) - 1.0) * rest_[2 * t + 1];
            }
            if (newton(v, p)) return true;
        }
        return false;
    }

    triode_laws<triodes> laws_{};
    triode_currents at_rest_[triodes]{}, slope_[triodes]{};   ///< slopes less those at the operating point
    port_slopes<triodes> slopes_{};
    struct nothing {};
    [[no_unique_address]] std::conditional_t<has_lanes, newton_lanes<triodes>, nothing> quick_{};
    column rest_{}, v_{}, last_p_{}, current_{};
    column bend_{};   ///< what the last solution was beyond the prediction along the slopes
    int evaluations_ = 0, most_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
