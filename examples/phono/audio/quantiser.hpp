// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace command {

/// Finite doubles of a channel, with full scale at 1.0, to integers of 16, 24 or 32 bits, in the upper bits of 32: to the nearest, of two as near to the
/// even one, saturated at the ends, saturated samples counted.
///
/// Dither is triangular, 2 LSB peak to peak - the least that frees mean and power of the error from the signal
/// (Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither", JAES 40, 1992): `triangular_dither`, which is the same every time, so that
/// the same input gives the same file.
class quantiser {
public:
    /// `bits` is 16, 24 or 32; anything else only where no samples follow. Channels with other numbers have another dither.
    quantiser(int bits, bool dither, std::uint32_t channel = 0) noexcept : bits_{bits}, dither_{dither}, channel_{channel} {}

    /// The next samples; `out` has room for as many. How they are divided over calls does not matter.
    /// Whoever knows the largest magnitude among them saves the search for saturated ones.
    void operator()(std::span<const double> in, std::span<std::int32_t> out,
                    double largest = std::numeric_limits<double>::infinity()) noexcept;

    /// Samples saturated so far.
    [[nodiscard]] std::int64_t clipped() const noexcept { return clipped_; }

private:
    template <bool may_saturate>
    void quantise(std::span<const double> in, std::span<std::int32_t> out) noexcept;

    int bits_;
    bool dither_;
    std::uint32_t channel_;
    std::uint64_t position_ = 0;   ///< samples so far
    std::int64_t clipped_ = 0;
};

}   // namespace command
