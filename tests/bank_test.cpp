// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/bank.hpp>
#include <phono/phono.hpp>

#include <type_traits>
#include <vector>

using namespace phono;
using namespace phono::literals;

namespace {

constexpr chain magnetic{magnetic_cartridge{.resistance = 700_Ohm, .inductance = 500_mH}, loading{.capacitance = 250_pF}, riaa};
using signal = std::vector<double>;

/// Three channels of noise, each played by a preamp of its own.
template <class Preamp>
std::vector<signal> played_alone(const Preamp& prepared, std::size_t frames)
{
    std::vector<signal> channels;
    for (unsigned c = 0; c < 3; ++c) {
        Preamp one = prepared;
        channels.push_back(measure::noise<double>(frames, c + 1));
        one.process(channels.back());
    }
    return channels;
}

/// The same noise, planar.
std::vector<signal> noises(std::size_t frames)
{
    std::vector<signal> channels;
    for (unsigned c = 0; c < 3; ++c) channels.push_back(measure::noise<double>(frames, c + 1));
    return channels;
}

}   // namespace

TEST_CASE("A bank plays every channel as a preamp of its own would")
{
    for (const unsigned frames : {1u, 127u, 128u, 129u, 1000u}) {
        const std::vector<signal> expected = played_alone(preamp<magnetic>{48_kHz}, frames);

        bank<preamp<magnetic>, 3> planar{48_kHz};
        std::vector<signal> channels = noises(frames);
        double* pointers[]{channels[0].data(), channels[1].data(), channels[2].data()};
        planar.process(pointers, static_cast<int>(frames));
        CHECK(channels == expected);

        bank<preamp<magnetic>, 3> interleaving{48_kHz};
        signal interleaved;
        channels = noises(frames);
        for (std::size_t i = 0; i < frames; ++i)
            for (const signal& one : channels) interleaved.push_back(one[i]);
        interleaved.push_back(0.25);   // half a frame
        interleaving.process(interleaved);
        bool is_same = interleaved.back() == 0.25;
        for (std::size_t i = 0; i < 3 * frames; ++i) is_same = is_same && interleaved[i] == expected[i % 3][i / 3];
        CHECK(is_same);
    }
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
    const std::vector<signal> expected = played_alone(one, 6000);

    bank<knobs, 3> channels{magnetic, 48_kHz};
    CHECK(channels.retune(other));
    std::vector<signal> samples = noises(6000);
    double* pointers[]{samples[0].data(), samples[1].data(), samples[2].data()};
    channels.process(pointers, 6000);
    CHECK(samples == expected);

    block<1>(other).resistance = 0_Ohm;
    CHECK_FALSE(channels.retune(other));
    CHECK(channels.problem());
    CHECK(channels.response(1_kHz) == one.response(1_kHz));
}
