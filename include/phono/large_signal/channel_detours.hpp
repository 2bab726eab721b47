// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/detour.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The detours of a tube kernel's channels, each on its own, and what the hardest sample of any of them takes.
template <netlist_size size, int channels>
class channel_detours {
    using design_type = kernel_design<size>;

public:
    void set(const design_type& design, const circuit<size>& held, const port_modes<size>& found, double period) noexcept
    {
        for (detour<size>& d : detour_) d.set(design, held, found, period);
    }
    void reset() noexcept
    {
        for (detour<size>& d : detour_) d.reset();
        taken_ = 0;
        most_evaluations_ = 0;
    }

    [[nodiscard]] detour<size>& operator[](int c) noexcept { return detour_[c]; }
    [[nodiscard]] const detour<size>& operator[](int c) const noexcept { return detour_[c]; }
    /// True if a channel is on a detour.
    [[nodiscard]] bool has_any() const noexcept { return taken_ > 0; }

    /// True if a channel's exact solution, where there is one, is to be taken, found with so many evaluations of the laws. Else `begin`
    /// begins the detour.
    [[nodiscard]] bool accepts(int c, bool is_solved, int evaluations, double u, const port_rows<size.triodes>& v,
                               const auto& begin) noexcept
    {
        wasted_[c] = evaluations;
        if (!is_solved) detour_[c].miss();
        else if (detour_[c].accepts(u, v)) {
            spend(c, 0);
            return true;
        }
        begin(detour_[c]);
        ++taken_;
        return false;
    }
    /// Begins from a state that was not the fast kernel's.
    void start_from(const circuit_state<size>& from, int c) noexcept
    {
        if (!detour_[c].is_taken()) ++taken_;
        detour_[c].begin(from);
    }

    /// A sample of a channel that is on a detour: its output. Where that is over, `come_back` ends it.
    [[nodiscard]] double go_on(int c, double u, const auto& come_back) noexcept
    {
        const double y = detour_[c](u, limit_);
        int evaluations = detour_[c].spent();
        if (detour_[c].is_over()) {
            come_back(detour_[c]);
            --taken_;
            ++evaluations;   // of the solver, which starts from there
        }
        spend(c, evaluations);
        return y;
    }

    /// The most evaluations of the laws that one of the three attempts at a sample takes.
    void set_limit(int evaluations) noexcept { limit_ = evaluations; }
    [[nodiscard]] int limit() const noexcept { return limit_; }
    [[nodiscard]] int most_evaluations() const noexcept { return most_evaluations_; }
    [[nodiscard]] long unsolved() const noexcept
    {
        long samples = 0;
        for (const detour<size>& d : detour_) samples += d.unsolved();
        return samples;
    }
    /// The most that an output can be, with an EMF of at most so many volts of late.
    [[nodiscard]] double most_output(double emf) const noexcept { return detour_[0].most_output(emf); }

private:
    /// Counts the evaluations of a channel's sample: those of an attempt that was not taken, and these.
    void spend(int c, int evaluations) noexcept
    {
        evaluations += std::exchange(wasted_[c], 0);
        most_evaluations_ = evaluations > most_evaluations_ ? evaluations : most_evaluations_;
    }

    detour<size> detour_[channels]{};
    int taken_ = 0;
    int wasted_[channels]{};   ///< evaluations in the attempt that a detour follows
    int limit_ = 0, most_evaluations_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
