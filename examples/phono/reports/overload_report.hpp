// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// The headroom of an amplifier: how far a record of 5 cm/s may be exceeded before its output clips.
struct amplifier_headroom {
    std::string name;                ///< the part, and its block's place in the chain
    double least_db, at_hertz;       ///< where it clips first
    std::vector<double> margin_db;   ///< at the report's frequencies
};

/// The level at which the tubes' distortion reaches a figure.
struct distortion_headroom {
    double percent;
    std::optional<double> emf;   ///< volts RMS at the tone; none where it is never reached
    std::optional<double> db;    ///< that above the source's EMF at 5 cm/s
};

/// How loud a record a preamp takes.
struct overload_report {
    std::string name, title;   ///< as the command line has it, and for people
    double swing, signal;      ///< volts, peak, at which amplifiers clip; EMF in volts RMS at 1 kHz and 5 cm/s, 0 if unknown
    double tone;               ///< hertz, of the tubes' distortion
    std::vector<double> frequencies{};
    std::vector<amplifier_headroom> amplifiers{};
    std::vector<distortion_headroom> tubes{};

    /// The amplifier with the least headroom, if there is one.
    [[nodiscard]] const amplifier_headroom* clips_first() const noexcept;
};

void print_overload(std::ostream& out, const std::vector<overload_report>& all);
void print_overload_json(std::ostream& out, const std::vector<overload_report>& all);
/// A line for each frequency and amplifier: preamp, amplifier, hertz, margin in decibels; of tubes one for each distortion, with the EMF.
void print_overload_csv(std::ostream& out, const std::vector<overload_report>& all);

}   // namespace command
