// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "textbook_cascade.hpp"
#include "wave_digital_preamp.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/phono.hpp>

#include <cstdio>
#include <string>

// How large the objects are.
namespace {

using namespace phono;
using namespace phono::literals;

void add_size(table& lines, const std::string& name, std::size_t bytes, std::size_t at_most = 0)
{
    char text[120];
    std::snprintf(text, sizeof text, "%-62s %12zu bytes", name.c_str(), bytes);
    std::string sentence = text;
    if (at_most > 0) sentence += "  <= " + std::to_string(at_most) + (bytes <= at_most ? "" : "  MISSED");
    lines.note(sentence);
}

}   // namespace

void add_sizes(table& lines)
{
    lines.begin_section("size of objects");
    using tubes = std::remove_const_t<decltype(preamps::nachbaur_magnetic_tube)>;
    using tunable = tunable_preamp<std::remove_const_t<decltype(cartridge_riaa)>>;
    add_size(lines, "DF2T cascade of four biquads", sizeof(textbook_cascade<double, 4>));
    add_size(lines, "wave digital filter of cartridge, load and RIAA", sizeof(wave_digital_preamp<double>));
    add_size(lines, "running<RIAA, 48 kHz, float>", sizeof(running<riaa_alone, 48_kHz, float>));
    add_size(lines, "running<cartridge, load, RIAA, 48 kHz>", sizeof(running<cartridge_riaa, 48_kHz>));
    add_size(lines, "preamp<RIAA>", sizeof(preamp<riaa_alone>));
    add_size(lines, "preamp<cartridge, load, RIAA>", sizeof(preamp<cartridge_riaa>));
    add_size(lines, "tunable_preamp of cartridge, load, RIAA", sizeof(tunable), 1024);
    add_size(lines, "bank of 8 preamp<cartridge, load, RIAA>", sizeof(bank<preamp<cartridge_riaa>, 8>));
    add_size(lines, "tube_preamp of Nachbaur's four triodes", sizeof(tube_preamp<tubes>));
}
