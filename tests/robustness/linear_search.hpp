// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "robustness/linear_families.hpp"
#include "robustness/worst.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>

/// The random search of linear circuits: that poles and zeros agree with the nodal equations, and that what runs says how far it is off.
namespace robustness {

/// What a search found. A running filter tells its error if its accuracy is beyond 0.05 dB as well and no less than a quarter of it: where
/// modes cancel, rounding is off by another amount at each frequency.
struct linear_report {
    long tried = 0;
    std::map<std::string, long> faults;   ///< by their text
    long disagreements = 0;               ///< beyond 0.01 dB, without a fault
    long untold = 0;                      ///< errors beyond 0.05 dB of what runs in double, which accuracy() does not tell
    long untold_in_float = 0;
    long inaccurate = 0;   ///< told: beyond 0.05 dB in double
    long inaccurate_in_float = 0;
    long unstable = 0;
    long not_finite = 0;     ///< a response, or an output of the running filter
    long without_room = 0;   ///< more modes than a tunable_preamp of that type holds
    worst_figure disagreement_db, error_db, untold_db;

    /// Adds what another part of the search found.
    void add(const linear_report& other)
    {
        tried += other.tried;
        for (const auto& [text, count] : other.faults) faults[text] += count;
        disagreements += other.disagreements;
        untold += other.untold, untold_in_float += other.untold_in_float;
        inaccurate += other.inaccurate, inaccurate_in_float += other.inaccurate_in_float;
        unstable += other.unstable, not_finite += other.not_finite, without_room += other.without_room;
        disagreement_db.take(other.disagreement_db.value, other.disagreement_db.number);
        error_db.take(other.error_db.value, other.error_db.number);
        untold_db.take(other.untold_db.value, other.untold_db.number);
    }
    /// True if every case is told right or is a fault.
    [[nodiscard]] bool is_sound() const
    {
        return disagreements == 0 && untold == 0 && untold_in_float == 0 && unstable == 0 && not_finite == 0 && without_room == 0;
    }

    [[nodiscard]] long refused() const
    {
        long sum = 0;
        for (const auto& [text, count] : faults) sum += count;
        return sum;
    }
};

namespace detail {

/// The frequencies at which the responses are compared.
inline constexpr int points = 12;
[[nodiscard]] inline double hertz_of(int i, double top) { return 20.0 * std::pow(top / 20.0, i / (points - 1.0)); }

[[nodiscard]] inline double apart_db(math::complex a, math::complex b)
{
    const double from = math::abs(a), to = math::abs(b);
    return from == to ? 0.0 : std::fabs(20.0 * std::log10(from / to));
}

/// The worst difference of poles and zeros from the nodal equations, from 20 Hz to 20 kHz.
[[nodiscard]] double disagreement_of(const auto& held, const math::rational& h)
{
    double worst = 0.0;
    for (int i = 0; i < points; ++i) {
        const math::complex s{0.0, 2.0 * math::pi * hertz_of(i, 20e3)}, direct = direct_response(held, s);
        if (!(math::abs(direct) > 1e-290)) continue;   // beyond what a double holds
        const double off = apart_db(h(s), direct);
        raise(worst, off);
    }
    return worst;
}

/// True if no pole lies outside the unit circle by more than its rounding. A resonance that rings for a hundred years is rounded onto the
/// circle; no recording is long enough for it to grow there.
[[nodiscard]] inline bool is_stable(const digital_filter& filter)
{
    for (const math::complex p : filter.poles)
        if (!(math::norm(p) < 1.0 + 1e-15)) return false;
    return true;
}

/// Runs a filter on a step and its end, as large as input may be.
template <class T>
[[nodiscard]] bool stays_finite(const parallel_form& form)
{
    modal_kernel<T, parallel_form::capacity, parallel_form::capacity> kernel{form};
    const T large = sizeof(T) < sizeof(double) ? T(1e12) : T(1e30);
    bool is_finite = true;
    for (int n = 0; n < 64; ++n) is_finite = is_finite && std::isfinite(static_cast<double>(kernel(n < 32 ? large : -large)));
    return is_finite;
}

template <class T, int factors>
void judge(linear_report& all, std::uint64_t number, const digital_filter& filter, const analogue_model<factors>& model, int most_reals)
{
    const parallel_form form = partial_fractions<T>(filter, most_reals);
    if (const fault narrow = phono::range_fault<T>(form)) {
        ++all.faults[std::string{narrow.part} + ": " + narrow.rule];
        return;
    }
    const modal_kernel<T, parallel_form::capacity, parallel_form::capacity> kernel{form};
    const math::rational h = model.total();
    const auto running = [&](double angle) { return kernel.response(angle); };
    const double top = phono::detail::top_of_band(filter.rate);
    double worst = 0.0;
    for (int i = 0; i < points; ++i) {
        const double w = 2.0 * math::pi * hertz_of(i, top);
        const math::complex wanted = h({0.0, w}), actual = running(w / filter.rate.si);
        if (!math::is_finite(actual)) ++all.not_finite;
        if (!(math::abs(wanted) > 1e-290)) continue;
        const double off = apart_db(actual, wanted);
        raise(worst, off);
    }
    constexpr bool is_double = sizeof(T) == sizeof(double);
    if (is_double) all.error_db.take(worst, number);
    if (!stays_finite<T>(form)) ++all.not_finite;
    if (worst <= 0.05) return;
    ++(is_double ? all.inaccurate : all.inaccurate_in_float);
    const double told = phono::detail::error_of_model(running, model, filter.rate);
    if (told > 0.05 && told >= 0.25 * worst) return;
    ++(is_double ? all.untold : all.untold_in_float);
    all.untold_db.take(worst, number);
}

template <class Chain>
void judge(linear_report& all, std::uint64_t number, const Chain& schematic, frequency rate)
{
    ++all.tried;
    const circuit held{schematic};
    const auto model = analyse(held);
    if (model.problem) {
        ++all.faults[std::string{model.problem.part} + ": " + model.problem.rule];
        return;
    }
    const double off = disagreement_of(held, model.total());
    all.disagreement_db.take(off, number);
    all.disagreements += off <= 0.01 ? 0 : 1;
    const digital_filter filter = phono::detail::design_model(model, rate);
    if (filter.problem) {
        ++all.faults[std::string{filter.problem.part} + ": " + filter.problem.rule];
        return;
    }
    all.unstable += is_stable(filter) ? 0 : 1;
    constexpr auto size = phono::detail::bounds_of<Chain>.kernel(false);
    const parallel_form form = partial_fractions(filter, size.reals);
    if (form.real_count > size.reals || form.section_count > size.sections) ++all.without_room;
    judge<double>(all, number, filter, model, size.reals);
    judge<float>(all, number, filter, model, size.reals);
}

}   // namespace detail

/// Calls use(schematic, rate) with the schematic and the sampling rate of a case, which its number alone determines.
void with_case(std::uint64_t number, auto&& use)
{
    generator from{number * 0x9e3779b97f4a7c15u + 12345};
    constexpr double usual[]{44.1e3, 48e3, 88.2e3, 96e3, 176.4e3, 192e3};
    const frequency rate{from.one_in(2) ? from.log_between(8e3, 768e3) : from.pick(usual)};
    with_schematic(static_cast<int>(number % linear_families), from, [&](const auto& schematic) { use(schematic, rate); });
}

/// Tries cases from a number on.
[[nodiscard]] inline linear_report search_linear(std::uint64_t first_case, long cases)
{
    linear_report all;
    for (std::uint64_t number = first_case; number < first_case + static_cast<std::uint64_t>(cases); ++number)
        with_case(number, [&](const auto& schematic, frequency rate) { detail::judge(all, number, schematic, rate); });
    return all;
}

}   // namespace robustness
