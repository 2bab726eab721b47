// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/snapshot.hpp"

namespace {

using namespace programs;
using std::string;

}   // namespace

TEST_CASE("spice writes a netlist that ngspice runs with the response that phono prints")
{
    const auto what = GENERATE(as<string>{}, "--preamp magnetic_riaa", "--preamp at_vm95e_riaa_iec --without-cartridge", "--curve riaa",
                               "--curve columbia_lp --inverse --absolute", "--curve 3180/318/50 --speed 78/33.33",
                               "--preamp nachbaur_magnetic_tube", "--preamp avocado_passive", "--preamp nachbaur_ceramic_cartridge");
    INFO("phono spice " << what << "; ngspice is installed by tests/install");
    const workshop shop;
    const string said = run(shop, "spice " + what + " --output preamp.cir");
    CHECK(said.starts_with("preamp.cir: "));
    CHECK(said.find('\n') == said.size() - 1);
    CHECK(run(shop, "spice " + what) == contents(shop / "preamp.cir"));

    // 50 a decade, as in the netlist
    const auto rows = table(run(shop, "response --rate 768000 --from 10 --to 100000 --points 201 " + what));
    const auto simulated = shop.run("HOME=. '" PHONO_NGSPICE "' -b preamp.cir");
    REQUIRE(simulated.status == 0);
    std::istringstream lines(simulated.out);
    std::size_t index = 0, seen = 0;
    double hertz = 0.0, gain_db = 0.0, degrees = 0.0;
    for (string line; std::getline(lines, line);) {
        if (std::istringstream fields(line); !(fields >> index >> hertz >> gain_db >> degrees)) continue;
        REQUIRE(index < rows.size());
        INFO(hertz << " Hz");
        CHECK(hertz == Approx(rows[index].at("frequency_hz")).epsilon(1e-7));   // which has six decimals
        CHECK(std::abs(gain_db - rows[index].at("analogue_db")) <= 1e-6);
        CHECK(std::abs(degrees - rows[index].at("analogue_phase_deg")) <= 1e-5);
        ++seen;
    }
    CHECK(seen == rows.size());
}

TEST_CASE("ngspice finds the operating point of every netlist without a complaint")
{
    const auto preamp = GENERATE(as<string>{}, "avocado_passive", "avocado_passive --without-cartridge", "nachbaur_ceramic_cartridge");
    const workshop shop;
    run(shop, "spice --output preamp.cir --preamp " + preamp);
    const auto simulated = shop.run("HOME=. '" PHONO_NGSPICE "' -b preamp.cir");
    INFO(simulated.err << simulated.out.substr(0, 500));
    CHECK(simulated.status == 0);
    for (const auto* word : {"arning", "singular", "stepping"}) {
        CHECK(simulated.err.find(word) == string::npos);
        CHECK(simulated.out.find(word) == string::npos);
    }
}

TEST_CASE("A full disk leaves the netlist that was there, and nothing else")
{
    const workshop shop;
    std::ofstream(shop / "out.cir") << "the only copy";
    const auto before = all_contents(shop);
    const auto done =
        shop.run("ulimit -f 1; " + phono_command + "spice --preamp magnetic_riaa --output out.cir --overwrite");   // 512 bytes
    CHECK(done.status == 2);
    CHECK(done.err.find("out.cir: could not be") != string::npos);
    CHECK(changes(before, all_contents(shop)).empty());
}
