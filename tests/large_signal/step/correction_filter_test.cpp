// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/filter/digital_filter.hpp>
#include <phono/large_signal/output_limit.hpp>
#include <phono/large_signal/step/correction_filter.hpp>
#include <phono/large_signal/step/correction_pairs.hpp>
#include <phono/math/instruction_sets.hpp>
#include <phono/math/wide_vector.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <span>
#include <vector>

using namespace phono;

namespace {

/// A filter as corrections are: real guard poles on the negative axis, zeros that are real or in conjugate pairs.
digital_filter filter_of(int poles)
{
    digital_filter filter;
    filter.gain = 0.7;
    filter.zeros.add({-0.6, 0.0});
    filter.zeros.add({0.3, 0.4});   // and its conjugate
    const double guards[] = {-0.39, -0.09, -0.72};
    for (int k = 0; k < poles; ++k) filter.poles.add({guards[k], 0.0});
    return filter;
}

/// A block through a correction, in place.
void process(detail::correction_filter& correction, std::span<double> block)
{
    std::vector<double> given(detail::correction_filter::room, 1e300), taken(block.size());
    given.insert(given.end(), block.begin(), block.end());
    correction.process(given.data() + detail::correction_filter::room, taken.data(), static_cast<int>(block.size()));
    std::copy(taken.begin(), taken.end(), block.begin());
}

/// A block of noise as compiled and for AVX2, with some latest outputs: how many numbers differ.
template <int poles>
int numbers_that_differ()
{
    int differ = 0;
    if constexpr (math::may_have_avx2)
        if (math::has_avx2()) {
            using outputs = detail::correction_pairs;
            const double tap[outputs::taps]{0.7, 0.3, -0.2, 0.1}, feedback[outputs::poles]{-0.5, -0.04, poles > 2 ? 0.01 : 0.0};
            outputs correction;
            correction.set(tap, feedback);
            const auto x = measure::noise<double>(outputs::taps - 1 + 256, 4);
            double one[256]{}, other[256]{}, latest[outputs::poles]{0.1, -0.2, 0.3}, also_latest[outputs::poles]{0.1, -0.2, 0.3};
            const outputs* const of = &correction;
            math::run_as_compiled<outputs::loop<poles, math::widest_register>>(of, x.data(), &one[0], 256, &latest);
            math::run_for_avx2<outputs::loop<poles, 32>>(of, x.data(), &other[0], 256, &also_latest);
            for (int n = 0; n < 256; ++n) differ += !(one[n] == other[n]);
            for (int k = 0; k < outputs::poles; ++k) differ += !(latest[k] == also_latest[k]);
            CHECK(std::fabs(one[255]) > 1e-6);
        }
    return differ;
}

}   // namespace

TEST_CASE("A correction answers an impulse as its poles and zeros say, sample by sample and in blocks")
{
    for (const int poles : {0, 1, 2, 3}) {
        const digital_filter filter = filter_of(poles);
        detail::correction_filter one, blocks;
        one.set(filter), blocks.set(filter);
        std::vector<double> x(600), y;
        x[0] = 1.0;
        for (const double sample : x) y.push_back(one(sample));
        std::vector<double> block = x;
        const std::size_t sizes[] = {1, 8, 7, 64, 3, 256, 17};
        for (std::size_t at = 0, i = 0; at < block.size(); ++i) {
            const std::size_t length = std::min(sizes[i % 7], block.size() - at);
            process(blocks, std::span{block}.subspan(at, length));
            at += length;
        }
        double unlike = 0.0, off = 0.0, said = 0.0;
        for (std::size_t n = 0; n < y.size(); ++n) unlike = std::max(unlike, std::fabs(y[n] - block[n]));
        for (const double f : {0.0, 0.1, 0.25, 0.4, 0.5}) {
            const std::complex<double> heard = measure::transform(y, f, 1.0), z = std::polar(1.0, 2.0 * math::pi * f);
            std::complex<double> h = filter.gain;
            h *= (1.0 + 0.6 / z) * (1.0 - 0.6 / z + 0.25 / (z * z));
            for (const math::complex pole : filter.poles) h /= 1.0 - pole.re / z;
            const math::complex response = one.response(2.0 * math::pi * f);
            off = std::max(off, std::abs(heard - h));
            said = std::max(said, std::abs(std::complex<double>{response.re, response.im} - h));
        }
        measure::figure(std::to_string(poles) + " poles: blocks against samples", unlike, "", 1e-15);
        measure::figure("    impulse response against poles and zeros", off, "", 1e-14);
        CHECK(unlike <= 1e-15);
        CHECK(off <= 1e-14);
        CHECK(said <= 1e-14);
    }
}

TEST_CASE("A correction goes on from blocks to samples and back, and its states fade to zero")
{
    detail::correction_filter one, mixed;
    one.set(filter_of(3)), mixed.set(filter_of(3));
    auto x = measure::noise<double>(1000, 4);
    std::vector<double> expected;
    for (const double sample : x) expected.push_back(one(sample));
    double off = 0.0;
    for (std::size_t at = 0; at < 1000; at += 50) {
        process(mixed, std::span{x}.subspan(at, 40));
        for (std::size_t n = at + 40; n < at + 50; ++n) x[n] = mixed(x[n]);
    }
    for (std::size_t n = 0; n < x.size(); ++n) off = std::max(off, std::fabs(x[n] - expected[n]));
    CHECK(off <= 1e-14);
    for (int n = 0; n < 40; ++n) {
        std::vector<double> silence(256);
        process(mixed, silence);
        mixed.settle();
        if (n > 20) CHECK(*std::max_element(silence.begin(), silence.end()) == 0.0);
    }
}

TEST_CASE("A correction computes the same numbers, bit for bit, in the registers that a processor has")
{
    CHECK(numbers_that_differ<2>() == 0);
    CHECK(numbers_that_differ<3>() == 0);
}

TEST_CASE("An output is held to what the largest EMF of late can cause, in blocks as by samples")
{
    constexpr double fades = 0.99;
    const auto most_output = [](double emf) { return 1.4 * std::max(emf, 0.5); };
    detail::output_limit one, blocks;
    one.set(fades), blocks.set(fades);
    auto emf = measure::noise<double>(2000, 8), out = measure::noise<double>(2000, 9);
    for (std::size_t n = 0; n < emf.size(); ++n) emf[n] *= n % 700 == 0 ? 3.0 : 0.1, out[n] *= n % 300 < 100 ? 4.0 : 0.1;
    out[5] = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> expected;
    double largest = 0.0;
    int held = 0;
    for (std::size_t n = 0; n < emf.size(); ++n) {
        largest = std::max(std::fabs(emf[n]), fades * largest);
        const double bound = one(emf[n], most_output);
        REQUIRE(bound == Approx(1.4 * std::max(largest, 0.5)).epsilon(1e-14));
        expected.push_back(detail::output_limit::held(out[n], bound));
        held += std::fabs(out[n]) > bound;
    }
    CHECK(held > 100);
    const std::size_t sizes[] = {1, 8, 7, 64, 3, 128, 17};
    for (std::size_t at = 0, i = 0; at < emf.size(); ++i) {
        const std::size_t length = std::min(sizes[i % 7], emf.size() - at);
        blocks.hold(std::span{emf}.subspan(at, length), std::span{out}.subspan(at, length), most_output);
        at += length;
    }
    CHECK(std::isnan(out[5]));
    for (std::size_t n = 0; n < emf.size(); ++n)
        if (n != 5) REQUIRE(out[n] == Approx(expected[n]).epsilon(1e-13));
}
