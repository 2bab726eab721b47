// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>

#include <cstdio>

// For a sample rate known in advance the filter is designed at compile time; nothing is prepared at run time.
using namespace phono;
using namespace phono::literals;

constexpr auto schematic = chain{voltage_source{}, normalised(riaa)};
constexpr digital_filter filter = design(schematic, 48_kHz);
static_assert(filter.fallback == 0);   // the full design

int main()
{
    constant_kernel<filter, float> left, right;
    const float in_left = 1.0f, in_right = 0.5f;
    std::printf("first samples %.6f and %.6f\n", static_cast<double>(left(in_left)), static_cast<double>(right(in_right)));
    std::printf("the same as second-order sections:\n");
    for (const biquad& s : biquads(filter)) std::printf("b %9.6f %9.6f %9.6f  a 1 %9.6f %9.6f\n", s.b0, s.b1, s.b2, s.a1, s.a2);
}
