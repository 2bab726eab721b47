// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/units.hpp>

#include <utility>

namespace phono {

namespace detail {

/// The type of a preamp's samples; void for what is no preamp.
template <class Preamp>
struct sample_of {
    using type = void;
};
template <class Preamp>
    requires requires(Preamp& p, frequency rate) { p(0.0f), p.prepare(rate), p.reset(), p.latency(); }
struct sample_of<Preamp> {
    using type = decltype(std::declval<Preamp&>()(0.0f));
};

}   // namespace detail

}   // namespace phono
