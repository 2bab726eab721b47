// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/exact_riaa.hpp"
#include "support/ngspice.hpp"

#include <phono/analysis/overload.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/phono.hpp>
#include <phono/spice/spice.hpp>

#include <functional>

// The headroom of published preamps, from the voltages that ngspice finds at the outputs of their amplifiers.

using namespace phono;
using namespace phono::literals;

namespace {

constexpr double worst_db = 1e-6;
constexpr double swing = 13.0;

/// The nodes of the amplifiers' outputs in a netlist, in its order.
std::vector<std::string> outputs_of(const std::string& text)
{
    std::vector<std::string> nodes;
    for (const ngspice::card& c : ngspice::cards_of(text))
        if (c.name.substr(1).starts_with("op_amp_output_resistance")) nodes.push_back(c.nodes[1]);
    return nodes;
}

/// The same netlist, whose response is that of another node, from 20 Hz to 20 kHz.
std::string read_at(std::string text, const std::string& node)
{
    const auto begin = text.find(".ac "), end = text.find(".control");
    REQUIRE(begin != std::string::npos);
    return text.replace(begin, end - begin, ".ac dec 500 20 20k\n.print ac vdb(" + node + ") vp(" + node + ")\n");
}

template <class Chain>
void agree_with_ngspice(const std::string& name, const Chain& schematic, double emf)
{
    const std::string text = spice(schematic, name);
    const auto headroom = overload(schematic, {.swing = voltage{swing}});
    const auto nodes = outputs_of(text);
    REQUIRE(static_cast<int>(nodes.size()) == headroom.count);
    std::vector<std::string> texts;
    for (const std::string& node : nodes) texts.push_back(read_at(text, node));
    const auto answers = ngspice::run(texts);
    double off = 0.0, off_least = 0.0;
    for (int i = 0; i < headroom.count; ++i) {
        const auto rows = ngspice::table(answers[static_cast<std::size_t>(i)]);
        INFO(name << ", amplifier " << i << '\n' << texts[static_cast<std::size_t>(i)]);
        REQUIRE(rows.size() == 1501);
        double least = 1e300, at = 0.0;
        for (const auto& r : rows) {
            const double theirs = 20.0 * std::log10(swing / (std::sqrt(2.0) * emf)) + measure::riaa_db(r.first) - r.second;
            if (theirs < least) least = theirs, at = r.first;
            off = std::max(off, std::abs(overload_margin(schematic, i, frequency{r.first}, {.swing = voltage{swing}}).decibels - theirs));
        }
        off_least = std::max(off_least, std::abs(headroom.margins[i].least.decibels - least));
        CHECK(headroom.margins[i].at.si == Approx(at).epsilon(0.01));
    }
    CHECK(off <= worst_db);
    CHECK(off_least <= 0.001);
    const amplifier_margin first = headroom.clips_first();
    char said[100];
    std::snprintf(said, sizeof said, "%s: %.2f dB, block %d at %.0f Hz", name.c_str(), first.least.decibels, first.block, first.at.si);
    measure::figure(said, off, "dB", worst_db);
}

}   // namespace

TEST_CASE("ngspice finds the headroom of four published preamps")
{
    const double emf = cartridges::typical_magnetic.output.si;
    agree_with_ngspice("Vestax PDX-2000", preamps::vestax_pdx2000, emf);
    agree_with_ngspice("e-asphyx, two stages", preamps::e_asphyx_two_stage, emf);
    agree_with_ngspice("Muffsy, passive", preamps::muffsy_passive, emf);
    agree_with_ngspice("RJM VSPS", preamps::rjm_vsps, emf);
}
