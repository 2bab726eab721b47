// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>

namespace command {

/// The contents of one sound file, written front to back. Every fault is a failure.
class sound_writer {
public:
    sound_writer() = default;
    virtual ~sound_writer() = default;
    sound_writer(const sound_writer&) = delete;
    sound_writer& operator=(const sound_writer&) = delete;

    /// Integer formats: 32 bits, the sample in the upper bits. Floating-point formats: full scale at 1.0.
    virtual void write(std::span<const std::int32_t> interleaved) = 0;
    virtual void write(std::span<const double> interleaved) = 0;

    /// What stands behind the samples, and the sizes in the header, which are known now.
    virtual void finish() = 0;
};

}   // namespace command
