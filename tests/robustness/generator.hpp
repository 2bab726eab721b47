// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>

/// Random numbers for the searches of this folder: the same on every platform, and from any seed, so that a case that a search found can
/// be made again from its number.
///
/// Source: S. Vigna's splitmix64, in G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
namespace robustness {

class generator {
public:
    explicit generator(std::uint64_t seed) noexcept : state_(seed) {}

    std::uint64_t bits() noexcept
    {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// From 0 up to but not including 1.
    double uniform() noexcept { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    double between(double low, double high) noexcept { return low + (high - low) * uniform(); }
    /// Each octave as likely as another.
    double log_between(double low, double high) noexcept { return low * std::pow(high / low, uniform()); }
    /// From 0 up to but not including n.
    std::size_t below(std::size_t n) noexcept { return static_cast<std::size_t>(bits() % n); }
    bool one_in(std::size_t n) noexcept { return below(n) == 0; }
    const auto& pick(const auto& list) noexcept { return list[below(std::size(list))]; }

private:
    std::uint64_t state_;
};

}   // namespace robustness
