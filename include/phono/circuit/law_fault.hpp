// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/circuit/value_rule.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A state at which a law is looked at, and its quantities there by name.
struct law_state {
    double vgk, vpk;
    const char *plate_current, *grid_current, *slope;
};

/// One for each size of tube, and one with grid current. The intervals that begin at them hold no voltage at which a law is likely to have
/// a corner or, being no law, a jump. In several a tube is cut off, where nothing is asked of it.
inline constexpr law_state law_states[] = {
    {-0.5, 100.0, "triode.law's plate current at -0.5 V and 100 V", "triode.law's grid current at -0.5 V and 100 V",
     "triode.law's slope at -0.5 V and 100 V"},
    {0.5, 100.0, "triode.law's plate current at 0.5 V and 100 V", "triode.law's grid current at 0.5 V and 100 V",
     "triode.law's slope at 0.5 V and 100 V"},
    {-2.0, 250.0, "triode.law's plate current at -2 V and 250 V", "triode.law's grid current at -2 V and 250 V",
     "triode.law's slope at -2 V and 250 V"},
    {-8.0, 250.0, "triode.law's plate current at -8 V and 250 V", "triode.law's grid current at -8 V and 250 V",
     "triode.law's slope at -8 V and 250 V"},
    {-50.0, 300.0, "triode.law's plate current at -50 V and 300 V", "triode.law's grid current at -50 V and 300 V",
     "triode.law's slope at -50 V and 300 V"},
};

/// Leakage and the saturation current of a diode are far below, the cathode current of a law that forgets its plate far above.
inline constexpr double law_leakage = 1e-6;

/// True if a slope, known at both ends of an interval, is that of the mean rise in it, within a factor of two. Where the slope rises or
/// falls throughout, even by a corner, the mean lies between its values at the ends. What a resistance of 10 MOhm draws is nothing.
[[nodiscard]] constexpr bool is_slope(double at_begin, double at_end, double rise) noexcept
{
    constexpr double nothing = 1e-7;
    const double least = at_begin < at_end ? at_begin : at_end, most = at_begin < at_end ? at_end : at_begin;
    return rise >= (least > 0.0 ? 0.5 : 2.0) * least - nothing && rise <= (most > 0.0 ? 2.0 : 0.5) * most + nothing;
}

[[nodiscard]] constexpr fault law_range_fault(const any_law& law) noexcept
{
    value_checker rules;
    rules.check_value(law.currents(0.0, 100.0).plate, value_rule::positive, "triode.law's plate current at 0 V and 100 V", "A");
    for (const double vgk : {-1e60, 1e60})
        for (const double vpk : {-1e60, 1e60}) {
            if (rules.problem) return rules.problem;
            const triode_currents i = law.currents(vgk, vpk);
            for (const double x : {i.plate, i.plate_by_grid, i.plate_by_plate, i.grid, i.grid_by_grid, i.grid_by_plate})
                rules.check_value(x, value_rule::finite, "triode.law's current or slope at voltages of +-1e60 V");
        }
    return rules.problem;
}

[[nodiscard]] constexpr fault law_state_fault(const any_law& law, const law_state& at) noexcept
{
    static_assert(law_leakage == 1e-6, "the fault texts state this limit");
    constexpr double grid_step = 0.1, plate_step = 1.0;
    const triode_currents i = law.currents(at.vgk, at.vpk);
    const triode_currents by_grid = law.currents(at.vgk + grid_step, at.vpk), by_plate = law.currents(at.vgk, at.vpk + plate_step);
    // Written so that NaN breaks every rule.
    if (!(i.plate >= -law_leakage)) return {at.plate_current, i.plate, "must not be below -1 uA", -1, "A"};
    if (!(i.grid >= -law_leakage)) return {at.grid_current, i.grid, "must not be below -1 uA", -1, "A"};

    const struct {
        double slope, at_end, rise;
        bool may_be_negative;
        const char *sign, *rule;
    } slopes[] = {
        {i.plate_by_grid, by_grid.plate_by_grid, (by_grid.plate - i.plate) / grid_step, false, "must not be below -1 uS as plate_by_grid",
         "must be, as plate_by_grid, the rise of the plate current within a factor of two"},
        {i.plate_by_plate, by_plate.plate_by_plate, (by_plate.plate - i.plate) / plate_step, false,
         "must not be below -1 uS as plate_by_plate", "must be, as plate_by_plate, the rise of the plate current within a factor of two"},
        {i.grid_by_grid, by_grid.grid_by_grid, (by_grid.grid - i.grid) / grid_step, false, "must not be below -1 uS as grid_by_grid",
         "must be, as grid_by_grid, the rise of the grid current within a factor of two"},
        {i.grid_by_plate, by_plate.grid_by_plate, (by_plate.grid - i.grid) / plate_step, true, "",
         "must be, as grid_by_plate, the rise of the grid current within a factor of two"},
    };
    for (const auto& s : slopes) {
        if (!s.may_be_negative && !(s.slope >= -law_leakage)) return {at.slope, s.slope, s.sign, -1, "S"};
        if (!is_slope(s.slope, s.at_end, s.rise)) return {at.slope, s.slope, s.rule, -1, "S"};
    }
    return {};
}

/// Why a law is not a triode's: a parameter out of its range, or, at a handful of voltages, what no triode does. Not for cut-off and
/// deep grid current, where a law may bend its slopes: dempwolf_zoelzer takes the grid's current from the plate's.
[[nodiscard]] constexpr fault law_fault(const any_law& law) noexcept
{
    if (const fault found = law.problem()) return found;
    if (const fault found = law_range_fault(law)) return found;
    constexpr struct {
        double vgk, vpk;
    } without_current[] = {{-1.0, 0.0}, {0.5, 0.0}, {0.5, -100.0}};
    for (const auto& [vgk, vpk] : without_current) {
        const double plate = law.currents(vgk, vpk).plate;
        if (!(math::abs(plate) <= law_leakage))
            return {"triode.law's plate current at a plate voltage of 0 V or below", plate, "must be 0 within 1 uA", -1, "A"};
    }
    for (const law_state& at : law_states)
        if (const fault found = law_state_fault(law, at)) return found;
    return {};
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
