// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace command {

/// A word whose bytes stand in that order, and back: the same.
template <std::endian Order, typename Word>
[[nodiscard]] constexpr Word ordered(Word word) noexcept
{
    if constexpr (Order == std::endian::native || sizeof(Word) == 1) return word;
    else if constexpr (sizeof(Word) == 2) return static_cast<Word>(__builtin_bswap16(word));
    else if constexpr (sizeof(Word) == 4) return static_cast<Word>(__builtin_bswap32(word));
    else return static_cast<Word>(__builtin_bswap64(word));
}

/// The word that stands there in that order.
template <std::endian Order, typename Word>
[[nodiscard]] Word word_at(const unsigned char* bytes) noexcept
{
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return ordered<Order>(word);
}

/// Puts a word there in that order.
template <std::endian Order, typename Word>
void put_word(unsigned char* bytes, Word word) noexcept
{
    word = ordered<Order>(word);
    std::memcpy(bytes, &word, sizeof word);
}

}   // namespace command
