// SPDX-License-Identifier: BSL-1.0
#include "filters/root_text.hpp"

#include "support/number.hpp"
#include "support/value_text.hpp"

#include <cmath>
#include <numbers>

namespace command {

std::string root_text(const phono::math::complex& root)
{
    const double size = std::hypot(root.re, root.im) / (2.0 * std::numbers::pi);
    auto text = size == 0.0 ? std::string{"0 Hz"} : value_text(size, "Hz");
    if (root.im != 0.0) text += ", pair with Q " + brief(std::hypot(root.re, root.im) / (2.0 * std::abs(root.re)), 3);
    if (root.re > 0.0) text += ", in the right half-plane";
    return text;
}

}   // namespace command
