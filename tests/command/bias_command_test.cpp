// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/catalogue/tube_preamps.hpp>

namespace {

using namespace programs;
using std::string;

}   // namespace

TEST_CASE("bias prints a line for each triode of a preamp")
{
    const workshop shop;
    phono::catalogue::for_each_tube_preamp([&](const auto& entry) {
        const string text = run(shop, "bias --preamp " + string{entry.name});
        INFO(text);
        std::istringstream lines(text);
        string head;
        std::getline(lines, head);
        for (const auto& tube : phono::bias(entry.value)) {
            double number = 0.0, plate = 0.0, grid = 0.0, cathode = 0.0, milliamperes = 0.0;
            lines >> number >> plate >> grid >> cathode >> milliamperes;
            std::getline(lines, head);
            CHECK(std::abs(plate - tube.plate.si) <= 0.0051);
            CHECK(std::abs(cathode - tube.cathode.si) <= 0.00051);
            CHECK(std::abs(milliamperes - 1e3 * tube.plate_current.si) <= 0.000051);
        }
        CHECK(lines.peek() == std::istringstream::traits_type::eof());
    });
}

TEST_CASE("bias tells what is wrong with a netlist whose triode has no operating point, and prints no zeros")
{
    const workshop shop;
    const string begin = "stage\nV1 in 0 AC 1\nV2 b 0 250\nRg in 0 100k\nC1 p out 1u\nRL out 0 600k\nX1 p in k 6DJ8\n";
    std::ofstream(shop / "open.cir") << begin << "Rk k 0 680\nRb b 0 1k\n";
    const auto done = attempt(shop, "bias --netlist open.cir");
    INFO(done.out << done.err);
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    CHECK(done.err.find("X1: must have a DC path from its plate to a supply") != string::npos);
    // A cascode, whose lower plate has its path through the upper triode.
    std::ofstream(shop / "cascode.cir") << "cascode\nV1 in 0 AC 1\nV2 b 0 250\nRg in 0 100k\nX1 c in k 6DJ8\nX2 p g c 6DJ8\nR1 b g 100k\n"
                                           "R2 g 0 47k\nC2 g 0 1u\nRk k 0 680\nRp b p 47k\nC1 p out 1u\nRL out 0 600k\n";
    CHECK(count(run(shop, "bias --netlist cascode.cir"), "\n") == 3);
}
