// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_form.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

namespace phono::inline v0_2::detail {

/// Sample by sample, in a longer block with the states in registers.
template <class Modes>
constexpr void run_samples(Modes& modes, std::span<typename Modes::sample> block) noexcept
{
    constexpr std::size_t worth_copying = 16;
    if (!Modes::is_unrolled || block.size() < worth_copying) {
        for (auto& sample : block) sample = modes(sample);
        return;
    }
    Modes local = modes;
    for (auto& sample : block) sample = local(sample);
    modes = local;
}

/// A block that is too short for vectors.
template <class Modes>
[[gnu::noinline]] constexpr void process_few(Modes& modes, std::span<typename Modes::sample> block) noexcept
{
    for (auto& sample : block) sample = modes(sample);
    modes.settle_after(block.size());
}

/// Processes a block in place: `run_blocks(samples, count)` computes whole blocks of vectors and returns how many samples these were, what
/// is left runs sample by sample. States that have decayed are flushed as often as every 1024 samples.
template <class Modes>
[[gnu::always_inline]] constexpr void process_parts(Modes& modes, std::span<typename Modes::sample> block, const auto& run_blocks) noexcept
{
    while (!block.empty()) {
        const std::size_t count = block.size() < longest_part ? block.size() : longest_part;
        std::size_t done = 0;
        if constexpr (math::has_block_vectors)
            if (!std::is_constant_evaluated() && count >= shortest_block) done = run_blocks(block.data(), count);
        if (done < count) run_samples(modes, block.subspan(done, count - done));
        if (done == 0) modes.settle_after(count);
        block = block.subspan(count);
    }
}

/// The block form of a filter's modes, with room of its own.
template <class Modes>
class block_kernel {
    using T = typename Modes::sample;

public:
    /// Computes the form of the filter that runs sample by sample; where there is no room it stays empty.
    constexpr void fill(const Modes& modes) noexcept
    {
        block_form<T> form{modes, modes.block_states()};
        const bool fits = form.modes().is_set() && form.size() <= Modes::block_room;
        modes_ = fits ? form.modes() : block_modes{};
        if (fits) form.compute(modes, coefficients_);
    }

    /// Processes a block in place.
    constexpr void process(Modes& modes, std::span<T> block) const noexcept
    {
        if (block.size() < shortest_block) process_few(modes, block);
        else if (modes_.is_set() && is_whole_part(block.size())) modes.run(modes_, coefficients_, block.data(), block.size());
        else process_any(modes, block);
    }

private:
    /// One that has parts, or a rest. Apart, so that the others do not pay for it.
    [[gnu::noinline]] constexpr void process_any(Modes& modes, std::span<T> block) const noexcept
    {
        process_parts(modes, block, [&](T* samples, std::size_t count) {
            return modes_.is_set() ? modes.run(modes_, coefficients_, samples, count) : std::size_t{};
        });
    }

    state<T> coefficients_[Modes::block_room]{};
    block_modes modes_{};
};

/// What stands for it where there are no vectors.
template <class Modes>
class no_block_kernel {
public:
    constexpr void fill(const Modes&) noexcept {}
    constexpr void process(Modes& modes, std::span<typename Modes::sample> block) const noexcept
    {
        process_parts(modes, block, [](auto*, std::size_t) { return std::size_t{}; });
    }
};

template <class Modes>
using block_kernel_of = std::conditional_t<math::has_block_vectors, block_kernel<Modes>, no_block_kernel<Modes>>;

}   // namespace phono::inline v0_2::detail
