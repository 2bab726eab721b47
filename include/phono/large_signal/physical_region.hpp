// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/step/frozen_slopes.hpp>

#include <limits>

namespace phono::detail {

/// The voltages that the triodes of a circuit can have: no more than its supplies and its drive can cause. Within these, the voltages at
/// which the fast kernel's step is stable.
///
/// A plate is pulled up by its supply and by what capacitors pass of the drive; a grid may be twice the drive below its cathode, after a
/// capacitor has charged. A sample outside is not accepted but stepped by backward differences, which is right for any voltage: a limit
/// that is too narrow costs some accuracy, one that is too wide lets an error grow that far.
template <netlist_size size>
class physical_region {
public:
    using voltages = math::vector<double, 2 * size.triodes>;

    /// Takes the largest gain, 1 or more, from the EMF to the first grid, and the states in which the step is not stable.
    void set(const circuit<size>& held, double gain_ahead, const steep_states (&steep)[size.triodes], double period) noexcept
    {
        double highest = 0.0, lowest = 0.0;
        const netlist<size>& flat = held.netlist();
        for (int i = 0; i < flat.part_count; ++i) {
            const double emf = flat.parts[i].emf;
            highest = emf > highest ? emf : highest, lowest = emf < lowest ? emf : lowest;
        }
        supply_ = highest - lowest;
        is_output_bounded_ = supply_ > 0.0;
        for (int i = 0; i < flat.part_count; ++i) is_output_bounded_ = is_output_bounded_ && flat.parts[i].kind != part_kind::amplifier;
        gain_ahead_ = gain_ahead;
        is_ever_steep_ = false;
        for (int t = 0; t < size.triodes; ++t) steep_[t] = steep[t], is_ever_steep_ = is_ever_steep_ || steep[t].has_any();
        forgets_ = math::exp(-period / memory);
        for (int t = 0; t < size.triodes; ++t) rest_[2 * t] = held.triodes()[t].vgk, rest_[2 * t + 1] = held.triodes()[t].vpk;
        reset();
    }
    void reset() noexcept { set_drive(0.0); }

    /// Takes the EMF and the port voltages of a sample, as deviations from the operating point; false if a voltage is beyond what supplies
    /// and drive can cause.
    [[nodiscard]] bool holds(double u, const voltages& v) noexcept
    {
        const double size_of = gain_ahead_ * math::abs(u), faded = forgets_ * drive_;
        set_drive(size_of > faded ? size_of : faded);
        for (int t = 0; t < size.triodes; ++t) {
            const double grid = rest_[2 * t] + v[2 * t], plate = rest_[2 * t + 1] + v[2 * t + 1];
            if (!(math::abs(grid) <= supply_ + 2.0 * drive_ && plate >= -drive_ && plate <= supply_ + drive_)) return false;
        }
        return true;
    }
    /// True if the step is not stable at these voltages.
    [[nodiscard]] bool is_steep(const voltages& v) const noexcept
    {
        for (int t = 0; t < size.triodes; ++t)
            if (steep_[t].has(rest_[2 * t] + v[2 * t], rest_[2 * t + 1] + v[2 * t + 1])) return true;
        return false;
    }
    /// True if there are such voltages.
    [[nodiscard]] bool is_ever_steep() const noexcept { return is_ever_steep_; }

    /// The most that an output can be, re its quiescent voltage: a quarter more than the larger of supplies and drive, or infinite where
    /// the circuit has an amplifier or no supply.
    [[nodiscard]] double most_output() const noexcept { return most_output_; }

private:
    void set_drive(double volts) noexcept
    {
        drive_ = volts;
        if (is_output_bounded_) most_output_ = margin * (supply_ > volts ? supply_ : volts);
        else most_output_ = std::numeric_limits<double>::infinity();
    }

    static constexpr double margin = 1.25;
    static constexpr double memory = 1.0;   ///< seconds for which capacitors hold what the drive has charged

    double supply_ = 0.0, gain_ahead_ = 1.0, forgets_ = 0.0;
    double drive_ = 0.0;   ///< the largest of late
    bool is_output_bounded_ = false;
    double most_output_ = 0.0;
    voltages rest_{};
    steep_states steep_[size.triodes]{};
    bool is_ever_steep_ = false;
};

}   // namespace phono::detail
