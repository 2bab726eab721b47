// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/alternation.hpp>
#include <phono/large_signal/backward_kernel.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/physical_region.hpp>
#include <phono/large_signal/solver/port_rows.hpp>
#include <phono/large_signal/step/mode_memory.hpp>

#include <initializer_list>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The way of one channel round the samples that its fast kernel cannot take: those without a solution, and those whose solution is not
/// physical. The circuit is stepped by backward differences from its last sound state until it has been within its physical region for a
/// while; the fast kernel then goes on from there.
///
/// What is computed here is not inlined, so that it is one code, with the same roundings, whatever the number of channels.
///
/// A detour that follows another closely because the fast kernel went beyond all bounds or alternated again lasts twice as long as that one.
/// (section "What cannot run away" of large_signal/README.md)
template <netlist_size size>
class detour {
    using kernel = backward_kernel<size>;
    using design_type = kernel_design<size>;
    static constexpr int inputs = design_type::inputs, memories = design_type::most > 0 ? design_type::most : 1;
    static constexpr int most = circuit_state<size>::most;

public:
    using voltages = typename kernel::voltages;

    void set(const design_type& design, const circuit<size>& held, const port_modes<size>& found, double period) noexcept
    {
        kernel_.set(held, found, period);
        region_.set(held, gain_ahead(found), design.steep, period);
        if constexpr (is_watched) watch_.set(gains(found, period));
        is_split_ = design.is_split;
        count_ = design.count;
        for (int n = 0; n < count_; ++n) step_[n] = memory_step{design.modes[n]};
        reset();
    }

    void reset() noexcept
    {
        kernel_.reset(), region_.reset(), watch_.reset();
        is_taken_ = false;
        least_ = shortest;
        since_ = 0;
    }

    /// True if the samples go this way.
    [[nodiscard]] bool is_taken() const noexcept { return is_taken_; }

    /// True if the fast kernel's port voltages, with this EMF, are to be accepted.
    [[nodiscard]] bool accepts(double u, const port_rows<size.triodes>& v) noexcept
    {
        is_within_ = region_.holds(u, v);
        if constexpr (is_watched) is_within_ = !watch_.sees(u, v) && is_within_;
        return is_within_ && !region_.is_steep(v);
    }
    /// True if every voltage of the solver's table is to be accepted.
    [[nodiscard]] bool accepts_table() const noexcept { return !region_.is_ever_steep(); }
    /// Takes note that there is no solution at all.
    void miss() noexcept { is_within_ = false; }

    /// Begins, with the memory of the fast kernel's modes, memory_of(n), and its inputs at the latest sample in its own order.
    void begin(const auto& memory_of, const double (&w)[inputs]) noexcept
    {
        if (is_within_) least_ = shortest;
        else if (since_ < close * least_) least_ = 2 * least_ < longest ? 2 * least_ : longest;
        go_from(state(memory_of, w));
    }
    /// Begins from a state that was not the fast kernel's.
    void begin(const circuit_state<size>& from) noexcept
    {
        least_ = shortest;
        go_from(from);
    }

    /// The state at the latest sample, of the fast kernel or of the detour that is taken. Arguments: as of begin().
    [[nodiscard]] circuit_state<size> state(const auto& memory_of, const double (&w)[inputs]) const noexcept
    {
        circuit_state<size> now;
        if (is_taken_) {
            for (int n = 0; n < most; ++n) now.modes[n] = kernel_.modes()[n];
            for (int j = 0; j < inputs; ++j) now.driven[j] = kernel_.driven()[j];
        } else {
            for (int j = 0; j < inputs; ++j) now.driven[j] = w[design_type::order_of(j)];
            for (int n = 0; n < count_; ++n) now.modes[mode_of(n)] += step_[n].state(memory_of(n), driven(n, now.driven));
        }
        return now;
    }

    /// A sample by backward differences.
    [[gnu::noinline]] double operator()(double u, int evaluations) noexcept
    {
        for (int j = 0; j < inputs; ++j) driven_[1][j] = driven_[0][j], driven_[0][j] = kernel_.driven()[j];
        const double y = kernel_(u, evaluations);
        const port_rows<size.triodes> v = kernel_.port_voltages();
        const bool is_calm = region_.holds(u, v) && !region_.is_steep(v) && kernel_.has_solved();
        calm_ = is_calm ? calm_ + 1 : 0;
        return y;
    }
    /// True if the fast kernel may go on.
    [[nodiscard]] bool is_over() const noexcept { return calm_ >= least_; }

    /// Ends: gives the fast kernel's modes their memory, by set_memory(n, memory), and its inputs at the latest sample and the one before.
    void end(const auto& set_memory, double (&w)[inputs], double (&before)[inputs]) noexcept
    {
        const auto& latest = kernel_.driven();
        for (int n = 0; n < count_; ++n) {
            const bool is_emf = is_split_ && n % 2 == 0;
            const math::complex x = is_emf ? math::complex{} : kernel_.modes()[mode_of(n)];
            set_memory(n, step_[n].memory(x, driven(n, latest), driven(n, driven_[0]), driven(n, driven_[1])));
        }
        for (int j = 0; j < inputs; ++j) w[design_type::order_of(j)] = latest[j], before[design_type::order_of(j)] = driven_[0][j];
        is_taken_ = false;
        since_ = 0;
        watch_.reset();
    }

    /// The step of the fast kernel's mode n, and its drive by inputs in the kernel's own order.
    [[nodiscard]] const memory_step& step(int n) const noexcept { return step_[n]; }
    [[nodiscard]] math::complex drive(int n, const double (&w)[inputs]) const noexcept
    {
        typename kernel::drives of{};
        for (int j = 0; j < inputs; ++j) of[j] = w[design_type::order_of(j)];
        return driven(n, of);
    }

    /// Counts the samples between detours; to be called for each that the fast kernel solves exactly.
    void pass() noexcept { since_ = since_ < close * longest ? since_ + 1 : since_; }

    /// The most that the output can be, with an EMF of at most so many volts of late.
    [[nodiscard]] double most_output(double emf) const noexcept { return region_.most_output(emf); }
    [[nodiscard]] const voltages& port_voltages() const noexcept { return kernel_.port_voltages(); }
    [[nodiscard]] long unsolved() const noexcept { return kernel_.unsolved(); }
    /// Evaluations of the laws since this was last asked.
    [[nodiscard]] int spent() noexcept { return kernel_.spent(); }

private:
    static constexpr int shortest = 8, longest = 512;   ///< samples within the physical region before a detour ends
    static constexpr int close = 64;                    ///< so many times its length after a detour, the next one does not follow closely

    [[gnu::noinline]] void go_from(const circuit_state<size>& from) noexcept
    {
        kernel_.start(from.modes, from.driven);
        for (int j = 0; j < inputs; ++j) driven_[0][j] = driven_[1][j] = from.driven[j];
        calm_ = 0;
        is_taken_ = true;
        watch_.reset();
    }

    [[nodiscard]] int mode_of(int n) const noexcept { return is_split_ ? n / 2 : n; }
    /// The drive of the fast kernel's mode n by these inputs: a split mode has one part for the EMF and one for the currents.
    [[nodiscard, gnu::noinline]] math::complex driven(int n, const typename kernel::drives& w) const noexcept
    {
        if (!is_split_) return kernel_.drive(n, w, 0, inputs);
        return n % 2 == 0 ? kernel_.drive(n / 2, w, 0, 1) : kernel_.drive(n / 2, w, 1, inputs);
    }

    /// The largest small-signal gain, at least 1, from the EMF to the grid that sees the least of it: that of the first triode.
    [[nodiscard]] static double gain_ahead(const port_modes<size>& found) noexcept
    {
        double least = 0.0;
        for (int t = 0; t < size.triodes; ++t) {
            double gain = 1.0;
            const auto try_at = [&](double radians) {
                const double here = math::abs(found.response(2 * t, 0, {0.0, radians}));
                gain = here > gain ? here : gain;
            };
            for (const double hertz : {20.0, 200.0, 2e3, 1e4, 2e4}) try_at(2.0 * math::pi * hertz);
            for (int m = 0; m < found.count; ++m)
                if (found.modes[m].s.im != 0.0) try_at(math::abs(found.modes[m].s));   // a resonance, as of a cartridge in its load
            least = t == 0 || gain < least ? gain : least;
        }
        return least;
    }

    /// The largest small-signal gain from the EMF to each port, in the audio band and at half the rate.
    [[nodiscard]] static voltages gains(const port_modes<size>& found, double period) noexcept
    {
        voltages largest{};
        for (int p = 0; p < 2 * size.triodes; ++p)
            for (const double hertz : {20.0, 200.0, 2e3, 2e4, 0.5 / period}) {
                const double here = math::abs(found.response(p, 0, {0.0, 2.0 * math::pi * hertz}));
                largest[p] = here > largest[p] ? here : largest[p];
            }
        return largest;
    }

    static constexpr bool is_watched = size.triodes > 1;   // all states of a single triode are tried ahead

    kernel kernel_{};
    physical_region<size> region_{};
    alternation<size.triodes> watch_{};
    memory_step step_[memories]{};
    int count_ = 0;
    bool is_split_ = false, is_taken_ = false, is_within_ = true;
    typename kernel::drives driven_[2]{};   ///< one and two samples before the latest
    int calm_ = 0, least_ = shortest, since_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
