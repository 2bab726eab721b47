// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/channel_set.hpp>
#include <phono/large_signal/solver/fitted_triodes.hpp>
#include <phono/large_signal/solver/paired_newton.hpp>
#include <phono/large_signal/solver/port_rows.hpp>
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
        for (int p = 0; p < 4; ++p)   // the tubes fill up in turn what is free
            plates.set(2 * p + channel, currents[p % count]), grids.set(2 * p + channel, currents[count + p % count]);
        channel_set held = channel_set::both();
        held.remove(channel);
        input of_both[ports];
        add({}, held, plates, grids, next, of_both);
    }

    /// Solves these channels at any signal: their currents and the voltages at the ports. Returns those that are solved; of the others no
    /// solution was found within so many evaluations of the laws.
    [[nodiscard]] channel_set large(const row (&coordinates)[rows], channel_set wanted, int evaluations, small_solution& plates,
                                    small_solution& grids, port_rows<count> (&v)[2]) noexcept
    {
        const auto at_ports = this->ports_of(coordinates);
        const quick_pair p{by_halves_of(at_ports.grid), by_halves_of(at_ports.plate)};
        evaluations_[0] = evaluations_[1] = 0;
        typename quick::solutions found;
        channel_set solved;
        if (is_worthwhile && quick_.is_usable()) {
            solved = quick_.solve(wanted, p, evaluations, evaluations_, found);
            if (const channel_set failed = wanted.without(solved); failed.has_any()) [[unlikely]]
                solved = solved.with(search(failed, p, evaluations, found));
        } else {
            for (int c = 0; c < 2; ++c)
                if (wanted.has(c) && solve_alone(c, p, evaluations, found)) solved.add(c);
        }
        plates = chosen(solved, by_turns_of(found.current.plate), plates);
        grids = chosen(solved, by_turns_of(found.current.grid), grids);
        v[0] = {halves::template of<0>(found.v.grid), halves::template of<0>(found.v.plate)};
        v[1] = {halves::template of<1>(found.v.grid), halves::template of<1>(found.v.plate)};
        return solved;
    }
    /// Evaluations of the laws that large() took.
    [[nodiscard]] int evaluations(int channel) const noexcept { return evaluations_[channel]; }

private:
    using fitted::newton_, fitted::weight_, fitted::tolerance, fitted::most_passes;
    using exact = port_solver<count, true>;
    /// Of Newton's iteration for both channels at once: narrower registers are filled by one.
    static constexpr bool is_worthwhile = math::widest_vector >= 8;
    using quick = paired_newton<count>;
    using quick_pair = typename quick::pair;
    using halves = by_halves<2>;

    /// Searches in channels where the quick iteration gave up.
    [[nodiscard, gnu::noinline]] channel_set search(channel_set failed, const quick_pair& p, int evaluations,
                                                    typename quick::solutions& found) noexcept
    {
        channel_set solved;
        for (int c = 0; c < 2; ++c) {
            if (!failed.has(c)) continue;
            typename exact::column own{};
            p.get(c, own);
            if (exact_[c].search_after(quick_, own, c, evaluations, evaluations_[c])) {
                found.v.set(c, exact_[c].port_voltages()), found.current.set(c, exact_[c].currents());
                solved.add(c);
            }
            evaluations_[c] = exact_[c].evaluations();
            exact_[c].start(quick_, c);
        }
        return solved;
    }
    /// Solves one channel, in registers as narrow as that.
    [[nodiscard]] bool solve_alone(int c, const quick_pair& p, int evaluations, typename quick::solutions& found) noexcept
    {
        typename exact::pair own, v, current;
        typename exact::column by_turns{};
        p.get(c, by_turns), own.set(0, by_turns);
        const bool is_solved = exact_[c].solve(own, evaluations, v, current);
        evaluations_[c] = exact_[c].evaluations();
        if (!is_solved) return false;
        v.get(0, by_turns), found.v.set(c, by_turns);
        current.get(0, by_turns), found.current.set(c, by_turns);
        return true;
    }

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
        constexpr int third = 2 % count, fourth = 3 % count;   // the tubes fill up in turn what is free
        return x.template picked<0, 4, 1, 5, third, 4 + third, fourth, 4 + fourth>();
    }
    [[gnu::always_inline]] static typename quick::numbers by_halves_of(const tubes& x) noexcept
    {
        return x.template picked<0, 2, 4, 6, 1, 3, 5, 7>();
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
        tubes x = fitted::template from<0>(coordinates) + this->to_x_ * i;
        tubes y = fitted::template from<count>(coordinates) + this->to_y_ * i;
        channel_set open = channel_set::both(), found, late;
        if (was_large_.has_any()) [[unlikely]]   // as before: the polynomials would tell nothing new
            open = open.without(was_large_.without(within_square(x, y)));
        tubes allowed{}, before{};
        for (int n = 0; n < most_passes && open.has_any(); ++n) {
            tubes off = this->currents(x, y) - i;
            if (!open.has_both()) [[unlikely]]
                off = chosen(open, off, tubes{});
            const tubes step_x = newton_.x * off, step_y = newton_.y * off;
            x = x + step_x, y = y + step_y;
            i = i + newton_.current * off;
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
    tubes last_[4]{};           ///< plate currents, the latest first
    channel_set was_large_{};   ///< in the last sample
    int evaluations_[2]{};      ///< that large() took
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
