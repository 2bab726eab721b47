// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/schematic_functions.hpp"

#include <phono/source/voltage_source.hpp>

#include <string>

namespace command {

/// Blocks, driven by an ideal source, as a filter.
template <class... Block>
[[nodiscard]] filter filter_of(const std::string& title, const Block&... block)
{
    return {title, linear_functions_of(phono::chain{phono::voltage_source{}, block...})};
}

}   // namespace command
