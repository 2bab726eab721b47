// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/bank.hpp>
#include <phono/kernel/mistaken_calls.hpp>
#include <phono/kernel/processing.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/tube_player.hpp>
#include <phono/math/interleaving.hpp>
#include <phono/oversampling/oversampling.hpp>
#include <phono/units.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

namespace phono::inline v0_2 {

/// A large-signal preamp with triodes, including distortion, grid current and blocking.
///
/// The circuit, its feedback loops and its triodes are one implicit system, solved within each sample. A fixed filter behind it corrects
/// the small-signal magnitude to that of the circuit, within accuracy(). A preamp of the same schematic is its small-signal model.
/// Units: volts of EMF in, volts out, the output relative to its quiescent voltage. Ideal curves ahead of the first triode or behind the
/// last are run as filters; one between triodes is a fault.
/// T is the type of the samples; the circuit is computed in double.
/// Errors: prepared with a faulty schematic or rate it outputs silence; turned to faulty values it plays on with those it has. problem()
/// says why.
/// Bounds: whatever the input and however the values are turned, no voltage of a circuit with passive parts around its triodes grows beyond
/// what supplies and drive can cause, and the output stays within 1.5 times the larger of them (large_signal/README.md says why; tested by
/// tests/robustness).
/// Real-time: operator(), process, reset and fade_to do not allocate, lock or throw. prepare() and retune() take milliseconds. The hardest
/// sample takes a hundred times as long as a typical one: bound_evaluations() is for threads with a deadline.
/// Size: 0.2 to 0.4 MB, mostly tables, which may be too much for a thread's stack.
template <class Chain, class T = double>
class tube_preamp : public detail::tube_player<std::remove_const_t<Chain>, 1>, public detail::processing<tube_preamp<Chain, T>, T> {
    using player = detail::tube_player<std::remove_const_t<Chain>, 1>;
    using calls = detail::processing<tube_preamp, T>;

public:
    using calls::prepare, calls::process, calls::operator(), player::prepare;
    using typename player::schematic_type;

    /// Prepares a schematic for a sampling rate, with an oversampling factor.
    explicit tube_preamp(const schematic_type& schematic, frequency rate, oversampling factor = oversampling::automatic) noexcept
        : player(schematic, factor)
    {
        prepare(rate);
    }
    /// The values of a schematic, silent until prepare(), which problem() says.
    explicit tube_preamp(const schematic_type& schematic, oversampling factor = oversampling::automatic) noexcept
        : player(schematic, factor)
    {
    }
    /// Of values that are not known yet: silent until prepare(values, rate).
    tube_preamp() noexcept = default;

    /// Processes one sample.
    T operator()(T x) noexcept { return static_cast<T>(this->engines_(static_cast<double>(x))); }

    /// Processes a block in place: the same as sample by sample to within rounding, but faster.
    void process(std::span<T> block) noexcept { process(block, block); }

    /// Processes a block from one buffer into another of the same length. They may overlap in any way.
    void process(std::span<const T> in, std::span<T> out) noexcept
    {
        if constexpr (std::is_same_v<T, double>) return play(detail::move_samples(in, out));
        in = detail::readable(in, out);
        constexpr std::size_t part = 256;
        for (std::size_t first = 0; first < in.size(); first += part) {
            const std::size_t length = in.size() - first < part ? in.size() - first : part;
            alignas(64) double y[part];
            for (std::size_t i = 0; i < length; ++i) y[i] = static_cast<double>(in[first + i]);
            play({y, length});
            for (std::size_t i = 0; i < length; ++i) out[first + i] = static_cast<T>(y[i]);
        }
    }

private:
    void play(std::span<double> block) noexcept { this->engines_.play({{block.data()}, block.size()}); }
};

/// tube_preamp<float>, in which the schematic's type is missing, is refused in a sentence.
template <std::floating_point Sample, class T>
class tube_preamp<Sample, T> : public detail::mistaken_schematic<Sample> {
    using detail::mistaken_schematic<Sample>::mistaken_schematic;
};

template <class Chain>
tube_preamp(const Chain&, oversampling = oversampling::automatic) -> tube_preamp<Chain>;
template <class Chain>
tube_preamp(const Chain&, frequency, oversampling = oversampling::automatic) -> tube_preamp<Chain>;

/// So many channels of one tube preamp, designed once and played side by side: with one triode at ordinary levels two of them take three
/// tenths more time than one, four twice as much. With two to four triodes two channels are played at once, in three tenths more time than
/// one where registers have 64 bytes (AVX-512); in narrower ones, and with more triodes, each takes about its own time. The same samples as
/// those of a preamp for each channel, within rounding.
///
///     const auto stereo = std::make_unique<bank<tube_preamp<decltype(stage)>, 2>>(stage, 96_kHz);
///     stereo->process(left_and_right, frames);   // planar: an array of pointers to the channels
///     stereo->process(interleaved);              // a span of frames
///
/// What a tube_preamp has it has too, but for the single sample: its channels are one circuit, so that there is no preamp in it to be had
/// by itself. Errors, units, real time and size: as the preamp.
template <class Chain, class T, int channels>
    requires(channels > 1 && !std::floating_point<Chain>)
class bank<tube_preamp<Chain, T>, channels> : public detail::tube_player<std::remove_const_t<Chain>, channels>,
                                              public detail::mistaken_channel_calls<T> {
    using player = detail::tube_player<std::remove_const_t<Chain>, channels>;

public:
    using detail::mistaken_channel_calls<T>::process;
    using player::prepare;
    using typename player::schematic_type;

    /// The type of the samples.
    using sample = T;
    static constexpr int channel_count = channels;

    /// Silent until prepare(values, rate).
    bank() noexcept = default;
    /// A schematic, prepared for a sampling rate with an oversampling factor.
    explicit bank(const schematic_type& schematic, frequency rate, oversampling factor = oversampling::automatic) noexcept
        : player(schematic, factor)
    {
        prepare(rate);
    }
    /// The values, the rate and the oversampling factor of a preamp, at rest.
    explicit bank(const tube_preamp<Chain, T>& of_all) noexcept : player(of_all) {}

    /// Prepares for a host's specification: anything with a sampleRate in hertz.
    void prepare(const process_specification auto& specification) noexcept
    {
        prepare(frequency{static_cast<double>(specification.sampleRate)});
    }

    /// So many frames in place, each channel in a buffer of its own.
    void process(T* const* planar, std::integral auto frames) noexcept
    {
        const auto take = [planar](const block_type& block, std::size_t first) {
            for (int c = 0; c < channels; ++c)
                for (std::size_t i = 0; i < block.count; ++i) block.of[place(c)][i] = static_cast<double>(planar[c][first + i]);
        };
        run(frames > 0 ? static_cast<std::size_t>(frames) : 0, take, [planar](const block_type& block, std::size_t first) {
            for (int c = 0; c < channels; ++c)
                for (std::size_t i = 0; i < block.count; ++i) planar[c][first + i] = static_cast<T>(block.of[place(c)][i]);
        });
    }

    /// Interleaved frames in place. Samples behind the last whole frame are left alone.
    void process(std::span<T> interleaved) noexcept
    {
        T* const samples = interleaved.data();
        const auto take = [samples](const block_type& block, std::size_t first) {
            const T* const from = samples + width * first;
            if constexpr (are_moved_by_registers) math::separate(from, block.of[0], block.of[1], static_cast<int>(block.count));
            else   // frame by frame, so that a compiler exchanges rows and columns in registers
                for (std::size_t i = 0; i < block.count; ++i)
                    for (int c = 0; c < channels; ++c) block.of[place(c)][i] = static_cast<double>(from[width * i + place(c)]);
        };
        run(interleaved.size() / width, take, [samples](const block_type& block, std::size_t first) {
            T* const to = samples + width * first;
            if constexpr (are_moved_by_registers) math::interleave(block.of[0], block.of[1], to, static_cast<int>(block.count));
            else
                for (std::size_t i = 0; i < block.count; ++i)
                    for (int c = 0; c < channels; ++c) to[width * i + place(c)] = static_cast<T>(block.of[place(c)][i]);
        });
    }

private:
    static constexpr std::size_t width = channels;
    static constexpr std::size_t place(int channel) noexcept { return static_cast<std::size_t>(channel); }
    static constexpr bool are_moved_by_registers = channels == 2 && std::is_same_v<T, double>;
    using block_type = detail::channel_block<channels>;

    /// Plays frames part by part; take(block, first) and give(block, first) move samples from the first of a part on.
    void run(std::size_t frames, const auto& take, const auto& give) noexcept
    {
        constexpr std::size_t part = 256;
        for (std::size_t first = 0; first < frames; first += part) {
            alignas(64) double y[width][part];
            block_type block;
            block.count = frames - first < part ? frames - first : part;
            for (int c = 0; c < channels; ++c) block.of[place(c)] = y[place(c)];
            take(block, first);
            this->engines_.play(block);
            give(block, first);
        }
    }
};

}   // namespace phono::inline v0_2
