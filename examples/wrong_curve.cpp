// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>

#include <cstdio>

// A transfer of an AES record that was played with RIAA: one curve is undone, the other applied.
using namespace phono;
using namespace phono::literals;

constexpr auto put_right = chain{voltage_source{}, inverse(normalised(riaa)), normalised(curves::aes)};
// A 78 that was transferred flat at 33 1/3 rpm: all of its time constants were stretched with it.
constexpr auto slow = chain{voltage_source{}, normalised(scaled(curves::ffrr_78, 78.0 / 33.33))};

int main()
{
    const preamp<put_right> running{44.1_kHz};
    for (const frequency f : {50_Hz, 500_Hz, 10_kHz})
        std::printf("%5g Hz: RIAA to AES %+.3f dB, slow 78 %+.3f dB\n", f.si, decibels(running.response(f)), decibels(response(slow, f)));
}
