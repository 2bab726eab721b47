// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace command {

inline constexpr int refused = 2;   ///< the command line or a file: the user can put it right
inline constexpr int broken = 1;    ///< a fault of the program or the machine

/// Thrown to end the program with a status when all that is to be said has been said.
struct exit_status {
    int value{};
};

}   // namespace command
