// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/channel_set.hpp>
#include <phono/large_signal/solver/plate_elimination.hpp>
#include <phono/large_signal/solver/safeguards.hpp>
#include <phono/large_signal/solver/triode_laws.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A step of Newton's iteration for up to four triodes of one kind of law, side by side in vector registers, in one channel or in two: what
/// the laws say at some voltages, where the iteration starts and when it has arrived.
///
/// Unknown are the currents: (1 - S K) step = i(p + K i) - i, S = di/dv.
/// (eq. 19 and 20 of large_signal/README.md)
template <int triodes, int channels = 1>
class newton_step : public plate_elimination<triodes, channels> {
    using base = plate_elimination<triodes, channels>;
    using typename base::halves;

public:
    using base::count, base::ports, base::used, base::is_possible;
    using typename base::column, typename base::number, typename base::numbers, typename base::pair;

    /// Takes the laws, which outlive this, their operating points, their currents there and the circuit's K.
    void set(const triode_laws<triodes>& laws, const column& rest, const triode_currents (&at_rest)[triodes],
             const double (&k)[ports][ports]) noexcept
    {
        is_usable_ = is_possible && laws.is_of_four();
        if (!is_usable_) return;
        for (int t = 0; t < count; ++t) {
            const int from = t < used ? t : 0;   // the first one at rest fills up what is free
            const triode_currents& i = at_rest[from];
            halves::set(rest_.grid, t, rest[2 * from]), halves::set(rest_.plate, t, rest[2 * from + 1]);
            halves::set(current_at_rest_.grid, t, i.grid), halves::set(current_at_rest_.plate, t, i.plate);
            halves::set(grid_at_rest_.grid, t, i.grid_by_grid), halves::set(grid_at_rest_.plate, t, i.grid_by_plate);
            halves::set(plate_at_rest_.grid, t, i.plate_by_grid), halves::set(plate_at_rest_.plate, t, i.plate_by_plate);
        }
        base::set(k);
    }

    /// Takes p, the currents and their slopes for those of a channel's last solution.
    void start_from(const column& p, const column& current, const triode_currents (&slope)[triodes], int channel = 0) noexcept
    {
        if (!is_usable_) return;
        p_.set(channel, p), i_.set(channel, current);
        expected_.set(channel, {});
        for (pair& b : bend_) b.set(channel, {});
        this->set_slopes(slope, channel);
        this->factor();
    }
    [[nodiscard]] bool is_usable() const noexcept { return is_usable_; }
    /// Of a channel's last solution: p, the port voltages and the currents.
    void last(int channel, column& p, column& v, column& current) const noexcept
    {
        p_.get(channel, p), (p_ + this->voltages(i_)).get(channel, v), i_.get(channel, current);
    }

protected:
    using base::grid_slope_, base::plate_slope_;

    /// V at a grid, hundredths of that at a plate; below 1 V times the size of p. After a step this short the laws are not evaluated again:
    /// convergence is quadratic. A grid diode, the sharpest bend away from a plate voltage of 0 V, leaves at most 20 times the square, 2e-7 V.
    static constexpr double straight = 1e-4, least_straight = 1e-11;
    /// Of a plate's voltage, or of 1 mV: near 0 V a plate's current bends within its own voltage, or within the last volt.
    static constexpr double straight_share = 1.5e-3;
    static constexpr double first_step = 4.0;   ///< V, the longest
    static constexpr int most_steps = 6;

    /// The residual currents at v, where the laws say this.
    [[nodiscard, gnu::always_inline]] pair residual(const pair& v, const triodes_together<4 * channels>& now) const noexcept
    {
        return {fnmadd(grid_at_rest_.plate, v.plate, fnmadd(grid_at_rest_.grid, v.grid, now.grid - current_at_rest_.grid)),
                fnmadd(plate_at_rest_.plate, v.plate, fnmadd(plate_at_rest_.grid, v.grid, now.plate - current_at_rest_.plate))};
    }
    /// Their slopes.
    [[nodiscard, gnu::always_inline]] pair grid_slope_of(const triodes_together<4 * channels>& now) const noexcept
    {
        return {now.grid_by_grid - grid_at_rest_.grid, now.grid_by_plate - grid_at_rest_.plate};
    }
    [[nodiscard, gnu::always_inline]] pair plate_slope_of(const triodes_together<4 * channels>& now) const noexcept
    {
        return {now.plate_by_grid - plate_at_rest_.grid, now.plate_by_plate - plate_at_rest_.plate};
    }

    /// The largest in volts, those at a plate divided by 100.
    [[nodiscard]] static number size_of(const pair& v) noexcept { return halves::largest_of_each(max(abs(v.grid), 0.01 * abs(v.plate))); }

    /// At most zero where the laws are as good as straight along a step that led to these voltages at the plates.
    [[nodiscard, gnu::always_inline]] number bend_of(const numbers& v, const numbers& step) const noexcept
    {
        const numbers whole = max(abs(rest_.plate + v), numbers::all(1e-3));
        return halves::largest_of_each(fmadd(-straight_share, whole, abs(step)));
    }

    /// From the latest and the three before it: as the latest, or along the line or the parabola through the latest, whichever missed the
    /// latest by least.
    [[nodiscard]] static numbers extrapolated(const numbers& latest, const numbers& last, const numbers& older,
                                              const numbers& oldest) noexcept
    {
        const numbers rise = latest - last, rise_before = last - older;
        const numbers turn = rise - rise_before, turn_before = rise_before - (older - oldest);
        const numbers off = abs(rise), off_line = abs(turn), off_parabola = abs(turn - turn_before);
        const numbers line = latest + rise, curve = where_above(off_line, off_parabola, line + turn, line);
        return where_above(off, where_above(off_line, off_parabola, off_parabola, off_line), curve, latest);
    }
    /// What the next solution is expected to be beyond its slopes' prediction, the latest having been this far beyond its own.
    [[nodiscard]] pair expected_after(const pair& bend) const noexcept
    {
        return {extrapolated(bend.grid, bend_[0].grid, bend_[1].grid, bend_[2].grid),
                extrapolated(bend.plate, bend_[0].plate, bend_[1].plate, bend_[2].plate)};
    }

    /// One in these channels, the other in the rest.
    [[gnu::always_inline]] static pair chosen(channel_set channels_of_one, const pair& one, const pair& other) noexcept
    {
        if constexpr (channels == 1) return channels_of_one.has(0) ? one : other;
        else {
            if (channels_of_one.has_both()) return one;
            const numbers mask = halves::everywhere(channels_of_one.ones());
            return {where_above(mask, numbers{}, one.grid, other.grid), where_above(mask, numbers{}, one.plate, other.plate)};
        }
    }

    /// Takes the slopes at some voltages in these channels, and factors 1 - S K.
    [[gnu::always_inline]] void take_slopes(const triodes_together<4 * channels>& now, channel_set of) noexcept
    {
        grid_slope_ = chosen(of, grid_slope_of(now), grid_slope_);
        plate_slope_ = chosen(of, plate_slope_of(now), plate_slope_);
        this->factor();
    }

    /// Newton's iteration in these channels with the safeguards of port_solver, from port voltages v = p + K i: a step takes no plate more
    /// than nine tenths of the way to 0 V, and is halved until the simplified Newton correction is smaller. A pass evaluates the laws once, of
    /// all channels that have not arrived. Returns those that are solved, with few evaluations, and within `most` in all.
    [[nodiscard, gnu::noinline]] channel_set safely(const auto& laws, channel_set open, const number& size, int most,
                                                    int (&evaluations)[channels], pair& i, pair& v) noexcept
    {
        channel_set solved;
        double share[channels]{}, length[channels]{};
        int halvings[channels]{};
        int limit[channels]{};
        for (int c = 0; c < channels; ++c) {
            limit[c] = most < evaluations[c] + few ? most : evaluations[c] + few;
            if (evaluations[c] >= limit[c]) open.remove(c);
            if (open.has(c)) ++evaluations[c];
        }
        if (!open.has_any()) return solved;
        triodes_together<4 * channels> now = laws(rest_ + v);
        take_slopes(now, open);
        pair step = this->eliminated(residual(v, now) - i), change = this->voltages(step);
        channel_set fresh = open;   // with a new step
        while (open.has_any()) {
            const number lengths = size_of(change);
            channel_set arriving;
            for (int c = 0; c < channels; ++c) {
                if (!fresh.has(c)) continue;
                length[c] = component(lengths, c), share[c] = within_reach(v, change, c), halvings[c] = 0;
                if (!is_finite(change, c)) open.remove(c);
                else if (length[c] < safeguards::straight) arriving.add(c);
            }
            i = chosen(arriving, i + step, i), v = chosen(arriving, v + change, v);
            solved = solved.with(arriving), open = open.without(arriving);
            if (!open.has_any()) break;
            number shares{};
            for (int c = 0; c < channels; ++c) set_component(shares, c, share[c]);
            const numbers part = halves::everywhere(shares);
            const pair next_v = fmadd(part, change, v), next_i = fmadd(part, step, i);
            now = laws(rest_ + next_v);
            const pair off = residual(next_v, now) - next_i, rest = this->voltages(this->eliminated(off));
            const number left = size_of(rest);
            channel_set taken, done;
            for (int c = 0; c < channels; ++c) {
                if (!open.has(c)) continue;
                ++evaluations[c];
                const double close = safeguards::close(component(size, c)), own = component(left, c);
                if (is_finite(rest, c) && safeguards::takes(share[c], length[c], own, close)) {
                    taken.add(c);
                    if (own < close) done.add(c);
                } else if (++halvings[c] > safeguards::most_halvings) open.remove(c);
                else share[c] *= 0.5;
            }
            i = chosen(taken, next_i, i), v = chosen(taken, next_v, v);
            solved = solved.with(done), open = open.without(done);
            for (int c = 0; c < channels; ++c)
                if (evaluations[c] >= limit[c]) open.remove(c);
            if (taken.has_any()) {
                take_slopes(now, taken);
                const pair next = this->eliminated(off);
                step = chosen(taken, next, step), change = chosen(taken, this->voltages(next), change);
            }
            fresh = taken.within(open);
        }
        return solved;
    }

    pair rest_{};
    pair p_{}, i_{};                ///< of the last solution
    pair expected_{}, bend_[3]{};   ///< currents beyond the slopes' prediction: of the next solution; of the latest ones

private:
    static constexpr int few = 24;   ///< evaluations, after which port_solver has more ways

    [[nodiscard]] static double component(const number& x, int c) noexcept
    {
        if constexpr (channels == 1) return c == 0 ? x : 0.0;
        else return x[c];
    }
    static void set_component(number& of, int c, double x) noexcept
    {
        if constexpr (channels == 1) of = c == 0 ? x : of;
        else of.set(c, x);
    }
    [[nodiscard]] static bool is_finite(const pair& x, int c) noexcept
    {
        bool is = true;
        for (int t = 0; t < used; ++t) is = is && math::is_finite(x.grid[4 * c + t]) && math::is_finite(x.plate[4 * c + t]);
        return is;
    }
    /// The part of a step that keeps above 0 V every plate that is above it.
    [[nodiscard]] double within_reach(const pair& v, const pair& change, int c) const noexcept
    {
        double share = 1.0;
        for (int t = 0; t < used; ++t)
            share = safeguards::within_reach(share, rest_.plate[4 * c + t] + v.plate[4 * c + t], -change.plate[4 * c + t]);
        return share;
    }

    pair current_at_rest_{};
    pair grid_at_rest_{}, plate_at_rest_{};   ///< slopes of the currents, by the voltages of grid and plate
    bool is_usable_ = false;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
