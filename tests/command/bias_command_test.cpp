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
