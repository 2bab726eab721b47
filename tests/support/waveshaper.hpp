// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>

/// y = x + square x^2 + cube x^3 at the sampling rate: what its distortion is and what aliases, is known in closed form.
class waveshaper {
public:
    double square = 0.0, cube = 0.0;

    void prepare(phono::frequency) noexcept {}
    void prepare(const phono::process_specification auto&) noexcept {}
    void reset() noexcept {}
    double operator()(double x) noexcept { return x + square * x * x + cube * x * x * x; }
    void process(std::span<double> block) noexcept
    {
        for (double& x : block) x = (*this)(x);
    }
    void process(std::span<const double> in, std::span<double> out) noexcept
    {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = (*this)(in[i]);
    }
    [[nodiscard]] std::complex<double> response(phono::frequency) const noexcept { return 1.0; }
    [[nodiscard]] double latency() const noexcept { return 0.0; }
    [[nodiscard]] long unsolved() const noexcept { return 0; }
    [[nodiscard]] phono::fault problem() const noexcept { return {}; }
};
