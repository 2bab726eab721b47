// SPDX-License-Identifier: BSL-1.0
#include <phono/netlist.hpp>
#include <phono/phono.hpp>

#include <cstdio>

// A stage as its netlist, which the compiler reads: RIAA in the feedback of an amplifier that is taken by its name from the catalogue.
using namespace phono;
using namespace phono::literals;

constexpr netlist<R"(RIAA around one amplifier
XU1 in minus vcc vee out NE5532
R1 minus low 390
C1 low 0 220u
R2 minus mid 16.9k
C2 minus mid 4.4n
R3 mid out {10 * part}
C3 mid out 15n
.param part=21k
V1 vcc 0 15
V2 vee 0 -15
)">
    stage{};

constexpr auto with_stage(const auto& feedback)
{
    return chain{magnetic_cartridge{.resistance = 750_Ohm, .inductance = 500_mH}, loading{.capacitance = 220_pF}, feedback};
}
constexpr auto phono_stage = with_stage(stage);

int main()
{
    const circuit held{phono_stage};
    std::printf("1 kHz: %.4f dB, at the minus input %.4f dB\n", decibels(response(held, 1_kHz)),
                decibels(response(held, held.find(at<"minus">), 1_kHz)));
    std::printf("R1 1 kOhm: %.4f dB\n", decibels(response(with_stage(with<"R1">(stage, 1_kOhm)), 1_kHz)));
    preamp<phono_stage> left{48_kHz};
    std::printf("first sample %.6g V\n", left(0.005));
}
