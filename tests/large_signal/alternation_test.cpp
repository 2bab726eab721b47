// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/large_signal/alternation.hpp>

#include <cmath>
#include <numbers>

using namespace phono;

namespace {

using watch = detail::alternation<1>;
using ports = math::vector<double, 2>;   // grid and plate
constexpr ports gains{1.0, 50.0};

/// The sample at which alternation is seen, of an EMF and a grid's voltage; the plate's is -50 times that. -1 if it never is.
int seen_at(const auto& emf, const auto& grid, int samples = 2000)
{
    watch w;
    w.set(gains);
    for (int i = 0; i < samples; ++i)
        if (w.sees(emf(i), ports{grid(i), -50.0 * grid(i)})) return i;
    return -1;
}

double silence(int) { return 0.0; }
double sign(int i) { return i % 2 == 0 ? 1.0 : -1.0; }

}   // namespace

TEST_CASE("Port voltages that alternate in silence are seen within sixteen samples, those that rest or decay are not")
{
    const int at = seen_at(silence, [](int i) { return 0.01 * sign(i); });
    CHECK(at >= 12);
    CHECK(at <= 16);
    CHECK(seen_at(silence, silence) == -1);
    CHECK(seen_at(silence, [](int i) { return 8.0 * std::exp(-0.01 * i); }) == -1);
    CHECK(seen_at(silence, [](int i) { return 1e-5 * sign(i); }) == -1);   // below what is looked at
}

TEST_CASE("A step that filters ahead of the circuit ring around is not taken for alternation")
{
    const auto rung = [](int i) { return (i < 100 ? 0.0 : 1.0) + 0.3 * sign(i) * std::pow(0.7, std::abs(i - 100)); };
    CHECK(seen_at(rung, rung) == -1);
}

TEST_CASE("What the EMF drives is not taken for alternation, however near to half the rate")
{
    for (const double share : {0.1, 0.3, 0.45, 0.49, 0.4999}) {
        const auto tone = [=](int i) { return 0.2 * std::cos(2.0 * std::numbers::pi * share * i); };
        CHECK(seen_at(tone, tone) == -1);
        CHECK(seen_at(tone, [&](int i) { return std::max(tone(i), -0.02); }) == -1);   // and clips
    }
    CHECK(seen_at([](int i) { return 0.5 * sign(i); }, [](int i) { return 0.5 * sign(i); }) == -1);
}

TEST_CASE("A watch that is reset has forgotten what it saw")
{
    watch w;
    w.set(gains);
    for (int i = 0; i < 12; ++i) CHECK_FALSE(w.sees(0.0, ports{0.01 * sign(i), 0.0}));
    w.reset();
    for (int i = 0; i < 12; ++i) CHECK_FALSE(w.sees(0.0, ports{0.01 * sign(i), 0.0}));
}
