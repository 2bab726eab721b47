// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_kernel.hpp>
#include <phono/kernel/channel_lanes.hpp>
#include <phono/kernel/mode_response.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/sample_kernel.hpp>
#include <phono/kernel/sized_modes.hpp>

#include <cstdint>
#include <span>
#include <type_traits>

namespace phono::inline v0_2 {

namespace detail {

/// What runs sample by sample in a modal_kernel.
template <class T, int Reals, int Sections, int Pairs, bool is_full>
using modes_of_size =
    std::conditional_t<is_full, sample_kernel<T, is_full ? Reals : 0, Sections, Pairs>, roomy_modes<T, Reals + 2 * Sections, Sections>>;

}   // namespace detail

/// The running filter in parallel form: at most `Reals` real modes and `Sections` sections, with their states.
///
/// From sample to sample there is one multiply-add, whatever the order. In `float` each pole is stored as its distance from 1, so that a
/// pole at 20 Hz survives at 192 kHz; the loop stores and uses no `double`. Blocks are computed in vectors of 4 samples in double, 8 in
/// float, on 64-bit processors (kernel/block_form.hpp); to rounding they are what their samples are one by one, and both may be called in
/// turn. The slowest real modes are held in two numbers (kernel/slow_modes.hpp).
/// `Pairs` of the sections run sample by sample as fast as real modes do, if they are in no chain; where that is all of the sections, forms
/// with chains are not for this kernel. With `is_full` all `Reals` real modes run sample by sample: unused slots cost time but contribute
/// nothing.
/// Real-time safe: does not allocate, lock or throw. A non-finite input corrupts the states until reset().
template <class T, int Reals, int Sections, int Pairs = 0, bool is_full = (Pairs > 0 || Reals <= 24)>
class modal_kernel {
    using modes = detail::modes_of_size<T, Reals, Sections, Pairs, is_full>;

public:
    constexpr modal_kernel() noexcept = default;
    constexpr explicit modal_kernel(const parallel_form& form) noexcept { set(form); }

    /// True if a form has no more modes than the kernel has slots.
    [[nodiscard]] static constexpr bool holds(const parallel_form& form) noexcept { return modes::holds(form); }

    /// Takes the coefficients of a form that the kernel holds; the states of its modes are kept.
    constexpr void set(const auto& form) noexcept
    {
        modes_.set(form);
        block_.fill(modes_);
    }

    /// The response at a frequency in radians per sample, computed from the running coefficients as rounded to T.
    [[nodiscard]] math::complex response(double angle) const noexcept { return detail::response_of(modes_, angle); }

    /// Clears the states.
    constexpr void reset() noexcept { modes_.reset(); }

    /// One sample.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept { return modes_(x); }

    /// The same for a block, in place. States that have decayed are flushed as often as every 1024 samples.
    constexpr void process(std::span<T> block) noexcept { block_.process(modes_, block); }

    /// Flushes states that have decayed hundreds of decibels below audibility to zero, before they become subnormal and slow.
    constexpr void settle() noexcept { modes_.settle(); }

private:
    friend struct detail::kernel_access;
    constexpr modes* modes_alone() noexcept { return &modes_; }

    modes modes_{};
    [[no_unique_address]] detail::block_kernel_of<modes> block_{};
};

}   // namespace phono::inline v0_2
