// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/design.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/sample_range.hpp>

namespace phono::inline v0_2 {

/// The running filter of a constant one: its size and coefficients are evaluated at compile time, and it needs no prepare().
///
///     inline constexpr auto filter = design(magnetic, 96_kHz);   // at namespace scope; static within a function or a class
///     constant_kernel<filter> left, right;
///
/// T, float or double, is the type in which the sample loop stores and computes. A filter with gains or states beyond its range does not
/// compile.
template <const digital_filter& filter, class T = double>
class constant_kernel : public modal_kernel<T, partial_fractions<T>(filter).real_count, partial_fractions<T>(filter).section_count> {
    static constexpr parallel_form form = partial_fractions<T>(filter);
    static_assert(!range_fault<T>(form),
                  "phono: this filter's gains or states are beyond the range of its samples: range_fault says by how "
                  "much; in place of constant_kernel<filter, float> write constant_kernel<filter>");

public:
    constexpr constant_kernel() noexcept : modal_kernel<T, form.real_count, form.section_count>{form} {}
};

/// The filter of a constant schematic at a constant rate.
template <auto schematic, frequency rate>
inline constexpr digital_filter constant_filter = design(schematic, rate);

}   // namespace phono::inline v0_2
