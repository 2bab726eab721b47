// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/band_integral.hpp>
#include <phono/analysis/noise_sources.hpp>
#include <phono/analysis/noise_weight.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2 {

/// Under what conditions noise is asked for.
///
/// Range: temperature in kelvins, above zero; 0 < from < to; the others 0 or above.
struct noise_conditions {
    double temperature = 300.0;
    noise_weight weight = noise_weight::unweighted;
    frequency from{20.0}, to{20e3};
    double triode_factor = 2.5;     ///< a triode's noise is that of a resistor of this factor over its gm; 0 leaves it out
    frequency triode_corner{0.0};   ///< below which a triode's noise rises as 1/f
    voltage signal{0.0};            ///< RMS at 1 kHz, to which the noise is compared; 0: the source's own in a groove of 5 cm/s
};

/// How much of the noise at the output comes from one part.
struct noise_share {
    noise_kind kind{};
    const char* name = "";   ///< of the part, as faults have it
    int block = -1;          ///< its block's place in the chain
    double value = 0.0;      ///< ohms of a resistor
    double share = 0.0;      ///< of the power: all of them add up to 1
    voltage rms{0.0};        ///< at the output, weighted
};

/// The noise of a schematic in a band. NaN, and without shares, where the schematic has a fault or the conditions are out of range.
template <int capacity>
struct noise_report {
    static constexpr double nan = std::numeric_limits<double>::quiet_NaN();

    voltage rms{nan};        ///< at the output, weighted
    voltage at_input{nan};   ///< the same divided by the gain at 1 kHz: in series with the EMF
    double snr = nan;        ///< decibels: the output's signal at 1 kHz over rms; NaN without a signal
    math::vector<noise_share, capacity> shares{};
    int count = 0;

    /// The shares, the largest first.
    [[nodiscard]] constexpr const noise_share* begin() const noexcept { return shares.begin(); }
    [[nodiscard]] constexpr const noise_share* end() const noexcept { return shares.begin() + count; }
};

namespace detail {

[[nodiscard]] constexpr bool is_sound(const noise_conditions& c) noexcept
{
    const bool is_band = c.from.si > 0.0 && c.from < c.to && math::is_finite(c.to.si);
    return is_band && c.temperature > 0.0 && c.triode_factor >= 0.0 && c.triode_corner.si >= 0.0 && c.signal.si >= 0.0 &&
           math::is_finite(c.temperature) && math::is_finite(c.triode_factor) && math::is_finite(c.triode_corner.si);
}

/// Writes the square of each source's density at the output; NaN where the circuit has no solution.
template <int room>
constexpr void noise_powers(const equations_with_curves& equations, const noise_source* sources, int count, double hertz,
                            double* powers) noexcept
{
    math::vector<math::complex, room> adjoint{};
    const bool is_solved = equations.solve_adjoint<room>(on_axis(frequency{hertz}), adjoint);
    for (int i = 0; i < count; ++i)
        powers[i] = is_solved ? sources[i].power(adjoint.entry, hertz) : std::numeric_limits<double>::quiet_NaN();
}

/// Adds the power of each source in a band, weighted.
template <int room>
constexpr void noise_in_band(const equations_with_curves& equations, const noise_source* sources, int count, const noise_conditions& asked,
                             double* powers, double* scratch) noexcept
{
    const auto densities = [&](double hertz, double* values) {
        noise_powers<room>(equations, sources, count, hertz, values);
        const double counts = power_of(asked.weight, hertz);
        for (int i = 0; i < count; ++i) values[i] *= counts;
    };
    integrate_band(densities, count, asked.from.si, asked.to.si, powers, scratch);
}

/// Volts at the output per volt of EMF, whatever scales the source.
template <int room>
[[nodiscard]] constexpr double gain_from_emf(const equations_with_curves& equations, double hertz) noexcept
{
    math::vector<math::complex, room> x{};
    const bool is_solved = equations.solve<room>(on_axis(frequency{hertz}), x);
    if (!is_solved) return std::numeric_limits<double>::quiet_NaN();
    return equations.equations.output < 0 ? 0.0 : math::abs(x[equations.equations.output]);
}

[[nodiscard]] constexpr noise_share share_of(const noise_source& source, double power, double all) noexcept
{
    const bool is_resistor = source.kind == noise_kind::resistor;
    return {source.kind, source.of->name, source.of->block, is_resistor ? source.of->value : 0.0, power / all, voltage{math::sqrt(power)}};
}

}   // namespace detail

/// The density of the noise at a circuit's output at a frequency, in volts per square root of a hertz.
///
/// Accuracy: within 2e-7 of ngspice, whose Boltzmann constant is 3.5e-7 lower (tests/spice/spice_noise_test). Sources, and what has none:
/// see noise().
/// Errors: NaN where the circuit has a problem(), no solution, or the conditions are out of range.
template <netlist_size size>
[[nodiscard]] constexpr double noise_density(const circuit<size>& held, frequency f, const noise_conditions& asked = {}) noexcept
{
    if (held.problem() || !detail::is_sound(asked) || !(f.si > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    const detail::circuit_with_curves<size> curves{held};
    const detail::noise_sources<size> sources{held, asked.temperature, asked.triode_factor, asked.triode_corner};
    math::vector<double, detail::noise_sources<size>::capacity> powers{};
    detail::noise_powers<curves.room>(curves.view(), sources.begin(), sources.count(), f.si, powers.entry);
    double all = 0.0;
    for (int i = 0; i < sources.count(); ++i) all += powers[i];
    return math::sqrt(all);
}
/// The same of a schematic.
template <class... Block>
[[nodiscard]] constexpr double noise_density(const chain<Block...>& schematic, frequency f, const noise_conditions& asked = {}) noexcept
{
    return noise_density(circuit{schematic}, f, asked);
}

/// The density of a noise in series with the EMF that would make the same noise at the output, in volts per square root of a hertz.
template <netlist_size size>
[[nodiscard]] constexpr double input_noise_density(const circuit<size>& held, frequency f, const noise_conditions& asked = {}) noexcept
{
    const detail::circuit_with_curves<size> curves{held};
    return noise_density(held, f, asked) / detail::gain_from_emf<curves.room>(curves.view(), f.si);
}
/// The same of a schematic.
template <class... Block>
[[nodiscard]] constexpr double input_noise_density(const chain<Block...>& schematic, frequency f,
                                                   const noise_conditions& asked = {}) noexcept
{
    return input_noise_density(circuit{schematic}, f, asked);
}

/// The noise at a circuit's output in a band, from 20 Hz to 20 kHz unless told, and which part makes how much of it.
///
/// Sources: resistors, among them those of coils and windings, 4kT/R (at 300 K unless told); amplifiers by the `noise` of their op_amp;
/// triodes 4kT 2.5/gm in series with the grid, as a plate current gm times as large, with 1/f noise below a corner if told. Silent: what
/// stands for a device (an op_amp's poles, common_base's emitter, a level_shift) and curves, which shape what comes to them.
/// Signal: what `asked.signal` says; from a schematic the source's EMF at 1 kHz in a groove of 5 cm/s RMS, without which there is no SNR.
/// Source of the triodes' factor: M. Blencowe, Noise in triodes with particular reference to phono preamplifiers, J. Audio Eng. Soc. 61
/// (2013), after B. Thompson, D. North and W. Harris, 1940. That of the method: detail::equations_with_curves::solve_adjoint.
/// Accuracy: 1e-10 relative of the circuit as it is given; within 2e-7 of ngspice. Can be evaluated at compile time.
/// Real-time: allocates nothing; about 100 solutions of the nodal equations.
/// Errors: NaN and no shares where the circuit has a problem(), no solution, or the conditions are out of range.
template <netlist_size size>
[[nodiscard]] constexpr auto noise(const circuit<size>& held, const noise_conditions& asked = {}) noexcept
{
    constexpr int capacity = detail::noise_sources<size>::capacity;
    noise_report<capacity> report;
    if (held.problem() || !detail::is_sound(asked)) return report;
    const detail::circuit_with_curves<size> curves{held};
    const detail::noise_sources<size> sources{held, asked.temperature, asked.triode_factor, asked.triode_corner};
    math::vector<double, capacity> powers{};
    math::vector<double, 2 * capacity> scratch{};
    detail::noise_in_band<curves.room>(curves.view(), sources.begin(), sources.count(), asked, powers.entry, scratch.entry);
    double all = 0.0;
    for (int i = 0; i < sources.count(); ++i) all += powers[i];
    if (!math::is_finite(all)) return report;
    const double gain = detail::gain_from_emf<curves.room>(curves.view(), 1e3);
    report.rms = voltage{math::sqrt(all)};
    report.at_input = voltage{report.rms.si / gain};
    if (asked.signal.si > 0.0) report.snr = math::decibels(asked.signal.si / report.at_input.si);
    for (int i = 0; i < sources.count(); ++i) {
        const noise_share found = detail::share_of(sources.begin()[i], powers[i], all);
        int place = report.count++;
        for (; place > 0 && report.shares[place - 1].share < found.share; --place) report.shares[place] = report.shares[place - 1];
        report.shares[place] = found;
    }
    return report;
}
/// The same of a schematic.
template <class... Block>
[[nodiscard]] constexpr auto noise(const chain<Block...>& schematic, noise_conditions asked = {}) noexcept
{
    if (asked.signal.si == 0.0) asked.signal = voltage{detail::signal_of_schematic(schematic).at_reference};
    return noise(circuit{schematic}, asked);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
