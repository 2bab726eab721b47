// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/partial_fractions.hpp>

#include <cstddef>
#include <vector>

/// What a filter makes of an input, its modes one by one in long double.
inline std::vector<long double> exactly_played(const phono::digital_filter& filter, const std::vector<double>& in)
{
    using real = long double;
    const phono::parallel_form form = phono::partial_fractions(filter);
    const auto place = [](int i) { return static_cast<std::size_t>(i); };
    std::vector<real> s(place(form.real_count)), a(place(form.section_count)), b(a), out;
    for (const real x : in) {
        real y = static_cast<real>(form.direct) * x, before = 0.0L;
        for (int i = 0; i < form.real_count; ++i) {
            y += static_cast<real>(form.real[i].gain) * s[place(i)];
            s[place(i)] = static_cast<real>(form.real[i].pole) * s[place(i)] + x;
        }
        for (int i = 0; i < form.section_count; ++i) {
            const auto& c = form.sections[i];
            const real of_a = a[place(i)], of_b = b[place(i)], alpha = c.alpha;
            y += static_cast<real>(c.a_gain) * of_a + static_cast<real>(c.b_gain) * of_b;
            a[place(i)] = alpha * of_a - static_cast<real>(c.gamma) * of_b + (c.chained ? before : x);
            b[place(i)] = alpha * of_b + of_a;
            before = of_b;
        }
        out.push_back(y);
    }
    return out;
}
