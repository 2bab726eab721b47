// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/decoding.hpp"
#include "audio/sample_source.hpp"
#include "containers/sound_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace command {

/// Samples that stand in a file as numbers.
class pcm_samples final : public sample_source {
public:
    /// The source and the layout, which has an encoding, outlive this.
    pcm_samples(byte_source& source, sound_layout& layout, bool recover);

    /// Nothing where only the end tells.
    [[nodiscard]] std::optional<std::int64_t> frames() const noexcept;

    std::size_t read(const channel_spans& channels) override;
    [[nodiscard]] std::vector<chunk> new_chunks() override { return sound_.chunks().hand_over(); }
    [[nodiscard]] const std::vector<std::string>& assumptions() const noexcept override { return sound_.assumptions(); }

private:
    void read_ahead();
    void align(std::span<const unsigned char> bytes);

    const sound_layout& layout_;
    sound_stream sound_;
    std::vector<unsigned char> bytes_;       ///< read at once: calls of the system take as long as a thousand samples
    std::size_t used_ = 0, there_ = 0;       ///< frames of them
    std::optional<alignment> alignment_{};   ///< once it is known
};

}   // namespace command
