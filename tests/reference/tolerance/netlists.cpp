// SPDX-License-Identifier: BSL-1.0
#include "support/built_preamp.hpp"

#include <phono/spice/spice.hpp>

#include <fstream>
#include <string>

// Writes the netlist of each build into the folder that it is called in.
int main()
{
    const phono::circuit held{built::preamp};
    for (int i = 0; i < built::builds; ++i)
        std::ofstream("build_" + std::to_string(i) + ".cir")
            << phono::spice(phono::build(held, built::choice, i), "build " + std::to_string(i));
}
