// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>

namespace phono {

/// The running filter of a constant one: its size and coefficients are the compiler's work, and it needs no prepare.
///
/// constexpr auto filter = design(magnetic, 96_kHz);   // at namespace scope or static
/// auto left = running<filter>();
template <const digital_filter& filter, class T = double>
constexpr auto running() noexcept
{
    constexpr parallel_form form = partial_fractions(filter);
    return modal_kernel<T, form.real_count, form.section_count>{form};
}

}   // namespace phono
