// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/port_rows.hpp>
#include <phono/math/elementary.hpp>

namespace phono::inline v0_2::detail {

/// Tells whether port voltages alternate from sample to sample without being driven to.
///
/// That is the sign of a step which is not stable: several triodes may pass a state between them that none of the states tried by
/// frozen_slopes is like. What alternates is seen in the voltages' second differences: their sign changes with every sample, while they
/// are larger than those of the EMF, times the gain from it to the port, can make them.
/// (section "What cannot run away" of large_signal/README.md)
template <int triodes>
class alternation {
public:
    using voltages = port_rows<triodes>;

    /// Takes the largest small-signal gains from the EMF to the ports.
    void set(const voltages& gains) noexcept
    {
        grid_.gain = gains.grid, plate_.gain = gains.plate;
        reset();
    }
    void reset() noexcept
    {
        known_ = 0;
        bend_of_emf_ = 0.0;
        grid_.in_turn = plate_.in_turn = {};
    }

    /// Takes the EMF and the port voltages of the sample that follows the last one; true where these alternate.
    [[nodiscard]] bool sees(double u, const voltages& v) noexcept
    {
        const double bend_of_emf = math::abs(u - 2.0 * emf_[0] + emf_[1]), faded = forgets * bend_of_emf_;
        const bool is_known = known_ >= 2;
        if (is_known) bend_of_emf_ = bend_of_emf > faded ? bend_of_emf : faded;
        emf_[1] = emf_[0], emf_[0] = u;
        known_ = is_known ? known_ : known_ + 1;
        const bool at_grids = grid_.turns(v.grid, is_known, margin * bend_of_emf_, least_at_grid);
        const bool at_plates = plate_.turns(v.plate, is_known, margin * bend_of_emf_, least_at_plate);
        return at_grids || at_plates;
    }

private:
    static constexpr double enough = 12.0;          ///< turns in a row
    static constexpr double forgets = 0.75;         ///< of the EMF's second difference, from sample to sample
    static constexpr double margin = 4.0;           ///< harmonics and grid current bend more than small signals do
    static constexpr double least_at_grid = 1e-3;   ///< volts
    static constexpr double least_at_plate = 0.1;

    /// The ports of one kind.
    struct side {
        using row = typename voltages::row;

        row gain{}, last{}, before{}, bend{};
        row in_turn{};   ///< turns in a row

        [[gnu::always_inline]] bool turns(const row& v, bool is_known, double driven_by_emf, double least) noexcept
        {
            const row zero{}, now = v - 2.0 * last + before;
            const row turned = now * bend, driven = fmadd(driven_by_emf, gain, row::all(least));
            in_turn = is_known ? where_above(zero, turned, where_above(abs(now), driven, in_turn + row::all(1.0), zero), zero) : zero;
            bend = now, before = last, last = v;
            return (places_at_most(in_turn, enough - 0.5) | voltages::free_places) != row::everywhere;
        }
    };

    side grid_{}, plate_{};
    double emf_[2]{}, bend_of_emf_ = 0.0;
    int known_ = 0;
};

}   // namespace phono::inline v0_2::detail
