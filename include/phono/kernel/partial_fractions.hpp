// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/kernel/cancellation.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/partial_fraction_expansion.hpp>
#include <phono/kernel/sample_range.hpp>

namespace phono::inline v0_2 {

namespace detail {

/// How close poles may stand, for their distance from the unit circle, before they share a chain; and how close at most, where a chain of
/// those would not lessen the noise: a guard pole near a cartridge's pair hardly sounds.
inline constexpr double usual_closeness = 0.25, least_closeness = 0.05;

/// Expands into an empty form with chains only where they are needed, where those of usual_closeness lessen what a form magnifies rounding
/// by, and returns by how much that is.
[[nodiscard]] constexpr cancellation expand_as_usual(const digital_filter& filter, parallel_form& into) noexcept
{
    constexpr double same = 1.1;
    partial_fraction_expansion{filter, usual_closeness, into};
    const cancellation with{into};
    bool has_chain = false;
    for (int i = 0; i < into.section_count; ++i) has_chain = has_chain || into.sections[i].chained || into.sections[i].gamma <= 0.0;
    if (!has_chain) return with;
    parallel_form apart;
    partial_fraction_expansion{filter, least_closeness, apart};
    const cancellation without{apart};
    const bool is_harmless = without.of_peak <= same * with.of_peak && without.of_each <= same * with.of_each;
    if (!is_harmless) return with;
    into = apart;
    return without;
}

}   // namespace detail

/// The parallel form of a filter, for samples of type T.
///
/// Poles that are close share a chain where that lessens the noise.
/// Where modes would cancel beyond what samples can hold, as those of many poles in a row do although no two are close, they share longer
/// chains, down to a single one for the whole filter; but none whose states would be beyond the samples' range.
/// Real modes beyond `most_reals`, the fastest, become sections.
template <class T = double>
[[nodiscard]] constexpr parallel_form partial_fractions(const digital_filter& filter, int most_reals = parallel_form::capacity) noexcept
{
    parallel_form best;
    double least = detail::expand_as_usual(filter, best).template harm<T>();
    if (least > 1.0)
        for (const double closeness : {0.5, 0.8, 2.0, 1e9}) {
            parallel_form next;
            detail::partial_fraction_expansion{filter, closeness, next};
            const double harm = detail::cancellation{next}.template harm<T>();
            if (harm < least && !range_fault<T>(next)) best = next, least = harm;
            if (least <= 1.0) break;
        }
    while (best.real_count > most_reals) {
        const parallel_form::real_mode& last = best.real[--best.real_count];
        best.sections[best.section_count++] = {last.pole, 0.0, last.gain, 0.0, false};
    }
    return best;
}

}   // namespace phono::inline v0_2
