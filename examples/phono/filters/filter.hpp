// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/kernel_options.hpp"
#include "audio/processor.hpp"
#include "filters/erased_circuit.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/analysis/groove_signal.hpp>
#include <phono/filter/biquads.hpp>

#include <complex>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace command {

class filter;

using response_function = std::function<std::complex<double>(double hertz)>;

/// Poles and zeros, with room for the curves that a schematic and those behind it undo.
using linear_model = phono::analogue_model<2 * phono::detail::max_undone>;

/// The library's functions of a schematic, with its type erased.
struct schematic_functions {
    phono::fault problem{};
    response_function response;
    linear_model model{};                    ///< what the digital filter is designed from
    erased_parts parts{};                    ///< of the circuit; empty where several filters are one behind another
    phono::detail::groove_signal signal{};   ///< of the source; none where it has no output of its own
    std::function<std::string(const std::string& title)> netlist;
    std::function<filter(const std::string& title)> open_loop{};   ///< empty where there are tubes, or no feedback to remove
    std::function<processor(const std::string& title, double rate, int oversampling)> tube_processor{};   ///< empty without tubes
    std::function<std::vector<phono::tube_bias>()> bias{};                                                ///< empty without tubes
};

/// What is wrong with a schematic, as a sentence: of one that is not stable its pole in hertz.
[[nodiscard]] std::string problem_text(const schematic_functions& functions);

/// A curve or a preamp as every subcommand sees it: a circuit, its digital filter at any sample rate, and the processor that runs it.
class filter {
public:
    filter(std::string title, schematic_functions functions);

    /// One line: what it is, for plots and reports.
    [[nodiscard]] const std::string& title() const noexcept { return title_; }

    /// What it is made of, for filters made of several.
    [[nodiscard]] const schematic_functions& functions() const noexcept { return functions_; }

    /// Whether the processor distorts as the circuit's tubes do. Gains and sections are then small-signal ones.
    [[nodiscard]] bool has_tubes() const noexcept { return static_cast<bool>(functions_.tube_processor); }

    /// Gain of the circuit at a frequency in hertz.
    [[nodiscard]] std::complex<double> analogue(double hertz) const { return functions_.response(hertz); }

    /// The same of the digital filter for a sample rate; the filter is designed once, by the call that returns the function. A corrected
    /// phase is given without the constant delay of the correction. Warns on standard error where the filter is more than 0.01 dB from the
    /// circuit.
    [[nodiscard]] response_function digital(double rate, phono::phase phase) const;

    /// The circuit with the feedback networks of its amplifiers removed; empty where it has none. It has none with tubes, whose operating
    /// points depend on the networks.
    [[nodiscard]] std::optional<filter> open_loop() const;

    /// The digital filter for a sample rate in hertz as second-order sections. Throws a failure where none can be designed, and warns as
    /// above.
    [[nodiscard]] phono::biquad_cascade sections(double rate, phono::phase phase) const;

    /// The circuit itself, for an analysis of its parts. Throws a failure where it is made of several, or is at fault.
    [[nodiscard]] erased_circuit circuit() const;

    /// The circuit for ngspice. Needs no sample rate.
    [[nodiscard]] std::string netlist() const;

    /// The operating point of each triode, in signal order; empty without tubes.
    [[nodiscard]] std::vector<phono::tube_bias> bias() const;

    /// What the source makes of a groove of 5 cm/s; 0 V where it has no output of its own.
    [[nodiscard]] const phono::detail::groove_signal& signal() const noexcept { return functions_.signal; }

    /// One channel's path at a sample rate in hertz. Throws a failure where the circuit is at fault or no filter can be designed; its
    /// warnings say where the filter is more than 0.01 dB from the circuit.
    [[nodiscard]] processor make_processor(double rate, const kernel_options& options) const;

private:
    /// Throws a failure where the library finds fault with the schematic.
    void require_soundness(const std::string& where) const;
    [[nodiscard]] phono::digital_filter design(double rate, phono::phase phase) const;
    /// A sentence where what runs, in such samples, is not within 0.01 dB of the circuit.
    [[nodiscard]] std::optional<std::string> inaccuracy(const phono::digital_filter& designed, precision samples) const;

    std::string title_;
    schematic_functions functions_;
};

}   // namespace command
