// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

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

[[nodiscard]] response_table tabulate(const std::string& name, const response_pair& what, const std::vector<double>& frequencies);
[[nodiscard]] response_table tabulate(const std::string& name, const filter& filter, double rate, phase phase,
                                      const std::vector<double>& frequencies);

/// With a first column `name` where there is more than one table.
void print_csv(std::ostream& out, const std::vector<response_table>& tables);

}   // namespace command
