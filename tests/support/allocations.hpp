// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/sanitized.hpp"

#include <cstdlib>
#include <new>

/// Counts the allocations of a test. It replaces the program's operator new and malloc: for one source file of a program only.

namespace {

long allocations = 0;   ///< by operator new and, where it can be counted, by malloc

}   // namespace

// Not inline: g++ would compare one half of a pair with the other and warn.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++allocations;
    if (void* place = std::malloc(size > 0 ? size : 1)) return place;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    ++allocations;
    return std::malloc(size > 0 ? size : 1);
}
[[gnu::noinline]] void operator delete(void* place) noexcept { std::free(place); }
[[gnu::noinline]] void operator delete(void* place, std::size_t) noexcept { std::free(place); }

#if defined(__GLIBC__) && !defined(PHONO_SANITIZED)
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* malloc(std::size_t size) noexcept
{
    ++allocations;
    return __libc_malloc(size);
}
#endif
