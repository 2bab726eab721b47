// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>

namespace phono::inline v0_2::math {

/// Runs `Loop::run<widest>(arguments...)`, where registers hold so many doubles, compiled as all else is. Here and below `run` is to be
/// inlined always, with all that it calls in loops.
template <class Loop, int widest = widest_vector, class... Argument>
[[gnu::noinline]] void run_as_compiled(Argument... arguments) noexcept
{
    Loop::template run<widest>(arguments...);
}

#if defined(__x86_64__) && !defined(__AVX__) && defined(__OPTIMIZE__)

/// A program that is compiled for any x86-64 does not know whether it will run on a processor with AVX2. It asks when it does. Compiled
/// without optimisation it does not, as it is slow in any case and is to be compiled quickly.
inline constexpr bool may_have_avx2 = true;

/// Whether this processor, with its operating system, has it: a look at what the compiler's start-up code found out.
[[nodiscard]] inline bool has_avx2() noexcept { return static_cast<bool>(__builtin_cpu_supports("avx2")); }

/// The same run once more compiled, for AVX2. Without fused multiply-adds, so that every processor computes the same numbers, bit for bit.
template <class Loop, class... Argument>
[[gnu::noinline, gnu::target("avx2")]] void run_for_avx2(Argument... arguments) noexcept
{
    Loop::template run<4>(arguments...);
}

#else

inline constexpr bool may_have_avx2 = false;
[[nodiscard]] inline bool has_avx2() noexcept { return false; }
template <class Loop, class... Argument>
void run_for_avx2(Argument...) noexcept = delete;

#endif

}   // namespace phono::inline v0_2::math
