// SPDX-License-Identifier: BSL-1.0
#include "robustness/netlist_texts.hpp"

#include <cstddef>
#include <cstdint>

/// libFuzzer calls this with one text after the other.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count)
{
    netlist_texts::examine({reinterpret_cast<const char*>(bytes), count});
    return 0;
}
