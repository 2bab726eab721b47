// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/equations_with_curves.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wswitch-enum"       // default: is every other kind

namespace phono::inline v0_2 {

/// What makes a noise.
enum class noise_kind { resistor, amplifier_voltage, amplifier_current, triode };

/// A kind of noise in words, for people.
[[nodiscard]] constexpr const char* word_for(noise_kind kind) noexcept
{
    switch (kind) {
        case noise_kind::resistor: return "thermal noise";
        case noise_kind::amplifier_voltage: return "voltage noise";
        case noise_kind::amplifier_current: return "current noise";
        default: return "plate current's noise";
    }
}

namespace detail {

/// Boltzmann's constant, exactly, in joules per kelvin.
inline constexpr double boltzmann = 1.380649e-23;

/// A source of noise in nodal equations, at two places at most: a current between two nodes, or a voltage in the row of a branch.
struct noise_source {
    noise_kind kind{};
    const part* of = nullptr;
    double white = 0.0;                      ///< the square of its density, far above its corner
    double corner = 0.0;                     ///< hertz
    int plus = -1, minus = -1, other = -1;   ///< rows; -1 is ground. What comes in by `other` knows nothing of the rest.

    /// The square of its share of the output's density, given the solution of the adjoint equations.
    [[nodiscard]] constexpr double power(const math::complex* adjoint, double hertz) const noexcept
    {
        const auto at = [adjoint](int row) { return row < 0 ? math::complex{} : adjoint[row]; };
        return white * (1.0 + corner / hertz) * (math::norm(at(plus) - at(minus)) + math::norm(at(other)));
    }
};

/// All that makes noise in a circuit. Not to outlive it.
template <netlist_size size>
class noise_sources {
public:
    static constexpr int capacity = size.parts + 2 * size.amplifiers;

    /// The temperature in kelvins; a triode's noise is that of a resistor of `triode_factor`/gm.
    constexpr noise_sources(const circuit<size>& held, double temperature, double triode_factor, frequency triode_corner) noexcept
    {
        const flat_netlist<size>& flat = held.netlist();
        const double four_kt = 4.0 * boltzmann * temperature;
        int triode = 0, row = flat.nodes;
        for (int i = 0; i < flat.part_count; ++i) {
            const part& p = flat.parts[i];
            const int a = p.a.index - 1, b = p.b.index - 1;
            if (p.kind == part_kind::triode) {
                const double gm = held.triodes()[triode++].at_rest.plate_by_grid;
                add({noise_kind::triode, &p, four_kt * triode_factor * gm, triode_corner.si, a, b});
            } else if (p.is_thermal()) {
                if (p.is_branch()) add({noise_kind::resistor, &p, four_kt * p.value, 0.0, row, -1});
                else add({noise_kind::resistor, &p, four_kt / p.value, 0.0, a, b});
            }
            row += p.is_branch() ? 1 : 0;
        }
        for (int i = 0; i < flat.amplifier_count; ++i) add(flat.amplifiers[i], flat);
    }

    [[nodiscard]] constexpr const noise_source* begin() const noexcept { return all_.begin(); }
    [[nodiscard]] constexpr int count() const noexcept { return count_; }

private:
    constexpr void add(const noise_source& found) noexcept
    {
        if (found.white > 0.0) all_[count_++] = found;
    }
    constexpr void add(const placed_amplifier& amplifier, const flat_netlist<size>& flat) noexcept
    {
        const part& p = flat.parts[amplifier.part];
        const amplifier_noise& noise = amplifier.noise;
        const double volts = noise.voltage * p.value;   // in the row of its controlled source
        add({noise_kind::amplifier_voltage, &p, volts * volts, noise.voltage_corner.si,
             branch_row(flat.parts.entry, amplifier.part, flat.nodes), -1});
        add({noise_kind::amplifier_current, &p, noise.current * noise.current, noise.current_corner.si, p.plus.index - 1, -1,
             p.minus.index - 1});
    }

    math::vector<noise_source, capacity> all_{};
    int count_ = 0;
};

}   // namespace detail

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
