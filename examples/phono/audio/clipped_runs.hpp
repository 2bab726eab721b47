// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace command {

/// Counts where a channel was clipped: three or more samples at full scale in a row, of one sign; one may be a peak that just fits.
class clipped_runs {
public:
    /// `full_scale` is the largest magnitude that both signs of the file's samples have: 1.0 - 2^-15 of 16 bits, 1.0 of floating point.
    explicit clipped_runs(double full_scale) : full_scale_{full_scale} {}

    /// The next samples of the channel, and the largest magnitude among them; how they are divided over calls does not matter.
    void operator()(std::span<const double> samples, double largest) noexcept
    {
        if (largest < full_scale_) run_ = samples.empty() ? run_ : 0;   // nearly always
        else
            for (const double sample : samples) (*this)(sample);
    }

    [[nodiscard]] std::int64_t count() const noexcept { return runs_; }
    [[nodiscard]] std::int64_t longest() const noexcept { return longest_; }   ///< in samples

private:
    void operator()(double sample) noexcept
    {
        constexpr std::int64_t shortest = 3;
        if (std::abs(sample) < full_scale_ ||
            std::abs(sample) > 1.0) {   // nearly all; what exceeds 1.0, as floating point may, was not cut
            run_ = 0;
            return;
        }
        const int sign = sample > 0.0 ? 1 : -1;
        run_ = run_ * sign > 0 ? run_ + sign : sign;
        const auto length = std::abs(run_);
        if (length == shortest) ++runs_;
        if (length >= shortest) longest_ = std::max(longest_, length);
    }

    double full_scale_;
    std::int64_t runs_ = 0;
    std::int64_t longest_ = 0;
    std::int64_t run_ = 0;   ///< samples so far; negative at negative full scale
};

}   // namespace command
