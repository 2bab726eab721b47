// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/tube_circuits.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/large_signal.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

/// The step by backward differences, against the same rules on the nodal equations themselves.
namespace {

using namespace phono;

/// A circuit's absolute node voltages and branch currents, stepped by backward Euler once and by BDF2 from then on: reactances become
/// conductances with currents from the past, and Newton's iteration finds all unknowns at once. Knows nothing of modes or residual currents.
template <netlist_size size>
class nodal_circuit {
    static constexpr int n = size.unknowns();
    using unknowns = math::vector<double, n>;

public:
    nodal_circuit(const flat_netlist<size>& flat, double period) : flat_(flat), linear_(flat), places_(flat_, linear_), period_(period)
    {
        for (int settling = 0; settling < 400; ++settling) advance(0.0, 1e3 * std::pow(1.1, settling), false);
        before_ = q_;
        at_rest_ = output();
    }

    /// A sample; the first by backward Euler.
    double operator()(double u)
    {
        advance(u, period_, has_two_);
        has_two_ = true;
        return output() - at_rest_;
    }

private:
    double output() const { return linear_.output < 0 ? 0.0 : q_[linear_.output]; }

    void advance(double u, double period, bool second_order)
    {
        const double weight = (second_order ? 1.5 : 1.0) / period;
        unknowns past{};
        for (const auto& port : linear_.reactance) {
            const auto across = [&](const unknowns& q) { return at(q, port.plus) - at(q, port.minus); };
            const double held = second_order ? 2.0 * across(q_) - 0.5 * across(before_) : across(q_);
            if (port.plus >= 0) past[port.plus] += port.weight / period * held;
            if (port.minus >= 0) past[port.minus] -= port.weight / period * held;
        }
        unknowns next = q_;
        double last_size = 0.0;
        for (int iteration = 0; iteration < 200; ++iteration) {
            math::matrix<double, n> jacobian = linear_.at(weight);
            unknowns off{};
            for (int i = 0; i < n; ++i) {
                off[i] = linear_.b[i] * u + linear_.bias[i] + past[i];
                for (int j = 0; j < n; ++j) off[i] -= jacobian(i, j) * next[j];
            }
            for (int t = 0; t < size.triodes; ++t) {
                const auto& tube = flat_.triodes[t];
                const triode_currents now = tube.law.currents(places_.read(next, 2 * t), places_.read(next, 2 * t + 1));
                places_.add_current(off, 2 * t, now.grid), places_.add_current(off, 2 * t + 1, now.plate);
                const double slope[2][2] = {{now.grid_by_grid, now.grid_by_plate}, {now.plate_by_grid, now.plate_by_plate}};
                const int rows[3] = {tube.grid.index - 1, tube.plate.index - 1, tube.cathode.index - 1};
                for (int i = 0; i < 2; ++i)
                    for (int j = 0; j < 2; ++j)
                        for (const auto& [row, row_sign] : {std::pair{rows[i], 1.0}, std::pair{rows[2], -1.0}})
                            for (const auto& [column, sign] : {std::pair{rows[j], 1.0}, std::pair{rows[2], -1.0}})
                                if (row >= 0 && column >= 0) jacobian(row, column) += row_sign * sign * slope[i][j];
            }
            const unknowns step = math::lu<double, n>{jacobian}.solve(off);
            double largest = 0.0;
            for (const double x : step) largest = std::max(largest, std::fabs(x));
            const double length = largest > 5.0 ? 5.0 / largest : 1.0;   // far away, the laws are too bent for whole steps
            for (int i = 0; i < n; ++i) next[i] += length * step[i];
            if (largest < 1e-9 && last_size < 1e-6) break;
            last_size = largest;
        }
        before_ = q_;
        q_ = next;
    }

    static double at(const unknowns& q, int row) { return row < 0 ? 0.0 : q[row]; }

    const flat_netlist<size> flat_;
    const nodal_equations<size> linear_;
    const detail::port_incidence<size> places_;
    double period_, at_rest_ = 0.0;
    unknowns q_{}, before_{};
    bool has_two_ = false;
};

}   // namespace

TEST_CASE("Backward differences of the modes are those of the nodal equations")
{
    const auto compare = [](const char* name, const auto& schematic, double rate, double volts) {
        const circuit held{schematic};
        constexpr auto size = decltype(held)::capacity;
        const auto found = find_port_modes(held);
        REQUIRE_FALSE(found.problem);
        const auto stepped = std::make_unique<detail::backward_kernel<size>>();
        stepped->set(held, found, 1.0 / rate);
        stepped->start({}, {});
        const auto nodal = std::make_unique<nodal_circuit<size>>(held.netlist(), 1.0 / rate);
        double worst = 0.0, peak = 0.0;
        for (int n = 0; n < 600; ++n) {
            const double u = n < 10 ? 0.0 : n < 200 ? volts : n < 400 ? -volts : volts * std::sin(0.05 * n);
            const double y = (*stepped)(u, 1000), expected = (*nodal)(u);
            peak = std::max(peak, std::fabs(expected));
            worst = std::max(worst, std::fabs(y - expected));
        }
        CHECK(stepped->unsolved() == 0);
        INFO(name << " at " << rate << " Hz");
        measure::figure(std::string{name} + ": largest difference re peak", worst / peak, "", 1e-6);
        CHECK(peak > 5.0);
        CHECK(worst <= 1e-6 * peak);
    };
    for (const double rate : {44.1e3, 768e3}) {
        compare("stage, 20 V", reference::smooth, rate, 20.0);
        compare("feedback pair, 20 V", reference::feedback_pair, rate, 20.0);
        compare("Nachbaur magnetic, 2 V", preamps::nachbaur_magnetic_tube, rate, 2.0);
    }
}
