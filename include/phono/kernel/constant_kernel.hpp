// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/design.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/sample_range.hpp>

namespace phono::inline v0_2 {

namespace detail {

/// The sections of a form if none is in a chain, else 0: as many as run unrolled.
[[nodiscard]] constexpr int pairs_alone(const parallel_form& form) noexcept
{
    bool has_chain = false;
    for (const parallel_form::section& s : form.sections) has_chain = has_chain || s.chained;
    return has_chain ? 0 : form.section_count;
}

/// The kernel of just the modes of a filter.
template <const digital_filter& filter, class T>
struct smallest_kernel {
    static constexpr parallel_form form = partial_fractions<T>(filter);
    using type = modal_kernel<T, form.real_count, form.section_count, pairs_alone(form), true>;
};

}   // namespace detail

/// The running filter of a constant one: its size and coefficients are evaluated at compile time, and it needs no prepare().
///
///     inline constexpr auto filter = design(magnetic, 96_kHz);   // at namespace scope; static within a function or a class
///     constant_kernel<filter> left, right;
///
/// T, float or double, is the type in which the sample loop stores and computes. A filter with gains or states beyond its range does not
/// compile.
template <const digital_filter& filter, class T = double>
class constant_kernel : public detail::smallest_kernel<filter, T>::type {
    static constexpr const parallel_form& form = detail::smallest_kernel<filter, T>::form;
    static_assert(!range_fault<T>(form),
                  "phono: this filter's gains or states are beyond the range of its samples: range_fault says by how "
                  "much; in place of constant_kernel<filter, float> write constant_kernel<filter>");

public:
    constexpr constant_kernel() noexcept : detail::smallest_kernel<filter, T>::type{form} {}
};

/// The filter of a constant schematic at a constant rate.
template <auto schematic, frequency rate>
inline constexpr digital_filter constant_filter = design(schematic, rate);

}   // namespace phono::inline v0_2
