// SPDX-License-Identifier: BSL-1.0
// A compiler that was not told -std=c++20.

#include <phono/phono.hpp>
