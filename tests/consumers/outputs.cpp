// SPDX-License-Identifier: BSL-1.0

// What phono plays, to the last bit: the program that every consumer of tests/consumers builds and whose output is compared.
// With PHONO_BRIEF it leaves out what takes a compiler long, and needs neither heap nor exceptions: the board has no more.
#if __has_include(<phono.hpp>)   // the single header
#include <phono.hpp>
#else
#include <phono/phono.hpp>
#ifndef PHONO_BRIEF
#include <phono/catalogue/triodes.hpp>
#include <phono/spice/spice.hpp>
#endif
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#ifdef PHONO_BARE
extern "C" void say(const char* text);   // the board's own
#else
#include <cstdio>
static void say(const char* text) { std::fputs(text, stdout); }
#endif

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{
    magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
    loading{.resistance = 47_kOhm, .capacitance = 150_pF, .cable = 100_pF},
    riaa,
};
constexpr digital_filter filter = design(chain{voltage_source{}, normalised(riaa)}, 48_kHz);

namespace {

/// The same noise everywhere, between -1 and 1: of whole numbers, so that no library's functions and no rounding come in.
class noise {
public:
    double operator()()
    {
        state_ = state_ * 1664525u + 1013904223u;
        return static_cast<double>(static_cast<std::int32_t>(state_)) / 2147483648.0;
    }

private:
    std::uint32_t state_ = 1;
};

/// The kind of a sample, by which the table sums up, and its bits. No C library's way with numbers comes in.
void print(const char* kind, std::uint64_t bits)
{
    char digits[] = " 0123456789abcdef\n";
    for (int i = 16; i > 0; --i, bits >>= 4) digits[i] = "0123456789abcdef"[bits & 15];
    say(kind);
    say(digits);
}
template <class Bits>
void print_bits(const char* kind, auto y)
{
    Bits bits = 0;
    static_assert(sizeof bits == sizeof y);
    std::memcpy(&bits, &y, sizeof y);   // not std::bit_cast: the libc++ of Emscripten 3.1.6 has none
    print(kind, std::uint64_t{bits});
}
void print(const char* kind, double y) { print_bits<std::uint64_t>(kind, y); }
void print(const char* kind, float y) { print_bits<std::uint32_t>(kind, y); }

/// Noise of some level through a processor, in blocks of several lengths and sample by sample.
template <class T>
void play(const char* kind, auto& runs, double level)
{
    std::array<T, 480> samples{};
    noise source;
    for (T& x : samples) x = static_cast<T>(level * source());
    const std::span<T> all{samples};
    std::size_t at = 0;
    for (const std::size_t length : {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{200}}) {
        runs.process(all.subspan(at, length));
        at += length;
    }
    for (; at < all.size(); ++at) all[at] = runs(all[at]);
    for (const T y : samples) print(kind, y);
}

}   // namespace

#ifndef PHONO_BRIEF
constexpr auto stage = chain{
    voltage_source{},
    common_cathode_stage{.tube = triodes::ecc83, .supply = 300_V, .plate_load = 100_kOhm, .bypass = 25_uF, .grid_leak = 1_MOhm},
    series_arm{capacitor{22_nF}},
    shunt_arm{resistor{1_MOhm}},
};

static void play_the_rest()
{
    preamp<magnetic, double, phase::corrected> corrected{44.1_kHz};
    play<double>("corrected", corrected, 0.005);
    tunable_preamp tuned{magnetic, 48_kHz};
    play<double>("double", tuned, 0.005);
    auto values = magnetic;
    block<1>(values).resistance = 100_kOhm;
    tuned.retune(values);
    play<double>("double", tuned, 0.005);
    preamp<magnetic, float> narrow{44.1_kHz};
    play<float>("float", narrow, 0.005);
    tube_preamp loud{stage, 44.1_kHz};
    play<double>("tubes", loud, 3.0);
    for (const char c : spice(stage)) print("text", static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
}
#endif

int main()
{
    preamp<magnetic> constant{96_kHz};
    play<double>("double", constant, 0.005);
    constant_kernel<filter, float> small;
    play<float>("float", small, 1.0);
#ifndef PHONO_BRIEF
    play_the_rest();
#endif
    return 0;   // it is not always main(): two_units renames it
}
