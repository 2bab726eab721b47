// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/units.hpp>

#include <concepts>
#include <initializer_list>
#include <span>
#include <type_traits>
#include <utility>

namespace phono::inline v0_2::detail {

/// Calls of a processor that are likely mistakes, each refused in a sentence.
///
/// It is a base class that knows no schematic, so that the compiler's message has none in it either: that of a preamp alone takes
/// thousands of characters.
template <class T>
class mistaken_calls {
    static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>, "phono: the samples of a preamp are float or double");

public:
    /// A rate without its unit and the length of a block, as hosts give them.
    template <class Rate>
        requires(std::is_arithmetic_v<Rate>)
    void prepare(Rate, std::integral auto) noexcept
    {
        static_assert(sizeof(Rate) == 0, "phono: blocks may have any length, and a rate has a unit: write prepare(frequency{sampleRate})");
    }

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

    /// Two buffers of which one is not of T, or a pointer without a length; a length with anything but a pointer to T.
    template <class In, class Out>
        requires(!(std::convertible_to<In, std::span<const T>> &&
                   std::convertible_to<Out, std::span<T>>)&&!(std::convertible_to<In, T*> && std::integral<std::remove_cvref_t<Out>>))
    void process(In&&, Out&&) noexcept
    {
        constexpr bool is_length = std::integral<std::remove_cvref_t<Out>>, is_pointer = points<In>;
        constexpr bool lacks_length = !is_length && (is_pointer || points<Out>);
        static_assert(!lacks_length, "phono: a pointer does not say how many samples it leads to: write process(in, out, count)");
        static_assert(!is_length || is_pointer, "phono: a buffer knows its length: write process(block), or process(block.data(), count)");
        if constexpr (is_length && is_pointer) refuse<In, true>();
        else if constexpr (!is_length && !lacks_length) refuse<In, false>(), refuse<Out, true>();
    }

    /// Anything but two pointers to T, and a length.
    template <class In, class Out>
        requires(!(std::convertible_to<In, const T*> && std::convertible_to<Out, T*>))
    void process(In&&, Out&&, std::integral auto) noexcept
    {
        constexpr bool are_pointers = points<In> && points<Out>;
        static_assert(are_pointers, "phono: buffers know their lengths: write process(in, out), or process(in.data(), out.data(), count)");
        if constexpr (are_pointers) refuse<In, false>(), refuse<Out, true>();
    }

    /// Values in place of a buffer.
    template <int never = 0>
    void process(std::initializer_list<T>) noexcept
    {
        static_assert(never != 0, "phono: process writes to its buffer: give it a std::array, std::vector or std::span of samples");
    }

    /// Calls of a preamp that is const.
    template <int never = 0>
    void process(std::span<T>) const noexcept
    {
        refuse_const<never>();
    }
    template <int never = 0>
    void process(std::span<const T>, std::span<T>) const noexcept
    {
        refuse_const<never>();
    }
    template <int never = 0>
    void process(T*, std::integral auto) const noexcept
    {
        refuse_const<never>();
    }
    template <int never = 0>
    void process(const T*, T*, std::integral auto) const noexcept
    {
        refuse_const<never>();
    }
    template <int never = 0>
    T operator()(T) const noexcept
    {
        refuse_const<never>();
        return T{};
    }

    /// A sample that is an integer.
    template <std::integral Sample>
    T operator()(Sample) noexcept
    {
        static_assert(sizeof(Sample) == 0, "phono: a sample is in volts, float or double: divide an integer by its full scale first");
        return T{};
    }

private:
    template <class Given>
    static constexpr bool points = std::is_pointer_v<std::decay_t<Given>>;

    template <int never>
    static void refuse_const() noexcept
    {
        static_assert(never != 0, "phono: a preamp's state changes with every sample, so that it must not be const");
    }

    /// What a pointer or a container leads to; void of anything else.
    template <class Buffer>
    static auto element()
    {
        if constexpr (points<Buffer>) return std::type_identity<std::remove_pointer_t<std::decay_t<Buffer>>>{};
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

/// A rate, or values, for what has both in its type.
class mistaken_prepare {
public:
    template <class... Given>
    void prepare(const Given&...) noexcept
    {
        static_assert(sizeof...(Given) > 99,
                      "phono: running<schematic, rate> has its values and its rate in its type and is ready; reset() clears its state");
    }
};

/// Calls of several channels that are likely mistakes.
template <class T>
class mistaken_channel_calls {
    template <class... Given>
    static constexpr bool is_sound = (sizeof...(Given) == 1 && (std::convertible_to<Given, std::span<T>> && ...)) ||
                                     requires(void (&of_channels)(T* const*, int), Given&&... given)
    {
        of_channels(std::forward<Given>(given)...);
    };

public:
    template <class... Given>
        requires(!is_sound<Given...>)
    void process(Given&&...) noexcept
    {
        static_assert(
            sizeof...(Given) > 99,
            "phono: a bank processes in place, interleaved frames by process(buffer) or its channels by process(pointers, frames), "
            "of the preamp's type of samples, which is double unless its type says float");
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
