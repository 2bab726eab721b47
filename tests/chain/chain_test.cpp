// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/analysis/minimum_gain.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cmath>
#include <complex>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

namespace {

using namespace phono;
using namespace phono::literals;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr auto spelled_one_way = chain{magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
                                       loading{.resistance = 47_kOhm, .capacitance = 330_pF}, series_arm{resistor{1_kOhm}}, riaa};
constexpr auto spelled_another =
    chain{magnetic_cartridge{.output = 0.005_V, .resistance = 1300_Ohm, .inductance = 0.65_H},
          loading{.resistance = 0.047_MOhm, .capacitance = 0.33_nF}, series_arm{resistor{1000_Ohm}}, disc_curve(3.18_ms, 318_us, 0.075_ms)};
constexpr auto one_picofarad_more = chain{magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
                                          loading{.resistance = 47_kOhm, .capacitance = 331_pF}, series_arm{resistor{1_kOhm}}, riaa};

template <auto value>
struct tagged {
};
static_assert(std::is_same_v<tagged<spelled_one_way>, tagged<spelled_another>>);
static_assert(std::is_same_v<preamp<spelled_one_way>, preamp<spelled_another>>);
static_assert(!std::is_same_v<preamp<spelled_one_way>, preamp<one_picofarad_more>>);
static_assert(!std::is_same_v<preamp<spelled_one_way>, preamp<spelled_one_way, float>>);
static_assert(std::is_trivially_copyable_v<std::remove_const_t<decltype(spelled_one_way)>>);
static_assert(std::is_nothrow_copy_constructible_v<preamp<spelled_one_way>>);
static_assert(!check(spelled_one_way) && !check(spelled_one_way, 44.1_kHz) && noexcept(check(spelled_one_way, 44.1_kHz)));
constexpr double constant_decibels = decibels(response(spelled_one_way, 10_kHz)),
                 constant_degrees = degrees(response(spelled_one_way, 10_kHz));
static_assert(poles_zeros(spelled_one_way).poles.degree() == 4 && poles_zeros(spelled_one_way).zeros.degree() == 1);

/// An amplifier whose output comes back to its non-inverting input: a loop gain of `gain`/2 at DC, one lag.
struct positive_feedback {
    static constexpr signal_role role = signal_role::stage;

    double gain = 4.0;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node sum = circuit.node(), fast = circuit.node(), out = circuit.node();
        circuit.resistor(in, sum, resistance{1e3}, "positive_feedback.resistor");
        circuit.resistor(out, sum, resistance{1e3}, "positive_feedback.resistor");
        circuit.amplifier(fast, ground, sum, ground, gain, "positive_feedback.gain");
        circuit.resistor(fast, out, resistance{1e3}, "positive_feedback.resistor");
        circuit.capacitor(out, ground, capacitance{1e-9}, "positive_feedback.capacitor");
        return out;
    }
};

/// Two nodes with a resistor between them that hang on nothing.
struct isolated {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node) const noexcept
    {
        const node a = circuit.node(), b = circuit.node();
        circuit.resistor(a, b, resistance{1e3});
        return b;
    }
};

/// A current into a capacitor that nothing discharges.
struct integrator {
    static constexpr signal_role role = signal_role::stage;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        circuit.transconductance(ground, out, in, ground, 1e-3);
        circuit.capacitor(out, ground, capacitance{1e-9});
        return out;
    }
};

/// What check() says of these blocks behind a voltage source.
template <class... Rest>
fault check_behind_source(const Rest&... rest)
{
    return check(chain{voltage_source{}, rest...});
}

void is_fault(const fault& found, const std::string& part, double value, const std::string& rule, int block)
{
    INFO(part << " of " << value);
    REQUIRE(found);
    INFO(to_string(found));
    CHECK(std::string{found.part} == part);
    REQUIRE(found.value);
    CHECK((*found.value == value || (std::isnan(*found.value) && std::isnan(value))));
    CHECK(std::string{found.rule} == rule);
    CHECK(found.block == block);
}

/// Every value that no real part has is found, by name and place.
void must_be_positive(const std::string& part, int block, auto&& check_with)
{
    is_fault(check_with(-47.0), part, -47.0, "must be above zero", block);
    is_fault(check_with(0.0), part, 0.0, "must be above zero", block);
    is_fault(check_with(not_a_number), part, not_a_number, "must be finite", block);
    is_fault(check_with(infinity), part, infinity, "must be finite", block);
    is_fault(check_with(-infinity), part, -infinity, "must be finite", block);
}
void may_be_absent(const std::string& part, int block, auto&& check_with)
{
    CHECK_FALSE(check_with(0.0));
    is_fault(check_with(-1e-9), part, -1e-9, "must not be negative", block);
    is_fault(check_with(not_a_number), part, not_a_number, "must be finite", block);
    is_fault(check_with(infinity), part, infinity, "must be finite", block);
}
void must_be_finite(const std::string& part, int block, auto&& check_with)
{
    is_fault(check_with(not_a_number), part, not_a_number, "must be finite", block);
    is_fault(check_with(infinity), part, infinity, "must be finite", block);
}

const resistor r{1_kOhm};
const loading load{};
const magnetic_cartridge magnetic{};

}   // namespace

TEST_CASE("A constant response in decibels and degrees is the one of run time")
{
    const auto at_run_time = response(spelled_one_way, 10_kHz);
    CHECK(std::abs(constant_decibels - 20.0 * std::log10(std::abs(at_run_time))) < 1e-12);
    CHECK(std::abs(constant_degrees - std::arg(at_run_time) * (180.0 / math::pi)) < 1e-11);
    static_assert(constant_decibels < 0.0 && constant_degrees < 0.0 && degrees({-1.0, 0.0}) > 179.9999999 &&
                  decibels({10.0, 0.0}) > 19.9999999);
}

TEST_CASE("Two curves in a row are the product of both")
{
    const auto both = chain{voltage_source{}, riaa, curves::columbia_lp};
    const auto undone = chain{voltage_source{}, riaa, inverse(riaa)};
    for (double f = 20.0; f < 20e3; f *= 1.9) {
        const auto product =
            response(chain{voltage_source{}, riaa}, frequency{f}) * response(chain{voltage_source{}, curves::columbia_lp}, frequency{f});
        CHECK(std::abs(response(both, frequency{f}) / product - 1.0) < 1e-13);
        CHECK(std::abs(response(undone, frequency{f}) - 1.0) < 1e-13);
    }
    CHECK(poles_zeros(both).poles.degree() == 4);
    CHECK(std::abs(design(undone, 44.1_kHz).response(20_kHz) - 1.0) < 1e-14);
}

TEST_CASE("A cartridge of impossible parts is named with part, value and rule")
{
    must_be_positive("magnetic_cartridge.resistance", 0, [](double x) {
        return check(chain{magnetic_cartridge{.resistance = resistance{x}}, load});
    });
    must_be_positive("magnetic_cartridge.inductance", 0, [](double x) {
        return check(chain{magnetic_cartridge{.inductance = inductance{x}}, load});
    });
    may_be_absent("magnetic_cartridge.interwinding", 0, [](double x) {
        return check(chain{magnetic_cartridge{.interwinding = capacitance{x}}, load});
    });
    must_be_positive("moving_coil_cartridge.resistance", 0, [](double x) {
        return check(chain{moving_coil_cartridge{.resistance = resistance{x}}, load});
    });
    may_be_absent("moving_coil_cartridge.inductance", 0, [](double x) {
        return check(chain{moving_coil_cartridge{.inductance = inductance{x}}, load});
    });
    must_be_positive("ceramic_cartridge.element", 0, [](double x) {
        return check(chain{ceramic_cartridge{.element = capacitance{x}}, load});
    });
    must_be_positive("magnetic_cartridge.resistance", 0, [](double x) {
        return check(chain{disc_velocity{magnetic_cartridge{.resistance = resistance{x}}}, load});
    });
}

TEST_CASE("A cartridge that makes no EMF of the groove's velocity is named where the velocity is the input")
{
    must_be_positive("magnetic_cartridge.output", 0, [](double x) {
        return check(chain{disc_velocity{magnetic_cartridge{.output = voltage{x}}}, load});
    });
    must_be_positive("moving_coil_cartridge.output", 0, [](double x) {
        return check(chain{disc_velocity{moving_coil_cartridge{.output = voltage{x}}}, load});
    });
    must_be_positive("ceramic_cartridge.output", 0, [](double x) {
        return check(chain{disc_velocity{ceramic_cartridge{.output = voltage{x}}}, load});
    });
    must_be_positive("ceramic_cartridge.output", 0, [](double x) {
        return check(chain{disc_velocity{as_velocity_source{ceramic_cartridge{.output = voltage{x}}}}, load});
    });
    // Where the input is the EMF itself, nothing is made of the output.
    CHECK_FALSE(check(chain{magnetic_cartridge{.output = 0_mV}, load}));
}

TEST_CASE("A load or arm of impossible parts is named with part, value and rule")
{
    must_be_positive("loading.resistance", 1, [](double x) { return check(chain{magnetic, loading{.resistance = resistance{x}}}); });
    may_be_absent("loading.capacitance", 1, [](double x) { return check(chain{magnetic, loading{.capacitance = capacitance{x}}}); });
    may_be_absent("loading.cable", 1, [](double x) { return check(chain{magnetic, loading{.cable = capacitance{x}}}); });
    must_be_positive("resistor", 1, [](double x) { return check(chain{magnetic, network_loading{resistor{resistance{x}}}}); });
    must_be_positive("capacitor", 2, [](double x) { return check(chain{magnetic, load, shunt_arm{capacitor{capacitance{x}}}}); });
    must_be_positive("inductor", 1, [](double x) { return check_behind_source(series_arm{inductor{inductance{x}}}, shunt_arm{r}); });
    must_be_positive("capacitor", 1, [](double x) {
        return check_behind_source(series_arm{series(r, parallel(r, capacitor{capacitance{x}}))}, shunt_arm{r});
    });
    must_be_positive("resistor", 3, [](double x) {
        return check_behind_source(tap{4}, series_arm{r}, bridge{4, resistor{resistance{x}}});
    });
}

TEST_CASE("A curve of impossible constants is named with part, value and rule")
{
    const auto with = [](const curve& c) { return check_behind_source(c); };
    may_be_absent("curve.lags", 1, [&](double x) { return with({.lags = {duration{x}}}); });
    may_be_absent("curve.high_passes", 1, [&](double x) { return with({.high_passes = {duration{x}}}); });
    must_be_finite("curve.leads", 1, [&](double x) { return with({.lags = {75_us}, .leads = {duration{x}}}); });
    must_be_finite("curve.level", 1, [&](double x) { return with({.level = gain{x}}); });
    must_be_finite("curve.leads", 1, [](double x) { return check_behind_source(inverse(curve{.lags = {75_us}, .leads = {duration{x}}})); });
    must_be_finite("positive_feedback.gain", 1, [](double x) { return check_behind_source(positive_feedback{x}); });
}

TEST_CASE("The first of two faults is told")
{
    is_fault(check(chain{magnetic_cartridge{.resistance = resistance{-1.0}}, loading{.resistance = resistance{-2.0}}}),
             "magnetic_cartridge.resistance", -1.0, "must be above zero", 0);
}

TEST_CASE("A sampling rate lies between 8 and 768 kHz")
{
    const chain sound{voltage_source{}, riaa};
    const char* rule = "must lie between 8 kHz and 768 kHz";
    for (const double rate : {4e3, 7999.0, 768001.0, 1e6, 0.0, -44.1e3, infinity, not_a_number}) {
        is_fault(check(sound, frequency{rate}), "sampling rate", rate, rule, -1);
        CHECK(design(sound, frequency{rate}).gain == 0.0);
    }
    for (const double rate : {8e3, 44.1e3, 768e3}) CHECK_FALSE(check(sound, frequency{rate}));
}

TEST_CASE("A node without a path to ground is told")
{
    CHECK(to_string(check_behind_source(series_arm{r}, isolated{})) == "block 2, node: has no path to ground");
    CHECK(to_string(check_behind_source(integrator{})) == "block 1, node: has no DC path to ground");
    CHECK_FALSE(check_behind_source(integrator{}, shunt_arm{r}));
}

TEST_CASE("What no circuit has is not a number")
{
    const auto divider = [](double x) { return chain{voltage_source{}, series_arm{resistor{resistance{x}}}, shunt_arm{r}}; };
    for (const double x : {-1e3, 0.0, infinity, not_a_number}) CHECK(std::isnan(poles_zeros(divider(x)).gain));
    CHECK(std::isfinite(poles_zeros(divider(1e3)).gain));
    CHECK(std::isnan(std::abs(response(divider(not_a_number), 1_kHz))));

    const chain unsolvable{voltage_source{}, series_arm{r}, isolated{}, riaa};
    CHECK(std::isnan(poles_zeros(unsolvable).gain));
    CHECK(std::isnan(minimum_gain(unsolvable, 20_Hz, 20_kHz).gain.decibels));
    CHECK(std::isnan(std::abs(response(unsolvable, 1_kHz))));

    // Without a DC path there are poles, one at 0, and the curve behind has its own.
    const chain integrating{voltage_source{}, integrator{}, riaa};
    CHECK(check(integrating));
    CHECK(math::abs(poles_zeros(integrating)({0.0, 2.0 * math::pi * 1e3})) ==
          Approx(std::abs(response(integrating, 1_kHz))).epsilon(1e-12));
}

TEST_CASE("Capacitors alone are a divider, whose gain is its value at any frequency")
{
    const chain divider{ceramic_cartridge{.element = 3_nF}, series_arm{capacitor{6_nF}}, shunt_arm{capacitor{2_nF}}};
    CHECK_FALSE(check(divider));
    CHECK(poles_zeros(divider).poles.count == 0);
    CHECK(std::abs(response(divider, 20_Hz) - 0.5) < 1e-14);
    CHECK(math::abs(poles_zeros(divider)({0.0, 1.0}) - 0.5) < 1e-13);
}

TEST_CASE("A bridge leads back to a tap that stands before it")
{
    is_fault(check_behind_source(tap{1}, series_arm{r}, bridge{2, r}), "bridge.to", 2.0,
             "must name a tap that stands before it in the chain", 3);
    is_fault(check_behind_source(series_arm{r}, bridge{1, r}, tap{1}), "bridge.to", 1.0,
             "must name a tap that stands before it in the chain", 2);
    is_fault(check_behind_source(tap{1}, series_arm{r}, riaa, bridge{1, r}), "bridge.to", 1.0,
             "may not lead around a curve, which has no circuit: write its network", 4);
    CHECK_FALSE(check_behind_source(riaa, tap{1}, series_arm{r}, bridge{1, r}, shunt_arm{r}));
    CHECK_FALSE(check_behind_source(tap{1}, series_arm{r}, tap{2}, series_arm{r}, bridge{2, r}, bridge{1, r}));
}

TEST_CASE("A block is named by its place to be changed")
{
    chain schematic = spelled_one_way;
    block<1>(schematic).resistance = 33_kOhm;
    CHECK(block<1>(std::as_const(schematic)).resistance == 33_kOhm);
    static_assert(block<0>(spelled_one_way).inductance == 650_mH && block<3>(spelled_one_way) == riaa);
    CHECK(std::abs(response(schematic, 10_kHz)) < std::abs(response(spelled_one_way, 10_kHz)));
}

TEST_CASE("Positive feedback beyond unity is told as an unstable circuit")
{
    CHECK_FALSE(check_behind_source(positive_feedback{.gain = 1.0}));
    const auto found = check_behind_source(positive_feedback{.gain = 8.0});
    REQUIRE(found);
    CHECK(found.value > 0.0);
    CHECK(std::string{found.rule} == "must lie in the left half-plane, or the circuit is not stable");
}

TEST_CASE("A curve with a zero in the right half-plane plays but has no stable inverse")
{
    const curve all_pass{.lags = {75_us, 3180_us}, .leads = {-75_us}};
    CHECK_FALSE(check_behind_source(all_pass));
    const auto found = check_behind_source(inverse(all_pass));
    REQUIRE(found);
    CHECK(std::string{found.part} == "inverse.zero");
    CHECK(*found.value == Approx(1.0 / 75e-6));
    CHECK(std::string{found.rule}.find("no stable inverse") != std::string::npos);
    CHECK_FALSE(check_behind_source(inverse(riaa_iec)));   // the IEC's zero at 0 was never in the groove
}

TEST_CASE("A schematic of more than twenty-four poles is told")
{
    const curve four{.lags = {1_us, 2_us, 3_us, 4_us}};
    CHECK_FALSE(check_behind_source(four, four, four, four));
    is_fault(check_behind_source(four, four, four, four, four, four, riaa), "number of poles", 26.0, "must be at most 24", -1);
    const auto undone = check_behind_source(inverse(riaa), inverse(curves::aes), inverse(curves::nab));
    REQUIRE(undone);
    CHECK(std::string{undone.part} == "number of inverse curves");
}

TEST_CASE("An unsound preamp is silent and says why")
{
    const chain sound{magnetic, load, riaa};
    chain unsound = sound;
    block<1>(unsound).resistance = resistance{-47e3};
    tunable_preamp tuned{unsound, 96_kHz};
    is_fault(tuned.problem(), "loading.resistance", -47e3, "must be above zero", 1);
    for (int n = 0; n < 100; ++n) CHECK(tuned(1.0) == 0.0);
    CHECK(tuned.response(1_kHz) == 0.0);
    CHECK(design(unsound, 96_kHz).response(1_kHz) == 0.0);

    tuned.retune(sound);
    CHECK_FALSE(tuned.problem());
    double largest = 0.0;
    constexpr int change = 7200;   // samples in 75 ms
    for (int n = 0; n < change; ++n) largest = std::max(largest, std::abs(tuned(1.0)));
    CHECK(largest > 1e-3);
    CHECK_FALSE(tuned.retune(unsound));   // and plays on
    is_fault(tuned.problem(), "loading.resistance", -47e3, "must be above zero", 1);
    CHECK(std::abs(tuned(1.0)) > 1e-3);

    tunable_preamp hasty{sound, frequency{not_a_number}};
    is_fault(hasty.problem(), "sampling rate", not_a_number, "must lie between 8 kHz and 768 kHz", -1);
    CHECK(hasty(1.0) == 0.0);
    CHECK(hasty.response(1_kHz) == 0.0);
    hasty.prepare(48_kHz);
    CHECK_FALSE(hasty.problem());
    CHECK(std::abs(hasty.response(1_kHz)) > 0.05);
}
