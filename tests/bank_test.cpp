// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/bank.hpp>
#include <phono/phono.hpp>

#include <span>
#include <type_traits>
#include <vector>

using namespace phono;
using namespace phono::literals;

namespace {

constexpr chain magnetic{magnetic_cartridge{.resistance = 700_Ohm, .inductance = 500_mH}, loading{.capacitance = 250_pF}, riaa};

/// So many channels of noise, planar.
template <class T = double>
std::vector<std::vector<T>> noises(std::size_t channels, std::size_t frames)
{
    std::vector<std::vector<T>> all;
    for (unsigned c = 0; c < channels; ++c) all.push_back(measure::noise<T>(frames, c + 1));
    return all;
}

/// The same, each played by a preamp of its own, sample by sample.
template <class Preamp, class T = sample_of<Preamp>>
std::vector<std::vector<T>> played_alone(const Preamp& prepared, std::size_t channels, std::size_t frames)
{
    auto all = noises<T>(channels, frames);
    for (auto& channel : all) {
        Preamp one = prepared;
        for (T& sample : channel) sample = one(sample);
    }
    return all;
}

/// The largest difference, relative to the peak.
template <class T>
double off(const std::vector<std::vector<T>>& actual, const std::vector<std::vector<T>>& expected)
{
    double most = 0.0, peak = 0.0;
    for (std::size_t c = 0; c < expected.size(); ++c)
        for (std::size_t i = 0; i < expected[c].size(); ++i) {
            most = std::max(most, std::fabs(static_cast<double>(actual[c][i]) - static_cast<double>(expected[c][i])));
            peak = std::max(peak, std::fabs(static_cast<double>(expected[c][i])));
        }
    return most / peak;
}

template <class T>
constexpr double rounding = sizeof(T) < sizeof(double) ? 1e-6 : 1e-14;

/// Plays noise with a bank, planar, in two parts of different lengths.
template <class Bank, class T = typename Bank::sample>
std::vector<std::vector<T>> played_planar(Bank bank, std::size_t frames)
{
    auto channels = noises<T>(Bank::channel_count, frames);
    std::vector<T*> pointers;
    for (auto& channel : channels) pointers.push_back(channel.data());
    bank.process(pointers.data(), frames / 3);
    for (T*& pointer : pointers) pointer += frames / 3;
    bank.process(pointers.data(), frames - frames / 3);
    return channels;
}

/// The same, interleaved, with half a frame behind the last one, which is left alone.
template <class Bank, class T = typename Bank::sample>
std::vector<std::vector<T>> played_interleaved(Bank bank, std::size_t frames)
{
    auto channels = noises<T>(Bank::channel_count, frames);
    std::vector<T> interleaved;
    for (std::size_t i = 0; i < frames; ++i)
        for (const auto& one : channels) interleaved.push_back(one[i]);
    if (Bank::channel_count > 1) interleaved.push_back(T(0.25));
    const std::span<T> all{interleaved};
    const std::size_t part = frames / 3 * Bank::channel_count;
    bank.process(all.first(part));
    bank.process(all.subspan(part));
    CHECK((Bank::channel_count == 1 || interleaved.back() == T(0.25)));
    for (std::size_t i = 0; i < frames; ++i)
        for (std::size_t c = 0; c < channels.size(); ++c) channels[c][i] = interleaved[i * channels.size() + c];
    return channels;
}

template <int channels, class Preamp>
void check_bank(const Preamp& prepared)
{
    using T = sample_of<Preamp>;
    const bank<Preamp, channels> all{prepared};
    for (const std::size_t frames : {1u, 7u, 128u, 2500u}) {
        const auto expected = played_alone(prepared, channels, frames);
        CHECK(off(played_planar(all, frames), expected) <= rounding<T>);
        CHECK(off(played_interleaved(all, frames), expected) <= rounding<T>);
    }
}

}   // namespace

TEST_CASE("A bank plays every channel as a preamp of its own would, to rounding")
{
    const preamp<magnetic> constant{48_kHz};
    check_bank<1>(constant);
    check_bank<2>(constant);
    check_bank<3>(constant);
    check_bank<4>(constant);
    check_bank<7>(constant);
    check_bank<13>(constant);
    check_bank<64>(constant);
    check_bank<8>(tunable_preamp{magnetic, 44.1_kHz});
    check_bank<9>(running<magnetic, 192_kHz>{});
    check_bank<16>(preamp<magnetic, float>{96_kHz});
    check_bank<8>(tunable_preamp<std::remove_const_t<decltype(magnetic)>, float>{magnetic, 48_kHz});
    check_bank<4>(preamp<magnetic, double, phase::corrected>{48_kHz});
    check_bank<5>(preamp<magnetic>{8_kHz});   // whose poles beyond the band are delays
}

TEST_CASE("A channel of a bank that is prepared for itself keeps to its own filter")
{
    bank<preamp<magnetic>, 4> channels{48_kHz};
    channels[2].prepare(96_kHz);
    auto expected = played_alone(preamp<magnetic>{48_kHz}, 4, 500);
    expected[2] = played_alone(preamp<magnetic>{96_kHz}, 4, 500)[2];
    CHECK(off(played_planar(channels, 500), expected) <= 1e-14);
}

TEST_CASE("A bank is constructed before its rate is known, and reset as its preamps are")
{
    bank<preamp<magnetic>, 2> stereo;
    CHECK(stereo.problem());
    stereo.prepare(96_kHz);
    CHECK_FALSE(stereo.problem());
    CHECK(stereo.response(1_kHz) == preamp<magnetic>{96_kHz}.response(1_kHz));
    CHECK(stereo.latency() == stereo[1].latency());
    CHECK(stereo.unsolved() == 0);
    const double first = stereo[1](1.0);
    stereo.reset();
    CHECK(stereo[1](1.0) == first);
    CHECK(stereo[0](1.0) == first);
}

TEST_CASE("All channels of a bank turn to new values that are designed once")
{
    using knobs = tunable_preamp<std::remove_const_t<decltype(magnetic)>>;
    auto other = magnetic;
    block<1>(other).resistance = 33_kOhm;
    knobs one{magnetic, 48_kHz};
    one.retune(other);
    const std::vector<std::vector<double>> expected = played_alone(one, 5, 6000);

    bank<knobs, 5> channels{magnetic, 48_kHz};
    CHECK(channels.retune(other));
    CHECK(off(played_planar(channels, 6000), expected) <= 1e-14);

    block<1>(other).resistance = 0_Ohm;
    CHECK_FALSE(channels.retune(other));
    CHECK(channels.problem());
    CHECK(channels.response(1_kHz) == one.response(1_kHz));
}
