// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <span>
#include <type_traits>

namespace phono::detail {

/// Calls of a processor that are likely mistakes, each refused in a sentence.
///
/// It is a base class that knows no schematic, so that the compiler's message has none in it either: that of a preamp alone takes
/// thousands of characters.
template <class T>
class mistaken_calls {
public:
    /// A buffer of anything but T, or one that cannot be written to.
    template <class Buffer>
    requires(!std::convertible_to<Buffer, std::span<T>>) void process(Buffer&&) noexcept
    {
        using sample = std::remove_cvref_t<decltype(*std::span{std::declval<Buffer&>()}.data())>;
        static_assert(!std::is_integral_v<sample>, "phono: samples are volts, float or double: convert the integers to a buffer of them first");
        static_assert(std::is_integral_v<sample> || !std::is_same_v<sample, T>,
                      "phono: process(buffer) writes to the buffer: it must not be const; from one to another is process(in, out)");
        static_assert(std::is_integral_v<sample> || std::is_same_v<sample, T>,
                      "phono: the buffer's samples are of another type than the preamp's, which are double unless its type says float");
    }

    /// A sample that is an integer.
    template <std::integral Sample>
    T operator()(Sample) noexcept
    {
        static_assert(sizeof(Sample) == 0, "phono: a sample is in volts, float or double: divide an integer by its full scale first");
        return T{};
    }
};

/// New values for a preamp whose values are in its type.
class mistaken_retune {
public:
    template <class Values>
    void retune(const Values&) noexcept
    {
        static_assert(sizeof(Values) == 0,
                      "phono: the values of preamp<schematic> are in its type and cannot change; with knobs it is tunable_preamp{schematic, rate}");
    }
};

}   // namespace phono::detail
