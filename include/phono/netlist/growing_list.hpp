// SPDX-License-Identifier: BSL-1.0
#pragma once

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A list that grows, in constant expressions too, where std::vector does not work with every standard library. Its room is of entries that
/// exist already, which is cheaper there than to construct each in its place.
template <class T>
class growing_list {
public:
    constexpr growing_list() noexcept = default;
    growing_list(const growing_list&) = delete;
    growing_list& operator=(const growing_list&) = delete;
    constexpr ~growing_list() { delete[] entry_; }

    constexpr T& add(const T& item)
    {
        if (count_ == room_) {
            const T kept = item;   // which may be one of the list's own
            reserve(room_ < 16 ? 16 : 2 * room_);
            return entry_[count_++] = kept;
        }
        return entry_[count_++] = item;
    }
    constexpr void reserve(int room)
    {
        if (room <= room_) return;
        T* const wider = new T[room];
        for (int i = 0; i < count_; ++i) wider[i] = entry_[i];
        delete[] entry_;
        entry_ = wider, room_ = room;
    }
    /// Keeps only the first of its entries.
    constexpr void shorten(int count) noexcept { count_ = count; }

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
