// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// A matrix of two or four rows and columns, to be multiplied by numbers that lie side by side, a row to a lane.
///
/// Part m has in row t what that row takes of number t xor m. So a product takes the numbers as they are, neighbours exchanged, pairs
/// exchanged, and both, which costs a processor less time and fewer shuffles than each number in all lanes, as columns take it.
///
/// N lanes may hold several such vectors, by turns or one after another: a vector's next number is `step` lanes on.
template <int size, int step, int N>
class exchange_matrix {
    static_assert(size == 2 || size == 4);
    using row = lanes<N>;

public:
    /// The part that has the number in this row and column.
    [[nodiscard]] static constexpr int part(int row, int column) noexcept { return row ^ column; }
    [[nodiscard]] row& operator[](int m) noexcept { return part_[m]; }
    [[nodiscard]] const row& operator[](int m) const noexcept { return part_[m]; }

    /// The product with x: in two chains, since the longest one sets the time.
    [[nodiscard, gnu::always_inline]] row operator*(const row& x) const noexcept
    {
        if constexpr (size == 2) return fmadd(part_[1], exchanged<1>(x), part_[0] * x);
        else return fmadd(part_[2], exchanged<2>(x), part_[0] * x) + fmadd(part_[3], exchanged<3>(x), part_[1] * exchanged<1>(x));
    }
    /// The product with a matrix, to another one: not returned, since g++ 12 may copy what it returns in other pieces than it was stored in.
    [[gnu::always_inline]] void multiply(const exchange_matrix& x, exchange_matrix& product) const noexcept
    {
        for (int m = 0; m < size; ++m) {
            const row first = part_[0] * x.part_[m];
            if constexpr (size == 2) product.part_[m] = fmadd(part_[1], exchanged<1>(x.part_[1 ^ m]), first);
            else
                product.part_[m] = fmadd(part_[2], exchanged<2>(x.part_[2 ^ m]), first) +
                                   fmadd(part_[3], exchanged<3>(x.part_[3 ^ m]), part_[1] * exchanged<1>(x.part_[1 ^ m]));
        }
    }

private:
    template <int m>
    [[gnu::always_inline]] static row exchanged(const row& x) noexcept
    {
        return x.template exchanged<m * step>();
    }

    row part_[size]{};
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
