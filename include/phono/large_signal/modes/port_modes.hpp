// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/flat_netlist.hpp>
#include <phono/math/complex.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A circuit with its triodes linearised at their operating point, as modes: from the source's EMF and the triodes' port currents beyond
/// that (grid, plate of the first, of the second ...) to the port voltages and the output, all as deviations from the operating point.
///
/// Each mode: x' = s x + drive . w, and y = sum of read x + direct w; of two conjugate modes one is kept, and counted with twice its real
/// part.
/// (eq. 6 and 7 of large_signal/README.md)
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
        /// Of each reactance: its voltage, or current if it is an inductor, per unit of the mode, and the mode per unit of that.
        math::vector<math::complex, most> stored{}, by_stored{};
    };

    math::vector<mode, most> modes{};
    int count = 0;
    double direct[outputs][inputs]{};
    double stored_directly[most > 0 ? most : 1][inputs]{};   ///< what the inputs add to the reactances' voltages: in loops of capacitors
    double output_at_rest = 0.0;
    bool is_spread = false;   ///< of a circuit whose reactances differ by small amounts: this one's own are too nearly equal
    fault problem{};

    /// The sum of the modes from an input to an output, where term(gain, s) is what one mode of natural frequency s contributes.
    [[nodiscard]] constexpr math::complex sum(int output, int input, const auto& term) const noexcept
    {
        math::complex h{direct[output][input]};
        for (int k = 0; k < count; ++k) {
            const mode& m = modes[k];
            const math::complex gain = m.read[output] * m.drive[input];
            h += term(gain, m.s);
            if (m.s.im != 0.0) h += term(math::conj(gain), math::conj(m.s));
        }
        return h;
    }
    /// The response from an input to an output at the complex frequency s.
    /// (eq. 9 of large_signal/README.md)
    [[nodiscard]] constexpr math::complex response(int output, int input, math::complex s) const noexcept
    {
        return sum(output, input, [s](math::complex gain, math::complex natural) { return gain / (s - natural); });
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
