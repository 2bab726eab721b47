// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/step/mode_bank.hpp>
#include <phono/math/lanes.hpp>

namespace phono::detail {

/// A tube kernel of one channel, its modes side by side in vector registers.
template <netlist_size size>
class one_channel {
    using design_type = kernel_design<size>;
    static constexpr int ports = design_type::ports, inputs = design_type::inputs, outputs = design_type::outputs;
    static constexpr int rows = (outputs + 3) / 4;
    using row = math::lanes<4>;
    using solver_type = typename design_type::solver;

public:
    void set(const circuit<size>& held, const port_modes<size>& found, double period) noexcept
    {
        const design_type design{held, found, period, solver_};
        real_.clear(), pair_.clear();
        for (int n = 0; n < design.count; ++n) {
            if (design.modes[n].is_pair) pair_.push(design.modes[n]);
            else real_.push(design.modes[n]);
        }
        row next[inputs][rows]{};
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) next[j][o / 4].set(o % 4, design.next[o][j]);
        solver_.set_next(next + 1);
        for (int o = 0; o < ports; ++o) emf_[o / 4].set(o % 4, design.emf[o]);
        for (int r = 0; r < rows; ++r) next_by_emf_[r] = next[0][r];
        for (int j = 0; j < inputs; ++j) output_[j] = design.output[j], next_output_[j] = design.next[ports][j];
        reset();
    }

    void reset() noexcept
    {
        real_.reset(), pair_.reset();
        solver_.reset();
        for (row& r : coordinates_) r = {};
        coming_output_ = 0.0;
        for (double& w : w_) w = 0.0;
        grids_ = false;
    }

    void settle() noexcept { real_.settle(), pair_.settle(); }

    double operator()(double u) noexcept
    {
        row coordinates[rows], next[rows];
        for (int r = 0; r < rows; ++r) coordinates[r] = fmadd(u, emf_[r], coordinates_[r]), next[r] = u * next_by_emf_[r];
        if (grids_) look_ahead<inputs>(next);
        else look_ahead<1 + size.triodes>(next);
        double y = coming_output_ + output_[0] * u, next_output = next[ports / 4][ports % 4];
        w_[0] = u;
        grids_ = solver_(coordinates, next, w_ + 1);
        for (int r = 0; r < rows; ++r) coordinates_[r] = next[r];
        for (int j = 1; j < inputs; ++j) {
            y += output_[j] * w_[j];
            next_output += next_output_[j] * w_[j];
        }
        coming_output_ = next_output;
        return y;
    }

    /// The small-signal response: the tubes' residual currents, which have no slope at the operating point, contribute nothing.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const math::complex w{math::cos(angle), -math::sin(angle)};
        const math::complex ahead = real_.response(w, ports) + pair_.response(w, ports);
        return math::complex{output_[0]} + w * (math::complex{next_output_[0]} + w * ahead);
    }

    [[nodiscard]] const port_solver<size.triodes>& solver() const noexcept { return solver_.exact(); }

private:
    template <int active>
    void look_ahead(row (&next)[rows]) noexcept
    {
        real_.template look_ahead<active>(w_, next), pair_.template look_ahead<active>(w_, next);
    }

    row coordinates_[rows]{};                           ///< of the next sample's ports, without its own EMF ...
    double coming_output_ = 0.0;                        ///< ... and its output
    double w_[inputs]{};                                ///< EMF and currents of the previous sample
    bool grids_ = false;                                ///< whether grid currents are among these
    row emf_[rows]{}, next_by_emf_[rows]{};             ///< what the EMF contributes to the ports within a sample and in the next
    double output_[inputs]{}, next_output_[inputs]{};   ///< what EMF and currents contribute to the output
    mode_bank<row, design_type::most, inputs, rows> real_{};
    mode_bank<complex_lanes<2>, design_type::most / 2, inputs, rows> pair_{};
    solver_type solver_{};
};

}   // namespace phono::detail
