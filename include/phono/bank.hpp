// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/channel_lanes.hpp>
#include <phono/kernel/mistaken_calls.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/units.hpp>

#include <complex>
#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace phono::inline v0_2 {

/// So many channels of one preamp, designed once: stereo, or the tracks of a disc-cutting tape.
///
///     bank<preamp<magnetic>, 2> stereo{96_kHz};
///     stereo.process(left_and_right, frames);   // planar: an array of pointers to the channels, as hosts give them
///     stereo.process(interleaved);              // a span of frames, as files hold them
///
/// It is no processor itself, since a sample of it is a frame: one of its channels, stereo[0], is.
/// Four or eight channels, or eight or sixteen of float, are computed side by side where they have one linear filter that does not change
/// at the time; those of tube preamps always, as told there.
/// Errors, units and real time: as the preamp.
template <class Preamp, int channels>
class bank : public detail::mistaken_channel_calls<sample_of<Preamp>>, public detail::mistaken_retune {
    static_assert(channels > 0, "phono: a bank has at least one channel");
    static_assert(processor<Preamp>, "phono: a bank holds preamps: write bank<preamp<magnetic>, 2>");

public:
    using detail::mistaken_channel_calls<sample_of<Preamp>>::process;
    using detail::mistaken_retune::retune;

    /// The type of the samples.
    using sample = sample_of<Preamp>;
    static constexpr int channel_count = channels;

    /// Silent until it is prepared, which problem() says.
    bank() noexcept requires std::default_initializable<Preamp>
    = default;
    /// Prepared for a sampling rate.
    explicit bank(frequency rate) noexcept requires std::constructible_from<Preamp, frequency> : bank{Preamp{rate}} {}
    /// A preamp of run-time values, prepared for a sampling rate.
    template <class Schematic>
        requires std::constructible_from<Preamp, const Schematic&, frequency> bank(const Schematic& schematic, frequency rate)
    noexcept : bank{Preamp{schematic, rate}} {}
    /// Copies of one preamp.
    explicit bank(const Preamp& of_all) noexcept { copy(of_all); }

    /// Whatever the preamp's prepare() takes: designs once and clears the state of all channels.
    void prepare(const auto&... values_and_rate) noexcept
    {
        channel_[0].prepare(values_and_rate...);
        copy(channel_[0]);
    }
    /// Clears the state of all channels.
    void reset() noexcept
    {
        for (Preamp& one : channel_) one.reset();
    }

    /// A setting for fade_to(), as the preamp's.
    [[nodiscard]] auto setting_for(const auto& values) const noexcept requires requires(const Preamp& one) { one.setting_for(values); }
    {
        return channel_[0].setting_for(values);
    }

    /// Fades all channels to a setting that setting_for(), here or of one of them, made. False if it was refused.
    bool fade_to(const auto& setting) noexcept
    {
        bool is_taken = true;
        for (Preamp& one : channel_) is_taken = one.fade_to(setting) && is_taken;
        return is_taken;
    }
    /// Fades all channels to new values, designed once. False if they were refused.
    bool retune(const auto& values) noexcept requires requires(Preamp& one) { one.fade_to(one.setting_for(values)); }
    {
        return fade_to(channel_[0].setting_for(values));
    }

    /// So many frames in place, each channel in a buffer of its own.
    void process(sample* const* planar, std::integral auto frames) noexcept
    {
        const std::size_t count = frames > 0 ? static_cast<std::size_t>(frames) : 0;
        for (std::size_t done = 0; done < count;) {
            const std::size_t part = count - done < longest_run ? count - done : longest_run;
            int c = run_in_lanes([&]<int width>(int first) { return detail::planar_frames<sample, width>{planar + first, done}; }, part);
            for (; c < channels; ++c) channel_[place(c)].process(std::span<sample>{planar[c] + done, part});
            done += part;
        }
    }

    /// Interleaved frames in place. Samples behind the last whole frame are left alone.
    void process(std::span<sample> interleaved) noexcept
    {
        constexpr std::size_t width = channels;
        while (interleaved.size() >= width) {
            const std::size_t whole = interleaved.size() / width, frames = whole < longest_run ? whole : longest_run;
            sample* const samples = interleaved.data();
            int c = run_in_lanes([&]<int>(int first) { return detail::interleaved_frames<sample, channels>{samples + first}; }, frames);
            for (; c < channels; ++c) {
                sample one[longest_run];
                for (std::size_t i = 0; i < frames; ++i) one[i] = samples[i * width + place(c)];
                channel_[place(c)].process(std::span<sample>{one, frames});
                for (std::size_t i = 0; i < frames; ++i) samples[i * width + place(c)] = one[i];
            }
            interleaved = interleaved.subspan(frames * width);
        }
    }

    /// One of the channels, from 0.
    [[nodiscard]] Preamp& operator[](int channel) noexcept { return channel_[place(channel)]; }
    [[nodiscard]] const Preamp& operator[](int channel) const noexcept { return channel_[place(channel)]; }

    /// The digital response, which all channels have.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept { return channel_[0].response(f); }
    /// The delay of the output against the analogue circuit's, in samples.
    [[nodiscard]] double latency() const noexcept { return channel_[0].latency(); }
    /// Samples at which a circuit's solver failed to converge, over all channels.
    [[nodiscard]] long unsolved() const noexcept
    {
        long samples = 0;
        for (const Preamp& one : channel_) samples += one.unsolved();
        return samples;
    }
    /// What is wrong, if anything.
    [[nodiscard]] fault problem() const noexcept { return channel_[0].problem(); }

private:
    static constexpr std::size_t longest_run = 1024;   ///< frames after which faded states are flushed

    /// Runs as many channels as fill whole vectors side by side, and returns how many these are: fewer where their filters are not one.
    int run_in_lanes(auto&& frames_from, std::size_t count) noexcept
    {
        int done = 0;
        if constexpr (math::has_block_vectors && detail::has_modes<Preamp>) {
            using lanes = detail::channel_lanes<detail::modes_of<Preamp>>;
            while (channels - done >= lanes::most && run_group<lanes::most>(done, frames_from, count)) done += lanes::most;
            if (channels - done >= lanes::fewest && channels - done < lanes::most && run_group<lanes::fewest>(done, frames_from, count))
                done += lanes::fewest;
        }
        return done;
    }
    template <int width>
    bool run_group(int first, const auto& frames_from, std::size_t count) noexcept
    {
        using modes = detail::modes_of<Preamp>;
        modes* together[place(width)];
        for (int c = 0; c < width; ++c)
            if (!(together[place(c)] = detail::kernel_access::modes_of(channel_[place(first + c)]))) return false;
        return detail::channel_lanes<modes>::template run<width>(together, frames_from.template operator()<width>(first), count);
    }

    static constexpr std::size_t place(int channel) noexcept { return static_cast<std::size_t>(channel); }

    void copy(const Preamp& of_all) noexcept
    {
        for (Preamp& one : channel_)
            if (&one != &of_all) one = of_all;
    }

    Preamp channel_[place(channels)]{};
};

}   // namespace phono::inline v0_2
