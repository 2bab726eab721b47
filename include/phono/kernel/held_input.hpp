// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>
#include <phono/math/sums_in_double.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// What a sample that stays and the bases of slow states contribute to a block in float, computed in double.
///
/// Two slow modes may be three times what their difference is, as those of a rumble filter and of a curve are, and each sample drives their
/// states as much as these decay: of a steady input nearly all of it cancels, and what is rounded would be left.
template <class T, int widest, int n, int turns>
class held_input {
    using vector = math::block_vector<T, widest>;
    using sums = math::sums_in_double<T, widest>;
    static constexpr block_layout<T> at{n, turns};
    static constexpr int l = at.length, vectors = at.vectors();

public:
    /// With the coefficients of a block form of `n` states: what a sample, in all places of a vector, and these bases contribute to the states
    /// and to the outputs of every block as long as they stay. A sample that stays drives a state by l and `rest`, which is as exact as
    /// drives are.
    [[gnu::always_inline]] static void contribute(const state<T>* room, const vector& sample, const vector* rest, const vector* bases,
                                                  vector* drift, vector& outputs) noexcept
    {
        T each[l];
        double first[l], base[vectors * l + 1];
        sample.to(each);
        sums of_sample;
        of_sample.add(each);
        of_sample.to(first);
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) {
            bases[v].to(each);
            sums of_base, sum;
            of_base.add(each);
            of_base.to(base + v * l);
            rest[v].to(each);
            sum.add(each, first[0]);
            sum.add(of_sample, l);
            sum.add(room + at.decay() + v * l, of_base);
            if (v < turns) sum.add(room + at.turn() + v * l, of_base.with_pairs_swapped());
            drift[v] = sum.rounded();
        }
        outputs = vector::all(T{});
#pragma GCC unroll 32
        for (int j = 0; j < l; ++j) outputs = fmadd(vector::from(room + at.impulse(j)), sample, outputs);
        outputs.to(each);
        sums sum;
        sum.add(each);
#pragma GCC unroll 32
        for (int m = 0; m < n; ++m) sum.add(room + at.output(m), base[m]);
        outputs = sum.rounded();
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
