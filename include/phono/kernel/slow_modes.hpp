// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/state.hpp>

namespace phono::inline v0_2::detail {

/// A mode of pole p forgets the rounding of its state as slowly as all else: of a steady input up to 1/(1 - p) of them add up, of a 20 Hz
/// pole at 768 kHz 6100. So slow modes have a second number beside their state, whatever runs them: what has changed since the state was
/// last renewed (based_lanes, in which all modes have it; sized_modes; block_loops), or in float what rounding cut off, which runs beside it
/// (mode_lanes) or enters it later (block_loops). Without it a mode is as exact as it was; with -ffast-math what rounding cuts off stays 0.
template <class T>
struct slow_modes {
    static constexpr bool is_narrow = sizeof(T) < sizeof(double);

    /// Whether blocks feed back what rounding cuts off the states of forms that are not slow (block_loops). In double they need not: what a
    /// 50 Hz pole at 88.2 kHz loses in blocks is within 1e-14.
    static constexpr bool blocks_feed_back = is_narrow;

    static constexpr int most = is_narrow ? 12 : 3;   ///< real modes that have such numbers: the first, and so the slowest
    static constexpr int most_usual = 3;              ///< in nearly all filters
    /// How many numbers such modes may take: in float they are whole vectors, of which the first may begin before a slow mode.
    static constexpr int most_changes = blocks_feed_back ? block_layout<T>{most + block_layout<T>::length - 1}.places() : most;
    /// As far from 1 poles are slow, such that 1e-14 of the peak is held, in float 1e-6. Blocks of L samples round a state once for each, and
    /// so L times less often.
    static constexpr double sample_by_sample = is_narrow ? 1.0 / 16.0 : 1.0 / 80.0, in_blocks = 1.0 / 320.0;
    static constexpr double nearly = is_narrow ? sample_by_sample : 1.0 / 40.0;

    /// How many real modes of a filter are slow. Where one is, those count as well that are nearly so: modes may cancel.
    [[nodiscard]] static constexpr int count(const auto& filter) noexcept
    {
        int slow = 0, nearly_slow = 0;
        for (int i = 0; i < filter.real_count() && i < most; ++i) {
            const double distance = from_1(filter.real(i).pole);
            if (distance < sample_by_sample) slow = i + 1;
            if (distance < nearly) nearly_slow = i + 1;
        }
        return slow > 0 ? nearly_slow : 0;
    }

    /// Whether any mode of a filter is slow for blocks.
    [[nodiscard]] static constexpr bool are_in_blocks(const auto& filter) noexcept
    {
        bool is_slow = false;
        for (int i = 0; i < filter.real_count(); ++i) is_slow = is_slow || from_1(filter.real(i).pole) < in_blocks;
        for (int i = 0; i < filter.section_count(); ++i) {
            const auto s = filter.section(i);
            const double d = from_1(s.alpha), squared = d * d + static_cast<double>(s.gamma);
            is_slow = is_slow || squared < in_blocks * in_blocks;
        }
        return is_slow;
    }

private:
    [[nodiscard]] static constexpr double from_1(T pole) noexcept { return -stored_pole<T>::from_1(pole); }
};

}   // namespace phono::inline v0_2::detail
