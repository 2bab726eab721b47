// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/preferred_parts.hpp>
#include <phono/analysis/sensitivity.hpp>
#include <phono/analysis/tolerance.hpp>

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// What becomes of a preamp when it is built.
struct tolerance_report {
    std::string title, curve;   ///< of the preamp and of what it is compared with, for people
    phono::tolerance_options options{};
    phono::tolerance_result builds{};
    phono::gain corner{};   ///< the worst deviation that the tolerances permit
    phono::sensitivity_result sensitivity{};
    std::vector<phono::preferred_cost> series{};
    std::optional<phono::preferred_search> search{};   ///< what was searched, if anything
    phono::preferred_result chosen{};
    int stated = 0;   ///< parts of a netlist whose tolerance is what its tol= says
};

void print_tolerance(std::ostream& out, const tolerance_report& report);
void print_tolerance_json(std::ostream& out, const tolerance_report& report);
/// The deviation against frequency: of the preamp as drawn, the least, percentiles and the largest of the builds.
void print_tolerance_csv(std::ostream& out, const tolerance_report& report);

/// A part's value with its unit, for people, and the unit of its kind.
[[nodiscard]] std::string part_text(const phono::toleranced_part& part, double value);
[[nodiscard]] std::string spread_word(phono::part_spread spread);
[[nodiscard]] std::string series_word(phono::e_series series);

}   // namespace command
