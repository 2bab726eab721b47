// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "plot/plot.hpp"
#include "reports/response_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace command {

/// What a plot shows besides the responses.
struct response_plot {
    std::string title;                                    ///< empty: one is made
    double rate;                                          ///< of the digital filters
    std::optional<response_table> reference{};            ///< differences from it take the place of the errors
    std::optional<plot_line> over_gains = std::nullopt;   ///< drawn among the gains
};

/// The gains above, for a single table the digital filter's too; below, the digital filters' errors or the differences from a reference.
[[nodiscard]] figure draw(const std::vector<response_table>& tables, const response_plot& how);

/// Each circuit once: of tables with the same gain only the first is kept.
[[nodiscard]] std::vector<response_table> without_repetition(const std::vector<response_table>& tables);

}   // namespace command
