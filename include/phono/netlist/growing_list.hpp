// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A list that grows, in constant expressions too, where std::vector does not work with every standard library.
template <class T>
class growing_list {
public:
    constexpr growing_list() noexcept = default;
    constexpr growing_list(const growing_list&) = delete;
    constexpr growing_list& operator=(const growing_list&) = delete;
    constexpr growing_list(growing_list&& from) noexcept
        : entry_(std::exchange(from.entry_, nullptr)), room_(std::exchange(from.room_, 0)), count_(std::exchange(from.count_, 0))
    {
    }
    constexpr ~growing_list()
    {
        std::destroy_n(entry_, count_);
        if (room_ > 0) std::allocator<T>{}.deallocate(entry_, room_);
    }

    constexpr T& add(const T& item)
    {
        if (count_ == room_) {
            const T kept = item;   // which may be one of the list's own
            reserve(room_ < 16 ? 16 : 2 * room_);
            return *std::construct_at(entry_ + count_++, kept);
        }
        return *std::construct_at(entry_ + count_++, item);
    }
    constexpr void reserve(int room)
    {
        if (room <= room_) return;
        T* const wider = std::allocator<T>{}.allocate(room);
        for (int i = 0; i < count_; ++i) std::construct_at(wider + i, entry_[i]);
        std::destroy_n(entry_, count_);
        if (room_ > 0) std::allocator<T>{}.deallocate(entry_, room_);
        entry_ = wider, room_ = room;
    }
    constexpr void shorten(int count) noexcept
    {
        while (count_ > count) std::destroy_at(entry_ + --count_);
    }

    [[nodiscard]] constexpr int count() const noexcept { return count_; }
    [[nodiscard]] constexpr T& operator[](int i) noexcept { return entry_[i]; }
    [[nodiscard]] constexpr const T& operator[](int i) const noexcept { return entry_[i]; }
    [[nodiscard]] constexpr const T* begin() const noexcept { return entry_; }
    [[nodiscard]] constexpr const T* end() const noexcept { return entry_ + count_; }
    [[nodiscard]] constexpr T* begin() noexcept { return entry_; }
    [[nodiscard]] constexpr T* end() noexcept { return entry_ + count_; }

private:
    T* entry_ = nullptr;
    int room_ = 0, count_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
