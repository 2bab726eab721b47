// SPDX-License-Identifier: BSL-1.0
#include "audio/quantiser.hpp"

#include "audio/dither.hpp"
#include "support/vectorised.hpp"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <cstddef>

namespace command {

namespace {

// The nearest multiple of a step, of what is below 2^51 steps: the sum with this many steps has no room for a part of one, and is rounded to
// even as any sum is. What is above stays above. A call of the C library for each sample would take longer than all else that is done to it.
constexpr double nearest(double x, double step) noexcept
{
#if FLT_EVAL_METHOD == 0
    const double without_fraction = 0x1.8p52 * step;
    return (x + without_fraction) - without_fraction;
#else
    return std::nearbyint(x / step) * step;
#endif
}

// Returns how many were saturated; one that is not a number is, at the lower end: it must not reach the conversion.
template <bool has_dither, bool may_saturate>
PHONO_VECTORISED std::int64_t round_all(const double* in, const std::int32_t* dither, std::int32_t* out, std::size_t count,
                                        double step) noexcept
{
    const double part = 0x1p-16 * step;
    std::int64_t saturated = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double level = nearest(has_dither ? in[i] + dither[i] * part : in[i], step);
        if constexpr (!may_saturate) {
            out[i] = static_cast<std::int32_t>(level * 0x1p31);
            continue;
        }
        const double above_lowest = level > -1.0 ? level : -1.0;
        const double within = above_lowest < 1.0 - step ? above_lowest : 1.0 - step;
        saturated += within == level ? 0 : 1;
        out[i] = static_cast<std::int32_t>(within * 0x1p31);
    }
    return saturated;
}

}   // namespace

void quantiser::operator()(std::span<const double> in, std::span<std::int32_t> out, double largest) noexcept
{
    constexpr double most_added = 1.5;   // steps, by dither and rounding
    const double step = std::ldexp(1.0, 1 - bits_);
    if (largest < 1.0 - (1.0 + most_added) * step) quantise<false>(in, out);
    else quantise<true>(in, out);
}

template <bool may_saturate>
void quantiser::quantise(std::span<const double> in, std::span<std::int32_t> out) noexcept
{
    const double step = std::ldexp(1.0, 1 - bits_);
    if (!dither_) {
        clipped_ += round_all<false, may_saturate>(in.data(), nullptr, out.data(), in.size(), step);
        return;
    }
    std::array<std::int32_t, 1024> dither;
    for (std::size_t begin = 0; begin < in.size(); begin += dither.size()) {
        const auto count = std::min(dither.size(), in.size() - begin);
        triangular_dither(channel_, position_, std::span{dither}.first(count));
        clipped_ += round_all<true, may_saturate>(&in[begin], dither.data(), &out[begin], count, step);
        position_ += count;
    }
}

}   // namespace command
