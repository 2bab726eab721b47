// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/mistaken_calls.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/units.hpp>

#include <concepts>
#include <cstddef>
#include <span>

namespace phono::inline v0_2::detail {

/// The ways to call a processor that follow from its own: a host's specification, buffers given by pointer and length, and mistakes, which
/// are refused in a sentence. `Processor` has prepare(frequency) and process() of spans.
template <class Processor, class T>
class processing : public mistaken_calls<T> {
public:
    using mistaken_calls<T>::prepare;
    using mistaken_calls<T>::process;
    using mistaken_calls<T>::operator();

    /// Prepares for a host's specification: anything with a sampleRate in hertz.
    void prepare(const process_specification auto& specification) noexcept
    {
        self().prepare(frequency{static_cast<double>(specification.sampleRate)});
    }

    /// So many samples in place, as hosts give them.
    void process(T* block, std::integral auto count) noexcept { self().process(std::span<T>{block, length(count)}); }

    /// So many samples from one buffer to another. They may overlap in any way.
    void process(const T* in, T* out, std::integral auto count) noexcept
    {
        self().process(std::span<const T>{in, length(count)}, std::span<T>{out, length(count)});
    }

private:
    static constexpr std::size_t length(std::integral auto count) noexcept { return count > 0 ? static_cast<std::size_t>(count) : 0; }
    Processor& self() noexcept { return static_cast<Processor&>(*this); }
};

}   // namespace phono::inline v0_2::detail
