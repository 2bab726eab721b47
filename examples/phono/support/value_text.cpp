// SPDX-License-Identifier: BSL-1.0
#include "support/value_text.hpp"

#include <cmath>

namespace command {

double rounded(double value)
{
    if (value == 0.0) return value;
    const double step = std::pow(10.0, 3.0 - std::floor(std::log10(std::abs(value))));
    return std::isfinite(step) ? std::round(value * step) / step : value;
}

std::string value_text(double value, std::string_view unit)
{
    auto text = phono::detail::engineering(rounded(value), std::string{unit}.c_str());
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

}   // namespace command
