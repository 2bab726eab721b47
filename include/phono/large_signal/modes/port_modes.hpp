// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/netlist.hpp>
#include <phono/large_signal/step/exponential_step.hpp>

namespace phono {

/// A circuit with its triodes linearised at their operating point, as modes: from the source's EMF and what the triodes' port currents
/// (grid, plate of the first, of the second ...) are beyond that, to the port voltages and the output, all as deviations from rest.
///
/// Each mode: x' = s x + drive . w, and y = sum of read x + direct w; of conjugate modes one, counted with twice its real part.
template <netlist_size size>
struct port_modes {
    static constexpr int ports = 2 * size.triodes;
    static constexpr int inputs = 1 + ports;    ///< the EMF first
    static constexpr int outputs = ports + 1;   ///< the output last
    static constexpr int most = size.reactances;

    struct mode {
        math::complex s;
        math::vector<math::complex, inputs> drive{};
        math::vector<math::complex, outputs> read{};
    };

    math::vector<mode, most> modes{};
    int count = 0;
    double direct[outputs][inputs]{};
    double output_at_rest = 0.0;
    fault problem{};
};

/// The small-signal response of the modes taken in exponential steps, at a frequency.
template <netlist_size size>
constexpr math::complex stepped_response(const port_modes<size>& found, double hertz, double period) noexcept
{
    const double angle = 2.0 * math::pi * hertz * period;
    const math::complex w{math::cos(angle), -math::sin(angle)};
    constexpr int output = port_modes<size>::ports;
    math::complex h{found.direct[output][0]};
    for (int k = 0; k < found.count; ++k) {
        const auto& mode = found.modes[k];
        const math::complex gain = mode.read[output] * mode.drive[0];
        h += gain * detail::exponential_step{mode.s, period}.response(w);
        if (mode.s.im != 0.0) h += math::conj(gain) * detail::exponential_step{math::conj(mode.s), period}.response(w);
    }
    return h;
}

}   // namespace phono
