// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/units.hpp>

#include <complex>
#include <concepts>
#include <span>
#include <utility>

namespace phono {

/// A host's description of how it is going to play: anything with a sampleRate in hertz, as JUCE has it.
template <class Specification>
concept process_specification = requires(const Specification& s)
{
    static_cast<double>(s.sampleRate);
};

namespace detail {

/// The least that a host may hand over.
struct bare_specification {
    double sampleRate;
};

}   // namespace detail

/// The type of a processor's samples: float or double.
template <class Processor>
using sample_of = decltype(std::declval<Processor&>()(0.0f));

/// What everything that runs can do: preamp, tunable_preamp, tube_preamp and selector.
///
/// Units: volts in (the source's EMF), volts out.
/// prepare(rate) or prepare(specification) designs for a sampling rate and forgets what was played; reset() only forgets. A sample by
/// operator(), a block in place or from one place to another by process().
/// response(f) is that of the digital system at small signals, for f below half the rate. latency() in samples. unsolved() counts the
/// samples since reset() whose circuit had no solution; 0 for linear circuits. problem() is false where nothing is wrong; a processor with
/// a problem is silent.
/// Nothing here throws; nothing but prepare() may take longer than a sample's time.
template <class Processor>
concept processor = (std::same_as<sample_of<Processor>, float> ||
                     std::same_as<sample_of<Processor>, double>)&&requires(Processor& p, const Processor& same, frequency f,
                                                                           detail::bare_specification spec, sample_of<Processor> x,
                                                                           std::span<sample_of<Processor>> block,
                                                                           std::span<const sample_of<Processor>> in)
{
    {
        p.prepare(f)
    }
    noexcept;
    {
        p.prepare(spec)
    }
    noexcept;
    {
        p.reset()
    }
    noexcept;
    {
        p(x)
    }
    noexcept->std::same_as<sample_of<Processor>>;
    {
        p.process(block)
    }
    noexcept;
    {
        p.process(in, block)
    }
    noexcept;
    {
        same.response(f)
    }
    noexcept->std::same_as<std::complex<double>>;
    {
        same.latency()
    }
    noexcept->std::same_as<double>;
    {
        same.unsolved()
    }
    noexcept->std::same_as<long>;
    {
        same.problem()
    }
    noexcept->std::convertible_to<fault>;
};

}   // namespace phono
