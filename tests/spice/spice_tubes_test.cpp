// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"
#include "support/quiescent_names.hpp"
#include "support/reference.hpp"
#include "support/tube_circuits.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/spice/spice.hpp>

#include <functional>
#include <random>

// Netlists with triodes, given to ngspice as they are: operating points, small-signal responses and transients.

using namespace phono;
using namespace phono::literals;

namespace {

using ngspice::volts_by_name;

constexpr double worst_rest = 1e-6;          // of a node's voltage
constexpr double vntol = 1e-12;              // volts: the absolute tolerance of ngspice
constexpr double worst_leakage = 1e-7;       // volts: of a grid to which ngspice's gmin leads, 1 fS across the diode
constexpr double worst_db = 1e-8;            // where the response is within 80 dB of its peak
constexpr double worst_over_time = -120.0;   // decibels below the peak

/// A schematic, whatever its type.
struct subject {
    std::string name, at_rest, small_signal;
    std::map<std::string, double> volts;   ///< by the netlist's names
    std::function<double(double hertz)> decibels;
};

template <class Chain>
subject subject_of(const std::string& name, const Chain& schematic)
{
    const circuit held{schematic};
    INFO(name);
    REQUIRE_FALSE(held.problem());
    subject s{name, spice(schematic, name, spice_operating_point{}), spice(schematic, name), {}, [schematic](double hertz) {
                  return phono::decibels(response(schematic, frequency{hertz}));
              }};
    s.volts = volts_by_name(held, s.at_rest);
    return s;
}

/// Two stages and a follower on one supply, the first decoupled.
constexpr auto on_rails = chain{voltage_source{},
                                supply_rail{.voltage = 320_V, .resistance = 4.7_kOhm, .capacitance = 10_uF},
                                decoupling{.resistance = 22_kOhm, .capacitance = 4.7_uF},
                                common_cathode_stage{.tube = triodes::ecc83, .rail = 2},
                                series_arm{capacitor{100_nF}},
                                common_cathode_stage{.tube = triodes::ecc83, .grid_leak = 1_MOhm, .rail = 1},
                                cathode_follower{.tube = triodes::ecc83, .rail = 1},
                                series_arm{capacitor{1_uF}},
                                shunt_arm{resistor{1_MOhm}}};

std::vector<subject> references()
{
    std::vector<subject> all{subject_of("direct drive", reference::single_direct),
                             subject_of("coupled", reference::single_coupled),
                             subject_of("smooth grid current", reference::smooth),
                             subject_of("feedback pair", reference::feedback_pair),
                             subject_of("Nachbaur open loop", preamps::nachbaur_open_loop_tube),
                             subject_of("a shared supply", on_rails)};
    const auto add = [&](const auto& known) {
        if constexpr (decltype(elaborate(known.value))::capacity.triodes > 0)
            all.push_back(subject_of(std::string{known.name}, known.value));
    };
    catalogue::for_each_preamp(add);
    catalogue::for_each_tube_preamp(add);
    return all;
}

/// Every triode in the usual stage, and driving a follower whose supply is so low that its grid takes current.
std::vector<subject> every_triode()
{
    std::vector<subject> all;
    catalogue::for_each_triode([&](const auto& known) {
        const auto stage = reference::bypassed(known.value);
        all.push_back(subject_of(std::string{known.name}, chain{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{100_nF})},
                                                                stage, series_arm{capacitor{100_nF}}, shunt_arm{resistor{1_MOhm}}}));
        all.push_back(subject_of(std::string{known.name} + " and its grid current",
                                 chain{voltage_source{}, stage, cathode_follower{.tube = known.value, .supply = 100_V}}));
    });
    return all;
}

std::vector<triode> all_triodes()
{
    std::vector<triode> all;
    catalogue::for_each_triode([&](const auto& known) { all.push_back(known.value); });
    all.push_back({.law = koren<no_grid_current>{}});
    return all;
}

/// Part values, each decade as likely as another, and tubes of every law.
class bench {
public:
    double decades(double low, double high) { return low * std::pow(high / low, uniform(0.0, 1.0)); }
    double uniform(double low, double high) { return low + (high - low) * (static_cast<double>(engine_()) / 4294967295.0); }

    resistor r(double low, double high) { return {resistance{decades(low, high)}}; }
    capacitor c(double low, double high) { return {capacitance{decades(low, high)}}; }
    triode tube() { return tubes_[engine_() % tubes_.size()]; }
    common_cathode_stage stage()
    {
        return {.tube = tube(),
                .supply = voltage{uniform(100.0, 400.0)},
                .plate_load = resistance{decades(30e3, 300e3)},
                .cathode_resistor = resistance{decades(300.0, 5e3)},
                .bypass = capacitance{one_in(2) ? 0.0 : decades(1e-6, 1e-4)},
                .grid_leak = resistance{decades(1e5, 2e6)},
                .stopper = resistance{one_in(2) ? 0.0 : decades(100.0, 1e5)}};
    }
    common_cathode_stage tapped()
    {
        common_cathode_stage s = stage();
        s.bypass = 0_F, s.cathode_tap = 1;
        return s;
    }
    cathode_follower follower(double leak)
    {
        return {.tube = tube(),
                .supply = voltage{uniform(250.0, 400.0)},
                .cathode_resistor = resistance{decades(2e4, 2e5)},
                .grid_leak = resistance{leak},
                .stopper = resistance{one_in(2) ? 0.0 : decades(100.0, 1e5)}};
    }
    differential_pair pair()
    {
        return {.tube = tube(),
                .supply = voltage{uniform(150.0, 400.0)},
                .plate_load = resistance{decades(50e3, 200e3)},
                .tail = resistance{decades(2e4, 1e5)},
                .tail_supply = voltage{uniform(-200.0, 0.0)},
                .grid_leak = resistance{decades(1e5, 2e6)},
                .inverting = one_in(2)};
    }
    bool one_in(unsigned n) { return engine_() % n == 0; }

private:
    std::mt19937 engine_{20250131};
    // Every kind of law. A list of its own, so that the circuits stay the same when the catalogue grows; every_triode() has the others.
    std::vector<triode> tubes_{triodes::ecc83,
                               triodes::ecc81,
                               triodes::ecc82,
                               triodes::ecc88,
                               triodes::ecc83_rsd_1,
                               triodes::ecc83_rsd_2,
                               triodes::ecc83_ehx_1,
                               triodes::ecc83_data_sheet,
                               triodes::koren_12ax7,
                               triodes::koren_12at7,
                               {.law = koren<no_grid_current>{}}};
};

/// Six circuits, five times each with other tubes and values, in braces throughout: so the order in which they are drawn is the same with
/// every compiler.
std::vector<subject> random_circuits()
{
    bench b;
    std::vector<subject> all;
    const auto add = [&](const auto& schematic) { all.push_back(subject_of("random " + std::to_string(all.size()), schematic)); };
    for (int i = 0; i < 5; ++i) {
        add(chain{voltage_source{}, series_arm{b.r(100.0, 1e5)}, series_arm{b.c(1e-9, 1e-6)}, b.stage(), series_arm{b.c(1e-9, 1e-6)},
                  shunt_arm{b.r(1e5, 1e6)}});
        add(chain{magnetic_cartridge{}, loading{.capacitance = 150_pF}, series_arm{b.c(1e-8, 1e-6)}, b.stage(), series_arm{b.r(1e5, 1e6)},
                  series_arm{b.c(1e-8, 1e-6)}, shunt_arm{series{b.r(1e3, 1e5), b.c(1e-10, 1e-8)}}, b.stage(), series_arm{b.c(1e-8, 1e-6)},
                  shunt_arm{b.r(1e5, 1e6)}});
        add(chain{voltage_source{}, series_arm{b.c(1e-8, 1e-6)}, b.stage(), b.follower(0.0), series_arm{b.c(1e-7, 1e-5)},
                  shunt_arm{b.r(1e4, 1e6)}});
        add(chain{voltage_source{}, series_arm{b.r(100.0, 1e5)}, series_arm{b.c(1e-8, 1e-6)}, b.pair(), series_arm{b.c(1e-8, 1e-6)},
                  b.follower(1e6)});
        add(chain{voltage_source{}, series_arm{b.c(1e-8, 1e-6)}, b.tapped(), series_arm{b.c(1e-8, 1e-6)}, b.stage(),
                  series_arm{b.c(1e-7, 1e-5)}, shunt_arm{b.r(1e5, 1e6)},
                  bridge{1, series{parallel{b.r(1e6, 1e7), b.c(1e-10, 1e-8)}, b.r(3e4, 3e5)}}});
        add(chain{voltage_source{}, b.pair(), series_arm{b.c(1e-8, 1e-6)}, b.stage(), series_arm{level_shift{40_V, 10_kOhm}},
                  shunt_arm{b.r(1e5, 1e6)}, b.follower(0.0), riaa_iec});
    }
    return all;
}

double larger(double a, double b) { return b <= a ? a : b; }   // and NaN

void agree_with_ngspice(const std::string& what, const std::vector<subject>& all)
{
    std::vector<std::string> texts;
    for (const subject& s : all) texts.push_back(s.at_rest), texts.push_back(s.small_signal);
    const auto answers = ngspice::run(texts);
    double rest = 0.0, leakage = 0.0, db = 0.0;
    std::size_t nodes = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const subject& s = all[i];
        const auto volts = ngspice::values(answers[2 * i]);
        CHECK(s.volts.size() > 3);
        for (const auto& [name, ours] : s.volts) {
            INFO(s.name << ", " << name << ": " << ours << " V\n" << s.at_rest << answers[2 * i]);
            REQUIRE(volts.contains(name));
            const double theirs = volts.at(name), off = std::abs(ours - theirs);
            CHECK(off <= worst_leakage + worst_rest * std::abs(theirs));
            if (off <= worst_rest * std::abs(theirs)) rest = larger(rest, off / (std::abs(theirs) + vntol / worst_rest));
            else leakage = larger(leakage, off);
            ++nodes;
        }
        INFO(s.small_signal << answers[2 * i + 1]);
        const auto rows = ngspice::table(answers[2 * i + 1]);
        REQUIRE(rows.size() == 201);
        double peak = -1e300, off = 0.0;
        for (const auto& r : rows) peak = std::max(peak, r.second);
        for (const auto& r : rows)
            if (r.second >= peak - 80.0) off = larger(off, std::abs(s.decibels(r.first) - r.second));
        CHECK(off <= worst_db);
        db = larger(db, off);
    }
    const std::string title = what + ", " + std::to_string(all.size()) + " circuits: ";
    measure::figure(title + std::to_string(nodes) + " nodes at rest, relative", rest, "", worst_rest);
    measure::figure(title + "at rest, where that is more", leakage, "V", worst_leakage);
    measure::figure(title + "response", db, "dB", worst_db);
}

/// The voltage of the output at a time: a cubic through the four points about it.
class waveform {
public:
    explicit waveform(const std::string& answer)
    {
        for (const auto& r : ngspice::table(answer))
            if (seconds_.empty() || r.first > seconds_.back()) seconds_.push_back(r.first), volts_.push_back(r.third);
        REQUIRE(seconds_.size() > 1000);
    }
    double operator()(double t) const
    {
        const auto after = static_cast<std::size_t>(std::lower_bound(seconds_.begin(), seconds_.end(), t) - seconds_.begin());
        const std::size_t first = std::min(after < 2 ? 0 : after - 2, seconds_.size() - 4);
        double sum = 0.0;
        for (std::size_t j = first; j < first + 4; ++j) {
            double share = 1.0;
            for (std::size_t k = first; k < first + 4; ++k)
                if (k != j) share *= (t - seconds_[k]) / (seconds_[j] - seconds_[k]);
            sum += share * volts_[j];
        }
        return sum;
    }
    double end() const { return seconds_.back(); }

private:
    std::vector<double> seconds_, volts_;
};

/// A triode with a law that is not one of the library's.
struct square_law {
    constexpr triode_currents currents(double vgk, double vpk) const noexcept
    {
        const double v = (vgk < 0.0 ? vgk : 0.0) + 0.01 * vpk;   // a grid above 0 V counts as 0 V
        return {v > 0.0 ? 1e-3 * v * v : 0.0, v > 0.0 && vgk < 0.0 ? 2e-3 * v : 0.0, v > 0.0 ? 2e-5 * v : 0.0, 0.0, 0.0, 0.0};
    }
    constexpr law_values values() const noexcept { return {}; }
    static constexpr square_law of(const law_values&) noexcept { return {}; }
};

std::string digits(double value)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

}   // namespace

TEST_CASE("ngspice finds the operating points and responses of the reference circuits and of every preamp with tubes")
{
    agree_with_ngspice("reference circuits", references());
}

TEST_CASE("ngspice finds the operating point and response of a stage with every triode and of its grid current")
{
    agree_with_ngspice("triodes", every_triode());
}

TEST_CASE("ngspice finds the operating points and responses of random circuits")
{
    const auto all = random_circuits();
    REQUIRE(all.size() == 30);
    agree_with_ngspice("random circuits", all);
}

TEST_CASE("A triode in a netlist takes the currents of its law at any voltages")
{
    const std::vector<double> plates{-100.0, -1.0, -1e-3, 0.0, 1e-4, 5e-4, 1e-3, 0.01, 0.2, 0.7, 1.0, 1.5, 10.0, 100.0, 300.0, 500.0};
    const std::vector<double> grids{-50.0, -5.0, -3.0, -2.0, -1.8, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 5.0, 20.0};
    std::vector<std::string> texts;
    const auto all = all_triodes();
    for (const triode& tube : all) {
        const std::string netlist = spice(chain{voltage_source{}, reference::bypassed(tube)}, "law", spice_operating_point{});
        const auto begin = netlist.find(".func"), end = netlist.find(".options");
        REQUIRE(end != std::string::npos);
        std::string text = "* law\n" + netlist.substr(begin, end - begin);
        int n = 0;
        for (const double grid : grids)
            for (const double plate : plates) {
                const std::string i = std::to_string(n++);
                text += "Vg" + i + " g" + i + " 0 " + digits(grid) + "\nVp" + i + " p" + i + " 0 " + digits(plate) + '\n';
                text += 'X' + i + " p" + i + " g" + i + " 0 triode_1\n";
            }
        texts.push_back(text + netlist.substr(end));
    }
    const auto answers = ngspice::run(texts);
    const auto off = [](double expected, double current) { return std::abs(current - expected) / (std::abs(expected) + 1e-14); };
    double worst = 0.0;
    for (std::size_t k = 0; k < all.size(); ++k) {
        const auto seen = ngspice::values(answers[k]);
        const any_law& law = all[k].law;
        const double gmin = law.is<koren<diode_grid_current>>() ? 1e-15 : 0.0;   // across the diode, whose resistor takes next to nothing
        int n = 0;
        for (const double grid : grids)
            for (const double plate : plates) {
                const std::string i = std::to_string(n++);
                const triode_currents ours = law.currents(grid, plate);
                INFO(texts[k].substr(0, 1000) << "Vgk " << grid << ", Vpk " << plate << ": " << ours.plate << ' ' << ours.grid);
                REQUIRE(seen.contains("vp" + i + "#branch"));
                REQUIRE(seen.contains("vg" + i + "#branch"));
                const double plate_off = off(ours.plate, -seen.at("vp" + i + "#branch"));
                const double grid_off = off(ours.grid + gmin * grid, -seen.at("vg" + i + "#branch"));
                CHECK(plate_off <= 1e-6);
                CHECK(grid_off <= 1e-6);
                worst = larger(worst, larger(plate_off, grid_off));
            }
    }
    measure::figure(std::to_string(all.size()) + " triodes, plate and grid currents, relative", worst, "", 1e-6);
}

TEST_CASE("ngspice gets the same waveform from a netlist as from the reference written by hand")
{
    for (const double peak : {1.0, 4.0}) {   // clean and with grid current
        const std::string volts = peak == 1.0 ? "1" : "4";
        const auto text = spice(reference::smooth, "ck", spice_transient{.amplitude = voltage{peak}, .duration = 20_ms, .step = 0.5_us});
        const waveform seen{ngspice::run({text})[0]};
        CHECK(seen.end() == Approx(20e-3));
        double worst = 0.0, highest = 0.0;
        int compared = 0;
        for (const auto& row : measure::reference_rows("tube_smooth/ck_" + volts + "_1000_44100")) {
            if (row[0] < 10e-3) continue;
            ++compared;
            highest = std::max(highest, std::abs(row[2]));
            worst = larger(worst, std::abs(seen(row[0]) - row[2]));
        }
        CHECK(compared == 441);
        CHECK(highest > 30.0);
        const double off = 20.0 * std::log10(worst / highest);
        measure::figure(volts + " V at 1 kHz: waveform from 10 to 20 ms", off, "dB", worst_over_time);
        CHECK(off <= worst_over_time);
    }
}

TEST_CASE("A netlist with a triode reads like its schematic")
{
    const chain schematic{voltage_source{}, common_cathode_stage{.tube = {.law = koren<>{.vct = -0.5}}, .grid_leak = 1_MOhm}};
    CHECK(spice(schematic, "An example") == R"(* An example
* Input: Vin, volts of EMF (of disc_velocity: metres per second). Output: node out. Run: ngspice -b FILE
Vin in 0 DC 0 AC 1
* source_1
Esource source_1 0 in 0 1
* common_cathode_stage_2
Rcommon_cathode_stage_grid_leak source_1 0 1000000
* common_cathode_stage.stopper: 0, a short circuit
Ecommon_cathode_stage_stopper source_1 common_cathode_stage_2_1 0 0 0
Rcommon_cathode_stage_plate_load out common_cathode_stage_plate_load_emf 100000
Vcommon_cathode_stage_plate_load common_cathode_stage_plate_load_emf 0 300
Rcommon_cathode_stage_cathode_resistor common_cathode_stage_2_2 0 1500
* common_cathode_stage.bypass: 0, left out
Xtriode out common_cathode_stage_2_1 common_cathode_stage_2_2 triode_1
Ctriode_grid_cathode common_cathode_stage_2_1 common_cathode_stage_2_2 1.6e-12
Ctriode_grid_plate common_cathode_stage_2_1 out 1.7e-12
Ctriode_plate_cathode out common_cathode_stage_2_2 4.5999999999999996e-13
* triode.plate_leak: 0, left out
.func softplus(x) {x > 40 ? x : x < -18 ? exp(x) : ln(1 + exp(x))}
.subckt triode_1 p g k mu=100 ex=1.3999999999999999 kg1=1060 kp=600 kvb=300 vct=-0.5 g=0.0006177 xi=1.3140000000000001 c=9.9009999999999998
Bx x 0 V = {kp}*(1/{mu} + (V(g,k) + {vct})/sqrt({kvb} + max(V(p,k), 0.001)^2))
Bplate p k I = 2/{kg1}*pwr(max(V(p,k), 0.001)/{kp}*softplus(V(x)), {ex})*min(max(V(p,k)/0.001, 0), 1)
Bgrid g k I = {g}*pwr(softplus({c}*V(g,k))/{c}, {xi})
.ends
.options reltol=1e-6 gmin=1e-15
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

TEST_CASE("Netlists for different analyses are the same circuit")
{
    const auto text = [](const spice_analysis& wanted) { return spice(reference::smooth, "ck", wanted); };
    const auto circuit = [](std::string netlist) {   // before the analysis
        const std::string drive = " SIN(0 2 1000)";
        if (const auto at = netlist.find(drive); at != std::string::npos) netlist.erase(at, drive.size());
        return netlist.substr(0, netlist.find(".options"));
    };
    const std::string response = text(spice_response{}), rest = text(spice_operating_point{});
    const std::string sine = text(spice_transient{.amplitude = 2_V, .duration = 5_ms, .step = 2_us});
    CHECK(response == spice(reference::smooth, "ck"));
    CHECK(circuit(response).size() > 500);
    CHECK(circuit(rest) == circuit(response));
    CHECK(circuit(sine) == circuit(response));
    CHECK(programs::count(rest, "\nop\n") == 1);
    CHECK(programs::count(rest, "\n.ac ") == 0);
    CHECK(programs::count(sine, "\nVin in 0 DC 0 AC 1 SIN(0 2 1000)\n") == 1);
    CHECK(programs::count(sine, "\n.tran 1.9999999999999999e-06 0.0050000000000000001 0 1.9999999999999999e-06\n") == 1);
    CHECK(programs::count(sine, "\n.ac ") == 0);
}

TEST_CASE("The numbers of a triode's law stand in the netlist to the last digit")
{
    int values = 0;
    catalogue::for_each_triode([&](const auto& known) {
        const std::string text = spice(chain{voltage_source{}, reference::bypassed(known.value)});
        INFO(text);
        const bool diode = known.value.law.template is<koren<diode_grid_current>>();
        constexpr int parameters = law_capacity - 2;           // koren has numbers there that follow from its parameters
        for (int i = 0; i < (diode ? 8 : parameters); ++i) {   // a diode's vt is a factor on ngspice's own
            const double value = known.value.law.value[i];
            if (value == 0.0) continue;
            CHECK(text.find(digits(value)) != std::string::npos);
            ++values;
        }
    });
    CHECK(values > 70);
}

TEST_CASE("Triodes of one law share a subcircuit")
{
    const std::string text = spice(preamps::nachbaur_magnetic_tube);
    INFO(text);
    CHECK(programs::count(text, "\n.subckt ") == 2);
    CHECK(programs::count(text, "\nXtriode") == 4);
    CHECK(programs::count(text, " triode_1\n") == 2);
    CHECK(programs::count(text, " triode_2\n") == 2);
    CHECK(programs::count(text, "\n.func ") == 1);
}

TEST_CASE("A triode with a law of its own gives no netlist but a comment that names it")
{
    const chain schematic{voltage_source{}, common_cathode_stage{}, cathode_follower{.tube = {.law = square_law{}}}};
    CHECK(spice(schematic, "own") ==
          "* own\n* phono: block 2, triode: has a law of its own, which no netlist can state: "
          "give it koren or dempwolf_zoelzer\n.end\n");
}

TEST_CASE("A transient of no length or without finite values gives no netlist but a comment that says so")
{
    const auto text = [](const spice_transient& t) { return spice(chain{voltage_source{}}, "t", t); };
    CHECK(text({.step = 0_us}) == "* t\n* phono: spice_transient.step is 0: must be above zero\n.end\n");
    CHECK(text({.duration = duration{-1.0}}) == "* t\n* phono: spice_transient.duration is -1: must be above zero\n.end\n");
    CHECK(text({.frequency = 0_Hz}) == "* t\n* phono: spice_transient.frequency is 0: must be above zero\n.end\n");
    CHECK(text({.amplitude = voltage{HUGE_VAL}}) == "* t\n* phono: spice_transient.amplitude is inf: must be finite\n.end\n");
}

TEST_CASE("A schematic without tubes has a transient analysis too")
{
    // A low-pass of 1 ms: 0.5 V at 1 kHz, from zero state.
    const auto text = spice(chain{voltage_source{}, series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{1_uF}}}, "low-pass",
                            spice_transient{.amplitude = 500_mV, .duration = 5_ms, .step = 1_us});
    const waveform seen{ngspice::run({text})[0]};
    const double w = 2.0 * math::pi;   // per millisecond
    double worst = 0.0;
    for (double t = 0.1; t < 5.0; t += 0.01) {
        const double expected = 0.5 * (std::sin(w * t) - w * std::cos(w * t) + w * std::exp(-t)) / (1.0 + w * w);
        worst = larger(worst, std::abs(seen(1e-3 * t) - expected));
    }
    measure::figure("low-pass over time", worst, "V", 1e-6);
    CHECK(worst < 1e-6);
}
