// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace command {

/// Finite doubles with full scale at 1.0 to integers of 16, 24 or 32 bits, in the upper bits of 32: to the nearest, saturated at
/// the ends, saturated samples counted.
///
/// Dither is triangular, 2 LSB peak to peak - the least that frees mean and power of the error from the signal
/// (Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither", JAES 40, 1992). Its generator is seeded the same every
/// time, so that the same input gives the same file.
class quantiser {
public:
    /// `bits` is 16, 24 or 32; anything else only where no samples follow.
    quantiser(int bits, bool dither) noexcept : bits_{bits}, dither_{dither} {}

    /// The next samples; `out` has room for as many.
    void operator()(std::span<const double> in, std::span<std::int32_t> out);

    /// Samples saturated so far.
    [[nodiscard]] std::int64_t clipped() const noexcept { return clipped_; }

private:
    double triangular();

    int bits_;
    bool dither_;
    std::int64_t clipped_ = 0;
    std::mt19937_64 generator_{};   // the standard fixes its seed and its numbers
};

}   // namespace command
