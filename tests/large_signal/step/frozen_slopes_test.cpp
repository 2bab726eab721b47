// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/tube_circuits.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/large_signal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

/// Which states of the triodes make a step diverge: judged on the unit circle, and seen by stepping.
namespace {

using namespace phono;
using namespace phono::literals;

/// A circuit's modes in the step of order 4, driven by nothing but its triodes' residual currents with slopes that stay as they are.
template <netlist_size size>
class frozen_circuit {
    using modes_type = detail::port_modes<size>;
    static constexpr int ports = modes_type::ports;

public:
    frozen_circuit(const circuit<size>& held, const modes_type& found, double period) : held_(held), found_(found), period_(period) {}

    /// The growth per sample of its modes, in the long run, with one triode at these voltages and the others at rest: the largest |zeta|.
    double growth(int triode, double grid, double plate) const { return growth(triode, grid, plate, 0.0); }
    /// The largest |zeta - 1|: from 1.95 on where something alternates from sample to sample and keeps 0.95 each time.
    double alternation(int triode, double grid, double plate) const { return growth(triode, grid, plate, 1.0); }

private:
    /// The largest |zeta - less|, by the power method.
    double growth(int triode, double grid, double plate, double less) const
    {
        const biased_triode& tube = held_.triodes()[triode];
        const triode_currents &rest = tube.at_rest, now = tube.law.currents(grid, plate);
        const double slope[2][2] = {{now.grid_by_grid - rest.grid_by_grid, now.grid_by_plate - rest.grid_by_plate},
                                    {now.plate_by_grid - rest.plate_by_grid, now.plate_by_plate - rest.plate_by_plate}};
        const int g = 2 * triode;
        math::matrix<double, 2> seen{};
        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 2; ++j) {
                double sum = i == j ? 1.0 : 0.0;
                for (int c = 0; c < 2; ++c) sum -= through(g + i, 1 + g + c) * slope[c][j];
                seen(i, j) = sum;
            }
        const math::lu<double, 2> factors{seen};
        std::vector<math::complex> x(static_cast<std::size_t>(found_.count), math::complex{1.0}), last = x, before = x;
        for (auto* zeros : {&last, &before}) std::fill(zeros->begin(), zeros->end(), math::complex{});
        constexpr int samples = 6000, settling = 3000;
        double log_size = 0.0, at_settling = 0.0;
        for (int n = 0; n < samples; ++n) {
            math::vector<double, 2> v{};
            for (int k = 0; k < found_.count; ++k)
                for (int i = 0; i < 2; ++i) v[i] += share(k) * (found_.modes[k].read[g + i] * x[static_cast<std::size_t>(k)]).re;
            v = factors.solve(v);
            double largest = 0.0;
            const auto earlier = std::array{x, last, before};
            for (int k = 0; k < found_.count; ++k) {
                const auto place = static_cast<std::size_t>(k);
                const detail::exponential_step s{found_.modes[k].s, period_};
                math::complex drive{};
                for (int c = 0; c < 2; ++c) drive += (slope[c][0] * v[0] + slope[c][1] * v[1]) * found_.modes[k].drive[1 + g + c];
                x[place] = s.decay * x[place] + (s.decay * s.weight[0] + s.weight[1]) * drive + s.weight[2] * last[place] +
                           s.weight[3] * before[place];
                before[place] = last[place], last[place] = drive;
                x[place] -= less * earlier[0][place], last[place] -= less * earlier[1][place], before[place] -= less * earlier[2][place];
                for (const math::complex z : {x[place], last[place] * math::complex{period_}, before[place] * math::complex{period_}})
                    largest = std::max(largest, math::abs(z));
            }
            // Kept near 1, so that neither growth nor decay leaves the range of numbers.
            for (auto* all : {&x, &last, &before})
                for (math::complex& z : *all) z = (1.0 / largest) * z;
            log_size += std::log(largest);
            if (n == settling) at_settling = log_size;
        }
        return std::exp((log_size - at_settling) / (samples - 1 - settling));
    }

    double share(int k) const { return found_.modes[k].s.im == 0.0 ? 1.0 : 2.0; }
    double through(int output, int input) const
    {
        double sum = found_.direct[output][input];
        for (int k = 0; k < found_.count; ++k) {
            const detail::exponential_step s{found_.modes[k].s, period_};
            sum += share(k) * (found_.modes[k].read[output] * s.weight[0] * found_.modes[k].drive[input]).re;
        }
        return sum;
    }

    const circuit<size>& held_;
    const modes_type& found_;
    double period_;
};

constexpr chain behind_30_kilohms{voltage_source{},
                                  common_cathode_stage{.tube = triodes::ecc83_ehx_1,
                                                       .supply = 120_V,
                                                       .plate_load = 180_kOhm,
                                                       .cathode_resistor = 820_Ohm,
                                                       .bypass = 68_nF,
                                                       .grid_leak = 82_kOhm,
                                                       .stopper = 30_kOhm},
                                  series_arm{capacitor{33_nF}}, shunt_arm{resistor{91_kOhm}}};

}   // namespace

TEST_CASE("The argument principle finds the states in which the step of order 4 diverges or rings")
{
    int steep = 0, compared = 0;
    const auto compare = [&](const char* name, const auto& schematic) {
        const circuit held{schematic};
        constexpr auto size = decltype(held)::capacity;
        const auto found = find_port_modes(held);
        for (const double rate : {44.1e3, 176.4e3, 768e3}) {
            const detail::frozen_slopes<size> judged{held, found, [&](int k) {
                                                         return detail::exponential_step{found.modes[k].s, 1.0 / rate};
                                                     }};
            const frozen_circuit<size> stepped{held, found, 1.0 / rate};
            for (int t = 0; t < size.triodes; ++t)
                for (int l = 0; l < detail::steep_states::levels; ++l)
                    for (int p = 0; p < detail::steep_states::plates; ++p) {
                        const double grid = detail::steep_states::grid_level[l], plate = detail::steep_states::plate_level[p];
                        const double growth = stepped.growth(t, grid, plate);
                        if (std::fabs(growth - 1.0) < 1e-3) continue;   // a slow mode: too close to call in so few samples
                        INFO(name << ", tube " << t + 1 << ", " << rate << " Hz, " << grid << " V, " << plate << " V: " << growth);
                        const bool is_steep = judged.steep_alone(t, l, p);
                        if (growth > 1.0 || !is_steep) CHECK(is_steep == (growth > 1.0));
                        else CHECK(stepped.alternation(t, grid, plate) > 1.8);   // nothing grows, but something rings
                        ++compared;
                        steep += growth > 1.0;
                    }
        }
    };
    compare("stage", reference::smooth);
    compare("stage of a row away", behind_30_kilohms);
    compare("feedback pair", reference::feedback_pair);
    measure::note("states compared", std::to_string(compared));
    measure::note("of which the step diverges in", std::to_string(steep));
    CHECK(compared > 300);
    CHECK(steep > 30);
}

TEST_CASE("Up to the calm grid voltage no state is steep, and right above it one is")
{
    using states = detail::steep_states;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(states{}.calm_up_to() == infinity);
    for (int l = 0; l < states::levels; ++l)
        for (int p = 0; p < states::plates; ++p) {
            states one;
            one.at[l][p] = true;
            if (l + 2 < states::levels) one.at[l + 2][0] = true;
            const double calm = one.calm_up_to(), plate = states::plate_level[p];
            CHECK(calm == (l == 0 ? -infinity : states::grid_level[l - 1]));
            if (l > 0) CHECK_FALSE(one.has(calm, plate));
            CHECK(one.has(std::nextafter(calm, infinity), plate));
        }
}
