// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>

#include <tuple>
#include <type_traits>

namespace phono::inline v0_2::detail {

/// The type of a mode's samples; double for what is no processor, which the selector refuses in its own words.
template <class Mode>
struct mode_sample {
    using type = double;
};
template <processor Mode>
struct mode_sample<Mode> {
    using type = sample_of<Mode>;
};
template <class... Mode>
using first_mode_sample = typename mode_sample<std::tuple_element_t<0, std::tuple<Mode..., void>>>::type;

/// An argument of every constructor of a selector. The compiler looks into it where a selector is made, so that its message names sample
/// types alone; within the selector it would name every value of every schematic.
template <class First = double, class... Other>
struct one_sample_type {
    static_assert((std::is_same_v<First, Other> && ...), "phono: the preamps of a selector have one sample type: all float or all double");
};

}   // namespace phono::inline v0_2::detail
