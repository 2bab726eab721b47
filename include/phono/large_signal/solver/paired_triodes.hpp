// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/channel_set.hpp>
#include <phono/large_signal/solver/fitted_triodes.hpp>
#include <phono/large_signal/solver/paired_newton.hpp>
#include <phono/large_signal/solver/port_solver.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Several triodes in one circuit, in two channels at once: as several_triodes for each, with the same results. What waits for itself in
/// one channel takes hardly longer for two.
///
/// A pass of the iteration is for both. A channel that has arrived stays as it is while the other goes on.
/// (eq. 26 of large_signal/README.md)
template <int count>
class paired_triodes : public fitted_triodes<count, 2> {
    using fitted = fitted_triodes<count, 2>;
    using turns = math::by_turns<2>;
    using typename fitted::tubes, typename fitted::row, typename fitted::number, typename fitted::input;

public:
    using fitted::ports, fitted::rows;
    using typename fitted::matrix, typename fitted::small_solution;
    /// Takes the tubes at their operating points, the circuit's K and the small-signal port voltages per volt of EMF at some frequencies.
    void set(const math::vector<biased_triode, count>& at_rest, const matrix& k, const auto& swings) noexcept
    {
        for (exact& one : exact_) one.set(at_rest, k);
        exact_[0].set_up(quick_, k);
        fitted::set(at_rest, k, swings);
        for (int t = 0; t < count; ++t) {
            fitted::set_tube(half_width_, t, this->law_[t].half_width), fitted::set_tube(half_height_, t, this->law_[t].half_height);
            fitted::set_tube(gain_, t, this->law_[t].gain);
        }
        reset();
    }

    void reset() noexcept
    {
        for (int c = 0; c < 2; ++c) start_from({}, c);
        for (tubes& i : last_) i = {};
        was_large_ = {};
        this->take_slopes({}, {}, newton_);
    }
    /// Takes port voltages of a channel for its last solution, from which the search for the next one starts.
    void start_from(const math::vector<double, ports>& v, int channel) noexcept
    {
        exact_[channel].start_from(v);
        exact_[channel].start(quick_, channel);
    }

    /// Solves at small signals, where all grid currents are 0. Returns the channels that are solved: not one with a tube beyond its square,
    /// with a value that is not a number or where the iteration fails to converge.
    [[nodiscard, gnu::always_inline]] channel_set solve_small(const row (&coordinates)[rows], small_solution& i) noexcept
    {
        return this->has_squares_ ? iterate(coordinates, i) : channel_set{};
    }
    /// Gives what small solutions in both channels contribute to the next sample's coordinates, and their currents: plates, then grids.
    void add(const small_solution& i, row (&next)[rows], input* currents) noexcept
    {
        remember(i);
        was_large_ = {};
        for (int r = 0; r < rows; ++r) next[r] = this->next_of(r, i);
        store(i, currents);
        for (int t = 0; t < count; ++t) currents[count + t] = {};
    }
    /// The same where some channels are within the fit and the others large, but for those that are held as they were.
    void add(channel_set within_fit, channel_set held, const small_solution& plates, const small_solution& grids, row (&next)[rows],
             input* currents) noexcept
    {
        const tubes was[] = {last_[0], last_[1], last_[2], last_[3]};
        remember(plates);
        if (held.has_any())
            for (int n = 0; n < 4; ++n) last_[n] = chosen(held, was[n], last_[n]);
        was_large_ = was_large_.within(held).with(channel_set::both().without(within_fit).without(held));
        store(plates, currents), store(grids, currents + count);
        for (int r = 0; r < rows; ++r) {
            next[r] = this->next_of_all(r, currents);
            if (within_fit.has_any()) next[r] = chosen(within_fit, this->next_of(r, plates), next[r]);
        }
    }

    /// The same of one channel, with these currents, plates and then grids, whatever they are; the other is held.
    void add_large(int channel, const double* currents, row (&next)[rows]) noexcept
    {
        tubes plates{}, grids{};
        for (int t = 0; t < count; ++t) plates.set(2 * t + channel, currents[t]), grids.set(2 * t + channel, currents[count + t]);
        channel_set held = channel_set::both();
        held.remove(channel);
        input of_both[ports];
        add({}, held, plates, grids, next, of_both);
    }

    /// Solves these channels at any signal: their currents and the voltages at the ports. Returns those that are solved; of the others no
    /// solution was found within so many evaluations of the laws.
    [[nodiscard]] channel_set large(const row (&coordinates)[rows], channel_set wanted, int evaluations, small_solution& plates,
                                    small_solution& grids, math::vector<double, ports> (&v)[2]) noexcept
    {
        channel_set solved;
        const quick_pair p = ports_of(coordinates);
        math::vector<double, ports> own{};
        if (is_worthwhile && quick_.is_usable()) {
            typename quick::solutions found;
            int spent[2]{};
            solved = quick_.solve(wanted, p, evaluations, spent, found);
            plates = chosen(solved, by_turns_of(found.current.plate), plates);
            grids = chosen(solved, by_turns_of(found.current.grid), grids);
            for (int c = 0; c < 2; ++c) {
                if (!wanted.has(c)) continue;
                p.get(c, own);
                if (solved.has(c)) {
                    exact_[c].take(own, found.v, found.current, c, spent[c]);
                    v[c] = exact_[c].port_voltages();
                } else {
                    if (exact_[c].search_after(quick_, own, c, evaluations, spent[c])) take(c, plates, grids, v), solved.add(c);
                    exact_[c].start(quick_, c);
                }
            }
            return solved;
        }
        for (int c = 0; c < 2; ++c) {
            p.get(c, own);
            if (wanted.has(c) && exact_[c].solve(own, evaluations)) take(c, plates, grids, v), solved.add(c);
        }
        return solved;
    }
    /// Evaluations of the laws that large() took.
    [[nodiscard]] int evaluations(int channel) const noexcept { return exact_[channel].evaluations(); }

private:
    using fitted::newton_, fitted::weight_, fitted::tolerance, fitted::most_passes;
    using exact = port_solver<count, true>;
    /// Of Newton's iteration for both channels at once: narrower registers are filled by one.
    static constexpr bool is_worthwhile = math::widest_vector >= 8;
    using quick = paired_newton<count>;
    using quick_pair = typename quick::pair;

    /// The first in these channels, the second in the others.
    template <int N>
    [[gnu::always_inline]] static math::lanes<N> chosen(channel_set channels, const math::lanes<N>& first,
                                                        const math::lanes<N>& second) noexcept
    {
        if (channels.has_both()) return first;
        return where_above(turns::template everywhere<N / 2>(channels.ones()), math::lanes<N>{}, first, second);
    }
    [[gnu::always_inline]] static tubes by_turns_of(const typename quick::numbers& x) noexcept
    {
        return x.template picked<0, 4, 1, 5, 2, 6, 3, 7>();
    }
    [[gnu::always_inline]] static typename quick::numbers by_halves_of(const tubes& x) noexcept
    {
        return x.template picked<0, 2, 4, 6, 1, 3, 5, 7>();
    }
    /// The port voltages without the tubes' residual currents.
    [[nodiscard, gnu::always_inline]] quick_pair ports_of(const row (&coordinates)[rows]) const noexcept
    {
        const tubes grid = fitted::template from<0>(coordinates) * half_width_;
        const tubes plate = fnmadd(gain_, grid, fitted::template from<count>(coordinates) * half_height_);
        return {by_halves_of(grid), by_halves_of(plate)};
    }
    /// Takes the solution of a channel that was searched for.
    void take(int c, tubes& plates, tubes& grids, math::vector<double, ports> (&v)[2]) const noexcept
    {
        const auto& i = exact_[c].currents();
        for (int t = 0; t < count; ++t) plates.set(2 * t + c, i[2 * t + 1]), grids.set(2 * t + c, i[2 * t]);
        v[c] = exact_[c].port_voltages();
    }
    template <int t = 0>
    [[gnu::always_inline]] static void store(const tubes& i, input* currents) noexcept
    {
        currents[t] = turns::template everywhere<4, t>(i);
        if constexpr (t + 1 < count) store<t + 1>(i, currents);
    }

    void remember(const tubes& i) noexcept { last_[3] = last_[2], last_[2] = last_[1], last_[1] = last_[0], last_[0] = i; }

    /// As several_triodes does, pass by pass.
    [[nodiscard, gnu::always_inline]] channel_set iterate(const row (&coordinates)[rows], tubes& i) noexcept
    {
        i = fmadd(4.0, last_[0] + last_[2], fmadd(-6.0, last_[1], -1.0 * last_[3]));
        tubes x = fitted::template from<0>(coordinates) + fitted::combined(this->to_x_, i);
        tubes y = fitted::template from<count>(coordinates) + fitted::combined(this->to_y_, i);
        channel_set open = channel_set::both(), found, late;
        if (was_large_.has_any()) [[unlikely]]   // as before: the polynomials would tell nothing new
            open = open.without(was_large_.without(within_square(x, y)));
        tubes allowed{}, before{};
        for (int n = 0; n < most_passes && open.has_any(); ++n) {
            tubes off = this->currents(x, y) - i;
            if (!open.has_both()) [[unlikely]]
                off = chosen(open, off, tubes{});
            const tubes step_x = fitted::combined(newton_.x, off), step_y = fitted::combined(newton_.y, off);
            x = x + step_x, y = y + step_y;
            i = i + fitted::combined(newton_.current, off);
            if (n != 1) allowed = tolerance * turns::largest_everywhere(weight_ * abs(x));
            const tubes change = weight_ * (abs(step_x) + abs(step_y));
            if (n == 0) before = allowed;
            const unsigned close = places_at_most(change * change - allowed * before, 0.0);
            before = change;
            if (n == 0 && !channel_set::with_all(close).has_any()) [[likely]]
                continue;
            const unsigned inside = places_in_square(x, y);
            if (open.has_both() && (inside & close) == tubes::everywhere) [[likely]] {   // the same as below, of both at once
                if (n > 1) renew(x, y, channel_set::both());
                return channel_set::both();
            }
            const channel_set in_square = channel_set::with_all(inside), done = open.within(channel_set::with_all(close));
            const channel_set arrived = done.within(in_square);
            found = found.with(arrived);
            if (n > 1) late = late.with(arrived);
            open = open.without(done).within(n == 0 ? channel_set::both() : in_square);
        }
        if (late.has_any()) renew(x, y, late);
        return found;
    }
    /// The channels with all tubes in their squares; not one with a value that is not a number.
    [[nodiscard, gnu::always_inline]] static channel_set within_square(const tubes& x, const tubes& y) noexcept
    {
        return channel_set::with_all(places_in_square(x, y));
    }
    [[nodiscard, gnu::always_inline]] static unsigned places_in_square(const tubes& x, const tubes& y) noexcept
    {
        return places_at_most(abs(x), 1.0) & places_at_most(abs(y), 1.0);
    }

    /// Takes the laws' slopes in these channels for the corrections to come.
    void renew(const tubes& x, const tubes& y, channel_set channels) noexcept
    {
        if (channels.has_both()) return this->take_slopes(x, y, newton_);
        typename fitted::corrections now;
        this->take_slopes(x, y, now);
        for (int t = 0; t < count; ++t) {
            newton_.current[t] = chosen(channels, now.current[t], newton_.current[t]);
            newton_.x[t] = chosen(channels, now.x[t], newton_.x[t]);
            newton_.y[t] = chosen(channels, now.y[t], newton_.y[t]);
        }
    }

    exact exact_[2]{};
    quick quick_{};
    tubes half_width_{}, half_height_{}, gain_{};   ///< of the laws
    tubes last_[4]{};                               ///< plate currents, the latest first
    channel_set was_large_{};                       ///< in the last sample
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
