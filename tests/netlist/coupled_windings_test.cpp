// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/netlist/coupled_windings.hpp>
#include <phono/netlist/sensed_current.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

// Coupled windings, sensed currents and current sources, placed into a circuit of the library's parts, against the mesh equations that they
// stand for and against ngspice's K, F, H and I.
namespace {

using namespace phono;
using namespace phono::literals;
using measure::complex;
using measure::real;

template <class Circuit>
constexpr netlist_size size_of = [] {
    netlist_counter counter;
    Circuit{}(counter);
    return counter.size;
}();

/// A raw circuit, placed by a function object that returns the output node.
template <class Circuit>
auto build(const Circuit& place)
{
    flat_netlist<size_of<Circuit>> circuit;
    circuit.output = place(circuit);
    return circuit;
}

complex response_of(const auto& held, real hertz)
{
    const auto h = direct_response(held, {0.0, static_cast<double>(2.0L * measure::pi * hertz)});
    return {h.re, h.im};
}
complex by_roots(const auto& model, real hertz)
{
    const auto h = model.total()({0.0, static_cast<double>(2.0L * measure::pi * hertz)});
    return {h.re, h.im};
}

/// Gaussian elimination with pivoting.
template <int N>
std::array<complex, N> solved(std::array<std::array<complex, N>, N> a, std::array<complex, N> b)
{
    for (int k = 0; k < N; ++k) {
        int best = k;
        for (int i = k; i < N; ++i)
            if (std::abs(a[i][k]) > std::abs(a[best][k])) best = i;
        std::swap(a[k], a[best]), std::swap(b[k], b[best]);
        for (int i = k + 1; i < N; ++i) {
            const complex share = a[i][k] / a[k][k];
            for (int j = k; j < N; ++j) a[i][j] -= share * a[k][j];
            b[i] -= share * b[k];
        }
    }
    for (int k = N - 1; k >= 0; --k) {
        for (int j = k + 1; j < N; ++j) b[k] -= a[k][j] * b[j];
        b[k] /= a[k][k];
    }
    return b;
}

/// N windings, each closed by a resistor; an EMF in the first mesh. The output is the voltage at the last winding's resistor.
template <int N>
struct transformer {
    std::array<double, N> henries{}, ohms{};
    std::array<double, N * N> coupling{};

    constexpr transformer()
    {
        for (double& x : henries) x = 1.0;
        for (double& x : ohms) x = 1.0;
        for (int n = 0; n < N; ++n) coupling[static_cast<std::size_t>(n * N + n)] = 1.0;
    }
    void couple(int m, int k, double value)
    {
        coupling[static_cast<std::size_t>(m * N + k)] = coupling[static_cast<std::size_t>(k * N + m)] = value;
    }

    constexpr node operator()(auto& circuit) const
    {
        std::array<detail::winding, N> windings{};
        std::array<const char*, N> names{};
        for (int n = 0; n < N; ++n) {
            const node top = circuit.node();
            windings[n] = {top, ground, henries[n]}, names[n] = "L";
            if (n == 0) {
                const node in = circuit.node();
                circuit.source(in);
                circuit.resistor(in, top, resistance{ohms[n]});
            } else circuit.resistor(top, ground, resistance{ohms[n]});
        }
        detail::place_coupled_windings(circuit, windings.data(), N, coupling.data(), names.data());
        return windings[N - 1].a;
    }

    /// (R + s M) i = emf; the output is what the last mesh's current drops in its resistor.
    complex exact(real hertz) const
    {
        const complex s{0.0L, 2.0L * measure::pi * hertz};
        std::array<std::array<complex, N>, N> a{};
        std::array<complex, N> b{};
        b[0] = 1.0L;
        for (int m = 0; m < N; ++m)
            for (int k = 0; k < N; ++k) {
                const real mutual =
                    static_cast<real>(coupling[m * N + k]) * std::sqrt(static_cast<real>(henries[m]) * static_cast<real>(henries[k]));
                a[m][k] = s * mutual + (m == k ? static_cast<real>(ohms[m]) : 0.0L);
            }
        return -solved<N>(a, b)[N - 1] * static_cast<real>(ohms[N - 1]);
    }

    std::string netlist() const
    {
        std::string text = "coupled windings\nV1 in 0 AC 1\n";
        const auto word = [](double x) {
            char digits[40];
            std::snprintf(digits, sizeof digits, "%.17g", x);
            return std::string{digits};
        };
        for (int n = 0; n < N; ++n) {
            const std::string number = std::to_string(n);
            text += "R" + number + (n == 0 ? " in n0 " : " n" + number + " 0 ") + word(ohms[n]) + "\nL" + number + " n" + number + " 0 " +
                    word(henries[n]) + '\n';
            for (int m = 0; m < n; ++m)
                if (coupling[m * N + n] != 0.0)
                    text += "K" + number + '_' + std::to_string(m) + " L" + std::to_string(m) + " L" + number + ' ' +
                            word(coupling[m * N + n]) + '\n';
        }
        return text + ".ac dec 5 10 100k\n.print ac vr(n" + std::to_string(N - 1) + ") vi(n" + std::to_string(N - 1) +
               ")\n.control\nset numdgt=15\nset nobreak\n.endc\n.end\n";
    }
};

/// The largest difference from mesh equations, relative to the peak.
template <int N>
double worst_of(const transformer<N>& t)
{
    const circuit held{build(t)};
    CHECK_FALSE(held.problem());
    const auto model = analyse(held);
    INFO(to_string(model.problem));
    CHECK_FALSE(model.problem);
    real peak = 0.0L, worst = 0.0L;
    for (real hertz = 10.0L; hertz < 1e5L; hertz *= 1.3L) {
        const complex exact = t.exact(hertz);
        peak = std::max(peak, std::abs(exact));
        worst = std::max({worst, std::abs(response_of(held, hertz) - exact), std::abs(by_roots(model, hertz) - exact)});
    }
    return static_cast<double>(worst / peak);
}

}   // namespace

TEST_CASE("Two coupled windings follow their mesh equations, from loose coupling to a perfect transformer")
{
    double worst = 0.0;
    for (const double k : {0.0, 0.3, -0.7, 0.98, 0.9999, 0.99999999, 1.0, -1.0}) {
        transformer<2> t;
        t.henries = {10e-3, 2.5}, t.ohms = {12.0, 47e3};
        t.couple(0, 1, k);
        worst = std::max(worst, worst_of(t));
    }
    measure::figure("two windings, of the peak", worst, "", 1e-14);
    CHECK(worst <= 1e-14);
}

TEST_CASE("Windings that are wholly coupled are a transformer by their turns, and no current of theirs is lost")
{
    transformer<3> t;
    t.henries = {4.0, 16.0, 1.0}, t.ohms = {1e-3, 1e6, 1e3};
    t.couple(0, 1, 1.0), t.couple(0, 2, -1.0), t.couple(1, 2, -1.0);
    const circuit held{build(t)};
    // The third has half the turns of the first, in the other sense.
    CHECK(std::abs(response_of(held, 1000.0L) + 0.5L) < 1e-5);
    CHECK(worst_of(t) <= 1e-12);
}

TEST_CASE("Random cores of up to five windings follow their mesh equations, and ngspice's K")
{
    std::mt19937_64 random{3};
    std::uniform_real_distribution<double> any{-1.0, 1.0};
    double worst = 0.0, worst_to_ngspice = 0.0;
    std::vector<transformer<5>> all;
    std::vector<std::string> netlists;
    for (int n = 0; n < 40; ++n) {
        // Windings on fluxes of their own and a common one: such a matrix is possible.
        transformer<5> t;
        std::array<std::array<double, 5>, 5> share{};
        for (int m = 0; m < 5; ++m) {
            double square = 0.0;
            for (double& x : share[m]) x = any(random), square += x * x;
            for (double& x : share[m]) x /= std::sqrt(square);
            t.henries[m] = std::pow(10.0, 2.0 * any(random)), t.ohms[m] = std::pow(10.0, 3.0 + any(random));
        }
        for (int m = 0; m < 5; ++m)
            for (int k = 0; k < m; ++k) {
                double coupling = 0.0;
                for (int j = 0; j < 5; ++j) coupling += share[m][j] * share[k][j];
                t.couple(m, k, coupling);
            }
        worst = std::max(worst, worst_of(t));
        if (n >= 10) continue;
        all.push_back(t), netlists.push_back(t.netlist());
    }
    const auto answers = ngspice::run(netlists);
    for (std::size_t n = 0; n < all.size(); ++n) {
        const circuit held{build(all[n])};
        real peak = 0.0L, off = 0.0L;
        const auto rows = ngspice::table(answers[n]);
        REQUIRE(rows.size() == 21);
        for (const auto& row : rows) {
            const complex h = response_of(held, static_cast<real>(row.first));
            peak = std::max(peak, std::abs(h));
            off = std::max(off, std::abs(h - complex{row.second, row.third}));
        }
        worst_to_ngspice = std::max(worst_to_ngspice, static_cast<double>(off / peak));
    }
    measure::figure("five random windings, of the peak", worst, "", 3e-12);
    measure::figure("the same against ngspice", worst_to_ngspice, "", 1e-12);
    CHECK(worst <= 3e-12);
    CHECK(worst_to_ngspice <= 1e-12);
}

TEST_CASE("A coupling that would give some current negative energy is impossible")
{
    const double two[] = {1.0, 1.1, 1.1, 1.0};
    CHECK_FALSE(detail::coupling_factors(two, 2).are_possible);
    const double contradiction[] = {1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 1.0, 0.5, 1.0};
    CHECK_FALSE(detail::coupling_factors(contradiction, 3).are_possible);
    const double too_tight[] = {1.0, 0.9, 0.9, 0.9, 1.0, -0.9, 0.9, -0.9, 1.0};
    CHECK_FALSE(detail::coupling_factors(too_tight, 3).are_possible);
    constexpr double all_one[] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
    CHECK(detail::coupling_factors(all_one, 3).are_possible);
    static_assert(detail::coupling_factors(all_one, 3).rest[2] == 0.0);
}

namespace {

/// A sensed source of 2 V and the input, and what its current controls.
struct sensing {
    double emf = 2.0, ohms = 150.0, gain = 30.0, amperes = 3e-3;

    constexpr node operator()(auto& circuit) const
    {
        const node drive = circuit.node(), a = circuit.node(), b = circuit.node(), m = circuit.node(), f = circuit.node(),
                   h = circuit.node(), out = circuit.node();
        circuit.source(drive);
        const node x = detail::place_sensed_source(circuit, a, b, emf, "V1", drive);
        circuit.resistor(a, ground, resistance{1e3}, "R1");
        circuit.capacitor(a, ground, capacitance{100e-9}, "C1");
        circuit.resistor(b, m, resistance{2.2e3}, "R2");
        const node y = detail::place_sensed_wire(circuit, m, ground, "V2");
        detail::place_current_controlled_current(circuit, f, ground, x, gain, "F1");
        circuit.resistor(f, ground, resistance{470.0}, "R3");
        detail::place_current_controlled_voltage(circuit, h, f, y, ohms, "H1");
        circuit.resistor(h, out, resistance{1e3}, "R4");
        circuit.inductor(out, ground, inductance{0.1}, "L1");
        circuit.resistor(out, ground, resistance{10e3}, "R5");
        detail::place_current_source(circuit, b, a, amperes, "I1");
        return out;
    }
};
constexpr const char* sensing_netlist = R"(sensed currents
V1 a b DC 2 AC 1
R1 a 0 1k
C1 a 0 100n
R2 b m 2.2k
V2 m 0 0
F1 f 0 V1 30
R3 f 0 470
H1 h f V2 150
R4 h out 1k
L1 out 0 0.1
R5 out 0 10k
I1 b a 3m
)";

}   // namespace

TEST_CASE("Sensed sources, what they control, and current sources are ngspice's V, F, H and I, at DC and at any frequency")
{
    const std::string text = sensing_netlist;
    const auto answers =
        ngspice::run({text + ".ac dec 5 10 100k\n.print ac vr(out) vi(out)\n.control\nset numdgt=15\nset nobreak\n.endc\n.end\n",
                      text + ".control\nset numdgt=15\nop\nprint all\nquit\n.endc\n.end\n"});
    const circuit held{build(sensing{})};
    REQUIRE_FALSE(held.problem());
    CHECK_FALSE(analyse(held).problem);
    double worst = 0.0;
    const auto rows = ngspice::table(answers[0]);
    REQUIRE(rows.size() == 21);
    for (const auto& row : rows) {
        const complex h{row.second, row.third};
        worst = std::max(worst, static_cast<double>(std::abs(response_of(held, static_cast<real>(row.first)) - h) / std::abs(h)));
    }
    const auto volts = ngspice::values(answers[1]);
    const struct {
        const char* name;
        int node;
    } nodes[] = {{"a", 2}, {"b", 3}, {"m", 4}, {"f", 5}, {"h", 6}, {"v1#branch", 8}, {"v2#branch", 10}};
    double worst_volts = 0.0;
    for (const auto& [name, number] : nodes) {
        REQUIRE(volts.count(name) == 1);
        worst_volts = std::max(worst_volts, std::fabs(held.quiescent(node{number}).si - volts.at(name)));
    }
    measure::figure("response with F and H, relative", worst, "", 2e-14);
    measure::figure("quiescent voltages and currents", worst_volts, "V", 1e-13);
    CHECK(worst <= 2e-14);
    CHECK(worst_volts <= 1e-13);
}
