// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/solver/port_rows.hpp>
#include <phono/large_signal/step/frozen_slopes.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The voltages that the triodes of a circuit can have: no more than its supplies and its drive can cause. Within these, the voltages at
/// which the fast kernel's step is stable.
///
/// A plate is pulled up by its supply and by what capacitors pass of the drive; a grid may be twice the drive below its cathode, after a
/// capacitor has charged. A sample outside is not accepted but stepped by backward differences, which is right for any voltage: a limit
/// that is too narrow costs some accuracy, one that is too wide lets an error grow that far.
template <netlist_size size>
class physical_region {
public:
    using voltages = port_rows<size.triodes>;

    /// Takes the largest gain, 1 or more, from the EMF to the first grid, and the states in which the step is not stable.
    void set(const circuit<size>& held, double gain_ahead, const steep_states (&steep)[size.triodes], double period) noexcept
    {
        double highest = 0.0, lowest = 0.0;
        const flat_netlist<size>& flat = held.netlist();
        for (int i = 0; i < flat.part_count; ++i) {
            const double emf = flat.parts[i].emf;
            highest = emf > highest ? emf : highest, lowest = emf < lowest ? emf : lowest;
        }
        supply_ = highest - lowest;
        is_output_bounded_ = supply_ > 0.0;
        reach_ = 1.0;
        bool is_behind = false;   // the first triode
        bool may_raise = false;   // the EMF, ahead of it
        for (int i = 0; i < flat.part_count; ++i) {
            const part_kind kind = flat.parts[i].kind;
            is_behind = is_behind || kind == part_kind::triode;
            const bool rings = is_behind && kind == part_kind::inductor;
            if (rings) reach_ = resonance;
            if (rings || is_amplifier(flat.parts[i])) is_output_bounded_ = false;
            may_raise = may_raise || (!is_behind && (kind == part_kind::inductor || is_amplifier(flat.parts[i])));
        }
        // Resistors and capacitors pass no more than drives them: a gain above 1 is then that of feedback at small signals.
        gain_ahead_ = may_raise ? gain_ahead : 1.0;
        is_ever_steep_ = false;
        for (int t = 0; t < size.triodes; ++t) {
            steep_[t] = steep[t], calm_up_to_.set(t, steep[t].calm_up_to());
            is_ever_steep_ = is_ever_steep_ || steep[t].has_any();
        }
        forgets_ = math::exp(-period / memory);
        for (int t = 0; t < size.triodes; ++t) rest_.grid.set(t, held.triodes()[t].vgk), rest_.plate.set(t, held.triodes()[t].vpk);
        reset();
    }
    void reset() noexcept { drive_ = 0.0; }

    /// Takes the EMF and the port voltages of a sample, as deviations from the operating point; false if a voltage is beyond what supplies
    /// and drive can cause.
    [[nodiscard]] bool holds(double u, const voltages& v) noexcept
    {
        const double size_of = gain_ahead_ * math::abs(u), faded = forgets_ * drive_;
        drive_ = size_of > faded ? size_of : faded;
        const row grid = rest_.grid + v.grid, plate = rest_.plate + v.plate;
        return are_all(places_at_most(abs(grid), supply_ + 2.0 * drive_) & places_at_most(plate, reach_ * supply_ + drive_) &
                       places_at_most(-1.0 * plate, drive_));
    }
    /// True if the step is not stable at these voltages.
    [[nodiscard]] bool is_steep(const voltages& v) const noexcept
    {
        const row grid = rest_.grid + v.grid, plate = rest_.plate + v.plate;
        if (!are_all(places_at_most(-1.0 * plate, -lowest_plate))) return true;
        if (are_all(places_at_most(grid - calm_up_to_, 0.0))) return false;
        for (int t = 0; t < size.triodes; ++t)
            if (!(grid[t] <= calm_up_to_[t]) && steep_[t].has(grid[t], plate[t])) return true;
        return false;
    }
    /// True if there are such voltages.
    [[nodiscard]] bool is_ever_steep() const noexcept { return is_ever_steep_; }

    /// The most that an output can be, re its quiescent voltage, with an EMF of at most so many volts of late: 1.4 times the larger of
    /// supplies and drive, since a capacitor may hold what the drive has charged. Infinite where an amplifier, or an inductor
    /// behind a triode, may raise it, and where there is no supply.
    [[nodiscard]] double most_output(double emf) const noexcept
    {
        const double drive = gain_ahead_ * emf;
        return is_output_bounded_ ? most * (supply_ > drive ? supply_ : drive) : std::numeric_limits<double>::infinity();
    }
    static constexpr double memory = 1.0;   ///< seconds for which capacitors hold what the drive has charged

private:
    using row = typename voltages::row;
    [[nodiscard]] static bool are_all(unsigned places) noexcept { return (places | voltages::free_places) == row::everywhere; }

    [[nodiscard]] static bool is_amplifier(const part& p) noexcept
    {
        const bool is_conductance = p.plus == p.a && p.minus == p.b;   // a resistor that may be infinite
        return p.kind == part_kind::amplifier || (p.kind == part_kind::transconductance && !is_conductance);
    }

    static constexpr double most = 1.4;
    static constexpr double lowest_plate = -20.0;   ///< volts; where steps were tried for their stability

    static constexpr double resonance = 4.0;   ///< times the supply, to which an inductor takes a plate

    double supply_ = 0.0, gain_ahead_ = 1.0, forgets_ = 0.0;
    double reach_ = 1.0;   ///< of the plates, times the supply
    double drive_ = 0.0;   ///< the largest of late
    bool is_output_bounded_ = false;
    voltages rest_{};
    row calm_up_to_{};   ///< grid voltages below which no step is steep
    steep_states steep_[size.triodes]{};
    bool is_ever_steep_ = false;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
