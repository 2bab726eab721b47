// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/by_turns.hpp>
#include <phono/math/exchange_matrix.hpp>

#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Places for a number of each of so many tubes. In two channels there are always four: where the registers are as wide as that, all that is
/// computed is as wide, since on processors of Intel's narrower operations wait longer beside wider ones. The tubes fill up in turn what is
/// free.
template <int count, int channels>
inline constexpr int tube_places = channels == 1 ? count : 4;

/// A number of each tube, of one channel or by turns of two.
template <int count, int channels>
using tube_row = math::lanes<tube_places<count, channels> * channels>;

/// A matrix from a number of each tube to another one, by columns.
template <int count, int channels>
class tube_columns {
    using row = tube_row<count, channels>;
    using turns = math::by_turns<channels>;

public:
    [[nodiscard]] static constexpr int part(int, int column) noexcept { return column; }
    [[nodiscard]] row& operator[](int m) noexcept { return column_[m]; }
    [[nodiscard]] const row& operator[](int m) const noexcept { return column_[m]; }

    /// In two chains, since the longest one sets the time of a sample.
    [[nodiscard, gnu::always_inline]] row operator*(const row& x) const noexcept
    {
        row even = everywhere<0>(x) * column_[0], odd = everywhere<1>(x) * column_[1];
        add<2>(x, even, odd);
        return even + odd;
    }
    [[gnu::always_inline]] void multiply(const tube_columns& x, tube_columns& product) const noexcept
    {
        for (int m = 0; m < count; ++m) product.column_[m] = *this * x.column_[m];
    }

private:
    template <int t>
    [[gnu::always_inline]] static auto everywhere(const row& x) noexcept
    {
        return turns::template everywhere<tube_places<count, channels>, t>(x);
    }
    template <int t>
    [[gnu::always_inline]] void add([[maybe_unused]] const row& x, [[maybe_unused]] row& even, [[maybe_unused]] row& odd) const noexcept
    {
        if constexpr (t < count) {
            even = fmadd(everywhere<t>(x), column_[t], even);
            if constexpr (t + 1 < count) odd = fmadd(everywhere<t + 1>(x), column_[t + 1], odd);
            add<t + 2>(x, even, odd);
        }
    }

    row column_[count]{};
};

/// The same in whichever way costs least.
template <int count, int channels>
using tube_matrix =
    std::conditional_t<count == 2 || count == 4, math::exchange_matrix<count, channels, tube_places<count, channels> * channels>,
                       tube_columns<count, channels>>;

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
