// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"
#include "textbook_biquad.hpp"
#include "textbook_cascade.hpp"

#include <phono/phono.hpp>

#include <array>
#include <memory>
#include <span>
#include <string>
#include <utility>

// Several channels of one design, per channel and sample.
namespace {

using namespace phono;

constexpr std::size_t frames_at_once = 64;

/// Interleaved frames, in blocks.
template <class T, std::size_t channels, class Bank>
player<T> interleaved(Bank bank)
{
    return in_blocks<T>(std::move(bank), frames_at_once * channels);
}

/// Channels behind one another, each so many frames of the whole span, in blocks.
template <class T, std::size_t channels, class Bank>
player<T> planar(Bank bank)
{
    return [held = std::make_shared<Bank>(std::move(bank))](std::span<T> samples) {
        const std::size_t frames = samples.size() / channels;
        for (std::size_t first = 0; first < frames; first += frames_at_once) {
            std::array<T*, channels> at{};
            for (std::size_t c = 0; c < channels; ++c) at[c] = samples.data() + c * frames + first;
            held->process(at.data(), std::min(frames_at_once, frames - first));
        }
    };
}

/// A contender of several channels as one of a single one: all get the same samples and must give the same.
template <class T>
player<T> as_one(player<T> play, std::size_t channels, bool is_planar)
{
    return [play, channels, is_planar](std::span<T> samples) {
        const std::size_t frames = samples.size();
        const auto place = [=](std::size_t c, std::size_t i) { return is_planar ? c * frames + i : i * channels + c; };
        std::vector<T> all(channels * frames);
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t i = 0; i < frames; ++i) all[place(c, i)] = samples[i];
        play(all);
        for (std::size_t i = 0; i < frames; ++i) {
            samples[i] = all[place(channels - 1, i)];
            for (std::size_t c = 0; c < channels; ++c)
                require(std::fabs(static_cast<double>(all[place(c, i)] - samples[i])) < 1e-6, "all channels play the same");
        }
    };
}

template <class T>
line channel_line(const std::string& name, std::size_t channels, bool is_planar, auto make, auto wanted, double error_at_most)
{
    const std::string reading = std::to_string(channels) + (is_planar ? " planar" : " interl.");
    line one = checked_line<T>(name, reading, as_one<T>(make(), channels, is_planar), wanted, error_at_most);
    line timed = line_of_noise<T>(name, reading, make(), frames_at_once * channels);
    timed.error = one.error;
    return timed;
}

template <class T, auto schematic, std::size_t channels>
void add_bank(table& lines, const std::string& name, double native_aim)
{
    using bank_of = bank<preamp<schematic, T>, static_cast<int>(channels)>;
    const auto wanted = analogue(schematic);
    const aim should = native_aim > 0.0 && is_native && channels >= 8 ? ratio_at_most(native_aim) : aim{};
    line of_frames = channel_line<T>(
        name, channels, false, [] { return interleaved<T, channels>(bank_of{common_rate}); }, wanted, 1e-3);
    line of_planes = channel_line<T>(
        name, channels, true, [] { return planar<T, channels>(bank_of{common_rate}); }, wanted, 1e-3);
    of_frames.should = of_planes.should = should;
    lines.add(of_frames);
    lines.add(of_planes);
}

template <auto schematic, std::size_t... channels>
void add_banks(table& lines, const std::string& name, double native_aim)
{
    (add_bank<double, schematic, channels>(lines, name, native_aim), ...);
}

constexpr digital_filter two_modes = second_order_riaa();

/// Eight channels of two modes in lanes, as a bank would run them if a preamp had an order of two.
template <class T>
class lanes_of_two_modes {
public:
    static constexpr int channels = 8;

    void process(std::span<T> interleaved) noexcept
    {
        modes* together[channels];
        for (int c = 0; c < channels; ++c) together[c] = phono::detail::kernel_access::modes_of(channel_[c]);
        if constexpr (phono::detail::channel_lanes<modes>::most >= channels) run<channels>(together, interleaved);
        else
            for (int c = 0; c < channels; c += channels / 2)
                run<channels / 2>(together + c, interleaved.subspan(static_cast<std::size_t>(c)));
    }

private:
    struct one {
        constant_kernel<two_modes, T> kernel_{};
    };
    using modes = phono::detail::modes_of<one>;

    template <int width>
    static void run(modes* const* together, std::span<T> from_first) noexcept
    {
        const phono::detail::interleaved_frames<T, channels> frames{from_first.data()};
        const std::size_t count = (from_first.size() + channels - 1) / channels;
        require(phono::detail::channel_lanes<modes>::template run<width>(together, frames, count), "channels run in lanes");
    }

    one channel_[channels];
};

void add_two_modes(table& lines)
{
    line one = channel_line<double>(
        "channels: two modes, lanes", 8, false, [] { return interleaved<double, 8>(lanes_of_two_modes<double>{}); }, analogue(riaa_alone),
        1.0);
    if (is_native) one.should = ratio_at_most(.05);
    lines.add(one);
}

template <std::size_t sections, std::size_t channels>
void add_textbook_channels(table& lines, const std::string& name, const biquad_cascade& cascade, auto wanted)
{
    line one = channel_line<double>(
        name, channels, false, [&] { return interleaved<double, channels>(textbook_frames<double, sections, channels>{cascade}); }, wanted,
        1.0);
    one.is_ours = false;
    lines.add(one);
}

}   // namespace

void add_channels(table& lines)
{
    lines.begin_section("channels 1 to 64 with one design, blocks of 64 frames, interleaved and planar: per channel and sample");
    add_textbook_channels<1, 8>(lines, "channels: DF2T biquad", biquads(second_order_riaa()), analogue(riaa_alone));
    add_textbook_channels<4, 8>(lines, "channels: cartridge, DF2T cascade", biquads(cartridge_riaa, common_rate), analogue(cartridge_riaa));
    add_two_modes(lines);
    add_banks<riaa_alone, 2, 8>(lines, "channels: RIAA, bank", .10);
    add_banks<cartridge_riaa, 1, 2, 4, 8, 16, 32, 64>(lines, "channels: cartridge, bank", .15);
    add_bank<float, cartridge_riaa, 8>(lines, "channels: cartridge, bank, float", 0.0);
    const auto at_run_time = [] {
        const auto schematic = cartridge_riaa_at_run_time();
        return interleaved<double, 8>(bank<tunable_preamp<std::remove_const_t<decltype(schematic)>>, 8>{schematic, common_rate});
    };
    lines.add(channel_line<double>("channels: cartridge, bank at run time", 8, false, at_run_time, analogue(cartridge_riaa), 1e-3));
}
