// SPDX-License-Identifier: BSL-1.0
#include "filters/rumble_filter.hpp"

#include "filters/cascade.hpp"
#include "filters/filter_of.hpp"
#include "support/number.hpp"

#include <phono/equaliser/butterworth_high_pass.hpp>

#include <string>

namespace command {

filter with_rumble_filter(const filter& played, const rumble_argument& given, double speed)
{
    if (given.corner == 0.0) return played;
    const phono::butterworth_high_pass block{phono::frequency{given.corner / speed}, given.order};
    const auto title = played.title() + ", high-pass " + corner_words(given, speed) + ", of order " + std::to_string(given.order);
    return cascade(title, played, filter_of(title, block));
}

std::string corner_words(const rumble_argument& given, double speed)
{
    const auto hertz = brief(given.corner) + " Hz";
    return speed == 1.0 ? hertz : hertz + " of the record, " + brief(given.corner / speed) + " Hz of the transfer";
}

}   // namespace command
