// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"
#include "support/tube_circuits.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/spice/spice.hpp>

#include <functional>
#include <map>
#include <random>
#include <set>

// Each netlist is given to ngspice unchanged, and compared with the library's own response and its poles and zeros.

using namespace phono;
using namespace phono::literals;

namespace {

constexpr double worst_db = 1e-6, worst_degrees = 1e-5;   // where the response is within 80 dB of its peak

/// A schematic, whatever its type.
struct subject {
    std::string name, text, again;
    std::function<std::complex<double>(double hertz)> response;
    math::rational roots;
    std::vector<part> parts;   // as elaborated, without the buffers that stand for an ideal block and without triodes
    int triodes;
};

template <class Chain>
subject subject_of(const std::string& name, const Chain& schematic)
{
    const auto circuit = elaborate(schematic);
    std::vector<part> parts;
    for (int i = 0; i < circuit.part_count; ++i) {
        bool ideal = false;
        for (int k = 0; k < circuit.factors; ++k)
            ideal = ideal || (circuit.parts[i].kind == part_kind::amplifier && circuit.factor[k].out == circuit.parts[i].a);
        if (!ideal && circuit.parts[i].kind != part_kind::triode) parts.push_back(circuit.parts[i]);
    }
    return {name,
            spice(schematic, name),
            spice(schematic, name),
            [schematic](double hertz) { return phono::response(schematic, frequency{hertz}); },
            poles_zeros(schematic),
            parts,
            circuit.triode_count};
}

std::vector<subject> catalogued()
{
    std::vector<subject> all;
    catalogue::for_each_preamp([&](const auto& known) {
        all.push_back(subject_of(std::string{known.name}, known.value));
        all.push_back(subject_of(std::string{known.name} + " without cartridge", without_cartridge(known.value)));
    });
    for (const auto& known : catalogue::curves) {
        const std::string name{known.name};
        all.push_back(subject_of(name, chain{voltage_source{}, known.value}));
        all.push_back(subject_of("inverse " + name, chain{voltage_source{}, inverse(known.value)}));
        all.push_back(subject_of("normalised " + name, chain{voltage_source{}, normalised(known.value)}));
    }
    return all;
}

/// Part values, each decade as likely as another.
class bench {
public:
    double log_uniform(double from, double to) { return from * std::pow(to / from, static_cast<double>(engine_()) / 4294967295.0); }
    bool one_in(int n) { return engine_() % static_cast<unsigned>(n) == 0; }

    resistor r() { return {resistance{log_uniform(10.0, 1e6)}}; }
    capacitor c() { return {capacitance{log_uniform(1e-12, 1e-5)}}; }
    inductor l() { return {inductance{log_uniform(1e-6, 10.0)}}; }
    magnetic_cartridge magnet()
    {
        return {.resistance = resistance{log_uniform(5.0, 2000.0)},
                .inductance = inductance{log_uniform(1e-3, 1.0)},
                .interwinding = capacitance{one_in(2) ? 0.0 : log_uniform(1e-12, 1e-10)}};
    }
    moving_coil_cartridge moving_coil()
    {
        return {.resistance = resistance{log_uniform(1.0, 100.0)}, .inductance = inductance{one_in(2) ? 0.0 : log_uniform(1e-6, 1e-4)}};
    }
    loading load()
    {
        return {.resistance = resistance{log_uniform(100.0, 1e6)},
                .capacitance = capacitance{log_uniform(1e-11, 1e-9)},
                .cable = capacitance{one_in(2) ? 0.0 : log_uniform(1e-11, 1e-9)}};
    }
    op_amp amplifier()
    {
        op_amp a{.gain = gain{20.0 + 100.0 * log_uniform(0.1, 1.0)}, .corner = frequency{log_uniform(1.0, 1e5)}};
        if (one_in(2)) a.second_corner = frequency{log_uniform(1e6, 1e8)};
        if (one_in(2)) a.input_resistance = resistance{log_uniform(1e4, 1e8)};
        if (one_in(2)) a.input_capacitance = capacitance{log_uniform(1e-12, 1e-10)};
        if (one_in(2)) a.output_resistance = resistance{log_uniform(1.0, 1e4)};
        return a;
    }

private:
    std::mt19937 engine_{20250117};
};

/// Ten circuits, five times each with other values, in braces throughout: so the order in which values are drawn is the same with every
/// compiler. Every node has a DC path to ground.
std::vector<subject> random_chains()
{
    bench b;
    std::vector<subject> all;
    const auto add = [&](const auto& schematic) { all.push_back(subject_of("random " + std::to_string(all.size()), schematic)); };
    for (int i = 0; i < 5; ++i) {
        add(chain{b.magnet(), b.load(), series_arm{b.r()}, shunt_arm{parallel{b.r(), b.c()}}});
        add(chain{b.moving_coil(), b.load(), series_arm{series{b.r(), b.l()}}, shunt_arm{b.c()}, shunt_arm{b.r()},
                  series_arm{parallel{b.r(), b.c()}}, shunt_arm{series{b.r(), b.c()}}});
        add(chain{voltage_source{}, tap{1}, series_arm{b.r()}, shunt_arm{b.c()}, series_arm{b.r()}, bridge{1, series{b.r(), b.c()}},
                  shunt_arm{b.r()}});
        add(chain{ceramic_cartridge{}, b.load(), feedback_stage{b.amplifier(), parallel{b.r(), b.c()}, b.r()}, series_arm{b.r()},
                  shunt_arm{b.c()}});
        add(chain{voltage_source{}, series_arm{b.r()}, inverting_stage{b.amplifier(), parallel{b.r(), b.c()}, series{b.r(), b.c()}}});
        add(chain{b.moving_coil(), transimpedance_stage{b.amplifier(), parallel{b.r(), b.c()}}, series_arm{b.c()}, shunt_arm{b.r()}});
        add(chain{b.magnet(), b.load(), feedback_stage{b.amplifier(), b.r(), b.r()}, tap{2}, series_arm{b.l()}, shunt_arm{b.c()},
                  series_arm{b.r()}, bridge{2, b.r()}, shunt_arm{b.r()}, riaa_iec});
        add(chain{b.magnet(), network_loading{parallel{b.r(), series{b.r(), b.c()}, b.c()}},
                  feedback_stage{b.amplifier(), parallel{b.r(), b.c()}, series{b.r(), b.c()}},
                  inverting_stage{b.amplifier(), b.r(), b.r()}});
        add(chain{voltage_source{}, series_arm{b.r()}, shunt_arm{parallel{b.r(), b.c(), b.l()}}, series_arm{series{b.l(), b.c()}},
                  shunt_arm{parallel{b.r(), b.c()}}, inverse(curves::columbia_lp)});
        add(chain{b.moving_coil(), tap{1}, series_arm{b.c()}, shunt_arm{b.r()}, tap{2}, series_arm{b.c()}, shunt_arm{b.r()},
                  bridge{1, b.r()}, series_arm{b.r()}, bridge{2, series{b.l(), b.r()}}, shunt_arm{b.c()}});
    }
    return all;
}

/// A user's block: buffered, of any transfer function.
struct transfer_block {
    static constexpr signal_role role = signal_role::equaliser;
    math::rational transfer{};
    bool inverted = false;

    constexpr node elaborate(auto& circuit, node in) const noexcept { return circuit.ideal(in, transfer, inverted); }
};

/// A user's source: a current into a resistor, with names that SPICE would trip over.
struct photocell {
    static constexpr signal_role role = signal_role::source;

    constexpr node elaborate(auto& circuit, node) const noexcept
    {
        const node out = circuit.node(), far = circuit.node();
        circuit.inject(out);
        circuit.resistor(out, ground, 1_kOhm, "3-way cell.R = 1k; $x");
        circuit.resistor(out, far, 1_kOhm, "3-WAY cell.R = 1k; $x");
        circuit.capacitor(far, ground, 1_uF, "3_way_cell.r___1k____x");
        circuit.resistor(far, ground, 1_kOhm, "");
        return out;
    }
};

constexpr auto thirteen_curves = chain{voltage_source{}, riaa, riaa, riaa, riaa, riaa, riaa, riaa, riaa, riaa, riaa, riaa, riaa, riaa};

math::rational with_roots(double gain, std::initializer_list<math::complex> zeros, std::initializer_list<math::complex> poles)
{
    math::rational h;
    h.gain = gain;
    for (const auto z : zeros) h.zeros.add(z);
    for (const auto p : poles) h.poles.add(p);
    return h;
}

std::vector<subject> others()
{
    const math::complex slow{-50.0, 700.0}, fast{-2e4, 3e4}, right{1e3, 5e3}, notch{0.0, 6e3};
    const auto magnet = chain{disc_velocity{cartridges::shure_m97xe}, loading{.capacitance = 250_pF}, riaa};
    std::vector<subject> all;
    all.push_back(subject_of("disc velocity, magnetic", magnet));
    all.push_back(subject_of("stages around one amplifier",
                             chain{voltage_source{}, follower{op_amp{.output_resistance = 50_Ohm}, 1_kOhm}, rumble_filter{20_Hz},
                                   sallen_key_high_pass{.rf = 1_kOhm, .ri = 10_kOhm}, sallen_key_low_pass_for(20_kHz),
                                   feedback_stage{op_amp{}, riaa_feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm}}}));
    all.push_back(subject_of("disc velocity, ceramic", chain{disc_velocity{ceramic_cartridge{}}, loading{.resistance = 2.2_MOhm}}));
    all.push_back(subject_of("a negative lead", chain{voltage_source{}, curve{.lags = {3180_us, 75_us}, .leads = {-20_us}}}));
    all.push_back(subject_of("pairs of poles", chain{voltage_source{}, transfer_block{with_roots(-3e12, {{}}, {slow, fast})}}));
    all.push_back(
        subject_of("pairs of zeros", chain{voltage_source{}, transfer_block{with_roots(1e-3, {right, notch}, {slow, fast, {-9.0}})}}));
    all.push_back(subject_of("pairs undone", chain{voltage_source{}, transfer_block{with_roots(1e-9, {slow}, {fast, {-9.0}}), true}}));
    all.push_back(subject_of("two ideal blocks, loaded", chain{voltage_source{}, riaa, series_arm{resistor{10_kOhm}},
                                                               shunt_arm{capacitor{1_nF}}, inverse(curves::aes)}));
    all.push_back(subject_of("odd names", chain{photocell{}, series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{10_nF}}}));
    all.push_back(subject_of("more poles than a filter may have", thirteen_curves));
    return all;
}

struct point {
    double hertz, decibels, degrees;
};

/// What ngspice prints for each, given the netlist and nothing else.
std::vector<std::vector<point>> simulated(const std::vector<subject>& all)
{
    std::vector<std::string> texts;
    for (const subject& s : all) texts.push_back(s.text);
    std::vector<std::vector<point>> answers;
    for (const std::string& printed : ngspice::run(texts)) {
        auto& points = answers.emplace_back();
        for (const auto& r : ngspice::table(printed)) points.push_back({r.first, r.second, r.third});
        INFO(texts[answers.size() - 1] << printed);
        REQUIRE(points.size() == 201);
        CHECK(points.front().hertz == Approx(10.0));
        CHECK(points.back().hertz == Approx(100e3));
    }
    return answers;
}

struct deviation {
    double db = 0.0, degrees = 0.0;
    int points = 0;

    void take(const point& p, std::complex<double> ours)
    {
        const double turn = phono::degrees(ours) - p.degrees;
        db = larger(db, std::fabs(phono::decibels(ours) - p.decibels));
        degrees = larger(degrees, std::fabs(turn - 360.0 * std::round(turn / 360.0)));
        ++points;
    }
    static double larger(double a, double b) { return b <= a ? a : b; }   // and NaN
};

void agree_with_ngspice(const char* what, const std::vector<subject>& all)
{
    const auto answers = simulated(all);
    deviation by_nodes, by_roots;
    for (std::size_t i = 0; i < all.size(); ++i) {
        double peak = -1e300;
        for (const point& p : answers[i]) peak = std::max(peak, p.decibels);
        deviation direct, roots;
        for (const point& p : answers[i]) {
            if (p.decibels < peak - 80.0) continue;
            direct.take(p, all[i].response(p.hertz));
            const math::complex h = all[i].roots({0.0, 2.0 * math::pi * p.hertz});
            roots.take(p, {h.re, h.im});
        }
        INFO(all[i].name << '\n' << all[i].text);
        CHECK(direct.points > 10);
        CHECK(direct.db <= worst_db);
        CHECK(direct.degrees <= worst_degrees);
        CHECK(roots.db <= worst_db);
        CHECK(roots.degrees <= worst_degrees);
        by_nodes = {deviation::larger(by_nodes.db, direct.db), deviation::larger(by_nodes.degrees, direct.degrees), 0};
        by_roots = {deviation::larger(by_roots.db, roots.db), deviation::larger(by_roots.degrees, roots.degrees), 0};
    }
    const std::string title = what + (", " + std::to_string(all.size())) + " netlists: ";
    measure::figure(title + "response", by_nodes.db, "dB", worst_db);
    measure::figure(title + "response", by_nodes.degrees, "deg", worst_degrees);
    measure::figure(title + "poles and zeros", by_roots.db, "dB", worst_db);
    measure::figure(title + "poles and zeros", by_roots.degrees, "deg", worst_degrees);
}

using ngspice::cards_of, ngspice::folded;

/// Circuits with supplies and triodes, every law and grid current among them.
std::vector<subject> with_tubes()
{
    const auto law = [](const char* name, const triode& tube) {
        return subject_of(name, chain{voltage_source{}, reference::bypassed(tube), cathode_follower{.tube = tube}});
    };
    return {law("power law", triodes::ecc83),
            law("diode", triodes::ecc82),
            law("contact potential", triodes::ecc83_data_sheet),
            law("no grid current", {.law = koren<no_grid_current>{}}),
            law("cathode current", triodes::ecc83_rsd_1),
            subject_of("pair", chain{voltage_source{}, differential_pair{}}),
            subject_of("feedback", reference::feedback_pair),
            subject_of("Nachbaur", preamps::nachbaur_magnetic_tube)};
}

std::vector<subject> everything()
{
    std::vector<subject> all = catalogued();
    for (auto& s : random_chains()) all.push_back(s);
    for (auto& s : others()) all.push_back(s);
    for (auto& s : with_tubes()) all.push_back(s);
    return all;
}

}   // namespace

TEST_CASE("ngspice runs every schematic of the catalogue and every curve and gets the same response")
{
    agree_with_ngspice("catalogue", catalogued());
}

TEST_CASE("ngspice runs random circuits and gets the same response")
{
    const auto all = random_chains();
    REQUIRE(all.size() == 50);
    for (const subject& s : all) CHECK(programs::count(s.text, "* phono: ") == 0);   // stable, and no node without a DC path
    agree_with_ngspice("random circuits", all);
}

TEST_CASE("ngspice gets the same response of groove velocity and of transfer functions of any roots")
{
    agree_with_ngspice("others", others());
}

TEST_CASE("A netlist is made of five kinds of parts and one source and with tubes of triodes and supplies")
{
    const std::map<char, std::size_t> terminals{{'R', 2}, {'C', 2}, {'L', 2}, {'E', 4}, {'G', 4}, {'V', 2}, {'X', 3}};
    for (const subject& s : everything()) {
        INFO(s.text);
        CHECK(programs::count(s.text, "\nVin in 0 DC 0 AC 1\n") == 1);
        int triodes = 0;
        for (const auto& c : cards_of(s.text)) {
            if (c.name == "Vin") continue;
            REQUIRE(terminals.contains(c.letter));
            CHECK(c.nodes.size() == terminals.at(c.letter));
            if (c.letter == 'X') ++triodes;
            if (c.letter == 'V' || c.letter == 'X') CHECK(s.triodes > 0);
        }
        CHECK(triodes == s.triodes);
    }
}

TEST_CASE("Every part has a name of its own and every node two connections")
{
    for (const subject& s : everything()) {
        INFO(s.text);
        std::set<std::string> names;
        std::map<std::string, int> connections;
        for (const auto& c : cards_of(s.text)) {
            CHECK(c.letter + folded(c.name.substr(1)) == c.name);   // the rest in one case, letters and digits
            CHECK(names.insert(c.name).second);
            for (const std::string& node : c.nodes) {
                CHECK(folded(node) == node);
                ++connections[node];
            }
        }
        for (const auto& [node, times] : connections) CHECK((times >= 2 || node == "out"));
        CHECK(connections.contains("out"));
    }
}

TEST_CASE("Every value of the schematic stands in the netlist to the last bit")
{
    int values = 0;
    for (const subject& s : everything()) {
        const auto cards = cards_of(s.text);
        std::size_t at = 0;
        for (const part& p : s.parts) {
            const bool is_absent = p.value == 0.0 && (p.kind == part_kind::capacitor || p.kind == part_kind::transconductance ||
                                                      p.kind == part_kind::shunt_resistor);
            const bool is_supply = p.kind == part_kind::voltage_source && p.value == 0.0;
            if (is_absent) continue;
            INFO(s.text << p.name << ' ' << p.value << ' ' << p.emf);
            const auto wanted = folded(p.name);
            while (at < cards.size() && !cards[at].name.substr(1).starts_with(wanted)) ++at;
            if (!is_supply) {
                REQUIRE(at < cards.size());
                CHECK(std::strtod(cards[at].value.c_str(), nullptr) == p.value);
                CHECK((p.value != 0.0 || cards[at].letter == 'E'));
                if (cards[at].letter == 'R') CHECK(cards[at].is_silent != p.is_thermal());
                if (p.is_thermal()) CHECK(cards[at].letter == 'R');
                ++at, ++values;
            }
            if (!is_supply && p.emf == 0.0) continue;
            REQUIRE(at < cards.size());
            CHECK(cards[at].letter == 'V');
            CHECK(cards[at].name.substr(1).starts_with(wanted));
            CHECK(std::strtod(cards[at].value.c_str(), nullptr) == p.emf);
            if (!is_supply) CHECK(cards[at].nodes[0] == cards[at - 1].nodes[1]);
            ++at, ++values;
        }
    }
    CHECK(values > 500);
}

TEST_CASE("The same schematic gives the same text")
{
    for (const subject& s : everything()) CHECK(s.text == s.again);
}

TEST_CASE("A netlist reads like its schematic")
{
    const auto schematic = chain{moving_coil_cartridge{.resistance = 10_Ohm},
                                 loading{.resistance = 100_Ohm, .cable = 500_pF},
                                 tap{1},
                                 series_arm{series(resistor{1_kOhm}, inductor{125_mH})},
                                 shunt_arm{resistor{47_kOhm}},
                                 curve{.lags = {1000_us}}};
    CHECK(spice(schematic, "An example") == R"(* An example
* Input: Vin, volts of EMF (of disc_velocity: metres per second). Output: node out. Run: ngspice -b FILE
Vin in 0 DC 0 AC 1
* moving_coil_cartridge_1
Esource moving_coil_cartridge_1_1 0 in 0 1
Rmoving_coil_cartridge_resistance moving_coil_cartridge_1_1 moving_coil_cartridge_1_2 10
* moving_coil_cartridge.inductance: 0, a short circuit
Emoving_coil_cartridge_inductance moving_coil_cartridge_1_2 moving_coil_cartridge_1 0 0 0
* loading_2
Rloading_resistance moving_coil_cartridge_1 0 100
* loading.capacitance: 0, left out
Cloading_cable moving_coil_cartridge_1 0 5.0000000000000003e-10
* stage_3
* stage_4
Rresistor moving_coil_cartridge_1 stage_4_1 1000
Linductor stage_4_1 stage_4 0.125
* stage_5
Rresistor_2 stage_4 0 47000
* equaliser_6
Gequaliser_6_pole 0 equaliser_6_pole stage_4 0 0.001
Requaliser_6_pole equaliser_6_pole 0 1000 noisy=0
Cequaliser_6_pole equaliser_6_pole 0 9.9999999999999995e-07
Eequaliser_6 out 0 equaliser_6_pole 0 1
.ac dec 50 10 100k
.print ac vdb(out) vp(out)
.control
set units=degrees
set numdgt=15
set nobreak
.endc
.end
)");
}

TEST_CASE("An amplifier stands in the netlist between the nodes that it amplifies")
{
    const auto text = spice(chain{magnetic_cartridge{}, loading{}, feedback_stage{op_amp{}, resistor{10_kOhm}, resistor{1_kOhm}}});
    INFO(text);
    CHECK(programs::count(text, "\nEop_amp_gain op_amp_3_2 0 magnetic_cartridge_1 op_amp_3_1 ") == 1);
    CHECK(programs::count(text, "\nRop_amp_corner op_amp_3_2 op_amp_3_3 1000 noisy=0\n") == 1);
    CHECK(programs::count(text, "\nRresistor out op_amp_3_1 10000\n") == 1);
    CHECK(programs::count(text, "\nRresistor_2 op_amp_3_1 0 1000\n") == 1);
}

TEST_CASE("A part with an impossible value gives no netlist but a comment that names it")
{
    const std::string text = spice(chain{voltage_source{}, series_arm{resistor{resistance{std::stod("-47000")}}}}, "two\nlines");
    CHECK(text == "* two lines\n* phono: block 1, resistor is -47 kOhm: must be above zero\n.end\n");
}

TEST_CASE("A circuit that is not a preamp for another reason is written with a comment that says why")
{
    const std::string text = spice(thirteen_curves);
    CHECK(programs::count(text, "* phono: number of poles is 26: must be at most 24\n") == 1);
    CHECK(programs::count(text, "\n.ac ") == 1);
}
