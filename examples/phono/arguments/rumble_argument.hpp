// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace command {

/// A high-pass against rumble, as the command line has it.
struct rumble_argument {
    double corner = 0.0;   ///< Hz, at -3 dB; 0 for none
    int order = 2;         ///< 2 or 3
};

}   // namespace command
