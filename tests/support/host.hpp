// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/units.hpp>

#include <span>

/// What a host of plug-ins does with a processor.
namespace measure {

/// What a host specifies: the names are those of JUCE's ProcessSpec.
template <class T = double>
struct host_specification {
    T sampleRate;
    unsigned maximumBlockSize = 512, numChannels = 2;
};

/// Checks that prepare and everything that a host calls while audio runs never throw.
template <class Processor, class T>
inline constexpr bool never_throws = requires(Processor p, T x, std::span<T> block, std::span<const T> in)
{
    requires noexcept(p(x));
    requires noexcept(p.process(block));
    requires noexcept(p.process(in, block));
    requires noexcept(p.prepare(phono::frequency{48e3}));
    requires noexcept(p.prepare(host_specification<float>{48e3f}));
    requires noexcept(p.reset());
    requires noexcept(p.latency());
};

}   // namespace measure
