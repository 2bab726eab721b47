// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace phono::inline v0_2::math {

/// Whether any of several pairs of objects differs in its bytes. Nothing branches before all have been compared: for objects that are
/// nearly always the same.
class byte_difference {
public:
    /// Compares one more pair.
    template <class T>
    [[gnu::always_inline]] void add(const T& one, const T& other) noexcept
    {
        if constexpr (sizeof(T) >= sizeof(vector)) add_in<vector>(one, other, vectors_);
        else if constexpr (sizeof(T) >= sizeof(std::uint64_t)) add_in<std::uint64_t>(one, other, word_);
        else add_in<unsigned char>(one, other, byte_);
    }

    [[nodiscard]] bool found() const noexcept
    {
        std::uint64_t words[sizeof(vector) / sizeof(std::uint64_t)], any = word_ | byte_;
        std::memcpy(words, &vectors_, sizeof words);
        for (const std::uint64_t word : words) any |= word;
        return any != 0;
    }

private:
#if defined(__GNUC__)
    typedef std::uint64_t vector __attribute__((vector_size(32)));
#else
    using vector = std::uint64_t;
#endif

    template <class Chunk, class T>
    [[gnu::always_inline]] static void add_in(const T& one, const T& other, auto& found) noexcept
    {
        for (std::size_t done = 0; done < sizeof(T); done += sizeof(Chunk)) {
            const std::size_t at = done + sizeof(Chunk) <= sizeof(T) ? done : sizeof(T) - sizeof(Chunk);   // the last may overlap another
            Chunk a, b;
            std::memcpy(&a, reinterpret_cast<const char*>(&one) + at, sizeof a);
            std::memcpy(&b, reinterpret_cast<const char*>(&other) + at, sizeof b);
            found |= a ^ b;
        }
    }

    vector vectors_{};
    std::uint64_t word_ = 0, byte_ = 0;
};

}   // namespace phono::inline v0_2::math
