// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/bytes.hpp"

#include <cstddef>

namespace command {

/// Moves behind the padding of an item of a RIFF list of so many bytes. Some programs leave the byte away that makes its length even: then
/// the next item's name stands where the byte should. `begins_item`, given a reader, tells whether one begins there.
template <class Begins>
void skip_item_padding(byte_reader& read, std::size_t size, const Begins& begins_item)
{
    if (size % 2 == 0 || read.left() == 0) return;
    auto padded = read;
    padded.skip(1);
    if (!begins_item(read) || begins_item(padded)) read = padded;
}

}   // namespace command
