// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/triode_formulas.hpp"
#include "support/tube_circuits.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/chain.hpp>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;
using formula::real;

// Against ngspice -------------------------------------------------------------------------------------------------------------------------

struct expectation {
    const char* name;
    node at;
    double volts;
};

template <netlist_size size>
void agrees_with_ngspice(const char* name, const circuit<size>& held, const std::vector<expectation>& nodes)
{
    REQUIRE_FALSE(held.problem());
    const quiescent_voltages seen = held.quiescent();
    constexpr double tolerance_of_ngspice = 1e-12;   // volts: its vntol
    double worst = 0.0;
    std::string at;
    for (const expectation& expected : nodes) {
        INFO(name << ", " << expected.name << ": " << seen(expected.at) << " V");
        const double off = std::max(std::abs(seen(expected.at) - expected.volts) - tolerance_of_ngspice, 0.0) / std::abs(expected.volts);
        CHECK(off < 1e-6);
        if (!(off < worst)) worst = off, at = expected.name;
    }
    std::printf("%-24s %2zu nodes, worst %8.1e relative at %s (at most 1e-6)\n", name, nodes.size(), worst, at.c_str());
}

/// The node on one side of the first part of a kind and value.
template <netlist_size size>
node beside(const circuit<size>& held, part_kind kind, double value, bool second)
{
    for (const part& p : held.netlist().parts)
        if (p.kind == kind && p.value == value) return second ? p.b : p.a;
    FAIL("no such part");
    return ground;
}

template <class Chain>
void nachbaur_agrees(const char* name, const Chain& schematic, const double (&volts)[11])
{
    const circuit held{schematic};
    const auto& t = held.triodes();
    agrees_with_ngspice(name, held,
                        {{"p1a", t[0].plate, volts[0]},
                         {"p1b", t[1].plate, volts[1]},
                         {"k1", t[0].cathode, volts[2]},
                         {"gp", t[0].grid, volts[3]},
                         {"inn", t[1].grid, volts[4]},
                         {"bias", beside(held, part_kind::capacitor, 1e-6, false), volts[5]},
                         {"k2", t[2].cathode, volts[6]},
                         {"p2a", t[2].plate, volts[7]},
                         {"p2b", t[3].plate, volts[8]},
                         {"acg", beside(held, part_kind::capacitor, 2.2e-6, false), volts[9]},
                         {"dv", beside(held, part_kind::resistor, 330e3, true), volts[10]}});
}

// Random circuits -------------------------------------------------------------------------------------------------------------------------

/// Values over their decades, seeded.
class dice {
public:
    explicit dice(unsigned seed) : engine_(seed) {}

    double uniform(double low, double high) { return low + (high - low) * (static_cast<double>(engine_()) / 4294967296.0); }
    double decades(double low, double high) { return low * std::pow(high / low, uniform(0.0, 1.0)); }
    bool toss() { return engine_() % 2 == 0; }
    std::size_t below(std::size_t count) { return engine_() % count; }

private:
    std::mt19937 engine_;
};

const std::vector<formula::tube> all_tubes = formula::tubes();

struct bottle {
    const formula::tube& formulas;
    triode tube;

    explicit bottle(dice& d) : formulas(all_tubes[d.below(all_tubes.size())])
    {
        tube.law = formulas.law;
        tube.plate_leak = d.toss() ? 1_GOhm : 0_Ohm;
    }
    real plate(const biased_triode& at) const
    {
        return formulas.plate(at.vgk, at.vpk) + (tube.plate_leak.si > 0.0 ? at.vpk / static_cast<real>(tube.plate_leak.si) : 0.0L);
    }
    real grid(const biased_triode& at) const { return formulas.grid(at.vgk); }
};

/// Failures and the largest disagreement of port voltages with what Kirchhoff makes of their currents.
struct tally {
    int circuits = 0, failures = 0;
    real worst = 0.0L;

    void disagreement(real volts)
    {
        const real off = std::abs(volts);
        if (!(off <= worst)) worst = off;
    }
    void report(const char* what)
    {
        std::printf("%-44s %6d circuits, %d failures, worst residual %8.1Le V (at most 1e-9)\n", what, circuits, failures, worst);
        CHECK(failures == 0);
        CHECK(worst < 1e-9L);
    }
};

/// A plate current of 1 mA that begins at -1 V all at once: no law, but a user may write one.
struct jump {
    constexpr triode_currents currents(double vgk, double vpk) const noexcept
    {
        return {vgk > -1.0 && vpk > 0.0 ? 1e-3 : 0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
    }
    constexpr law_values values() const noexcept { return {}; }
    static constexpr jump of(const law_values&) noexcept { return {}; }
};

/// A triode whose cathode is held by a capacitor alone.
struct floating_cathode {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node plate = circuit.node(), cathode = circuit.node();
        circuit.biased_resistor(plate, ground, 100_kOhm, 300_V, "load");
        circuit.capacitor(cathode, ground, 25_uF);
        triodes::ecc83.elaborate(circuit, plate, in, cathode);
        return plate;
    }
};

// In constant expressions -----------------------------------------------------------------------------------------------------------------

static_assert(math::abs(circuit{reference::single_direct}.quiescent(at<"plate1">).si - 202.9497194633) < 1e-8);

constexpr circuit nachbaur_by_compiler{preamps::nachbaur_magnetic_tube};
constexpr quiescent_voltages nachbaur_at_rest = nachbaur_by_compiler.quiescent();
static_assert(math::abs(nachbaur_at_rest(nachbaur_by_compiler.find(at<"grid1">)) - 27.0) < 0.1);     // published: V1 grids about 27 V
static_assert(math::abs(nachbaur_at_rest(nachbaur_by_compiler.find(at<"plate3">)) - 315.0) < 0.5);   // published: V2 plate about 315 V

constexpr resistance ohms(double value) { return resistance{value}; }
constexpr voltage volts(double value) { return voltage{value}; }

}   // namespace

TEST_CASE("The bias of a stage obeys its load line and its law")
{
    constexpr auto all = bias(reference::single_coupled);
    static_assert(all.size() == 1);
    const tube_bias& t = all[0];
    CHECK(std::abs(t.plate.si - 202.9179320835) < 1e-6);                                                                // ngspice
    CHECK(std::abs(t.cathode.si - 1.456229518756) < 1e-7);                                                              // ngspice
    CHECK(std::abs(t.plate_current.si - ((300.0 - t.plate.si) / 100e3 - (t.plate.si - t.cathode.si) / 1e9)) < 1e-15);   // its 1 GOhm
    CHECK(std::abs(t.cathode.si / 1.5e3 - (300.0 - t.plate.si) / 100e3 - t.grid_current.si) < 1e-13);
    CHECK(std::abs(t.grid.si + 1e6 * t.grid_current.si) < 1e-12);
    CHECK(std::abs(t.mu / t.plate_resistance.si / t.transconductance - 1.0) < 1e-14);
    CHECK(std::abs(t.dissipation / (t.plate_current.si * (t.plate.si - t.cathode.si)) - 1.0) < 1e-12);
    // In midband the slopes are the gain: mu Z/(rp + Z), Z the load beside the grid leak and the 1 GOhm.
    constexpr tube_bias direct = bias(reference::single_direct)[0];
    const double z = 1.0 / (1.0 / 100e3 + 1.0 / 1e6 + 1.0 / 1e9), gain = direct.mu * z / (direct.plate_resistance.si + z);
    CHECK(std::abs(std::abs(response(reference::single_direct, 1_kHz)) / gain - 1.0) < 1e-4);
    CHECK(bias(chain{voltage_source{}, floating_cathode{}})[0].plate.si == 0.0);   // a fault
    CHECK(bias(chain{voltage_source{}, shunt_arm{resistor{47_kOhm}}}).empty());
}

TEST_CASE("Operating points are those of ngspice")
{
    const circuit direct{reference::single_direct};
    agrees_with_ngspice("single12ax7_direct", direct,
                        {{"p", direct.triodes()[0].plate, 202.9497194633}, {"k", direct.triodes()[0].cathode, 1.455752708060}});
    CHECK(direct.quiescent(at<"grid1">).si == 0.0);
    const circuit coupled{reference::single_coupled};
    agrees_with_ngspice("single12ax7_coupled", coupled,
                        {{"p", coupled.triodes()[0].plate, 202.9179320835}, {"k", coupled.triodes()[0].cathode, 1.456229518756}});
    // The diode leaks 1 nA, less (3 Vt/(e V))^3 of it, through 1 MOhm; ngspice puts 1 fS (gmin) across it.
    const double reverse = coupled.triodes()[0].vgk, leaking = 1.0 + std::pow(3.0 * 0.025864186 / (std::exp(1.0) * reverse), 3.0);
    const double grid = coupled.quiescent(at<"grid1">).si;
    CHECK(std::abs(grid / (1e-3 * leaking) - 1.0) < 1e-9);
    CHECK(std::abs((grid - 1e-9 * reverse) / 0.0009999939073307 - 1.0) < 1e-8);
    nachbaur_agrees("nach_triode_openloop", preamps::nachbaur_open_loop_tube,
                    {176.4434433733, 176.7702331104, 28.04392439908, 26.92326836619, 26.91871141745, 26.92316836773, 178.3232783953,
                     314.7857537022, 305.4422713639, 26.91866441828, 26.91822442609});
    nachbaur_agrees("nach_triode_ceramic", preamps::nachbaur_ceramic_tube,
                    {176.4434429017, 176.7702347177, 28.04392427002, 26.92326824230, 26.91871126456, 26.92316824384, 178.3232789615,
                     314.7857898379, 305.4422320694, 26.91867253865, 26.91823254646});
    nachbaur_agrees("nach_triode_magnetic", preamps::nachbaur_magnetic_tube,
                    {176.4434433734, 176.7702331102, 28.04392439909, 26.92326836620, 26.91871141746, 26.92316836774, 178.3232783952,
                     314.7857536989, 305.4422713675, 26.91866441823, 26.91822442545});
    const circuit smooth{reference::smooth};
    agrees_with_ngspice("ck", smooth,
                        {{"g", smooth.triodes()[0].grid, -1.80945760191e-07},
                         {"k", smooth.triodes()[0].cathode, 1.455701037971},
                         {"p", smooth.triodes()[0].plate, 202.9532641534}});
    const circuit pair{reference::feedback_pair};
    agrees_with_ngspice("fb", pair,
                        {{"g1", pair.triodes()[0].grid, -1.78223158814e-10},
                         {"k1", pair.triodes()[0].cathode, 1.455248290454},
                         {"p1", pair.triodes()[0].plate, 202.9251674538},
                         {"g2", pair.triodes()[1].grid, -1.80945760192e-07},
                         {"k2", pair.triodes()[1].cathode, 1.455701037971},
                         {"p2", pair.triodes()[1].plate, 202.9532641534},
                         {"m", beside(pair, part_kind::resistor, 1.38e6, true), 1.387060845527},
                         {"o", pair.netlist().output, 0.5827986745912}});
}

TEST_CASE("Random stages have an operating point that Kirchhoff confirms")
{
    dice d{1};
    tally seen;
    for (int n = 0; n < 20000; ++n, ++seen.circuits) {
        const bottle b{d};
        const double supply = d.uniform(20.0, 500.0), rp = d.decades(10e3, 470e3), rk = d.decades(50.0, 20e3);
        const double leak = d.decades(47e3, 10e6), stopper = d.toss() ? d.decades(100.0, 100e3) : 0.0;
        const circuit held(chain{voltage_source{}, series_arm{capacitor{100_nF}},
                                 common_cathode_stage{.tube = b.tube,
                                                      .supply = volts(supply),
                                                      .plate_load = ohms(rp),
                                                      .cathode_resistor = ohms(rk),
                                                      .grid_leak = ohms(leak),
                                                      .stopper = ohms(stopper)}});
        if (held.problem()) {
            ++seen.failures;
            continue;
        }
        const biased_triode& t = held.triodes()[0];
        const real ip = b.plate(t), ig = b.grid(t), cathode = rk * (ip + ig);
        seen.disagreement(-ig * (leak + stopper) - cathode - t.vgk);
        seen.disagreement(supply - rp * ip - cathode - t.vpk);
    }
    seen.report("single stages");
}

TEST_CASE("Random direct-coupled cascades have an operating point that Kirchhoff confirms")
{
    dice d{2};
    tally seen;
    for (int n = 0; n < 5000; ++n, ++seen.circuits) {
        const bottle first{d}, second{d};
        const double b1 = d.uniform(20.0, 500.0), b2 = d.uniform(20.0, 500.0), rp1 = d.decades(10e3, 470e3), rp2 = d.decades(10e3, 470e3);
        const double rk1 = d.decades(50.0, 20e3), rk2 = d.decades(1e3, 300e3), leak = d.decades(47e3, 10e6);
        const double stopper = d.toss() ? d.decades(100.0, 1e6) : 0.0;
        const circuit held(chain{
            voltage_source{}, series_arm{capacitor{100_nF}},
            common_cathode_stage{
                .tube = first.tube, .supply = volts(b1), .plate_load = ohms(rp1), .cathode_resistor = ohms(rk1), .grid_leak = ohms(leak)},
            common_cathode_stage{.tube = second.tube,
                                 .supply = volts(b2),
                                 .plate_load = ohms(rp2),
                                 .cathode_resistor = ohms(rk2),
                                 .stopper = ohms(stopper)}});
        if (held.problem()) {
            ++seen.failures;
            continue;
        }
        const biased_triode &t1 = held.triodes()[0], &t2 = held.triodes()[1];
        const real ip1 = first.plate(t1), ig1 = first.grid(t1), ip2 = second.plate(t2), ig2 = second.grid(t2);
        const real k1 = rk1 * (ip1 + ig1), p1 = b1 - rp1 * (ip1 + ig2), k2 = rk2 * (ip2 + ig2);
        seen.disagreement(-ig1 * leak - k1 - t1.vgk);
        seen.disagreement(p1 - k1 - t1.vpk);
        seen.disagreement(p1 - stopper * ig2 - k2 - t2.vgk);
        seen.disagreement(b2 - rp2 * ip2 - k2 - t2.vpk);
    }
    seen.report("two stages, direct-coupled");
}

TEST_CASE("Random cathode followers behind plates have an operating point that Kirchhoff confirms")
{
    dice d{3};
    tally seen;
    for (int n = 0; n < 5000; ++n, ++seen.circuits) {
        const bottle first{d}, second{d};
        const double b1 = d.uniform(20.0, 500.0), b2 = d.uniform(20.0, 500.0), rp1 = d.decades(10e3, 470e3), rk1 = d.decades(50.0, 20e3);
        const double rk2 = d.decades(1e3, 300e3), leak = d.decades(47e3, 10e6), stopper = d.toss() ? d.decades(100.0, 1e6) : 0.0;
        const circuit held(chain{
            voltage_source{}, series_arm{capacitor{100_nF}},
            common_cathode_stage{
                .tube = first.tube, .supply = volts(b1), .plate_load = ohms(rp1), .cathode_resistor = ohms(rk1), .grid_leak = ohms(leak)},
            cathode_follower{.tube = second.tube, .supply = volts(b2), .cathode_resistor = ohms(rk2), .stopper = ohms(stopper)}});
        if (held.problem()) {
            ++seen.failures;
            continue;
        }
        const biased_triode &t1 = held.triodes()[0], &t2 = held.triodes()[1];
        const real ip1 = first.plate(t1), ig1 = first.grid(t1), ip2 = second.plate(t2), ig2 = second.grid(t2);
        const real k1 = rk1 * (ip1 + ig1), p1 = b1 - rp1 * (ip1 + ig2), k2 = rk2 * (ip2 + ig2);
        seen.disagreement(-ig1 * leak - k1 - t1.vgk);
        seen.disagreement(p1 - k1 - t1.vpk);
        seen.disagreement(p1 - stopper * ig2 - k2 - t2.vgk);
        seen.disagreement(b2 - k2 - t2.vpk);
    }
    seen.report("cathode followers behind plates");
}

TEST_CASE("Random differential pairs have an operating point that Kirchhoff confirms")
{
    dice d{4};
    tally seen;
    for (int n = 0; n < 5000; ++n, ++seen.circuits) {
        const bottle b{d};
        const double supply = d.uniform(20.0, 500.0), rp = d.decades(10e3, 470e3), tail = d.decades(1e3, 300e3);
        const double below = d.toss() ? d.uniform(-300.0, 0.0) : 0.0, leak = d.decades(47e3, 10e6);
        const circuit held(chain{voltage_source{}, series_arm{capacitor{100_nF}},
                                 differential_pair{.tube = b.tube,
                                                   .supply = volts(supply),
                                                   .plate_load = ohms(rp),
                                                   .tail = ohms(tail),
                                                   .tail_supply = volts(below),
                                                   .grid_leak = ohms(leak)}});
        if (held.problem()) {
            ++seen.failures;
            continue;
        }
        const biased_triode &t1 = held.triodes()[0], &t2 = held.triodes()[1];
        const real ip1 = b.plate(t1), ig1 = b.grid(t1), ip2 = b.plate(t2), ig2 = b.grid(t2);
        const real k = below + tail * (ip1 + ig1 + ip2 + ig2);
        seen.disagreement(-ig1 * leak - k - t1.vgk);
        seen.disagreement(supply - rp * ip1 - k - t1.vpk);
        seen.disagreement(-k - t2.vgk);
        seen.disagreement(supply - rp * ip2 - k - t2.vpk);
    }
    seen.report("differential pairs");
}

TEST_CASE("Direct-coupled amplifiers with DC feedback have an operating point however far their parts are off")
{
    // Nachbaur's amplifier, its resistors off by up to ten times, its supplies by half: one in 26 is solved only by letting it settle.
    dice d{5};
    int failures = 0;
    real worst = 0.0L;
    const formula::koren ax{100.0L, 1.4L, 1060.0L, 600.0L, 300.0L}, at{60.0L, 1.35L, 460.0L, 300.0L, 300.0L};
    constexpr int count = 4000;
    for (int n = 0; n < count; ++n) {
        auto circuit = elaborate(preamps::nachbaur_magnetic_tube);
        for (part& p : circuit.parts)
            if (p.kind == part_kind::resistor) p.value *= d.decades(0.1, 10.0), p.emf *= d.uniform(0.5, 1.5);
        const phono::circuit held{circuit};
        if (held.problem()) {
            ++failures;
            continue;
        }
        // The current that is left over at every node but the source's, times the resistors there.
        const quiescent_voltages seen = held.quiescent();
        const std::size_t nodes = static_cast<std::size_t>(circuit.nodes) + 1;
        std::vector<real> left_over(nodes), siemens(nodes);
        const auto flow = [&](node from, node to, real amperes, real conductance) {
            for (const node end : {from, to}) siemens[static_cast<std::size_t>(end.index)] += conductance;
            left_over[static_cast<std::size_t>(from.index)] -= amperes, left_over[static_cast<std::size_t>(to.index)] += amperes;
        };
        const auto across = [&](node plus, node minus) { return static_cast<real>(seen(plus)) - seen(minus); };
        for (const part& p : circuit.parts)
            if (p.kind == part_kind::resistor) flow(p.a, p.b, (across(p.a, p.b) - p.emf) / p.value, 1.0L / p.value);
        for (int t = 0; t < 4; ++t) {
            const biased_triode& tube = held.triodes()[t];
            const real vgk = across(tube.grid, tube.cathode), vpk = across(tube.plate, tube.cathode);
            flow(tube.plate, tube.cathode, (t < 2 ? ax(vgk, vpk) : at(vgk, vpk)) + vpk / 1e9L, 1e-9L);
            flow(tube.grid, tube.cathode, formula::diode(vgk), 0.0L);
        }
        for (std::size_t k = 2; k < nodes; ++k)   // node 1 is the source
            if (siemens[k] > 0.0L) worst = std::max(worst, std::abs(left_over[k]) / siemens[k]);
    }
    std::printf("Nachbaur with wrong parts: %d circuits, %d failures, worst residual %8.1Le V (at most 1e-9)\n", count, failures, worst);
    CHECK(failures == 0);
    CHECK(worst < 1e-9L);
}

TEST_CASE("The compiler finds the same operating points as the program")
{
    const circuit held{preamps::nachbaur_magnetic_tube};
    const quiescent_voltages seen = held.quiescent();
    double worst = 0.0;
    for (int n = 1; n <= held.netlist().nodes; ++n) worst = std::max(worst, std::abs(seen(node{n}) - nachbaur_at_rest(node{n})));
    std::printf("Nachbaur, compiler against program: %8.1e V (at most 1e-9)\n", worst);
    CHECK(worst < 1e-9);
    CHECK(std::abs(seen(held.triodes()[0].grid) - 27.0) < 0.1);
}

TEST_CASE("A grid without a way to ground at DC is a fault with its name")
{
    const auto floating = chain{voltage_source{}, series_arm{capacitor{100_nF}}, common_cathode_stage{.tube = triodes::ecc83}};
    const auto found = check(floating);
    REQUIRE(found);
    CHECK(std::string{found.part} == "triode.grid");
    CHECK(std::string{found.rule} == "has no DC path to ground: a grid_leak gives one");
    CHECK(found.block == 2);
    const auto leak_behind_a_stopper =
        chain{voltage_source{}, series_arm{capacitor{100_nF}}, common_cathode_stage{.tube = triodes::ecc83, .stopper = 10_kOhm}};
    REQUIRE(check(leak_behind_a_stopper));
    CHECK(std::string{check(leak_behind_a_stopper).part} == "triode.grid");
    CHECK_FALSE(
        check(chain{voltage_source{}, series_arm{capacitor{100_nF}}, common_cathode_stage{.tube = triodes::ecc83, .grid_leak = 1_MOhm}}));
    CHECK_FALSE(check(chain{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83}}));
}

TEST_CASE("A cathode without a way to ground at DC is a fault with its name")
{
    const auto found = check(chain{voltage_source{}, floating_cathode{}});
    REQUIRE(found);
    CHECK(std::string{found.part} == "triode.cathode");
    CHECK(found.block == 1);
}

TEST_CASE("A law that is no law is a fault and not a loop without end")
{
    const auto stage = [](const any_law& law) { return chain{voltage_source{}, common_cathode_stage{.tube = {.law = law}}}; };
    const auto no_point = check(stage(jump{}));
    REQUIRE(no_point);
    CHECK(std::string{no_point.rule} == "must have an operating point for its triodes");
    const struct {
        any_law law;
        const char* part;
    } wrong[] = {{any_law{}, "triode.law's plate current at 0 V and 100 V"},
                 {koren<>{.mu = 0.0}, "koren.mu"},
                 {koren<>{.kg1 = -1060.0}, "koren.kg1"}};
    for (const auto& row : wrong) {
        const auto found = check(stage(row.law));
        REQUIRE(found);
        CHECK(std::string{found.part} == row.part);
        CHECK(found.block == 1);
    }
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    const auto unset = check(chain{voltage_source{}, common_cathode_stage{.supply = voltage{nothing}}});
    REQUIRE(unset);
    CHECK(std::string{unset.part} == "common_cathode_stage.supply");
    CHECK(std::string{unset.rule} == "must be finite");
    CHECK(std::isnan(response(chain{voltage_source{}, common_cathode_stage{.supply = voltage{nothing}}}, 1_kHz).real()));
}

TEST_CASE("A curve that only a capacitor feeds between triodes is told what it lacks")
{
    constexpr common_cathode_stage stage{.grid_leak = 1_MOhm};
    const auto found = check(chain{voltage_source{}, stage, series_arm{capacitor{100_nF}}, riaa, stage});
    REQUIRE(found);
    CHECK(std::string{found.part} == "node");
    CHECK(std::string{found.rule} == "has no DC path to ground: a shunt_arm{resistor{...}} gives one");
    CHECK(found.block == 2);
}

TEST_CASE("A stage without supply or with a supply the wrong way round rests without plate current")
{
    for (const formula::tube& tube : all_tubes)
        for (const double supply : {0.0, -300.0}) {
            INFO(tube.name << ", supply " << supply << " V");
            const circuit held(
                chain{voltage_source{}, common_cathode_stage{.tube = {.law = tube.law}, .supply = volts(supply), .grid_leak = 1_MOhm}});
            REQUIRE_FALSE(held.problem());
            const biased_triode& t = held.triodes()[0];
            const triode_currents i = tube.law.currents(t.vgk, t.vpk);
            CHECK(std::abs(i.plate) < 2e-7);
            // Kirchhoff, the grid held at 0 V by the source.
            const real cathode = 1500.0L * (tube.plate(t.vgk, t.vpk) + tube.grid(t.vgk));
            CHECK(std::abs(static_cast<double>(-cathode) - t.vgk) < 1e-11);
            CHECK(std::abs(static_cast<double>(supply - 100e3L * tube.plate(t.vgk, t.vpk) - cathode) - t.vpk) < 1e-9);
        }
}
