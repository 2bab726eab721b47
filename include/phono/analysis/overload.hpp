// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/band_scan.hpp>
#include <phono/analysis/equations_with_curves.hpp>
#include <phono/analysis/groove_signal.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// Under what conditions headroom is asked for.
///
/// Range: swing above zero; 0 < from < to, and from no less than 1e-300 of to; signal 0 or above.
struct overload_conditions {
    voltage swing{13.0};   ///< the peak at which the output of every amplifier clips
    frequency from{20.0}, to{20e3};
    voltage signal{0.0};   ///< the EMF, RMS, at 1 kHz and 5 cm/s; 0: the source's own
};

/// The headroom of one amplifier: where in the band it clips at the lowest level.
struct amplifier_margin {
    const char* name = "";   ///< of its part, as faults have it
    int block = -1;          ///< its block's place in the chain
    gain least{std::numeric_limits<double>::quiet_NaN()};
    frequency at{std::numeric_limits<double>::quiet_NaN()};
};

/// The headroom of every amplifier of a schematic, in the order in which they were placed: op_amps, and what else was placed by
/// loop_amplifier(). A buffer is ideal and never clips; triodes do not clip at a level.
template <int amplifiers>
struct overload_report {
    math::vector<amplifier_margin, amplifiers> margins{};
    int count = 0;

    [[nodiscard]] constexpr const amplifier_margin* begin() const noexcept { return margins.begin(); }
    [[nodiscard]] constexpr const amplifier_margin* end() const noexcept { return margins.begin() + count; }
    /// The amplifier that clips first; of a NaN margin where there is none, or no signal.
    [[nodiscard]] constexpr amplifier_margin clips_first() const noexcept
    {
        amplifier_margin found = count > 0 ? margins[0] : amplifier_margin{};
        for (const amplifier_margin& m : *this)
            if (m.least.decibels < found.least.decibels) found = m;
        return found;
    }
};

namespace detail {

/// Headroom of a schematic's amplifiers.
template <netlist_size size>
class headroom {
public:
    constexpr headroom(const circuit<size>& held, groove_signal signal, const overload_conditions& asked) noexcept
        : held_(held), curves_(held), signal_(signal), asked_(asked)
    {
        if (asked.signal.si > 0.0) signal_.at_reference = asked.signal.si;
    }

    [[nodiscard]] constexpr bool is_sound() const noexcept
    {
        const bool is_band = asked_.from.si > 0.0 && asked_.from < asked_.to && asked_.to / asked_.from <= 1e300;
        const bool is_signal = asked_.signal.si >= 0.0 && math::is_finite(asked_.signal.si) && signal_.at_reference > 0.0;
        return !held_.problem() && is_band && is_signal && asked_.swing.si > 0.0 && math::is_finite(asked_.swing.si);
    }
    /// The square of an amplifier's peak at a frequency over its swing, in a groove of 5 cm/s that was cut by RIAA.
    [[nodiscard]] constexpr double load(int amplifier, double hertz) const noexcept
    {
        math::vector<math::complex, room> x{};
        const int row = held_.netlist().amplifiers[amplifier].output.index - 1;
        if (!curves_.view().template solve<room>(on_axis(frequency{hertz}), x)) return std::numeric_limits<double>::quiet_NaN();
        const double volts = signal_.at(hertz) / asked_.swing.si;
        return row < 0 ? 0.0 : 2.0 * volts * volts * math::norm(x[row]) / riaa_power(hertz);
    }
    [[nodiscard]] constexpr amplifier_margin least(int amplifier) const noexcept
    {
        constexpr double per_octave = 16.0;
        const part& p = held_.netlist().parts[held_.netlist().amplifiers[amplifier].part];
        amplifier_margin found{.name = p.name, .block = p.block};
        if (!is_sound()) return found;
        const int steps = 1 + static_cast<int>(per_octave * math::log(asked_.to.si / asked_.from.si) / math::ln2);
        const auto at = [&](double hertz) { return load(amplifier, hertz); };
        const band_scan scan{at, asked_.from.si, asked_.to.si, steps};
        if (!scan.is_positive()) return found;
        const extreme highest = scan.highest();
        found.least = gain{-0.5 * math::decibels(highest.value)}, found.at = frequency{highest.hertz};
        return found;
    }

private:
    static constexpr int room = circuit_with_curves<size>::room;

    const circuit<size>& held_;
    circuit_with_curves<size> curves_;
    groove_signal signal_;
    overload_conditions asked_;
};

/// The headroom of every amplifier of a circuit, whose source makes such a signal.
template <netlist_size size>
[[nodiscard]] constexpr auto overload_of(const circuit<size>& held, groove_signal signal, const overload_conditions& asked) noexcept
{
    const headroom within{held, signal, asked};
    overload_report<size.amplifiers> report;
    for (; report.count < held.netlist().amplifier_count; ++report.count) report.margins[report.count] = within.least(report.count);
    return report;
}

}   // namespace detail

/// The headroom of an amplifier (counted from 0) at a frequency: how far a groove of 5 cm/s RMS may be exceeded there before the amplifier's
/// output reaches its swing. The groove is one that RIAA cut, whose level rises with frequency by the recording curve.
///
/// margin = 20 lg(swing |R| / (sqrt(2) EMF |H|)), with R the replay curve (0 dB at 1 kHz) and H from the EMF to the amplifier's output.
/// Source: T. Holman, New factors in phonograph preamplifier design, J. Audio Eng. Soc. 24 (1976).
/// Errors: NaN where the schematic has a fault, no such amplifier, a source without an output, or the conditions are out of range.
template <class... Block>
[[nodiscard]] constexpr gain overload_margin(const chain<Block...>& schematic, int amplifier, frequency f,
                                             const overload_conditions& asked = {}) noexcept
{
    const circuit held{schematic};
    const detail::headroom within{held, detail::signal_of_schematic(schematic), asked};
    if (!within.is_sound() || amplifier < 0 || amplifier >= held.netlist().amplifier_count || !(f.si > 0.0))
        return gain{std::numeric_limits<double>::quiet_NaN()};
    return gain{-0.5 * math::decibels(within.load(amplifier, f.si))};
}

/// The least headroom of every amplifier in a band, and with it which of them clips first, and at what frequency.
///
///     const auto headroom = overload(preamp, {.swing = 13_V});
///     headroom.clips_first().least;   // decibels above 5 cm/s; .block and .at say where
///
/// A flat first stage runs out at the top of the band, a stage with RIAA in its feedback at 1 kHz or anywhere alike.
/// Accuracy: within 1e-6 dB of ngspice at a frequency (tests/spice/spice_overload_test); 16 frequencies per octave, the least refined. In a
/// constant expression that is more than compilers evaluate by default; overload_margin() is not. Errors: NaN, as overload_margin().
template <class... Block>
[[nodiscard]] constexpr auto overload(const chain<Block...>& schematic, const overload_conditions& asked = {}) noexcept
{
    return detail::overload_of(circuit{schematic}, detail::signal_of_schematic(schematic), asked);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
