// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>

#include <cmath>
#include <cstdio>

// Two modes of one player: RIAA and the curve of Columbia's long-playing records.
using namespace phono;
using namespace phono::literals;

constexpr auto modern = chain{voltage_source{}, normalised(riaa)};
constexpr auto early = chain{voltage_source{}, normalised(curves::columbia_lp)};

int main()
{
    selector<preamp<modern>, preamp<early>> player{48_kHz};
    double time = 0.0, before = 0.0, largest_step = 0.0;
    const auto play = [&](int samples) {   // a tone of 50 Hz and 0.1 V; returns the peak of what comes out
        double peak = 0.0;
        for (int n = 0; n < samples; ++n, time += 1.0 / 48e3) {
            const double y = player(0.1 * std::sin(2.0 * math::pi * 50.0 * time));
            peak = std::fmax(peak, std::fabs(y));
            largest_step = std::fmax(largest_step, std::fabs(y - before));
            before = y;
        }
        return peak;
    };
    play(48000);   // the input's coupling capacitor settles
    std::printf("mode %d: peak of 50 Hz %.3f V\n", player.selected(), play(4800));
    player.select(1);   // a cross-fade of 40 ms begins
    play(4800);
    std::printf("mode %d: peak of 50 Hz %.3f V\n", player.selected(), play(4800));
    std::printf("largest step from one sample to the next: %.4f V; of the louder tone alone: %.4f V\n", largest_step,
                0.703 * 2.0 * math::pi * 50.0 / 48e3);
}
