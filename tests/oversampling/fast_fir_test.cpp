// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/math/block_vector.hpp>
#include <phono/math/instruction_sets.hpp>
#include <phono/math/wide_vector.hpp>
#include <phono/oversampling/fast_fir.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace phono;

namespace {

/// A block by the fast filter and by the sum of products; taps and samples are noise.
template <int length, int rows>
void check_against_sum()
{
    if constexpr (math::has_block_vectors) {
        using fir = detail::fast_fir<double, length, rows>;
        const auto h = measure::noise<double>(length, 3), x = measure::noise<double>(fir::history + fir::block, 5);
        detail::taps<double, length> taps{};
        for (std::size_t i = 0; i < h.size(); ++i) taps.of[i] = h[i];
        const auto prepared = fir::prepared(taps);
        std::vector<double> y(fir::block);
        fir::process(prepared, x.data() + fir::history, y.data());
        double most = 0.0;
        for (std::size_t n = 0; n < y.size(); ++n) {
            measure::real sum = 0.0L;
            for (std::size_t i = 0; i < h.size(); ++i) sum += static_cast<measure::real>(h[i]) * x[fir::history + n - i];
            most = std::max(most, static_cast<double>(std::fabs(y[n] - sum)));
        }
        measure::figure(std::to_string(length) + " taps in " + std::to_string(rows) + " rows against their sum", most, "", 2e-14);
        CHECK(most <= 2e-14);
    }
}

/// An impulse in each place of the past: it leaves exactly nothing where no tap reaches it.
template <int length, int rows>
void check_reach()
{
    if constexpr (math::has_block_vectors) {
        using fir = detail::fast_fir<double, length, rows>;
        detail::taps<double, length> taps{};
        for (double& tap : taps.of) tap = 0.3;
        const auto prepared = fir::prepared(taps);
        for (std::size_t at = 0; at < fir::history + fir::block; ++at) {
            std::vector<double> x(fir::history + fir::block), y(fir::block);
            x[at] = 1e300;
            fir::process(prepared, x.data() + fir::history, y.data());
            for (std::size_t n = 0; n < y.size(); ++n) {
                const std::size_t now = fir::history + n;
                const bool is_reached = at <= now && now - at < length;
                if (is_reached) REQUIRE(y[n] == Approx(0.3e300));
                else REQUIRE(y[n] == 0.0);
            }
        }
    }
}

/// A block of noise as compiled and for AVX2: how many numbers differ.
template <int length, int rows>
int numbers_that_differ()
{
    int differ = 0;
    if constexpr (math::may_have_avx2)
        if (math::has_avx2()) {
            using fir = detail::fast_fir<double, length, rows>;
            const auto h = measure::noise<double>(length, 3), x = measure::noise<double>(fir::history + fir::block, 5);
            detail::taps<double, length> taps{};
            for (std::size_t i = 0; i < h.size(); ++i) taps.of[i] = h[i];
            const auto prepared = fir::prepared(taps);
            double one[fir::block]{}, other[fir::block]{};
            math::run_as_compiled<typename fir::template loop<math::widest_register, false>>(&prepared, x.data() + fir::history, &one[0]);
            math::run_for_avx2<typename fir::template loop<32, true>>(&prepared, x.data() + fir::history, &other[0]);
            for (int n = 0; n < fir::block; ++n) differ += !(one[n] == other[n]);
        }
    return differ;
}

}   // namespace

TEST_CASE("a fast FIR computes the same numbers, bit for bit, in the registers that a processor has")
{
    CHECK(numbers_that_differ<90, 4>() == 0);
    CHECK(numbers_that_differ<90, 8>() == 0);
    CHECK(numbers_that_differ<90, 16>() == 0);
    CHECK(numbers_that_differ<18, 4>() == 0);
}

TEST_CASE("a fast FIR is the sum of its taps times the samples")
{
    check_against_sum<90, 4>();
    check_against_sum<90, 8>();
    check_against_sum<90, 16>();
    check_against_sum<18, 4>();
    check_against_sum<17, 8>();
    check_against_sum<31, 16>();
    check_against_sum<1, 4>();
}

TEST_CASE("a fast FIR reaches as far as its taps")
{
    check_reach<90, 4>();
    check_reach<90, 8>();
    check_reach<90, 16>();
    check_reach<18, 4>();
}
