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

/// Frequencies in hertz, evenly spaced on a logarithmic axis; the last is `to` exactly.
[[nodiscard]] std::vector<double> logarithmic_frequencies(double from, double to, int points);

/// The responses of a circuit and of its digital filter for a sample rate of `rate` Hz, at frequencies in hertz below half of it. Throws a
/// failure where no filter can be designed.
[[nodiscard]] response_table tabulate(const std::string& name, const filter& filter, double rate, phono::phase phase,
                                      const std::vector<double>& frequencies);

/// A line for each row: frequency in hertz, gains and their difference in decibels, phases in degrees; with a first column `name` where
/// there is more than one table.
void print_csv(std::ostream& out, const std::vector<response_table>& tables);

}   // namespace command
