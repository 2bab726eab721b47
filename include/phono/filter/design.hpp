// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/filter/matched_z.hpp>
#include <phono/filter/phase_corrector.hpp>

#include <type_traits>

namespace phono {

/// What is kept of the phase: that of a minimum-phase filter, which is early by less than a sample and then some degrees off near
/// 20 kHz, or the analogue circuit's own but for a constant delay of one or two samples.
enum class phase { minimum, corrected };

namespace detail {

/// The filter of an analogue model without faults. A curve that is undone gives the reciprocal of its own filter.
template <int factors>
[[nodiscard]] constexpr digital_filter design_model(const analogue_model<factors>& model, frequency rate) noexcept
{
    digital_filter filter = matched_z(model.forward, rate);
    for (int i = 0; i < model.undone_count; ++i) filter *= matched_z(model.undone[i], rate).reciprocal();
    return filter;
}

/// A filter that gives silence, and says why.
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

/// The digital filter of an analogue model, as analyse(schematic) gives it, at a sampling rate: design(schematic, rate, kind) for whoever
/// keeps the model. Silent where the model or the rate has a fault.
template <int factors>
digital_filter design(const analogue_model<factors>& model, frequency rate, phase kind) noexcept
{
    const fault wrong = model.problem ? model.problem : detail::rate_fault(rate);
    return wrong ? detail::silence(rate, wrong) : detail::design_model(model, rate, kind);
}

/// The digital filter of a schematic at a sampling rate; in a constant expression too.
/// Errors: a constant schematic that check() finds fault with does not compile; a run-time one gives a filter that is silent, and
/// whose problem tells why.
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

/// The same with the phase corrected on request. Not for constant expressions.
template <class... Block>
digital_filter design(const chain<Block...>& schematic, frequency rate, phase kind) noexcept
{
    return design(analyse(schematic), rate, kind);
}

}   // namespace phono
