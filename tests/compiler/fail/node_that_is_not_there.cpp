// SPDX-License-Identifier: BSL-1.0
// expect: phono: this circuit has no node of that name; there are plate1, grid1, cathode1, plate2 ... of its triodes

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr circuit held{chain{voltage_source{}, common_cathode_stage{}}};

std::complex<double> heard()
{
#ifdef PHONO_FIXED
    return response(held, at<"plate1">, 1_kHz);
#else
    return response(held, at<"plate2">, 1_kHz);
#endif
}
