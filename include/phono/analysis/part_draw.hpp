// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/tolerances.hpp>
#include <phono/math/threefry.hpp>

#include <cstdint>

namespace phono::inline v0_2::detail {

/// The random numbers of one part in one build. Their place (seed, build, part) is their counter, so that they are the same on every
/// machine, in any order, and whatever the number of threads. Only integers and exact products are computed: no bit depends on a library.
class part_numbers {
public:
    /// Range: part from 0 to 4095, build 0 or above.
    constexpr part_numbers(std::uint64_t seed, int build, int part) noexcept
        : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
          counter_(static_cast<std::uint64_t>(static_cast<std::uint32_t>(build)) << 32 | static_cast<std::uint64_t>(part) << 20)
    {
    }

    /// The next, from 0 up to but not including 1: a multiple of 2^-53.
    [[nodiscard]] constexpr double next() noexcept
    {
        const auto words = math::threefry(counter_++, key_);
        return static_cast<double>((static_cast<std::uint64_t>(words[0]) << 32 | words[1]) >> 11) * 0x1p-53;
    }

private:
    std::array<std::uint32_t, 2> key_;
    std::uint64_t counter_;
};

/// True with the probability exp(-x), 0 <= x <= 1. Of numbers that are drawn while each is below the one before, the first below x, the
/// count is even with this probability.
/// Source: J. von Neumann, Various techniques used in connection with random digits, NBS Applied Mathematics Series 12 (1951).
[[nodiscard]] constexpr bool happens_by_exp(double x, part_numbers& numbers) noexcept
{
    bool is_even = true;
    for (double last = x;; is_even = !is_even) {
        const double next = numbers.next();
        if (next >= last) return is_even;
        last = next;
    }
}

/// A normal number between -1 and 1, which are three standard deviations: of uniform ones those are kept that exp(-z^2/2) lets pass.
[[nodiscard]] constexpr double truncated_normal(part_numbers& numbers) noexcept
{
    for (;;) {
        const double x = 2.0 * numbers.next() - 1.0;
        double rest = 4.5 * x * x;
        bool is_kept = true;
        for (; is_kept && rest > 0.0; rest -= 1.0) is_kept = happens_by_exp(rest < 1.0 ? rest : 1.0, numbers);
        if (is_kept) return x;
    }
}

/// What the value of a part is multiplied by in a build.
[[nodiscard]] constexpr double part_factor(part_spread spread, percent tolerance, std::uint64_t seed, int build, int part) noexcept
{
    part_numbers numbers{seed, build, part};
    switch (spread) {
        case part_spread::normal: return 1.0 + tolerance.ratio() * truncated_normal(numbers);
        case part_spread::corners: return numbers.next() < 0.5 ? 1.0 - tolerance.ratio() : 1.0 + tolerance.ratio();
        case part_spread::uniform: break;
    }
    return 1.0 + tolerance.ratio() * (2.0 * numbers.next() - 1.0);
}

}   // namespace phono::inline v0_2::detail
