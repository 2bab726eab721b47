// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>

namespace command {

/// Something the user can put right: what was wrong, where, and what would be right, in one line. `main` prints it and
/// exits with status 2; any other exception is a fault of the program and exits with status 1.
class failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}   // namespace command
