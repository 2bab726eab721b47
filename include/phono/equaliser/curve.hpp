// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

#include <concepts>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// One entry of a list of time constants. A conversion stands between it and the list, so that a duration without braces is no list: else
/// curve{3180_us, 318_us, 75_us} would be three lists of one, and the last a high-pass. Compilers name this type where they refuse that.
struct duration_in_braces {
    duration value;

    constexpr duration_in_braces() noexcept : value(0.0) {}
    template <std::convertible_to<duration> Time>
    constexpr duration_in_braces(const Time& time) noexcept : value(time)
    {
    }
};

}   // namespace detail

/// Up to four time constants, in braces; 0 where one is absent.
struct time_constants {
    duration constant[4];

    constexpr time_constants(detail::duration_in_braces a = {}, detail::duration_in_braces b = {}, detail::duration_in_braces c = {},
                             detail::duration_in_braces d = {}) noexcept
        : constant{a.value, b.value, c.value, d.value}
    {
    }
    [[nodiscard]] constexpr duration* begin() noexcept { return constant; }
    [[nodiscard]] constexpr duration* end() noexcept { return constant + 4; }
    [[nodiscard]] constexpr const duration* begin() const noexcept { return constant; }
    [[nodiscard]] constexpr const duration* end() const noexcept { return constant + 4; }
    friend constexpr bool operator==(const time_constants&, const time_constants&) noexcept = default;
};

/// A disc's replay curve, given by its time constants, as an ideal, buffered block.
///
/// Formula: H(s) = level * prod(1 + s lead) / prod(1 + s lag) * prod(s high_pass / (1 + s high_pass)).
/// RIAA is {.lags = {3180_us, 75_us}, .leads = {318_us}}. A time constant of 0 is absent.
/// Units: a level of 0 dB means unity gain below the bass shelf, as in a passive network: RIAA then has -19.91 dB at 1 kHz. For 0 dB at
/// 1 kHz write normalised(riaa).
/// Range: lags and high-passes 0 or above. A negative lead is a zero in the right half-plane: such a curve can be used, but has
/// no stable inverse.
struct curve {
    static constexpr signal_role role = signal_role::equaliser;

    time_constants lags{};
    time_constants leads{};
    time_constants high_passes{};
    gain level{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        check_constants(circuit);
        return circuit.ideal(in, transfer());
    }

    /// The curve as poles, zeros and gain.
    [[nodiscard]] constexpr math::rational transfer() const noexcept
    {
        math::rational h;
        h.gain = level.ratio();
        for (const duration t : lags)
            if (t.si != 0.0) h.poles.add({-1.0 / t.si}), h.gain /= t.si;
        for (const duration t : leads)
            if (t.si != 0.0) h.zeros.add({-1.0 / t.si}), h.gain *= t.si;
        for (const duration t : high_passes)
            if (t.si != 0.0) h.poles.add({-1.0 / t.si}), h.zeros.add({});
        return h;
    }

    /// Reports a time constant or level that is out of range.
    constexpr void check_constants(auto& circuit) const noexcept
    {
        for (const duration t : lags) circuit.check_value(t.si, value_rule::not_negative, "curve.lags", "s");
        for (const duration t : leads) circuit.check_value(t.si, value_rule::finite, "curve.leads", "s");
        for (const duration t : high_passes) circuit.check_value(t.si, value_rule::not_negative, "curve.high_passes", "s");
        circuit.check_value(level.decibels, value_rule::finite, "curve.level", "dB");
    }

    friend constexpr bool operator==(const curve&, const curve&) noexcept = default;
};

/// A curve from the time constants of its bass shelf, turnover and treble, in the order in which they are usually quoted:
/// disc_curve(3180_us, 318_us, 75_us) is RIAA. 0 omits one.
[[nodiscard]] constexpr curve disc_curve(duration shelf, duration turnover, duration treble) noexcept
{
    return {.lags = {shelf, treble}, .leads = {turnover}};
}

/// The curve with all its time constants multiplied by `factor`, for a disc that was transferred at another speed: a record meant
/// for 78 rpm and transferred at 33 1/3 needs 78/33.33.
[[nodiscard]] constexpr curve scaled(curve c, double factor) noexcept
{
    for (duration& t : c.lags) t = t * factor;
    for (duration& t : c.leads) t = t * factor;
    for (duration& t : c.high_passes) t = t * factor;
    return c;
}

/// The curve normalised to 0 dB at a frequency, by default 1 kHz.
[[nodiscard]] constexpr curve normalised(curve c, frequency reference = frequency{1000.0}) noexcept
{
    c.level = c.level - gain::from_ratio(math::abs(c.transfer()({0.0, angular(reference).si})));
    return c;
}

/// The curve without its high-passes, as used in recording. The IEC's 7950 us applies to replay only.
[[nodiscard]] constexpr curve recorded(curve c) noexcept
{
    c.high_passes = {};
    return c;
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
