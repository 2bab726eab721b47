// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/parallel_form.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Poles that belong to one chain: those too close together for their distance from the unit circle.
struct pole_cluster {
    math::complex pole[parallel_form::capacity]{};   ///< pairs first, both members side by side; then real ones
    int count = 0;
    int pairs = 0;

    constexpr void add(math::complex p) noexcept
    {
        if (p.im == 0.0) {
            pole[count++] = p;
            return;
        }
        for (int i = count - 1; i >= 2 * pairs; --i) pole[i + 2] = pole[i];   // real ones make room
        const int first = 2 * pairs;
        pole[first] = p;
        pole[first + 1] = math::conj(p);
        ++pairs;
        count += 2;
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
