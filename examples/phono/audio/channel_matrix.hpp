// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"

#include <phono/selector/dc_block.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace command {

/// What one channel is made of two: their mean, which is the groove's lateral motion, half their difference, which is its vertical motion,
/// or one of them.
enum class mono_of { lateral, vertical, left, right };

/// What happens to the channels of a recording ahead of its curve, in this order.
struct channel_plan {
    bool remove_dc = false;
    bool swap = false;
    std::vector<double> gains_db{};   ///< one for each channel, after the swap; none for 0 dB
    bool balance = false;             ///< --balance is among the gains
    std::optional<mono_of> mono{};
};

/// As `--mono` takes it: `lateral`.
[[nodiscard]] std::string_view name(mono_of mono) noexcept;

/// Whether the plan makes one channel of that many. A recording that is mono already passes as it is; but of its vertical motion, which a
/// mono recording does not hold, nothing can be made.
[[nodiscard]] bool is_mixed(const channel_plan& plan, int channels) noexcept;

/// -3 dB of the high-pass that removes DC, in hertz: 0.003 dB and 1.4 degrees at 20 Hz.
inline constexpr double dc_corner = 0.5;

/// Carries a channel_plan out, block by block. DC is removed by a first-order high-pass, from which the mean of the first block has been
/// taken: an offset that was there from the beginning is gone from the first sample on, without a thump, and one that drifts is followed.
class channel_matrix {
public:
    /// Throws a failure where the plan needs other channels than there are.
    channel_matrix(const channel_plan& plan, const std::filesystem::path& in, int channels, int sample_rate);

    /// The number of channels that come out.
    [[nodiscard]] int channels() const noexcept { return is_mixed_ ? 1 : static_cast<int>(channels_); }

    /// Whether every sample stays as it is, in its channel.
    [[nodiscard]] bool is_idle() const noexcept { return !plan_.remove_dc && !plan_.swap && factors_.empty() && !is_mixed_; }

    /// Works in place, and returns the channels that come out.
    [[nodiscard]] channel_spans operator()(channel_spans block);

private:
    void remove_dc(const channel_spans& block);
    [[nodiscard]] channel_spans mixed(const channel_spans& block) const;

    channel_plan plan_;
    std::size_t channels_;
    bool is_mixed_;
    std::vector<double> factors_{};   ///< of the gains
    std::vector<phono::dc_block<double>> blocks_{};
    std::vector<double> resting_{};   ///< means of the first block
};

}   // namespace command
