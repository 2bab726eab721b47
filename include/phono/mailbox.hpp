// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>

namespace phono::inline v0_2 {

/// Hands the newest value from one thread to another: settings from the thread that turns knobs to the one that plays.
///
///     mailbox<tunable_preamp<decltype(magnetic)>::setting> knobs;
///     knobs.post(left.setting_for(values));                          // the knobs' thread
///     if (const auto* newest = knobs.collect()) left.fade_to(*newest);   // the audio thread, before a block
///
/// A value posted before the last one was collected takes its place. One thread posts and one collects; neither waits for the other,
/// allocates or locks. Holds three values (a triple buffer), which for a tube_preamp's setting is 100 to 450 kB.
template <class Value>
class mailbox {
public:
    /// Puts a value into the box. For one thread.
    void post(const Value& value) noexcept(noexcept(place_[0].value = value))
    {
        place_[written_].value = value;
        written_ = between_.exchange(written_ | is_new, std::memory_order_acq_rel) & place_mask;
    }

    /// The newest value, if one was posted since the last call; it stays as it is until the next. For one thread.
    [[nodiscard]] const Value* collect() noexcept
    {
        if ((between_.load(std::memory_order_relaxed) & is_new) == 0) return nullptr;
        read_ = between_.exchange(read_, std::memory_order_acq_rel) & place_mask;
        return &place_[read_].value;
    }

private:
    static constexpr unsigned place_mask = 3, is_new = 4;

    struct place {
        Value value{};
    };

    place place_[3]{};
    unsigned written_ = 0, read_ = 1;    ///< which place belongs to which thread
    std::atomic<unsigned> between_{2};   ///< the third one, and whether its value is new
};

}   // namespace phono::inline v0_2
