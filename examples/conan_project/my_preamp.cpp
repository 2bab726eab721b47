// SPDX-License-Identifier: BSL-1.0
#include <phono/catalogue/cartridges.hpp>
#include <phono/phono.hpp>

#include <cstdio>

// A project of one's own that takes phono from Conan.
using namespace phono;
using namespace phono::literals;

constexpr auto mine = chain{
    cartridges::ortofon_2m_red,
    loading{.resistance = 47_kOhm, .capacitance = 250_pF},
    normalised(riaa),
};

int main()
{
    const preamp<mine> left{96_kHz};
    for (const frequency f : {20_Hz, 1_kHz, 10_kHz, 20_kHz}) std::printf("%5g Hz %7.3f dB\n", f.si, decibels(left.response(f)));
}
