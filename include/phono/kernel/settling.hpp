// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace phono::inline v0_2::detail {

/// When states that run sample by sample are to be flushed: once so many samples have run that it costs little beside them.
class settling {
public:
    constexpr void begin() noexcept { unsettled_ = 0; }
    /// At most a part of a block.
    [[nodiscard]] constexpr bool is_due_after(std::size_t samples) noexcept
    {
        constexpr std::size_t often_enough = 64;
        unsettled_ = static_cast<std::uint16_t>(unsettled_ + samples);
        return unsettled_ >= often_enough;
    }

private:
    std::uint16_t unsettled_ = 0;   ///< samples since then
};

}   // namespace phono::inline v0_2::detail
