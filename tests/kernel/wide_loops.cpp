// SPDX-License-Identifier: BSL-1.0
#include "kernel/wide_loops.hpp"

#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_layout.hpp>
#include <phono/math/wide_vector.hpp>

#include <utility>

namespace {

using phono::detail::state;

template <std::size_t size>
struct loops {
    static constexpr int turns = phono::detail::block_layout<double>{2 * wide::sizes[size].sections}.vectors();
    static constexpr int n = wide::sizes[size].reals + 2 * wide::sizes[size].sections;

    static void any(const state<double>* room, double* samples, std::size_t count, state<double>* states)
    {
        phono::detail::loop_of_states<double, n, turns, false>::template run<8>(nullptr, room, samples, count, states, nullptr);
    }
    static void single(const state<double>* room, double* samples, std::size_t count, state<double>* states)
    {
        phono::detail::block_loops<double, 8>::template run_states<n, turns, false>(room, samples, count, states, nullptr);
    }
};

template <bool is_single, std::size_t... size>
wide::loop loop_at(std::size_t wanted, std::index_sequence<size...>) noexcept
{
    wide::loop found = nullptr;
    if constexpr (phono::detail::has_block_pairs)
        static_cast<void>(((size == wanted && (found = is_single ? &loops<size>::single : &loops<size>::any, true)) || ...));
    return found;
}

template <class T>
int misplaced() noexcept
{
    constexpr int width = static_cast<int>(64 / sizeof(T)), length = static_cast<int>(32 / sizeof(T));
    using vector = phono::math::wide_vector<T, width>;
    T rows[width][length], again[width][length]{}, column[width];
    for (int c = 0; c < width; ++c)
        for (int i = 0; i < length; ++i) rows[c][i] = static_cast<T>(100 * c + i);
    vector columns[length];
    vector::from_rows([&](int c) { return rows[c]; }, columns);
    int wrong = 0;
    for (int i = 0; i < length; ++i) {
        columns[i].to(column);
        for (int c = 0; c < width; ++c) wrong += column[c] < rows[c][i] || column[c] > rows[c][i] ? 1 : 0;
    }
    vector::to_rows(columns, [&](int c) { return again[c]; });
    for (int c = 0; c < width; ++c)
        for (int i = 0; i < length; ++i) wrong += again[c][i] < rows[c][i] || again[c][i] > rows[c][i] ? 1 : 0;
    return wrong;
}

}   // namespace

wide::loop wide::loop_of(std::size_t size) noexcept { return loop_at<false>(size, std::make_index_sequence<sizes.size()>{}); }
wide::loop wide::single_loop_of(std::size_t size) noexcept { return loop_at<true>(size, std::make_index_sequence<sizes.size()>{}); }
int wide::misplaced_numbers() noexcept { return misplaced<float>() + misplaced<double>(); }
