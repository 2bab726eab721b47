// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/processor.hpp"

#include <complex>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// The number type that the samples are computed in.
enum class precision { float32, float64 };

/// Whether the phase is that of the minimum-phase design or brought to the analogue circuit's by an all-pass.
enum class phase { minimum, corrected };

/// How the samples are computed. A tube preamp has its oversampling and no choice of the other two.
struct kernel {
    command::precision precision = command::precision::float64;
    command::phase phase = command::phase::minimum;
    int oversampling = 0;   ///< 1, 2 or 4; 0: by the sample rate
};

/// A second-order section: (b0 + b1/z + b2/z^2) / (1 + a1/z + a2/z^2).
struct second_order_section {
    double b0, b1, b2, a1, a2;
};

using response_function = std::function<std::complex<double>(double hertz)>;

/// The gain of a circuit and that of its digital filter for some sample rate.
struct response_pair {
    std::string title;
    response_function analogue, digital;
};

/// What the command needs of a schematic, whatever its type: the one place where the library's templates end.
class filter {
public:
    virtual ~filter() = default;

    /// One line: what it is, for plots and reports.
    [[nodiscard]] virtual std::string title() const = 0;

    /// Whether the processor distorts as the circuit's tubes do. Gains and sections are then those of small signals.
    [[nodiscard]] virtual bool has_tubes() const = 0;

    /// Gain at a frequency in hertz: of the circuit.
    [[nodiscard]] virtual std::complex<double> analogue(double hertz) const = 0;

    /// The same of the digital filter for a sample rate; the filter is designed once, by the call that returns the function.
    /// A corrected phase is given without the constant delay that it costs.
    [[nodiscard]] virtual response_function digital(double rate, command::phase phase) const = 0;

    /// What the circuit gives with the feedback networks of its amplifiers pulled; nothing where it has none that can be.
    [[nodiscard]] virtual std::optional<response_pair> open_loop(double rate, command::phase phase) const = 0;

    [[nodiscard]] virtual std::vector<second_order_section> sections(double rate, command::phase phase) const = 0;

    /// The circuit for ngspice. Needs no sample rate.
    [[nodiscard]] virtual std::string netlist() const = 0;

    [[nodiscard]] virtual processor make_processor(double rate, kernel how) const = 0;
};

}   // namespace command
