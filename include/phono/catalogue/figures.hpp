// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/equaliser/curve.hpp>

#include <string_view>

/// The figures of a value of the catalogue: for_each_figure(value, visit) calls visit(name, value in SI units, unit) for each that it has,
/// absent ones left out. An entry's origins are those of the figures with these names.
namespace phono::inline v0_2::catalogue {

/// Calls visit(name, value in SI units, unit) for each figure that a curve has.
constexpr void for_each_figure(const curve& c, auto&& visit)
{
    const auto show = [&](std::string_view name, duration constant) {
        if (constant.si > 0.0 || constant.si < 0.0) visit(name, constant.si, "s");
    };
    show("shelf", c.lags.constant[0]);
    show("turnover", c.leads.constant[0]);
    show("treble", c.lags.constant[1]);
    for (int i = 1; i < 4; ++i) show("lead", c.leads.constant[i]);
    for (int i = 2; i < 4; ++i) show("lag", c.lags.constant[i]);
    for (const duration constant : c.high_passes) show("high_pass", constant);
}

}   // namespace phono::inline v0_2::catalogue
