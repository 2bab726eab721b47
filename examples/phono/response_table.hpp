// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filter.hpp"
#include "plot.hpp"

#include <complex>
#include <iosfwd>
#include <string>
#include <vector>

namespace command {

/// A filter's response at some frequencies: the circuit's and the digital one's.
struct response_table {
    struct row {
        double hertz;
        std::complex<double> analogue, digital;

        [[nodiscard]] double error_db() const;
    };

    std::string name;    ///< as the command line has it
    std::string title;   ///< for people
    std::vector<row> rows;
};

[[nodiscard]] double decibels(std::complex<double> gain);

[[nodiscard]] response_table tabulate(
    const std::string& name, const filter& filter, double rate, phase phase, const std::vector<double>& frequencies);

/// With a first column `name` where there is more than one table.
void print_csv(std::ostream& out, const std::vector<response_table>& tables);

/// Gain in dB; of a single table, the digital one's too, on top of the analogue one.
[[nodiscard]] plot_panel gain_panel(const std::vector<response_table>& tables);

/// |digital - analogue| in dB, on a logarithmic axis.
[[nodiscard]] plot_panel error_panel(const std::vector<response_table>& tables);

/// What each does that `reference` does not, in dB.
[[nodiscard]] plot_panel difference_panel(const std::vector<response_table>& tables, const response_table& reference);

}   // namespace command
