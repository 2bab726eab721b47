// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/math/matrix.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Tells whether port voltages alternate from sample to sample without being driven to.
///
/// That is the sign of a step which is not stable: several triodes may pass a state between them that none of the states tried by
/// frozen_slopes is like. What alternates is seen in the voltages' second differences: their sign changes with every sample, while they
/// are larger than those of the EMF, times the gain from it to the port, can make them.
/// (section "What cannot run away" of large_signal/README.md)
template <int ports>
class alternation {
public:
    using voltages = math::vector<double, ports>;

    /// Takes the largest small-signal gains from the EMF to the ports, grids and plates by turns.
    void set(const voltages& gains) noexcept
    {
        gain_ = gains;
        reset();
    }
    void reset() noexcept
    {
        known_ = 0;
        bend_of_emf_ = 0.0;
        for (int& r : row_) r = 0;
    }

    /// Takes the EMF and the port voltages of the sample that follows the last one; true where these alternate.
    [[nodiscard]] bool sees(double u, const voltages& v) noexcept
    {
        const double bend_of_emf = math::abs(u - 2.0 * emf_[0] + emf_[1]), faded = forgets * bend_of_emf_;
        const bool is_known = known_ >= 2;
        if (is_known) bend_of_emf_ = bend_of_emf > faded ? bend_of_emf : faded;
        bool found = false;
        for (int p = 0; p < ports; ++p) {
            const double bend = v[p] - 2.0 * last_[p] + before_[p];
            const double driven = margin * gain_[p] * bend_of_emf_ + (p % 2 == 0 ? least_at_grid : least_at_plate);
            const bool turns = is_known && bend * bend_[p] < 0.0 && math::abs(bend) > driven;
            row_[p] = turns ? row_[p] + 1 : 0;
            found = found || row_[p] >= enough;
            bend_[p] = bend;
        }
        emf_[1] = emf_[0], emf_[0] = u;
        before_ = last_, last_ = v;
        known_ = is_known ? known_ : known_ + 1;
        return found;
    }

private:
    static constexpr int enough = 12;               ///< turns in a row
    static constexpr double forgets = 0.75;         ///< of the EMF's second difference, from sample to sample
    static constexpr double margin = 4.0;           ///< harmonics and grid current bend more than small signals do
    static constexpr double least_at_grid = 1e-3;   ///< volts
    static constexpr double least_at_plate = 0.1;

    voltages gain_{}, last_{}, before_{}, bend_{};
    double emf_[2]{}, bend_of_emf_ = 0.0;
    int row_[ports]{}, known_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
