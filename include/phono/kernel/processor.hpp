// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/units.hpp>

#include <complex>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace phono::inline v0_2 {

/// A host's playback specification: anything with a sampleRate in hertz, as in JUCE.
template <class Specification>
concept process_specification = requires(const Specification& s)
{
    static_cast<double>(s.sampleRate);
};

namespace detail {

/// Moves as many samples as both buffers have; they may overlap in any way. Returns the part of `out` that was filled.
template <class T>
std::span<T> move_samples(std::span<const T> in, std::span<T> out) noexcept
{
    const std::size_t count = in.size() < out.size() ? in.size() : out.size();
    if (count > 0) std::memmove(out.data(), in.data(), count * sizeof(T));
    return out.first(count);
}

/// As much of the input as there is output for, such that output may be written while it is read in order: where `out` begins within `in`,
/// the input is moved there first.
template <class T>
std::span<const T> readable(std::span<const T> in, std::span<T> out) noexcept
{
    // Pointers into two buffers have no order; std::less would give them one, but its header is a tenth of a short program's compile time.
    const auto address = [](const T* sample) { return reinterpret_cast<std::uintptr_t>(sample); };
    const bool is_ahead = address(in.data()) < address(out.data()) && address(out.data()) < address(in.data() + in.size());
    return is_ahead ? std::span<const T>{move_samples(in, out)} : in.first(in.size() < out.size() ? in.size() : out.size());
}

/// What problem() says of a processor that has no sampling rate yet.
inline constexpr fault not_prepared{"sampling rate", 0.0, "is not set yet: call prepare(rate)", -1, "Hz"};

/// What it says of a processor whose values were never given.
inline constexpr fault no_values{"schematic", {}, "is not set yet: call prepare(values, rate)", -1};

/// What is wrong with a setting that was made for one rate, in a processor that runs at another.
[[nodiscard]] constexpr fault setting_fault(frequency of_setting, frequency of_processor) noexcept
{
    if (of_setting.si >= of_processor.si && of_setting.si <= of_processor.si) return {};
    return {"sampling rate of a setting", of_setting.si, "must be the preamp's: make it anew by setting_for()", -1, "Hz"};
}

/// The smallest specification that a host may pass.
struct bare_specification {
    double sampleRate;
};

}   // namespace detail

/// The type of a processor's samples: float or double.
template <class Processor>
using sample_of = decltype(std::declval<Processor&>()(0.0f));

/// The interface of everything that runs: preamp, tunable_preamp, tube_preamp and selector.
///
/// Units: volts in (the source's EMF), volts out.
/// prepare(rate) or prepare(specification) designs for a sampling rate and clears the state; reset() only clears it. operator() processes
/// one sample, process() a block, in place or from one buffer to another; the two may overlap in any way. The shorter of the two decides how
/// many samples are processed.
/// response(f) is the small-signal response of the digital system, for f below half the rate. latency() is in samples. unsolved() counts
/// the samples since reset() at which the circuit's solver failed to converge; 0 for linear circuits. problem() is false if nothing is
/// wrong; a processor with a problem outputs silence.
/// Nothing here throws, and only prepare() may be slower than real time.
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

}   // namespace phono::inline v0_2
