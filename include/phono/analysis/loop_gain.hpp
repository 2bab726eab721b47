// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>

#include <complex>
#include <optional>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// A circuit with its loop opened: its parts, and its equations at the operating point of the closed loop.
template <netlist_size size>
struct opened_loop {
    flat_netlist<size> parts;
    nodal_equations<size> equations{};
    fault problem{};
};

/// The circuit with its own source at zero, driven instead by the output source of one amplifier and read at that amplifier's input.
template <class... Block>
[[nodiscard]] constexpr auto opened_at(const chain<Block...>& schematic, int amplifier) noexcept
{
    const circuit closed{schematic};
    const auto flat = placed<netlist_size{.nodes = 1, .parts = 1, .branches = 1}>(schematic.blocks);
    opened_loop<decltype(flat)::capacity> loop{.parts = flat, .problem = closed.problem()};
    if (loop.problem) return loop;
    int seen = 0;
    for (int i = 0; i < flat.part_count; ++i) {
        part& p = loop.parts.parts[i];
        if (p.kind == part_kind::voltage_source) p.value = 0.0;
        if (!p.opens_loop || seen++ != amplifier) continue;
        loop.parts.output = loop.parts.node();
        p.kind = part_kind::voltage_source;
        loop.parts.amplifier(loop.parts.output, ground, p.minus, p.plus, 1.0, "probe");
    }
    if (amplifier < 0 || seen <= amplifier)
        loop.problem = {"loop_gain", static_cast<double>(amplifier), "asks for an op_amp that the schematic does not have", -1};
    else loop.equations = nodal_equations{loop.parts, closed.triodes()};
    return loop;
}

}   // namespace detail

/// The loop gain around an op_amp of a schematic, by default the first, as poles and zeros: the share of the amplifier's output that
/// returns to its input, times its gain, positive where the feedback is negative. Closing the loop divides errors by 1 + loop gain.
///
/// The loop is opened inside the amplifier (Bode's return ratio), so that all parts load each other as they do in the closed loop.
/// Errors: gain 0 where the schematic has no such amplifier (they are counted from 0) or a fault of its own (see check()).
template <class... Block>
[[nodiscard]] constexpr math::rational loop_gain(const chain<Block...>& schematic, int amplifier = 0) noexcept
{
    const auto opened = detail::opened_at(schematic, amplifier);
    fault problem = opened.problem;
    math::rational none;
    none.gain = 0.0;
    if (problem) return none;
    math::rational found;
    detail::find_transfer(opened.parts, opened.equations, found, problem);
    return problem ? none : found;
}

/// The loop gain at one frequency, by one solution of the nodal equations.
template <class... Block>
[[nodiscard]] constexpr std::complex<double> loop_gain(const chain<Block...>& schematic, frequency f, int amplifier = 0) noexcept
{
    const auto opened = detail::opened_at(schematic, amplifier);
    if (opened.problem) return {};
    return detail::standard(output_voltage(opened.equations, detail::on_axis(f)));
}

namespace detail {

/// The unwrapped phase in radians at s = jw, followed from 0 rad/s, so that a lag of more than 180 degrees is reported as such.
[[nodiscard]] constexpr double followed_phase(const math::rational& h, double w) noexcept
{
    bool inverts = h.gain < 0.0;
    // The phase that one root, or pair, contributes as a zero: the angle of 1 - s/root, or of s.
    const auto turn = [w, &inverts](math::complex root) {
        if (root == math::complex{}) return 0.5 * math::pi;
        const double size = math::abs(root.re) * w;
        if (root.im == 0.0) {
            inverts = inverts != (root.re > 0.0);
            return root.re > 0.0 ? math::arg({root.re, -w}) : math::arg({-root.re, w});
        }
        return math::arg({math::norm(root) - w * w, root.re > 0.0 ? -2.0 * size : 2.0 * size});
    };
    double phase = 0.0;
    for (const math::complex z : h.zeros) phase += turn(z);
    for (const math::complex p : h.poles) phase -= turn(p);
    return inverts ? phase - math::pi : phase;
}

}   // namespace detail

/// How far a loop is from oscillation, and where.
struct phase_margin_at {
    double degrees = 180.0;         ///< below 0: the loop oscillates
    phono::frequency crossover{};   ///< where the magnitude of the loop gain is one
};

/// The least phase margin of the loop around an op_amp: 180 degrees less the lag (or lead) of the loop gain where its magnitude is one.
/// Empty if it never crosses one between 1 mHz and 100 GHz, or where loop_gain() has an error.
template <class... Block>
[[nodiscard]] constexpr std::optional<phase_margin_at> phase_margin(const chain<Block...>& schematic, int amplifier = 0) noexcept
{
    const math::rational loop = loop_gain(schematic, amplifier);
    const auto at = [&](double log_hertz) { return loop(detail::on_axis(frequency{math::exp(log_hertz)})); };
    constexpr double first = -6.907755278982137, last = 25.328436022934504;   // ln 1e-3, ln 1e11
    constexpr int steps = 448;                                                // 32 to the decade
    std::optional<phase_margin_at> least;
    bool above = math::norm(at(first)) > 1.0;
    for (int i = 1; i <= steps; ++i) {
        double low = first + (last - first) * (i - 1) / steps, high = first + (last - first) * i / steps;
        const bool now = math::norm(at(high)) > 1.0;
        if (now == above) continue;
        for (int k = 0; k < 40; ++k) {
            const double middle = 0.5 * (low + high);
            ((math::norm(at(middle)) > 1.0) == above ? low : high) = middle;
        }
        above = now;
        const frequency crossover{math::exp(low)};
        const double margin = 180.0 - math::abs(detail::followed_phase(loop, angular(crossover).si)) * (180.0 / math::pi);
        if (!least || margin < least->degrees) least = phase_margin_at{margin, crossover};
    }
    return least;
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
