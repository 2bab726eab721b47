// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/kernel/cross_fade.hpp>
#include <phono/large_signal/channel_block.hpp>
#include <phono/units.hpp>

#include <cstddef>

namespace phono::inline v0_2::detail {

/// The designs of a tube preamp whose values change while it plays: the one that is played, the one that is cross-faded to within 20 ms,
/// and one that waits until that has ended. Of several that wait the last counts. Each goes on from the state of the one before. A design
/// that is switched to takes the place of the one played at once.
///
/// Engine is a tube_engine. Real-time: operator() and play() do not allocate, lock or throw.
template <class Engine>
class changing_engines {
    static constexpr int channels = Engine::channels;

public:
    using block_type = channel_block<channels>;

    /// Ends all changes, takes a sampling rate and clears the counts; the newest design is to be made for that rate.
    void start(frequency rate) noexcept
    {
        rate_ = rate;
        end_changes(0);
    }
    /// Ends any change at once and clears the state and the counts.
    void reset() noexcept
    {
        end_changes(newest_);
        newest().reset();
    }
    /// How the next design follows the one that is played.
    enum class manner { faded, switched };

    /// Begins a change; the newest design is to be replaced. One of which no sample has been played yet is the first to go.
    void begin_change(manner how) noexcept
    {
        if (!is_changing()) {
            coming_ = (played_ + 1) % engines;
            start_change();
        }
        newest_ = is_unheard_ ? coming_ : 3 - played_ - coming_;
        manner_[newest_] = how;
    }

    /// The design asked for last.
    [[nodiscard]] Engine& newest() noexcept { return engine_[newest_]; }
    [[nodiscard]] const Engine& newest() const noexcept { return engine_[newest_]; }
    [[nodiscard]] frequency rate() const noexcept { return rate_; }

    /// One sample.
    double operator()(double in) noexcept requires(Engine::channels == 1)
    {
        time_changes();
        if (!is_changing()) return engine_[played_](in);
        const double y = engine_[played_](in);
        const double after = engine_[coming_](in);
        return mixed(y, after, next_share());
    }

    /// A block in place.
    void play(block_type block) noexcept
    {
        while (block.count > 0) {
            time_changes();
            if (!is_changing()) return engine_[played_].process(block);
            const auto left = static_cast<std::size_t>(warm_up_left_ + fade_.left());
            const block_type before = block.from(0, left < part ? left : part);
            double after[static_cast<std::size_t>(channels)][part];
            block_type coming = before;
            for (int c = 0; c < channels; ++c) {
                coming.of[c] = after[c];
                for (std::size_t i = 0; i < before.count; ++i) after[c][i] = before.of[c][i];
            }
            engine_[coming_].process(coming);
            engine_[played_].process(before);
            for (std::size_t i = 0; i < before.count; ++i) {
                const double share = next_share();
                for (int c = 0; c < channels; ++c) before.of[c][i] = mixed(before.of[c][i], after[c][i], share);
            }
            block = block.from(before.count, block.count);
        }
    }

    /// Of all that has been played since start() or reset(): unsolved samples, and evaluations of the laws in the hardest one.
    [[nodiscard]] long unsolved() const noexcept
    {
        return unsolved_before_ + engine_[played_].unsolved() + (is_changing() ? engine_[coming_].unsolved() : 0);
    }
    [[nodiscard]] int most_evaluations() const noexcept
    {
        const int played = most_so_far();
        return is_changing() && engine_[coming_].most_evaluations() > played ? engine_[coming_].most_evaluations() : played;
    }
    void bound_evaluations(int most) noexcept
    {
        for (Engine& engine : engine_) engine.bound_evaluations(most);
    }

private:
    static constexpr std::size_t part = 64;   ///< samples of a change at once
    static constexpr duration change_time{20e-3};
    static constexpr int engines = 3;   ///< the one played, the one coming, and one that waits

    [[nodiscard]] bool is_changing() const noexcept { return coming_ != played_; }

    void end_changes(int left) noexcept
    {
        fade_.finish();
        warm_up_left_ = 0;
        played_ = coming_ = newest_ = left;
        unsolved_before_ = 0, most_before_ = 0;
    }
    void start_change() noexcept
    {
        is_unheard_ = true;
        is_timed_ = false;
    }

    /// A sample of a change, from those of the two circuits.
    static double mixed(double before, double after, double share) noexcept
    {
        return share > 0.0 ? before + share * (after - before) : before;
    }
    /// The share of the new circuit in the next sample of a change.
    double next_share() noexcept
    {
        is_unheard_ = false;
        if (warm_up_left_ > 0) {
            --warm_up_left_;
            return 0.0;
        }
        const double share = fade_.share(1, fade_.step());
        if (fade_.left() == 0) end_change();
        return share;
    }
    /// Begins what is to begin at this sample: changes that switch are over at once.
    void time_changes() noexcept
    {
        while (is_changing() && !is_timed_) {
            if (manner_[coming_] == manner::faded) return time_change();
            engine_[coming_].start_from(engine_[played_]);
            is_unheard_ = false;
            end_change();
        }
    }
    /// Begins a fade at its first sample. The new circuit goes on from the state of the one that is played; where it cannot, its signal
    /// is as late as its filters, and until it is there nothing is mixed.
    void time_change() noexcept
    {
        engine_[coming_].start_from(engine_[played_]);
        const int whole = rate_fault(rate_) ? 2 : static_cast<int>(change_time.si * rate_.si);
        const double latency = engine_[coming_].latency();
        const int on_its_way = static_cast<int>(1.5 * latency) + 1;
        warm_up_left_ = on_its_way < whole / 2 ? on_its_way : whole / 2;
        fade_.set(whole - warm_up_left_);
        fade_.go(0, 1);
        is_timed_ = true;
    }
    /// The most evaluations of a sample, of the engine that plays and those before it.
    [[nodiscard]] int most_so_far() const noexcept
    {
        const int now = engine_[played_].most_evaluations();
        return now > most_before_ ? now : most_before_;
    }
    void end_change() noexcept
    {
        unsolved_before_ += engine_[played_].unsolved();
        most_before_ = most_so_far();
        played_ = coming_;
        if (newest_ == coming_) return;
        coming_ = newest_;
        start_change();
    }

    frequency rate_{};
    Engine engine_[engines]{};
    manner manner_[engines]{};                             ///< how each followed, or is to follow, the one before
    int played_ = 0, coming_ = 0, newest_ = 0;             ///< the circuits played, faded to (the same if none is), and asked for last
    cross_fade<double, 2, fade_shape::straight> fade_{};   ///< from the circuit played to the one coming
    int warm_up_left_ = 0;                                 ///< samples until the fade begins
    bool is_unheard_ = false, is_timed_ = false;           ///< a change of which no sample has been played; whose length is set
    long unsolved_before_ = 0;
    int most_before_ = 0;   ///< of circuits that are no longer played
};

}   // namespace phono::inline v0_2::detail
