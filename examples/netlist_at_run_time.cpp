// SPDX-License-Identifier: BSL-1.0
#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <array>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

// A stage that is read while the program runs, as a plug-in would load a user's file: what is wrong with it is a sentence, a part is
// turned, a node is looked at, blocks are played.
using namespace phono;
using namespace phono::literals;

/// One channel through a netlist without triodes, or through one whose triodes are small-signal ones.
class netlist_channel {
public:
    /// Reads and designs; not for the audio thread. Empty where all is well; else what is wrong, and the channel plays on as before.
    std::string load(std::string_view text, const netlist_choice& choice, frequency rate)
    {
        const netlist_reading reading{text, choice};
        if (const netlist_problem& found = reading.problem()) return to_string(found);
        const circuit held{reading.flat()};
        const digital_filter designed = design(analyse(held), rate, phase::minimum);
        if (designed.problem) return to_string(designed.problem);
        kernel_.set(partial_fractions<double>(designed, most));
        return {};
    }
    void process(std::span<double> block) noexcept { kernel_.process(block); }

private:
    static constexpr int most = parallel_form::capacity / 2;   // modes
    modal_kernel<double, most, most> kernel_{};
};

constexpr std::string_view file = R"(low-pass, and a gain of ten
V1 in 0 AC 1
R1 in a 10k
C1 a 0 10n
E1 out 0 a 0 10
RL out 0 1MEG
)";

int main()
{
    netlist_channel left;
    std::printf("%s\n", left.load("slip\nV1 in 0 AC 1\nR1 in out 4,7k\n", {}, 48_kHz).c_str());

    const std::array settings{netlist_setting{"R1", 22e3}};
    const netlist_choice choice{.settings = settings};   // .input and .output name nodes
    std::printf("%s\n", left.load(file, choice, 48_kHz).empty() ? "read" : "not read");

    const netlist_reading reading{file, choice};   // which keeps the names that its circuit uses
    const circuit held{reading.flat()};
    std::printf("1 kHz: %.4f dB, at node a %.4f dB\n", decibels(response(held, 1_kHz)),
                decibels(response(held, *reading.find("a"), 1_kHz)));

    std::array<double, 4> block{0.001, 0.0, 0.0, 0.0};
    left.process(block);
    std::printf("an impulse of 1 mV: %.6f %.6f %.6f\n", block[0], block[1], block[2]);
}
