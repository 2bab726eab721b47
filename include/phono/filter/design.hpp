// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/filter/matched_z.hpp>
#include <phono/filter/phase_corrector.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

/// The phase of a design: minimum phase, which is early by less than a sample and beyond that some degrees off near 20 kHz, or that of the
/// analogue circuit apart from a constant delay of one or two samples.
enum class phase { minimum, corrected };

namespace detail {

/// The filter of an analogue model without faults. A curve that is undone contributes the reciprocal of its own filter.
template <int factors>
[[nodiscard]] constexpr digital_filter design_model(const analogue_model<factors>& model, frequency rate) noexcept
{
    digital_filter filter = matched_z(model.forward, rate);
    for (int i = 0; i < model.undone_count; ++i) filter *= matched_z(model.undone[i], rate).reciprocal();
    return filter;
}

/// A filter that outputs silence, with the reason.
[[nodiscard]] constexpr digital_filter silence(frequency rate, const fault& why) noexcept
{
    digital_filter filter;
    filter.fail(why);
    filter.rate = rate;
    return filter;
}

template <int factors>
digital_filter design_model(const analogue_model<factors>& model, frequency rate, phase kind) noexcept
{
    const digital_filter filter = design_model(model, rate);
    return kind == phase::corrected ? phase_corrected(filter, model.total()) : filter;
}

}   // namespace detail

/// The digital filter, at a sampling rate, of an analogue model that analyse(schematic) returned: design(schematic, rate, kind) for a
/// caller that keeps the model. Silent if the model or the rate has a fault.
template <int factors>
digital_filter design(const analogue_model<factors>& model, frequency rate, phase kind) noexcept
{
    const fault wrong = model.problem ? model.problem : detail::rate_fault(rate);
    return wrong ? detail::silence(rate, wrong) : detail::design_model(model, rate, kind);
}

/// The digital filter of a schematic at a sampling rate; it can be evaluated at compile time.
/// Errors: at compile time a schematic or a rate with a fault does not compile; at run time the filter is silent, and its problem says why.
template <class... Block>
[[nodiscard]] constexpr digital_filter design(const chain<Block...>& schematic, frequency rate) noexcept
{
    const auto model = analyse(schematic);
    const fault wrong = model.problem ? model.problem : detail::rate_fault(rate);
    const digital_filter filter = wrong ? detail::silence(rate, wrong) : detail::design_model(model, rate);
    if (std::is_constant_evaluated() && filter.problem)
        detail::phono_a_constant_schematic_or_its_sampling_rate_is_not_sound_and_check_says_why();
    return filter;
}

/// The same, with the phase corrected on request. Not for constant expressions.
template <class... Block>
digital_filter design(const chain<Block...>& schematic, frequency rate, phase kind) noexcept
{
    return design(analyse(schematic), rate, kind);
}

}   // namespace phono::inline v0_2
