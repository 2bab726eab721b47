// SPDX-License-Identifier: BSL-1.0
#include "documents.hpp"

#include "table.hpp"

#include <cmath>
#include <cstdio>
#include <string>

namespace {

double nanoseconds(const table& lines, const std::string& key)
{
    const line* one = lines.find(key);
    return one ? one->nanoseconds : std::nan("");
}

double ratio(const table& lines, const std::string& key)
{
    const line* one = lines.find(key);
    return one ? lines.ratio(*one) : std::nan("");
}

/// How many times real time.
double speed(const table& lines, const std::string& key)
{
    const line* one = lines.find(key);
    return one ? 1e9 / one->nanoseconds / one->rate : std::nan("");
}

void print_linear(const table& lines)
{
    struct row {
        const char* text;
        const char* name;
        const char* reading;
    };
    std::printf("| | double | float |\n| --- | --- | --- |\n");
    for (const row& r : {row{"two modes, blocks of 512", "two modes: constant_kernel", "block 512"},
                         row{"RIAA, order 5, blocks of 512", "RIAA: preamp", "block 512"},
                         row{"the same, sample by sample through an object", "RIAA: preamp", "object"},
                         row{"cartridge, load and RIAA, order 7, blocks of 512", "cartridge: preamp", "block 512"},
                         row{"the same in blocks of 64", "cartridge: preamp", "block 64"},
                         row{"the same, sample by sample through an object", "cartridge: preamp", "object"},
                         row{"the same with run-time values, blocks of 512", "cartridge: tunable_preamp", "block 512"},
                         row{"eight channels of it in a `bank`, interleaved, each", "channels: cartridge, bank", "8 interl."},
                         row{"a cascade of four textbook biquads for it, states in registers", "cartridge: DF2T cascade", "registers"},
                         row{"the same cascade through an object", "cartridge: DF2T cascade", "object"}})
        std::printf("| %s | %.2f | %.2f |\n", r.text, ratio(lines, std::string{r.name} + ", " + r.reading),
                    ratio(lines, std::string{r.name} + ", float, " + r.reading));
}

void print_tubes(const table& lines)
{
    struct row {
        const char* text;
        const char* key;
    };
    std::printf("| | ns per sample | re biquad | times real time |\n| --- | --- | --- | --- |\n");
    for (const row& r : {row{"one 12AX7 stage at 48 kHz as it is, 5 mV", "12AX7, 48 kHz, not oversampled, 5 mV"},
                         row{"the same driven with 4 V", "12AX7, 48 kHz, not oversampled, 4 V"},
                         row{"`tube_preamp` of it at 44.1 kHz, oversampled and corrected, 5 mV", "12AX7, 44.1 kHz, 5 mV"},
                         row{"the same in a `bank` of two, each", "12AX7, 44.1 kHz, stereo, each, 5 mV"},
                         row{"Nachbaur's four triodes in their loop, `tube_preamp` at 48 kHz, 5 mV RMS", "Nachbaur, 48 kHz, 5 mV RMS"},
                         row{"the same, 50 mV RMS", "Nachbaur, 48 kHz, 50 mV RMS"},
                         row{"the same, 1 V RMS, which clips hard", "Nachbaur, 48 kHz, 1 V RMS"}})
        std::printf("| %s | %.1f | %.1f | %.0f |\n", r.text, nanoseconds(lines, r.key), ratio(lines, r.key), speed(lines, r.key));
}

}   // namespace

void print_documents(const table& lines)
{
    const auto us = [&](const char* key) { return 1e-3 * nanoseconds(lines, key); };
    std::printf("\nREADME.md\n\n");
    std::printf(
        "Time per sample relative to the textbook biquad (transposed direct form II, its state in registers), in double: cartridge, load\n"
        "and RIAA at 48 kHz in blocks of 512 %.2f, sample by sample through an object %.2f; one 12AX7 stage at 44.1 kHz %.1f; Nachbaur's\n"
        "four triodes in their feedback loop %.0f, which is %.0f times real time. Designing an order-7 chain takes %.0f us, a tube preamp\n"
        "some %.0f ms.\n",
        ratio(lines, "cartridge: preamp, block 512"), ratio(lines, "cartridge: preamp, object"), ratio(lines, "12AX7, 44.1 kHz, 5 mV"),
        ratio(lines, "Nachbaur, 48 kHz, 5 mV RMS"), speed(lines, "Nachbaur, 48 kHz, 5 mV RMS"), us("design: from component values, a call"),
        1e-3 * us("prepare of Nachbaur, 48 kHz, a call"));
    std::printf("\nexamples/README.md (%s)\n\n", PHONO_BENCHMARK_FLAGS);
    print_linear(lines);
    std::printf(
        "\nThe design of an order-7 chain takes %.0f us from component values, %.0f us from poles and zeros; retune() takes %.0f us. The\n"
        "phase corrector takes %.1f ms.\n\n",
        us("design: from component values, a call"), us("design: from poles and zeros, a call"),
        us("design: retune of a tunable_preamp, a call"), 1e-3 * us("design: phase corrector, a call"));
    print_tubes(lines);
    std::printf("\n`prepare` and `retune` of a `tube_preamp` take %.0f and %.0f ms.\n", 1e-3 * us("prepare of Nachbaur, 48 kHz, a call"),
                1e-3 * us("retune of Nachbaur, 48 kHz, a call"));
}
