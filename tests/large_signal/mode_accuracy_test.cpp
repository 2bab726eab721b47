// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/running_tube_preamp.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/phono.hpp>
#include <phono/stage/common_cathode_stage.hpp>

#include <algorithm>
#include <complex>
#include <utility>
#include <vector>

/// The modes of circuits from minutes to a tenth of a nanosecond, in double, against the nodal equations of these circuits in long double.
namespace {

using namespace phono;
using namespace phono::literals;

using number = std::complex<long double>;
using column = std::vector<number>;

constexpr double worst_frequency = 1e-10;   // of a natural frequency, or rad/s where that is below 1 rad/s: no sample tells
constexpr double worst_response = 2e-10;    // of the response itself, also where it is far down

/// A circuit's nodal equations, G + s C, in long double.
template <class Equations>
class long_equations {
public:
    explicit long_equations(const Equations& equations) : equations_(equations), n_(static_cast<std::size_t>(equations.used)) {}

    [[nodiscard]] number response(number s) const { return solved(s, driven(), false)[static_cast<std::size_t>(equations_.output)]; }

    /// The natural frequency nearest to one that is nearly it, by inverse iteration on both sides: (G + s C)^-1 C has 1/(s - natural) for
    /// its largest eigenvalue.
    [[nodiscard]] number natural_frequency(number near) const
    {
        column right(n_), left(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            right[i] = 1.0L + 0.37L * static_cast<long double>(i % 5);
            left[i] = 1.0L + 0.21L * static_cast<long double>(i % 7);
        }
        number distance{};
        for (int pass = 0; pass < 4; ++pass) {
            const number before = product(left, capacitive(right));
            const column next = solved(near, capacitive(right), false);
            distance = before / product(left, capacitive(next));
            right = unit(next);
            left = unit(solved(near, capacitive(left), true));
        }
        return near - distance;
    }

private:
    [[nodiscard]] column driven() const
    {
        column b(n_);
        for (std::size_t i = 0; i < n_; ++i) b[i] = equations_.b[static_cast<int>(i)];
        return b;
    }
    [[nodiscard]] column capacitive(const column& x) const
    {
        column y(n_);
        for (const auto& port : equations_.reactance) {
            const auto plus = static_cast<std::size_t>(port.plus), minus = static_cast<std::size_t>(port.minus);
            const number across = (port.plus < 0 ? number{} : x[plus]) - (port.minus < 0 ? number{} : x[minus]);
            if (port.plus >= 0) y[plus] += static_cast<long double>(port.weight) * across;
            if (port.minus >= 0) y[minus] -= static_cast<long double>(port.weight) * across;
        }
        return y;
    }
    [[nodiscard]] static number product(const column& a, const column& b)
    {
        number sum{};
        for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
        return sum;
    }
    [[nodiscard]] static column unit(column x)
    {
        number largest{};
        for (const number& entry : x) largest = std::abs(entry) > std::abs(largest) ? entry : largest;
        for (number& entry : x) entry /= largest;
        return x;
    }

    /// (G + s C)^-1 b, or that of the transpose: Gauss with rows of like size and partial pivoting.
    [[nodiscard]] column solved(number s, column b, bool transposed) const
    {
        std::vector<column> a(n_, column(n_));
        for (std::size_t k = 0; k < n_; ++k) {
            column unit_column(n_);
            unit_column[k] = 1.0L;
            const column of_c = capacitive(unit_column);   // C is symmetric
            for (std::size_t i = 0; i < n_; ++i) {
                const auto g = equations_.g(static_cast<int>(transposed ? k : i), static_cast<int>(transposed ? i : k));
                a[i][k] = static_cast<long double>(g) + s * of_c[i];
            }
        }
        for (std::size_t i = 0; i < n_; ++i) {
            long double largest = 0.0L;
            for (const number& entry : a[i]) largest = std::max(largest, std::abs(entry));
            for (number& entry : a[i]) entry /= largest;
            b[i] /= largest;
        }
        for (std::size_t k = 0; k < n_; ++k) {
            std::size_t pivot = k;
            for (std::size_t i = k; i < n_; ++i) pivot = std::abs(a[i][k]) > std::abs(a[pivot][k]) ? i : pivot;
            std::swap(a[k], a[pivot]), std::swap(b[k], b[pivot]);
            for (std::size_t i = k + 1; i < n_; ++i) {
                const number ratio = a[i][k] / a[k][k];
                for (std::size_t m = k; m < n_; ++m) a[i][m] -= ratio * a[k][m];
                b[i] -= ratio * b[k];
            }
        }
        for (std::size_t k = n_; k-- > 0;) {
            for (std::size_t m = k + 1; m < n_; ++m) b[k] -= a[k][m] * b[m];
            b[k] /= a[k][k];
        }
        return b;
    }

    const Equations& equations_;
    std::size_t n_;
};

/// What the modes of circuits are off by at most, and how far apart their natural frequencies are.
struct finding {
    double frequency = 0.0, response = 0.0, slowest = 1e300, fastest = 0.0;
    int modes = 0;
};

template <class Chain>
void examine(const Chain& schematic, finding& total)
{
    const circuit held{schematic};
    REQUIRE_FALSE(held.problem());
    const auto found = find_port_modes(held);
    REQUIRE_FALSE(found.problem);
    CHECK_FALSE(found.is_spread);
    const long_equations exact{held.equations()};
    const auto take = [](double& worst, double off) { worst = off <= worst ? worst : off; };   // and NaN
    for (int k = 0; k < found.count; ++k) {
        const math::complex s = found.modes[k].s;
        const number natural = exact.natural_frequency({s.re, s.im});
        take(total.frequency, static_cast<double>(std::abs(number{s.re, s.im} - natural) / std::max(std::abs(natural), 1.0L)));
        total.slowest = std::min(total.slowest, math::abs(s)), total.fastest = std::max(total.fastest, math::abs(s));
        ++total.modes;
    }
    for (const double hertz : measure::log_frequencies(1.0, 100e3, 101)) {
        const double w = 2.0 * math::pi * hertz;
        const number own = exact.response({0.0L, w});
        const math::complex by_modes = found.response(decltype(found)::ports, 0, {0.0, w});
        take(total.response, static_cast<double>(std::abs(number{by_modes.re, by_modes.im} - own) / std::abs(own)));
    }
}

void report(const std::string& title, const finding& total)
{
    measure::note(title + ": modes, slowest and fastest in rad/s",
                  std::to_string(total.modes) + ", " + measure::text(total.slowest, "%.2g") + ", " + measure::text(total.fastest, "%.2g"));
    measure::figure(title + ": natural frequencies, relative to these or to 1 rad/s", total.frequency, "", worst_frequency);
    measure::figure(title + ": response, 1 Hz to 100 kHz, relative", total.response, "", worst_response);
    CHECK(total.frequency <= worst_frequency);
    CHECK(total.response <= worst_response);
}

}   // namespace

TEST_CASE("The modes of tube preamps are those of their equations in more digits")
{
    finding total;
    catalogue::for_each_tube_preamp([&](const auto& preamp) {
        INFO(preamp.name);
        examine(preamp.value, total);
    });
    CHECK(total.slowest < 0.1);
    CHECK(total.fastest > 1e9);
    report("the catalogue", total);
}

TEST_CASE("The modes of a circuit are found though its slowest takes minutes and its fastest a tenth of a nanosecond")
{
    finding total;
    examine(chain{voltage_source{}, series_arm{resistor{2_Ohm}}, shunt_arm{capacitor{47_pF}}, series_arm{capacitor{22_uF}},
                  common_cathode_stage{.tube = triodes::ecc83, .bypass = 1_mF, .grid_leak = 10_MOhm}, series_arm{capacitor{100_uF}},
                  shunt_arm{resistor{1_MOhm}}},
            total);
    CHECK(total.slowest < 6e-3);
    CHECK(total.fastest > 1e10);
    report("stiff", total);
}
