// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::math {

/// A vector of fixed length, indexed by int.
template <class T, int N>
struct vector {
    T entry[N > 0 ? N : 1]{};   // NOLINT(bugprone-branch-clone): one entry where there is none

    constexpr T& operator[](int i) noexcept { return entry[i]; }
    constexpr const T& operator[](int i) const noexcept { return entry[i]; }
    [[nodiscard]] constexpr T* begin() noexcept { return entry; }
    [[nodiscard]] constexpr T* end() noexcept { return entry + N; }
    [[nodiscard]] constexpr const T* begin() const noexcept { return entry; }
    [[nodiscard]] constexpr const T* end() const noexcept { return entry + N; }
};

/// The entries of a square matrix of any size, by rows that lie `stride` entries apart. Algorithms work on these, so that one is compiled
/// once for each type of entries and not again for each size.
template <class T>
struct rows {
    T* entry;
    int stride;

    [[nodiscard]] constexpr T* operator[](int i) const noexcept { return entry + i * stride; }
    constexpr T& operator()(int i, int j) const noexcept { return entry[i * stride + j]; }
};

/// A small square matrix of fixed size, stored by rows.
template <class T, int N>
struct matrix {
    T entry[N > 0 ? N* N : 1]{};   // one array: a constant expression may not step from the end of one to the next

    constexpr T& operator()(int i, int j) noexcept { return entry[i * N + j]; }
    constexpr const T& operator()(int i, int j) const noexcept { return entry[i * N + j]; }
    /// The entries of a row, for the inner loop of an algorithm that is to be cheap in constant expressions.
    [[nodiscard]] constexpr T* operator[](int i) noexcept { return entry + i * N; }
    [[nodiscard]] constexpr const T* operator[](int i) const noexcept { return entry + i * N; }
    [[nodiscard]] constexpr rows<T> all() noexcept { return {entry, N}; }
    [[nodiscard]] constexpr rows<const T> all() const noexcept { return {entry, N}; }
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
