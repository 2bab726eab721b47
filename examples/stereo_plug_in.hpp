// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/bank.hpp>
#include <phono/kernel/cross_fade.hpp>
#include <phono/mailbox.hpp>
#include <phono/phono.hpp>
#include <phono/selector/delay_line.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <mutex>
#include <span>

// A whole plug-in without a framework: its functions have the names and the rules that JUCE gives them.
namespace plug_in {

using namespace phono;
using namespace phono::literals;

/// A host's block: a pointer per channel. What the plug-in uses of juce::AudioBuffer.
template <class Sample>
class AudioBuffer {
public:
    AudioBuffer(Sample* const* channels, int count, int samples) noexcept : channels_(channels), count_(count), samples_(samples) {}

    int getNumChannels() const noexcept { return count_; }
    int getNumSamples() const noexcept { return samples_; }
    Sample* getWritePointer(int channel) const noexcept { return channels_[channel]; }

private:
    Sample* const* channels_;
    int count_, samples_;
};

/// The schematic. What the knobs change are its values; a mode is another value of its curve.
using schematic = chain<magnetic_cartridge, loading, curve>;

enum class mode { riaa, columbia, flat };

constexpr curve curve_of(mode m) noexcept
{
    if (m == mode::riaa) return normalised(riaa);
    if (m == mode::columbia) return normalised(curves::columbia_lp);
    return {};
}

/// Both channels in samples of one type.
///
/// Two threads meet here. ask() belongs to the one that turns knobs: it designs the filter, which may take milliseconds. process() belongs to
/// the one that plays: it collects the newest design and fades to it.
template <class Sample>
class engine {
public:
    /// Samples by which the output is late, whatever the knobs. A design with the phase corrected has a delay of its own, no more than this,
    /// that moves with the knobs; what it lacks is added in whole samples, so that half a sample is left at most.
    static constexpr int latency = 3;

    /// Designs for values and a rate, and begins with silence. The host does not play meanwhile.
    void prepare(const schematic& values, frequency rate) noexcept
    {
        while (knobs_.collect() != nullptr) {
        }   // what was asked for at the rate before
        channels_.prepare(values, rate);
        bypass_.set(samples_in(20_ms, rate));
        padding_.set(samples_in(50_ms, rate));
        padding_.select(missing(channels_.latency()));
        reset();
    }

    void reset() noexcept
    {
        channels_.reset();
        for (auto& past : past_) past.reset();
        bypass_.finish();
        padding_.finish();
    }

    /// The knobs' thread. Returns what is wrong with the values, which are then not played.
    fault ask(const schematic& values) noexcept
    {
        const auto designed = channels_[0].setting_for(values);
        if (!designed.problem) knobs_.post(designed);
        return designed.problem;
    }

    /// The audio thread.
    void process(Sample* const* planar, int frames, bool is_bypassed) noexcept
    {
        if (const auto* newest = knobs_.collect())
            if (channels_.fade_to(*newest)) padding_.select(missing(newest->latency));
        bypass_.select(is_bypassed ? dry : wet);
        for (int done = 0; done < frames;) {
            int n = std::min(frames - done, longest_run);
            if (bypass_.left() > 0) n = std::min(n, bypass_.left());
            if (padding_.left() > 0) n = std::min(n, padding_.left());
            run(planar[0] + done, planar[1] + done, static_cast<std::size_t>(n));
            done += n;
        }
    }

private:
    static constexpr int wet = 0, dry = 1;
    static constexpr int longest_run = 256;   ///< samples at once, so that what is kept of them has a fixed size

    static int samples_in(duration time, frequency rate) noexcept
    {
        return static_cast<int>(std::fmax(1.0, std::round(time.si * rate.si)));
    }
    static int missing(double delay) noexcept { return std::clamp(static_cast<int>(std::lround(latency - delay)), 0, latency); }

    /// Samples of both channels, during all of which a fade runs or none.
    void run(Sample* left, Sample* right, std::size_t count) noexcept
    {
        const bool is_bypassing = bypass_.left() > 0, is_padding = padding_.left() > 0;
        Sample bypass_risen[longest_run], padding_risen[longest_run];
        for (std::size_t n = 0; n < count && is_bypassing; ++n) bypass_risen[n] = bypass_.step();
        for (std::size_t n = 0; n < count && is_padding; ++n) padding_risen[n] = padding_.step();
        for (int c = 0; c < 2; ++c) {
            Sample* const io = c == 0 ? left : right;
            auto& past = past_[c];
            past.push(std::span<const Sample>{io, count});
            const auto delayed = [&](std::size_t n, int by) { return past[count - 1 - n + static_cast<std::size_t>(by)]; };
            for (std::size_t n = 0; n < count; ++n) {
                if (is_padding) {
                    io[n] = Sample{};
                    for (int by = 0; by <= latency; ++by) io[n] += padding_.share(by, padding_risen[n]) * delayed(n, by);
                } else io[n] = delayed(n, padding_.selected());
            }
            channels_[c].process(io, count);
            // The bypassed preamp goes on playing unheard, so that it has settled when it is wanted again.
            for (std::size_t n = 0; n < count; ++n) {
                if (is_bypassing)
                    io[n] = bypass_.share(wet, bypass_risen[n]) * io[n] + bypass_.share(dry, bypass_risen[n]) * delayed(n, latency);
                else if (bypass_.selected() == dry) io[n] = delayed(n, latency);
            }
        }
    }

    using preamp_type = tunable_preamp<schematic, Sample, phase::corrected>;

    bank<preamp_type, 2> channels_{};
    mailbox<typename preamp_type::setting> knobs_{};
    delay_line<Sample, 2 * longest_run> past_[2]{};   ///< the input
    cross_fade<Sample, 2> bypass_{};
    cross_fade<Sample, latency + 1> padding_{};   ///< between the input and itself one, two or three samples late
};

/// What a host sees. The knobs and prepareToPlay() may be called from any thread but that of processBlock(), which neither waits, allocates
/// nor throws.
class stereo_preamp {
public:
    /// Blocks of any length may follow, so that the longest does not matter.
    void prepareToPlay(double sampleRate, int /*maximumBlockSize*/)
    {
        const std::scoped_lock controls{controls_};
        rate_ = frequency{sampleRate};
        single_.prepare(values_, rate_);
        double_.prepare(values_, rate_);
    }
    void reset() noexcept
    {
        single_.reset();
        double_.reset();
    }
    static constexpr int getLatencySamples() noexcept { return engine<float>::latency; }
    static constexpr bool supportsDoublePrecisionProcessing() noexcept { return true; }

    void processBlock(const AudioBuffer<float>& buffer) noexcept { process(single_, buffer); }
    void processBlock(const AudioBuffer<double>& buffer) noexcept { process(double_, buffer); }

    /// The knobs. Each returns what is wrong with the value, if anything; the preamp then plays on with those that it has.
    fault setLoad(resistance load)
    {
        return turn([load](schematic& asked) { block<1>(asked).resistance = load; });
    }
    fault setCapacitance(capacitance load)
    {
        return turn([load](schematic& asked) { block<1>(asked).capacitance = load; });
    }
    fault setMode(mode m)
    {
        return turn([m](schematic& asked) { block<2>(asked) = curve_of(m); });
    }
    void setBypassed(bool is_bypassed) noexcept { is_bypassed_.store(is_bypassed, std::memory_order_relaxed); }

    /// The values that were accepted last.
    schematic values() const
    {
        const std::scoped_lock controls{controls_};
        return values_;
    }

private:
    fault turn(const auto& knob)
    {
        const std::scoped_lock controls{controls_};   // a mailbox is for one thread at each end
        schematic asked = values_;
        knob(asked);
        if (const fault wrong = check(asked)) return wrong;
        values_ = asked;
        if (!(rate_.si > 0.0)) return {};   // prepareToPlay() will design it
        const fault wrong = single_.ask(asked);
        return wrong ? wrong : double_.ask(asked);
    }

    template <class Sample>
    void process(engine<Sample>& playing, const AudioBuffer<Sample>& buffer) noexcept
    {
        if (buffer.getNumChannels() != 2) return;   // what isBusesLayoutSupported() promises a host
        Sample* const planar[]{buffer.getWritePointer(0), buffer.getWritePointer(1)};
        playing.process(planar, buffer.getNumSamples(), is_bypassed_.load(std::memory_order_relaxed));
    }

    mutable std::mutex controls_;   ///< of the threads that turn knobs; processBlock() never sees it
    frequency rate_{0.0};
    schematic values_{magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
                      loading{.resistance = 47_kOhm, .capacitance = 150_pF, .cable = 100_pF}, curve_of(mode::riaa)};
    std::atomic<bool> is_bypassed_{false};
    engine<float> single_{};
    engine<double> double_{};
};

}   // namespace plug_in
