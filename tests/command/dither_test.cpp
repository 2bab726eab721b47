// SPDX-License-Identifier: BSL-1.0
#include "audio/dither.hpp"

#include "audio/quantiser.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

using namespace command;

// In steps.
std::vector<double> dither(std::uint32_t channel, std::uint64_t first, std::size_t count)
{
    std::vector<std::int32_t> parts(count);
    triangular_dither(channel, first, parts);
    std::vector<double> steps(count);
    std::transform(parts.begin(), parts.end(), steps.begin(), [](std::int32_t part) { return part * 0x1p-16; });
    return steps;
}

double mean_product(const std::vector<double>& x, const std::vector<double>& y, std::size_t later = 0)
{
    double sum = 0.0;
    for (std::size_t i = later; i < x.size(); ++i) sum += x[i] * y[i - later];
    return sum / double(x.size() - later);
}

}   // namespace

TEST_CASE("Dither is triangular, white, and another one in every channel")
{
    constexpr std::size_t count = 1'000'000;
    const auto left = dither(0, 0, count), right = dither(1, 0, count);
    const auto [lowest, highest] = std::minmax_element(left.begin(), left.end());
    CHECK(*lowest > -1.0);
    CHECK(*lowest < -0.995);
    CHECK(*highest < 1.0);
    CHECK(*highest > 0.995);

    // Each within four standard deviations of a million independent samples.
    const std::vector<double> ones(count, 1.0);
    CHECK(std::abs(mean_product(left, ones)) < 4.0 * std::sqrt(1.0 / 6.0 / count));
    CHECK(std::abs(mean_product(left, left) - 1.0 / 6.0) < 4.0 * std::sqrt((1.0 / 15.0 - 1.0 / 36.0) / count));
    const double deviation = 1.0 / 6.0 / std::sqrt(double(count));
    for (const std::size_t later : {1u, 2u, 3u, 16u}) CHECK(std::abs(mean_product(left, left, later)) < 4.0 * deviation);
    for (const std::size_t later : {0u, 1u, 2u}) CHECK(std::abs(mean_product(left, right, later)) < 4.0 * deviation);

    // A triangle: the part of the samples below x is (1 + x)^2 / 2 for x < 0.
    for (const double x : {-0.75, -0.5, -0.25, 0.0}) {
        const auto below = std::count_if(left.begin(), left.end(), [x](double d) { return d < x; });
        CHECK(double(below) / count == Approx((1.0 + x) * (1.0 + x) / 2.0).margin(2e-3));
    }
}

TEST_CASE("The mean of what dither and rounding make of a level is that level, wherever it lies between two steps")
{
    constexpr std::size_t count = 1'000'000;
    const auto steps = dither(0, 0, count);
    double worst = 0.0;
    for (int i = 0; i <= 20; ++i) {
        const double level = i / 20.0 - 0.5;
        double sum = 0.0;
        for (const double d : steps) sum += std::nearbyint(level + d);
        worst = std::max(worst, std::abs(sum / count - level));
    }
    measure::figure("mean error of a dithered level", worst, "steps", 2e-3);
    CHECK(worst < 2e-3);   // the error's deviation is half a step: four of its mean's
}

TEST_CASE("A sample has the same dither wherever a block begins, beyond 2^33 samples too")
{
    for (const std::uint64_t begin : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0x1'ffff'ffa0}}) {
        const auto whole = dither(3, begin, 200);
        for (std::size_t first = 0; first <= 40; ++first)
            for (const std::size_t length : {0u, 1u, 2u, 3u, 16u, 63u}) {
                const auto part = dither(3, begin + first, length);
                CHECK(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)));
            }
    }
}

TEST_CASE("Samples are quantised alike however they are divided into blocks")
{
    std::vector<double> in(10'000);
    for (std::size_t i = 0; i < in.size(); ++i) in[i] = 1.1 * std::sin(0.01 * double(i) * double(i));
    for (const bool has_dither : {false, true}) {
        std::vector<std::int32_t> whole(in.size()), parts(in.size());
        quantiser all{16, has_dither, 1}, some{16, has_dither, 1};
        all(in, whole);
        for (std::size_t at = 0, length = 1; at < in.size(); at += length, length = length * 3 % 1999 + 1) {
            length = std::min(length, in.size() - at);
            some(std::span{in}.subspan(at, length), std::span{parts}.subspan(at, length));
        }
        CHECK(whole == parts);
        CHECK(all.clipped() > 0);
        CHECK(all.clipped() == some.clipped());
    }
}

TEST_CASE("A block whose largest magnitude is told is quantised as any other")
{
    for (const int bits : {16, 24, 32})
        for (const bool has_dither : {false, true})
            for (int below = 0; below <= 6; ++below) {
                const double largest = 1.0 - below * std::ldexp(1.0, 1 - bits);
                std::vector<double> in(5'000);
                for (std::size_t i = 0; i < in.size(); ++i) in[i] = largest * (i % 3 == 0 ? 1.0 : i % 3 == 1 ? -1.0 : std::sin(double(i)));
                std::vector<std::int32_t> untold(in.size()), told(in.size());
                quantiser one{bits, has_dither}, other{bits, has_dither};
                one(in, untold);
                other(in, told, largest);
                CHECK(untold == told);
                CHECK(one.clipped() == other.clipped());
            }
}

TEST_CASE("Without dither every level is the nearest integer's, of two as near the even one's")
{
    for (const int bits : {16, 24, 32}) {
        const double scale = std::ldexp(1.0, bits - 1);
        std::vector<double> in;
        for (int i = -40; i <= 40; ++i)
            for (const double part : {-0.5, -0.25, 0.0, 0.25, 0.5, 0.5000001})
                for (const double around : {0.0, 0.25, -0.75, 0.99})
                    if (const double level = std::nearbyint(around * scale) + i + part; std::abs(level) < scale - 1.0)
                        in.push_back(level / scale);
        std::vector<std::int32_t> out(in.size());
        quantiser quantise{bits, false};
        quantise(in, out);
        for (std::size_t i = 0; i < in.size(); ++i) CHECK(double(out[i]) == std::nearbyint(in[i] * scale) * std::ldexp(1.0, 32 - bits));
        CHECK(quantise.clipped() == 0);
    }
}
