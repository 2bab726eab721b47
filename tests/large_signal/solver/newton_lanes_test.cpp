// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/large_signal/solver/newton_lanes.hpp>
#include <phono/large_signal/solver/port_solver.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <initializer_list>
#include <limits>
#include <string>

// The quick iteration of several triodes against the safeguarded search, at the same p one after the other as in a signal.
namespace {

using namespace phono;

template <int triodes>
using column = math::vector<double, 2 * triodes>;

/// Triodes behind one another in plain resistances: plate loads, cathode resistances that a triode has to itself, grid leaks, and shares
/// of a plate's swing that reach the next grid; the last plate is led back to the
/// first grid, such that the feedback is negative and there is one solution.
template <int triodes>
struct stages {
    math::vector<biased_triode, triodes> tubes{};
    double k[2 * triodes][2 * triodes]{};
    triode_currents at_rest[triodes]{};

    explicit stages(std::initializer_list<any_law> laws)
    {
        for (int t = 0; t < triodes; ++t) {
            biased_triode& tube = tubes[t];
            tube.law = laws.begin()[static_cast<std::size_t>(t) % laws.size()];
            tube.vgk = -1.2 - 0.2 * t, tube.vpk = 160.0 + 20.0 * t;
            at_rest[t] = tube.at_rest = tube.law.currents(tube.vgk, tube.vpk);
            const int g = 2 * t, p = g + 1, next = t + 1 < triodes ? g + 2 : 0;
            const double load = 40e3 + 10e3 * t, cathode = 500.0, to_next = t + 1 < triodes ? 0.3 : triodes % 2 == 0 ? -0.02 : 0.02;
            k[g][g] = -(30e3 + 5e3 * t) - cathode, k[p][p] = -load - cathode;
            k[g][p] = k[p][g] = -cathode;
            k[next][p] -= to_next * load, k[p][next] -= to_next * load;
        }
        take_slopes();
    }
    /// From K of the resistances alone to K of these with the slopes at the operating point, which the residual currents leave out:
    /// (1 - K S)^-1 K, by elimination.
    void take_slopes()
    {
        constexpr int ports = 2 * triodes;
        double a[ports][ports];
        for (int i = 0; i < ports; ++i)
            for (int t = 0; t < triodes; ++t) {
                const double by_grid = k[i][2 * t], by_plate = k[i][2 * t + 1];
                const triode_currents& s = at_rest[t];
                a[i][2 * t] = (i == 2 * t ? 1.0 : 0.0) - by_grid * s.grid_by_grid - by_plate * s.plate_by_grid;
                a[i][2 * t + 1] = (i == 2 * t + 1 ? 1.0 : 0.0) - by_grid * s.grid_by_plate - by_plate * s.plate_by_plate;
            }
        for (int pivot = 0; pivot < ports; ++pivot)
            for (int i = 0; i < ports; ++i) {
                if (i == pivot) continue;
                const double share = a[i][pivot] / a[pivot][pivot];
                for (int j = 0; j < ports; ++j) a[i][j] -= share * a[pivot][j], k[i][j] -= share * k[pivot][j];
            }
        for (int i = 0; i < ports; ++i)
            for (int j = 0; j < ports; ++j) k[i][j] /= a[i][i];
    }
    detail::triode_laws<triodes> laws() const
    {
        detail::triode_laws<triodes> of;
        of.set(tubes);
        return of;
    }
    column<triodes> rest() const
    {
        column<triodes> v{};
        for (int t = 0; t < triodes; ++t) v[2 * t] = tubes[t].vgk, v[2 * t + 1] = tubes[t].vpk;
        return v;
    }
    /// The slopes of the residual currents.
    void slopes(const column<triodes>& v, triode_currents (&s)[triodes]) const
    {
        for (int t = 0; t < triodes; ++t) {
            s[t] = tubes[t].law.currents(tubes[t].vgk + v[2 * t], tubes[t].vpk + v[2 * t + 1]);
            s[t].grid_by_grid -= at_rest[t].grid_by_grid, s[t].grid_by_plate -= at_rest[t].grid_by_plate;
            s[t].plate_by_grid -= at_rest[t].plate_by_grid, s[t].plate_by_plate -= at_rest[t].plate_by_plate;
        }
    }
};

/// The pair under test, which takes p after p.
template <int triodes>
struct solvers {
    stages<triodes> circuit;
    detail::triode_laws<triodes> laws = circuit.laws();
    detail::newton_lanes<triodes> quick{};
    detail::port_solver<triodes> safe{};
    column<triodes> v{}, current{};   ///< the quick solution
    int evaluations = 0;

    explicit solvers(const stages<triodes>& of) : circuit(of)
    {
        quick.set(laws, circuit.rest(), circuit.at_rest, circuit.k);
        safe.set(circuit.tubes, circuit.k);
        start();
    }
    void start()
    {
        const triode_currents none[triodes]{};
        quick.start_from({}, {}, none);
        safe.reset();
    }
    bool is_quick(const column<triodes>& p, int most = 100)
    {
        evaluations = 0;
        detail::port_pair<triodes, 1> at, found_v, found;
        at.set(0, p);
        const bool is_solved = quick.solve(laws, at, most, evaluations, found_v, found);
        if (is_solved) found_v.get(0, v), found.get(0, current);
        return is_solved;
    }
    /// The distance of the quick solution from the safe one, in volts at a grid and hundredths of that at a plate, and that of its
    /// currents in what they do to these voltages.
    double off() const
    {
        double worst = 0.0;
        for (int i = 0; i < 2 * triodes; ++i) {
            double by_currents = 0.0;
            for (int j = 0; j < 2 * triodes; ++j) by_currents += circuit.k[i][j] * (current[j] - safe.currents()[j]);
            const double volts = std::max(std::abs(v[i] - safe.port_voltages()[i]), std::abs(by_currents));
            worst = std::max(worst, volts * (i % 2 == 0 ? 1.0 : 0.01));
        }
        return worst;
    }
    /// Starts the quick one from the safe one's solution at p.
    void take_safe(const column<triodes>& p)
    {
        triode_currents s[triodes];
        circuit.slopes(safe.port_voltages(), s);
        quick.start_from(p, safe.currents(), s);
    }
};

/// A sine of this many volts at the first grid, and what it might bring to those behind: as fast as 10 kHz at 96 kHz.
template <int triodes>
column<triodes> drive(double volts, int n)
{
    column<triodes> p{};
    for (int t = 0; t < triodes; ++t) {
        p[2 * t] = volts * (t % 2 == 0 ? 1.0 : -1.0) * std::sin(0.65 * n + 0.2 * t);
        p[2 * t + 1] = -8.0 * p[2 * t];
    }
    return p;
}

template <int triodes>
void agrees(const std::string& name, const stages<triodes>& circuit)
{
    solvers<triodes> s{circuit};
    REQUIRE(s.quick.is_usable());
    for (const double volts : {1e-3, 0.1, 1.0, 5.0}) {
        s.start();
        int quick = 0, evaluations = 0;
        double worst = 0.0;
        constexpr int samples = 2000;
        for (int n = 0; n < samples; ++n) {
            // The pitch rises from slow to fast.
            const auto p = drive<triodes>(volts, n * n / samples / 4);
            REQUIRE(s.safe.solve(p, 3000));
            if (s.is_quick(p)) ++quick, evaluations += s.evaluations, worst = std::max(worst, s.off());
            else s.take_safe(p);
        }
        char what[120];
        std::snprintf(what, sizeof what, "%s, %g V: %d of %d, %.2f evaluations", name.c_str(), volts, quick, samples,
                      static_cast<double>(evaluations) / std::max(quick, 1));
        measure::figure(what, worst, "V at a grid", 2e-7);
        CHECK(worst <= 2e-7);
        CHECK(quick >= samples / 2);
    }
}

}   // namespace

TEST_CASE("Triodes side by side have the safe search's solution")
{
    const any_law diode = triodes::koren_12ax7.law, other_diode = triodes::koren_12at7.law, power = triodes::ecc83.law,
                  data_sheet = triodes::ecc83_data_sheet.law, rsd = triodes::ecc83_rsd_1.law;
    agrees("two 12AX7, grid diodes", stages<2>{{diode}});
    agrees("12AX7 and 12AT7, grid diodes", stages<2>{{diode, other_diode}});
    agrees("four, grid diodes", stages<4>{{diode, diode, other_diode, other_diode}});
    agrees("three, power law", stages<3>{{power, data_sheet}});
    agrees("four, power law", stages<4>{{power}});
    agrees("two, Dempwolf and Zoelzer", stages<2>{{rsd}});
    agrees("four, Dempwolf and Zoelzer", stages<4>{{rsd}});
}

TEST_CASE("What the quick iteration is not for, it says")
{
    const any_law diode = triodes::koren_12ax7.law, power = triodes::ecc83.law, none{};
    STATIC_REQUIRE(!detail::newton_lanes<1>::is_possible);
    STATIC_REQUIRE(!detail::newton_lanes<5>::is_possible);
    CHECK_FALSE(solvers<2>{stages<2>{{diode, power}}}.quick.is_usable());   // laws of two kinds
    CHECK_FALSE(solvers<2>{stages<2>{{none}}}.quick.is_usable());           // a law that knows one triode at a time
    CHECK(solvers<2>{stages<2>{{diode}}}.quick.is_usable());
}

TEST_CASE("The quick iteration gives up where it may not converge, and leaves the slopes of the last solution")
{
    solvers<4> s{stages<4>{{triodes::koren_12ax7.law}}};
    const auto here = drive<4>(0.3, 1), beside = drive<4>(0.3, 2);
    for (int n = 0; n < 3; ++n) REQUIRE(s.safe.solve(here, 3000));
    s.take_safe(here);
    triode_currents before[4], after[4];
    s.quick.slopes(before);
    const auto refuses = [&](const column<4>& p, int most) {
        const bool refused = !s.is_quick(p, most);
        s.quick.slopes(after);
        bool same = true;
        for (int t = 0; t < 4; ++t)
            for (const double off : {after[t].grid_by_grid - before[t].grid_by_grid, after[t].plate_by_grid - before[t].plate_by_grid,
                                     after[t].plate_by_plate - before[t].plate_by_plate})
                same = same && std::abs(off) <= 0.0;
        return refused && same;
    };
    auto no_number = here, step = here;
    no_number[2] = std::numeric_limits<double>::quiet_NaN();
    for (int i = 0; i < 8; i += 2) step[i] = i % 4 == 0 ? 400.0 : -400.0;
    CHECK(refuses(step, 3000));   // the slopes lead too far astray
    CHECK(s.evaluations <= 6 + 24);
    CHECK(refuses(no_number, 3000));
    CHECK(s.evaluations == 2);
    CHECK(refuses(beside, 0));   // no evaluation allowed
    CHECK(s.evaluations == 0);
    // It takes half of what is allowed, and leaves the rest to the search that follows.
    CHECK(refuses(beside, 3));
    CHECK(s.evaluations == 1);
    s.take_safe(here);
    REQUIRE(s.is_quick(here));
    CHECK(s.evaluations == 1);
    CHECK(s.off() <= 1e-9);
    REQUIRE(s.is_quick(beside));
    REQUIRE(s.safe.solve(beside, 3000));
    CHECK(s.off() <= 2e-7);
}
