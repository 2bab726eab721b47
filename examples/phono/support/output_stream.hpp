// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>

namespace command {

/// Whether that output is a stream, which takes bytes in order and may keep none: `-` for the standard output, or the name of a FIFO.
[[nodiscard]] bool is_stream(const std::filesystem::path& file);

/// Whether what is written there goes the way of the standard output, so that nothing else may be said on it: `-`, `/dev/stdout`.
[[nodiscard]] bool is_standard_output(const std::filesystem::path& file);

/// Throws unless a stream can be written: a terminal takes no sound, and the standard output may be closed. Touches nothing.
void require_streamable(const std::filesystem::path& file);

/// An open stream. From then on a reader that ends early is an error of the next write instead of a signal.
class output_stream {
public:
    /// Waits, as the system does, for the reader of a FIFO.
    explicit output_stream(const std::filesystem::path& file);
    ~output_stream();

    output_stream(const output_stream&) = delete;
    output_stream& operator=(const output_stream&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    /// Closes it; what the system had still to tell is a failure.
    void finish();

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
};

}   // namespace command
