// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/running_tube_preamp.hpp"
#include "support/sanitized.hpp"
#include "support/tube_circuits.hpp"
#include "support/tube_signal.hpp"

#include <phono/bank.hpp>
#include <phono/tube_preamp.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;
using measure::running_preamp;
using measure::signal;
using measure::text;

template <class Chain>
using preamp_of = tube_preamp<std::remove_const_t<Chain>>;

template <int channels, class Chain>
std::unique_ptr<bank<preamp_of<Chain>, channels>> running_bank(const Chain& schematic, double rate,
                                                               oversampling factor = oversampling::automatic)
{
    auto made = std::make_unique<bank<preamp_of<Chain>, channels>>(schematic, frequency{rate}, factor);
    INFO(made->problem().part << " " << made->problem().rule);
    REQUIRE_FALSE(made->problem());
    return made;
}

/// What channels play: a quiet tone, one that clips, noise that overloads, silence, and so on.
signal drive(std::size_t channel, double rate, std::size_t frames)
{
    if (channel % 4 == 3) return signal(frames);
    if (channel % 4 == 2) {
        signal x = measure::noise<double>(frames, static_cast<unsigned>(channel));
        for (double& sample : x) sample *= 3.0;
        return x;
    }
    signal x(frames);
    const auto tone = measure::sine(channel % 4 == 0 ? 5e-3 : 4.0, 440.0 + 100.0 * static_cast<double>(channel));
    for (std::size_t n = 0; n < frames; ++n) x[n] = tone(static_cast<double>(n) / rate);
    return x;
}

/// Plays planar channels in parts of lengths that are no multiples of anything.
void play(auto& running, std::vector<signal>& channels)
{
    const std::size_t sizes[] = {1, 256, 3, 77, 512, 31, 1000}, frames = channels[0].size();
    std::size_t at = 0;
    for (std::size_t i = 0; at < frames; ++i) {
        const std::size_t part = std::min(sizes[i % 7], frames - at);
        std::vector<double*> pointers;
        for (signal& one : channels) pointers.push_back(one.data() + at);
        running.process(pointers.data(), part);
        at += part;
    }
}

double off(const signal& y, const signal& expected)
{
    double most = 0.0;
    for (std::size_t n = 0; n < y.size(); ++n) most = std::max(most, std::fabs(y[n] - expected[n]));
    const double peak = measure::peak(expected);
    return peak > 0.0 ? most / peak : most;
}

/// Every channel is what a preamp of its own plays, planar and interleaved.
template <int channels, class Chain>
void check_bank(const std::string& name, const Chain& schematic, double rate, double bound, oversampling factor = oversampling::automatic)
{
    const auto together = running_bank<channels>(schematic, rate, factor);
    const auto alone = running_preamp(schematic, rate, factor);
    CHECK(together->latency() == alone->latency());
    CHECK(together->accuracy() == alone->accuracy());
    CHECK(together->factor() == alone->factor());
    CHECK(std::abs(together->response(1_kHz) - alone->response(1_kHz)) <= 1e-12 * std::abs(alone->response(1_kHz)));
    constexpr std::size_t frames = 4000;
    std::vector<signal> planar, expected;
    signal interleaved(frames * channels + 1, 0.25);
    for (std::size_t c = 0; c < channels; ++c) {
        planar.push_back(drive(c, rate, frames));
        for (std::size_t n = 0; n < frames; ++n) interleaved[n * channels + c] = planar[c][n];
        expected.push_back(planar[c]);
        alone->reset();
        for (double& sample : expected[c]) sample = (*alone)(sample);
        CHECK(alone->unsolved() == 0);
    }
    play(*together, planar);
    CHECK(together->unsolved() == 0);
    CHECK(together->most_evaluations() <= together->evaluations_at_most);
    together->reset();
    together->process(interleaved);
    CHECK(interleaved.back() == 0.25);
    double worst = 0.0;
    for (std::size_t c = 0; c < channels; ++c) {
        signal one(frames);
        for (std::size_t n = 0; n < frames; ++n) one[n] = interleaved[n * channels + c];
        worst = std::max({worst, off(planar[c], expected[c]), off(one, expected[c])});
    }
    measure::figure(name + ", " + std::to_string(channels) + " channels against one alone, re peak", worst, "", bound);
    CHECK(worst <= bound);
}

}   // namespace

TEST_CASE("A bank plays every channel as a tube preamp of its own would")
{
    // What the solver leaves beyond its table depends on where its search starts: another channel's last solution.
    check_bank<2>("12AX7, 44.1 kHz", reference::smooth, 44.1e3, 1e-12);
    if (is_sanitized) return;
    check_bank<4>("12AX7, 44.1 kHz", reference::smooth, 44.1e3, 1e-12);
    check_bank<3>("12AX7, 32 kHz", reference::smooth, 32e3, 1e-12);
    check_bank<6>("12AX7, 192 kHz", reference::smooth, 192e3, 1e-12);
    check_bank<2>("12AX7, eight times 48 kHz", reference::smooth, 48e3, 1e-12, oversampling::eight_times);
    check_bank<2>("two stages with feedback, 48 kHz", reference::feedback_pair, 48e3, 1e-12);
    check_bank<3>("Nachbaur, 48 kHz", preamps::nachbaur_magnetic_tube, 48e3, 1e-12);   // two at once and one beside silence
    constexpr chain curves{voltage_source{}, inverse(riaa), reference::bypassed(triodes::ecc83), riaa_iec};
    check_bank<2>("curves on both sides, 48 kHz", curves, 48e3, 1e-12);
}

TEST_CASE("Channels of a tube preamp do not hear each other")
{
    const auto stereo = running_bank<2>(reference::smooth, 48e3);
    std::vector<signal> channels{signal(3000), drive(2, 48e3, 3000)};
    play(*stereo, channels);
    CHECK(measure::peak(channels[0]) == 0.0);
    CHECK(measure::peak(channels[1]) > 1.0);
}

TEST_CASE("What a channel plays by the table is the same to the last bit whatever the others play")
{
    constexpr std::size_t frames = 2000;
    const auto check = [](auto& together, std::size_t channels, double volts, double hertz) {
        // What the first channel plays, a tone, while all others play this.
        const auto beside = [&](const signal& other) {
            std::vector<signal> of_all(channels, other);
            const auto tone = measure::sine(volts, hertz);
            for (std::size_t n = 0; n < frames; ++n) of_all[0][n] = tone(static_cast<double>(n) / 48e3);
            together.reset();
            play(together, of_all);
            CHECK(together.most_evaluations() == 0);   // all of it is tabulated
            return of_all[0];
        };
        const signal beside_silence = beside(signal(frames));
        CHECK(measure::peak(beside_silence) > 1.0);
        CHECK(beside(drive(1, 48e3, frames)) == beside_silence);
        CHECK(beside(drive(2, 48e3, frames)) == beside_silence);
    };
    const auto two = running_bank<2>(reference::smooth, 48e3);
    for (const double volts : {0.3, 4.0, 15.0})
        for (const double hertz : {100.0, 1e3, 15e3}) {
            INFO(volts << " V, " << hertz << " Hz");
            check(*two, 2, volts, hertz);
        }
    if (is_sanitized) return;
    check(*running_bank<4>(reference::smooth, 48e3), 4, 4.0, 1e3);
}

TEST_CASE("All channels of a tube preamp turn to new values that are designed once")
{
    constexpr double rate = 48e3;
    auto starved = reference::smooth;
    block<2>(starved).supply = 150_V;
    const auto alone = running_preamp(reference::smooth, rate);
    const auto stereo = running_bank<2>(reference::smooth, rate), halves = running_bank<2>(reference::smooth, rate);
    std::vector<signal> first{drive(0, rate, 1000), drive(1, rate, 1000)}, then{drive(0, rate, 3000), drive(1, rate, 3000)};
    std::vector<signal> of_halves = first, then_of_halves = then;
    std::array<signal, 2> expected{then[0], then[1]};
    for (std::size_t c = 0; c < 2; ++c) {
        alone->prepare(reference::smooth, frequency{rate});
        signal x = first[c];
        alone->process(x);
        CHECK(alone->retune(starved));
        alone->process(expected[c]);
    }
    play(*stereo, first);
    CHECK(stereo->retune(starved));
    play(*stereo, then);
    for (std::size_t c = 0; c < 2; ++c) CHECK(off(then[c], expected[c]) <= 1e-9);

    play(*halves, of_halves);
    using setting = typename std::remove_reference_t<decltype(*halves)>::setting;
    const auto made = std::make_unique<setting>(halves->setting_for(starved));
    CHECK(halves->fade_to(*made));
    play(*halves, then_of_halves);
    CHECK(then_of_halves == then);

    block<2>(starved).plate_load = resistance{0.0};
    CHECK_FALSE(stereo->retune(starved));
    CHECK(std::string{stereo->problem().part} == "common_cathode_stage.plate_load");
}

TEST_CASE("A bank of tube preamps is silent until it is prepared, and takes what a preamp has")
{
    using preamp_type = preamp_of<decltype(reference::smooth)>;
    const auto stereo = std::make_unique<bank<preamp_type, 2>>();
    CHECK(stereo->problem());
    std::vector<double> frames(64, 1.0);
    stereo->process(frames);
    CHECK(measure::peak(frames) == 0.0);
    stereo->prepare(reference::smooth, 48_kHz);
    CHECK_FALSE(stereo->problem());

    const auto one = running_preamp(reference::smooth, 48e3, oversampling::four_times);
    const auto like = std::make_unique<bank<preamp_type, 2>>(*one);
    CHECK(like->factor() == 4);
    CHECK(like->latency() == one->latency());

    signal interleaved = measure::noise<double>(2000, 5), again = interleaved;
    stereo->process(interleaved);
    stereo->reset();
    stereo->process(again);
    CHECK(interleaved == again);
    const long before = allocations;
    stereo->reset();
    stereo->process(again);
    CHECK(allocations == before);

    const auto in_float = std::make_unique<bank<tube_preamp<decltype(reference::smooth), float>, 2>>(reference::smooth, 48_kHz);
    std::vector<float> floats(again.size(), 0.1f);
    in_float->process(floats);
    CHECK(floats[1000] == floats[1001]);
    CHECK(floats[1000] != 0.0f);
}
