// SPDX-License-Identifier: BSL-1.0
#pragma once

#if __has_include(<features.h>)
#include <features.h>   // says whether this is glibc
#endif

/// Stands before a function whose loops are worth vectors of 256 bits: g++ compiles it for AVX2 as well, and the program takes, when it
/// starts, what its processor has. Both give the same bits, since AVX2 alone has no fused multiply-add. Elsewhere it is an ordinary
/// function: clang 14 gives such functions other names, other C libraries cannot choose, and the sanitizers run too late for the choice.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define PHONO_VECTORISED [[gnu::target_clones("avx2", "default")]]
#else
#define PHONO_VECTORISED
#endif
