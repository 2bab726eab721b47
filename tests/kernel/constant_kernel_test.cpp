// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/phono.hpp>

namespace {

using namespace phono;
using namespace phono::literals;

constexpr auto filter = design(preamps::magnetic_riaa, 96_kHz);
constexpr constant_kernel<filter> kernel;
constexpr double impulse = [] {
    auto copy = kernel;
    copy(1.0);
    return copy(0.0);
}();

static_assert(filter.is_stable());
static_assert(sizeof(constant_kernel<filter, float>) < sizeof(constant_kernel<filter>));
static_assert(impulse != 0.0);

}   // namespace

TEST_CASE("A filter that the compiler designed runs as the preamp does")
{
    constant_kernel<filter> left;
    preamp<preamps::magnetic_riaa> reference{96_kHz};
    double largest = 0.0, worst = 0.0;
    for (int n = 0; n < 4096; ++n) {
        const double x = n % 64 == 0 ? 0.01 : 0.0;
        const double expected = reference(x), actual = left(x);
        largest = std::max(largest, std::abs(expected));
        worst = std::max(worst, std::abs(actual - expected));
    }
    CHECK(largest > 1e-5);
    CHECK(worst < 1e-9 * largest);
}
