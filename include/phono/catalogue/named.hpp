// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace phono::catalogue {

/// A value of the catalogue with what a list says of it.
template <class Value>
struct named {
    std::string_view name;   ///< as in the namespace of its kind, and on the command line
    std::string_view title;
    std::string_view source;   ///< book, data sheet or standard
    Value value;
};
template <class Value>
named(std::string_view, std::string_view, std::string_view, Value) -> named<Value>;

}   // namespace phono::catalogue
