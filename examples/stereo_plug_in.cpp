// SPDX-License-Identifier: BSL-1.0
#include "stereo_plug_in.hpp"

#include <phono/print.hpp>

#include <cmath>
#include <complex>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <thread>
#include <vector>

// A host for the plug-in beside this file: it plays, turns knobs from another thread, and checks what a host relies on.
namespace {

using namespace plug_in;

constexpr double rate = 48e3;
constexpr int frames = 12000;   ///< a quarter of a second: whole periods of the tones

/// True on the audio thread, where nothing may be allocated.
thread_local bool is_playing = false;

int failures = 0;

void expect(bool is_so, const char* what)
{
    if (is_so) return;
    std::printf("not so: %s\n", what);
    ++failures;
}

template <class Sample>
using signal = std::vector<Sample>;

/// A quarter of a second of a tone of 5 mV.
template <class Sample>
signal<Sample> tone(double hertz)
{
    signal<Sample> samples;
    for (int n = 0; n < frames; ++n) samples.push_back(static_cast<Sample>(0.005 * std::sin(2.0 * math::pi * hertz * n / rate)));
    return samples;
}

/// Plays both channels in blocks, whose lengths are taken from the list in turn.
template <class Sample>
void play(stereo_preamp& plugged, signal<Sample>& left, signal<Sample>& right, const std::vector<int>& lengths)
{
    is_playing = true;
    std::size_t turn = 0;
    for (int done = 0, all = static_cast<int>(left.size()); done < all; ++turn) {
        const int n = std::min(lengths[turn % lengths.size()], all - done);
        Sample* const channels[]{left.data() + done, right.data() + done};
        plugged.processBlock(AudioBuffer<Sample>{channels, 2, n});
        done += n;
    }
    is_playing = false;
}

/// A second of a tone in either channel; a knob, the mode and the bypass are moved between its quarters.
template <class Sample>
signal<Sample> session(const std::vector<int>& lengths)
{
    const auto plugged = std::make_unique<stereo_preamp>();
    plugged->prepareToPlay(rate, 2048);
    signal<Sample> played;
    for (int quarter = 0; quarter < 4; ++quarter) {
        if (quarter == 1) plugged->setLoad(100_kOhm);
        if (quarter == 2) plugged->setMode(mode::columbia);
        if (quarter == 3) plugged->setBypassed(true);
        auto left = tone<Sample>(100.0), right = tone<Sample>(3000.0);
        play(*plugged, left, right, lengths);
        played.insert(played.end(), left.begin(), left.end());
        played.insert(played.end(), right.begin(), right.end());
    }
    return played;
}

/// The largest difference of two signals, relative to the largest sample.
double difference(const auto& a, const auto& b)
{
    double largest = 0.0, off = 0.0;
    for (std::size_t n = 0; n < a.size(); ++n) {
        largest = std::fmax(largest, std::fabs(static_cast<double>(a[n])));
        off = std::fmax(off, std::fabs(static_cast<double>(a[n]) - static_cast<double>(b[n])));
    }
    return off / largest;
}

void check_block_lengths_and_types()
{
    const auto whole = session<double>({512});
    expect(difference(whole, session<double>({1})) < 1e-12, "blocks of one sample");
    expect(difference(whole, session<double>({1, 2, 3, 5, 17, 441, 1000, 1023, 2048})) < 1e-12, "odd blocks");
    expect(difference(whole, session<double>({2048})) < 1e-12, "blocks of 2048");
    expect(difference(whole, session<float>({512})) < 1e-5, "float as double");
    std::printf("blocks of 1 to 2048: the same within 1e-12; float and double: within 1e-5\n");
}

/// How many samples the output is late against the circuit, at a frequency below that at which it would be half a period.
double lateness(frequency f)
{
    const auto plugged = std::make_unique<stereo_preamp>();
    plugged->prepareToPlay(rate, 512);
    signal<double> left(frames), right(frames);
    left[0] = 1.0;
    play(*plugged, left, right, {512});
    const double angle = 2.0 * math::pi * f.si / rate;
    std::complex<double> heard{};
    for (int n = 0; n < frames; ++n) heard += left[static_cast<std::size_t>(n)] * std::polar(1.0, -angle * n);
    return -std::arg(heard / response(plugged->values(), f)) / angle;
}

/// What a corrected design is late by itself, at low and high rates, in every mode and at the ends of the loads' range.
void check_range_of_delays()
{
    double least = 100.0, most = 0.0;
    schematic values = stereo_preamp{}.values();
    for (const frequency at : {44.1_kHz, 48_kHz, 96_kHz, 192_kHz})
        for (const mode m : {mode::riaa, mode::columbia, mode::flat})
            for (const resistance r : {22_kOhm, 100_kOhm})
                for (const capacitance c : {50_pF, 300_pF}) {
                    block<1>(values).resistance = r, block<1>(values).capacitance = c;
                    block<2>(values) = curve_of(m);
                    const double late = tunable_preamp<schematic, double, phase::corrected>{values, at}.latency();
                    least = std::fmin(least, late), most = std::fmax(most, late);
                }
    std::printf("a design's own delay: %.1f to %.1f samples\n", least, most);
    expect(most <= stereo_preamp::getLatencySamples() + 0.5, "no delay beyond the latency");
}

void check_latency()
{
    const int latency = stereo_preamp::getLatencySamples();
    for (const frequency f : {1_kHz, 3_kHz, 6_kHz}) {
        const double late = lateness(f);
        std::printf("latency %d; measured at %.0f Hz %.2f\n", latency, f.si, late);
        expect(std::fabs(late - latency) <= 0.5, "latency to within half a sample");
    }
    stereo_preamp bypassed;
    bypassed.setBypassed(true);
    bypassed.prepareToPlay(rate, 512);
    auto left = tone<float>(1000.0), right = left;
    const auto in = left;
    play(bypassed, left, right, {512});   // the first 20 ms fade
    // To the last bit: the comparison of ranges, since compilers warn of == between two floating-point numbers.
    expect(std::equal(left.begin() + 4800, left.end(), in.begin() + 4800 - latency), "bypassed, the input at the same latency");
}

/// Turns every knob through its range.
void turn_knobs(stereo_preamp& plugged, std::atomic<int>& turns)
{
    const resistance loads[]{22_kOhm, 33_kOhm, 47_kOhm, 68_kOhm, 100_kOhm};
    const capacitance capacitances[]{50_pF, 150_pF, 300_pF};
    const mode modes[]{mode::flat, mode::columbia, mode::riaa};
    for (int i = 0; i < 30; ++i, ++turns) {
        plugged.setBypassed(i % 8 == 7);
        if (i % 3 == 0) plugged.setLoad(loads[i / 3 % 5]);
        else if (i % 3 == 1) plugged.setCapacitance(capacitances[i / 3 % 3]);
        else plugged.setMode(modes[i / 3 % 3]);
    }
}

void check_knobs_while_it_plays()
{
    const auto plugged = std::make_unique<stereo_preamp>();
    plugged->prepareToPlay(rate, 2048);
    const double hertz = 100.0, own_step = 0.005 * 2.0 * math::pi * hertz / rate;
    const double loudest = std::abs(response(plugged->values(), frequency{hertz}));   // RIAA is the loudest mode
    std::atomic<int> turns{0};
    double before = 0.0, step = 0.0;
    int quarters = 0;
    std::thread knobs{[&] { turn_knobs(*plugged, turns); }};
    while (quarters < 16 || turns < 30) {
        auto left = tone<float>(hertz), right = left;   // a whole number of periods, so that one quarter of a second follows the other
        play(*plugged, left, right, {64, 480, 1, 127, 2048});
        for (const float y : left) {
            if (quarters > 0) step = std::fmax(step, std::fabs(static_cast<double>(y) - before));   // the first begins out of silence
            before = static_cast<double>(y);
        }
        ++quarters;
    }
    knobs.join();
    expect(step <= 1.5 * loudest * own_step, "no step beyond the signal's own");
    std::printf("%d turns of the knobs while it plays: no step beyond 1.5 times the loudest tone's own\n", turns.load());
}

void check_refusal()
{
    stereo_preamp plugged;
    plugged.prepareToPlay(rate, 512);
    const fault wrong = plugged.setLoad(-47_kOhm);
    std::printf("%s\n", to_string(wrong).c_str());
    expect(static_cast<bool>(wrong) && block<1>(plugged.values()).resistance == 47_kOhm, "a wrong load is refused");
}

}   // namespace

// Not inlined: the compiler would take what it saw of one for a mismatch with the other.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    if (is_playing) std::abort();
    if (void* const memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

int main()
{
    check_block_lengths_and_types();
    check_range_of_delays();
    check_latency();
    check_knobs_while_it_plays();
    check_refusal();
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
