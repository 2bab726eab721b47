// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

/// Ends the program, before anything is timed, if a contender does not do what it should.
void require(bool held, const std::string& what);
