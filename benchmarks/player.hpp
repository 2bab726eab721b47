// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <utility>

/// A contender in one reading: plays samples, or frames of several channels, in place and keeps its state for the next ones.
template <class T>
using player = std::function<void(std::span<T>)>;

/// Sample by sample, in a loop that holds the filter itself: its state stays in registers.
template <class T, class Filter>
player<T> in_registers(Filter filter)
{
    return [filter](std::span<T> samples) mutable {
        Filter local = filter;
        for (T& s : samples) s = static_cast<T>(local(s));
        filter = local;
    };
}

/// One sample of a filter that lies elsewhere, as a plug-in's does: since a sample may be a part of it, for all that the compiler knows, its
/// state is stored at every sample.
template <class T, class Filter>
[[gnu::noinline]] void play_object(Filter& filter, T* samples, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) samples[i] = static_cast<T>(filter(samples[i]));
}

/// Sample by sample, through an object behind a reference.
template <class T, class Filter>
player<T> as_object(Filter filter)
{
    return
        [held = std::make_shared<Filter>(std::move(filter))](std::span<T> samples) { play_object(*held, samples.data(), samples.size()); };
}

/// In blocks of so many samples, or of as many frames.
template <class T, class Filter>
player<T> in_blocks(Filter filter, std::size_t block)
{
    return [held = std::make_shared<Filter>(std::move(filter)), block](std::span<T> samples) {
        while (!samples.empty()) {
            const std::size_t count = samples.size() < block ? samples.size() : block;
            held->process(samples.first(count));
            samples = samples.subspan(count);
        }
    };
}
