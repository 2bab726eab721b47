// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_form.hpp>
#include <phono/kernel/sample_kernel.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

namespace phono::inline v0_2::detail {

/// What stands for the block form where there are no vectors.
struct no_block_form {};

/// The block form of a sample_kernel's filters.
template <class Modes>
using block_form_of = std::conditional_t<math::has_block_vectors, block_form<typename Modes::sample, Modes::block_room>, no_block_form>;

/// Computes the block form, if there is one, of the filter that runs sample by sample.
template <class Form>
constexpr void fill(Form& form, const auto& modes) noexcept
{
    if constexpr (math::has_block_vectors) modes.fill(form);
}

/// Sample by sample, in a longer block with the states in registers.
template <class Modes>
constexpr void run_samples(Modes& modes, std::span<typename Modes::sample> block) noexcept
{
    constexpr std::size_t worth_copying = 16;
    if (block.size() < worth_copying) {
        for (auto& sample : block) sample = modes(sample);
        return;
    }
    Modes local = modes;
    for (auto& sample : block) sample = local(sample);
    modes = local;
}

/// Processes a block in place: in vectors as far as they go, what is left sample by sample. States that have decayed are flushed as often as
/// every 1024 samples.
template <class Modes, class Form>
constexpr void process(Modes& modes, const Form& form, std::span<typename Modes::sample> block) noexcept
{
    constexpr std::size_t part = 1024;
    while (!block.empty()) {
        const std::size_t count = block.size() < part ? block.size() : part;
        std::size_t done = 0;
        if constexpr (math::has_block_vectors)
            if (!std::is_constant_evaluated() && count >= Form::shortest && form.is_set()) done = modes.run(form, block.data(), count);
        run_samples(modes, block.subspan(done, count - done));
        if (done == 0) modes.settle_after(count);
        block = block.subspan(count);
    }
}

}   // namespace phono::inline v0_2::detail
