// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/by_turns.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The inputs of a circuit at the latest samples, of one channel or by turns of two: the EMF, the plate currents, the grid currents.
template <int inputs, int channels>
class latest_inputs {
    using turns = math::by_turns<channels>;

public:
    using input = typename turns::input;
    using all = input[inputs];
    using of_channel = double[inputs];

    void reset() noexcept
    {
        for (auto& w : w_)
            for (input& of : w) of = {};
    }

    /// Takes the next sample's.
    [[gnu::always_inline]] void push(const all& w) noexcept
    {
        at_ = (at_ + 1) % kept;
        for (int j = 0; j < inputs; ++j) store(w[j], w_[at_][j]);
    }
    /// The latest, and those some samples before.
    [[nodiscard]] const all& latest() const noexcept { return w_[at_]; }
    [[nodiscard]] const all& before(int samples) const noexcept { return w_[place(samples)]; }

    /// A channel's, some samples before the latest.
    void read(int samples, int channel, of_channel& w) const noexcept
    {
        for (int j = 0; j < inputs; ++j) w[j] = turns::of_channel(before(samples)[j], channel);
    }
    void write(int samples, int channel, const of_channel& w) noexcept
    {
        for (int j = 0; j < inputs; ++j) turns::set_channel(w_[place(samples)][j], channel, w[j]);
    }

private:
    /// A number by itself: of eight g++ 12 may make one store of 64 bytes, which among operations on 32 holds up some of Intel's processors.
    static void store(double x, volatile double& to) noexcept { to = x; }
    template <int N>
    static void store(const math::lanes<N>& x, math::lanes<N>& to) noexcept
    {
        to = x;
    }

    static constexpr unsigned kept = 4;
    [[nodiscard]] unsigned place(int samples) const noexcept { return (at_ + kept - static_cast<unsigned>(samples)) % kept; }

    input w_[kept][inputs]{};   ///< a ring
    unsigned at_ = 0;           ///< of the latest
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
