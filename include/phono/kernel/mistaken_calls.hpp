// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/units.hpp>

#include <concepts>
#include <span>
#include <type_traits>

namespace phono::inline v0_2::detail {

/// Calls of a processor that are likely mistakes, each refused in a sentence.
///
/// It is a base class that knows no schematic, so that the compiler's message has none in it either: that of a preamp alone takes
/// thousands of characters.
template <class T>
class mistaken_calls {
public:
    /// A specification without a sampleRate. A number is refused by the frequency that it is taken for.
    template <class Given, class Specification = std::remove_cvref_t<Given>>
        requires(std::is_class_v<Specification> && !process_specification<Specification> && !std::convertible_to<Given, frequency>)
    void prepare(Given&&) noexcept
    {
        static_assert(sizeof(Specification) == 0,
                      "phono: prepare takes a frequency, or a specification with a sampleRate in hertz; of another write "
                      "prepare(frequency{specification.sample_rate})");
    }

    /// A buffer of anything but T, or one that cannot be written to.
    template <class Buffer>
        requires(!std::convertible_to<Buffer, std::span<T>>)
    void process(Buffer&&) noexcept { refuse<Buffer, true>(); }

    /// Two buffers of which one is not of T, or two pointers; a pointer to anything but T, and a length.
    template <class In, class Out>
        requires(!(std::convertible_to<In, std::span<const T>> &&
                   std::convertible_to<Out, std::span<T>>)&&!(std::convertible_to<In, T*> && std::integral<std::remove_cvref_t<Out>>))
    void process(In&&, Out&&) noexcept
    {
        constexpr bool has_length = !std::is_pointer_v<std::decay_t<Out>>;
        static_assert(has_length, "phono: a pointer does not say how many samples it leads to: write process(in, out, count)");
        if constexpr (std::integral<std::remove_cvref_t<Out>>) refuse<In, true>();
        else if constexpr (has_length) refuse<In, false>(), refuse<Out, true>();
    }

    /// Two pointers of which one is not to T, and a length.
    template <class In, class Out>
        requires(!(std::convertible_to<In, const T*> && std::convertible_to<Out, T*>))
    void process(In&&, Out&&, std::integral auto) noexcept
    {
        refuse<In, false>();
        refuse<Out, true>();
    }

    /// A sample that is an integer.
    template <std::integral Sample>
    T operator()(Sample) noexcept
    {
        static_assert(sizeof(Sample) == 0, "phono: a sample is in volts, float or double: divide an integer by its full scale first");
        return T{};
    }

private:
    /// What a pointer or a container leads to; void of anything else.
    template <class Buffer>
    static auto element()
    {
        if constexpr (std::is_pointer_v<std::decay_t<Buffer>>) return std::type_identity<std::remove_pointer_t<std::decay_t<Buffer>>>{};
        else if constexpr (requires(Buffer & buffer) { std::span{buffer}; })
            return std::type_identity<typename decltype(std::span{std::declval<Buffer&>()})::element_type>{};
        else return std::type_identity<void>{};
    }

    /// Says what is wrong with a buffer, if anything is.
    template <class Buffer, bool is_written>
    static void refuse() noexcept
    {
        using found = typename decltype(element<Buffer>())::type;
        using sample = std::remove_const_t<found>;
        constexpr bool is_buffer = !std::is_void_v<found>;
        constexpr bool is_integer = std::is_integral_v<sample>;
        constexpr bool is_ours = std::is_same_v<sample, T>;
        constexpr bool can_be_written = !is_written || !std::is_const_v<found>;
        static_assert(is_buffer, "phono: process takes buffers of samples, such as a std::span or std::vector, or a pointer and a count");
        static_assert(!is_integer, "phono: samples are volts, float or double: convert the integers to a buffer of them first");
        static_assert(!is_buffer || is_integer || is_ours,
                      "phono: the buffer's samples are of another type than the preamp's, which are double unless its type says float");
        static_assert(!is_ours || can_be_written,
                      "phono: process(buffer) writes to the buffer: it must not be const; from one to another is process(in, out)");
    }
};

/// New values for a preamp whose values are in its type.
class mistaken_retune {
public:
    template <class Values>
    void retune(const Values&) noexcept
    {
        static_assert(
            sizeof(Values) == 0,
            "phono: the values of preamp<schematic> are in its type and cannot change; with knobs it is tunable_preamp{schematic, rate}");
    }
};

/// New values for a preamp with knobs that are not those of its schematic.
template <class Schematic>
class mistaken_values {
public:
    template <class Values>
        requires(!std::convertible_to<const Values&, Schematic>)
    bool retune(const Values&) noexcept
    {
        static_assert(
            sizeof(Values) == 0,
            "phono: retune takes other values of the same blocks; another schematic is another preamp, and a selector switches to it");
        return false;
    }
};

/// A sample type in the place of the schematic's.
template <class Sample>
class mistaken_schematic {
    static_assert(sizeof(Sample) == 0,
                  "phono: the schematic's type comes first, then that of the samples: write tunable_preamp<decltype(schematic), float>, "
                  "or of a tube_preamp the same");

public:
    explicit mistaken_schematic(const auto&...) noexcept {}
};

}   // namespace phono::inline v0_2::detail
