// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/measurement/harmonic_distortion.hpp>
#include <phono/measurement/intermodulation.hpp>

#include <iosfwd>
#include <string>
#include <vector>

namespace command {

/// The distortion of a preamp at some levels or frequencies.
struct distortion_table {
    struct row {
        double emf;   ///< of the source, volts RMS
        phono::harmonic_levels harmonics;
    };

    std::string name, title;   ///< as the command line has it; for people
    double rate;               ///< Hz
    int oversampling;
    std::vector<row> rows;
};

/// What two tones make of each other at some levels.
struct intermodulation_table {
    struct row {
        double output;   ///< of a sine with the same peak, volts RMS
        phono::intermodulation products;
    };

    std::string name, title, method;   ///< method: smpte or ccif
    double rate;                       ///< Hz
    int oversampling;
    std::vector<row> rows;
};

/// A line for each row: frequency in hertz, EMF and output in volts RMS, THD in per cent, the second to seventh harmonic in dB re the
/// fundamental, empty where it lies above 20 kHz.
void print_csv(std::ostream& out, const distortion_table& table);
/// A line for each row: output in volts RMS, second and third order and both in per cent.
void print_csv(std::ostream& out, const intermodulation_table& table);

void print_json(std::ostream& out, const distortion_table& table);
void print_json(std::ostream& out, const intermodulation_table& table);

}   // namespace command
