#include <phono/phono.hpp>

#include <cmath>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{
    magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
    loading{.resistance = 47_kOhm, .capacitance = 250_pF},
    riaa,
};

int main()
{
    preamp<magnetic> left{96_kHz};
    const double y = left(0.005);
    return std::isfinite(y) && y != 0.0 ? 0 : 1;
}
