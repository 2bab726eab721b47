// SPDX-License-Identifier: BSL-1.0
#include "robustness/linear_search.hpp"

#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/sanitized.hpp"

#include <limits>
#include <utility>

/// What a random search of linear circuits found, kept as tests, and a short part of the search.
namespace {

using namespace phono;
using namespace phono::literals;
using measure::figure;

/// The worst difference of poles and zeros from the nodal equations, at 200 frequencies.
double disagreement_db(const auto& schematic)
{
    const circuit held{schematic};
    const auto h = poles_zeros(schematic);
    double worst = 0.0;
    for (const double f : measure::log_frequencies(20.0, 20e3, 200)) {
        const math::complex s{0.0, 2.0 * math::pi * f}, direct = direct_response(held, s);
        if (math::abs(direct) > 1e-290) worst = std::max(worst, std::fabs(measure::decibels(math::abs(h(s)) / math::abs(direct))));
    }
    return worst;
}

/// The worst error of a running preamp against the nodal equations at six rates, and that it tells it.
template <class T>
double running_error_db(const auto& schematic)
{
    double worst = 0.0;
    for (const double rate : measure::six_rates) {
        tunable_preamp<std::remove_cvref_t<decltype(schematic)>, T> running{schematic, frequency{rate}};
        INFO(running.problem().part << " " << running.problem().rule);
        REQUIRE_FALSE(running.problem());
        const double error = measure::worst_error_db([&](double f) { return measure::complex{running.response(frequency{f})}; },
                                                     [&](double f) { return measure::complex{response(schematic, frequency{f})}; },
                                                     measure::band(rate, 200));
        CHECK(running.accuracy() >= 0.9 * error);
        CHECK(running.accuracy() <= 1.1 * error + 1e-6);
        worst = std::max(worst, error);
    }
    return worst;
}

/// A schematic that runs is within a bound in double.
void runs_within(const std::string& what, const auto& schematic, double bound)
{
    const double error = running_error_db<double>(schematic);
    figure(what, error, "dB", bound);
    CHECK(error <= bound);
}

constexpr chain loud_two_stages{
    magnetic_cartridge{.output = 5_mV, .resistance = 430_Ohm, .inductance = 690_mH},
    loading{.resistance = 47_kOhm, .capacitance = 64_pF},
    feedback_stage{
        op_amp{.gain = gain{137.7}, .corner = corner_of(gain{137.7}, 19.85_MHz), .input_resistance = 2.1_MOhm, .input_capacitance = 18_pF},
        resistor{12_kOhm}, series{resistor{33_Ohm}, capacitor{150_uF}}},
    series_arm{resistor{1.24_kOhm}},
    shunt_arm{parallel{capacitor{2.9_nF}, series{resistor{4.55_kOhm}, capacitor{356_nF}}}},
    feedback_stage{op_amp{.gain = gain{140.7}, .corner = corner_of(gain{140.7}, 1.5_MHz), .input_capacitance = 2.5_pF}, resistor{5.54_kOhm},
                   series{resistor{680_Ohm}, capacitor{208_uF}}},
    series_arm{capacitor{29_uF}},
    shunt_arm{resistor{906_kOhm}},
};

/// `count` real poles, each the one before times a ratio, from 30 Hz up, in curves of four.
template <int count>
auto poles_in_a_row(double ratio)
{
    double t = 5.3e-3;
    const auto four = [&](std::size_t) {
        curve c;
        for (duration& lag : c.lags) lag = duration{std::exchange(t, t / ratio)};
        return c;
    };
    return [&]<std::size_t... i>(std::index_sequence<i...>) { return chain{voltage_source{}, four(i)...}; }
    (std::make_index_sequence<count / 4>{});
}

/// A source and `count` blocks, each made by a function of its number.
template <std::size_t... i>
auto chain_of(std::index_sequence<i...>, auto&& block)
{
    return chain{voltage_source{}, block(i)...};
}

struct rc_section {
    static constexpr signal_role role = signal_role::stage;
    resistance r{1e3};
    capacitance c{1e-9};
    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        circuit.resistor(in, out, r);
        circuit.capacitor(out, ground, c);
        return out;
    }
};

void is_refused(const auto& schematic, const std::string& part, const std::string& rule, double value)
{
    const fault found = check(schematic);
    CHECK(std::string{found.part} == part);
    CHECK(std::string{found.rule} == rule);
    CHECK(found.value.value_or(0.0) == value);
    static_cast<void>(poles_zeros(schematic));   // all of it, although there is no room for so many
}

}   // namespace

TEST_CASE("Two op-amps of 138 and 141 dB have the poles and zeros of their nodal equations")
{
    const double off = disagreement_db(loud_two_stages);
    figure("two op-amps of high gain: poles and zeros against nodal equations", off, "dB", 1e-9);
    CHECK(off <= 1e-9);
    CHECK(decibels(response(loud_two_stages, 20_kHz)) == Approx(62.084197).margin(1e-6));
    runs_within("the same, running at six rates", loud_two_stages, 1e-4);
}

TEST_CASE("The zeros of networks that attenuate by 200 dB are not lost to rounding")
{
    for (const std::uint64_t number : {456867u, 33541u, 362357u, 680694u, 193290u}) {
        robustness::generator from{number * 0x9e3779b97f4a7c15u + 12345};
        robustness::with_schematic(static_cast<int>(number % robustness::linear_families), from, [&](const auto& schematic) {
            INFO("case " << number);
            CHECK_FALSE(check(schematic));
            CHECK(disagreement_db(schematic) <= 1e-6);
        });
    }
}

TEST_CASE("Curves that rise without limit are designed as well as those that fall")
{
    runs_within("one lead of 75 us", chain{voltage_source{}, curve{.leads = {75_us}}}, 1e-4);
    runs_within("leads of 318 and 75 us", chain{voltage_source{}, curve{.leads = {318_us, 75_us}}}, 1e-4);
    runs_within("four leads and a lag", chain{voltage_source{}, curve{.lags = {3180_us}, .leads = {318_us, 75_us, 50_us, 10_us}}}, 1e-3);
    constexpr chain rising{voltage_source{}, curve{.leads = {318_us, 75_us}}};
    preamp<rising> constant{44.1_kHz};
    CHECK(constant.accuracy() <= 1e-4);
}

TEST_CASE("An accuracy is known at compile time")
{
    constexpr chain schematic{voltage_source{}, riaa};
    constexpr auto filter = design(schematic, 44.1_kHz);
    constexpr double error = accuracy(filter, schematic);
    STATIC_REQUIRE(error > 0.0);
    STATIC_REQUIRE(error < 5e-5);
    CHECK(accuracy(design(schematic, 4_kHz), schematic) == std::numeric_limits<double>::infinity());
    const tunable_preamp silent{schematic, 4_kHz};
    CHECK(silent.accuracy() == std::numeric_limits<double>::infinity());
}

TEST_CASE("Many real poles in a row run, and what is off is told")
{
    for (const double ratio : {1.2, 1.25, 1.3, 1.33}) {
        const auto sixteen = poles_in_a_row<16>(ratio);
        const auto twenty_four = poles_in_a_row<24>(ratio);
        for (const double rate : measure::six_rates) {
            const auto model = analyse(twenty_four);
            const digital_filter filter = design(twenty_four, frequency{rate});
            const tunable_preamp running{twenty_four, frequency{rate}};
            REQUIRE_FALSE(running.problem());
            // What runs is the design; of errors near a decibel, which rounding decides, within two thousandths.
            CHECK(running.accuracy() == Approx(accuracy(filter, model)).epsilon(0.002).margin(1e-6));
            tunable_preamp<std::remove_const_t<decltype(sixteen)>, float> narrow{sixteen, frequency{rate}};
            if (narrow.problem()) {
                CHECK(std::string{narrow.problem().rule}.ends_with("use double"));
                CHECK(narrow(1.0f) == 0.0f);
                continue;
            }
            bool is_finite = true;
            for (int n = 0; n < 2000; ++n) is_finite = is_finite && std::isfinite(narrow(n < 1000 ? 1e12f : -1e12f));
            CHECK(is_finite);
        }
    }
}

TEST_CASE("More poles, zeros or inverses than there may be are refused by name, however many")
{
    is_refused(chain_of(std::make_index_sequence<70>{}, [](std::size_t) { return rc_section{}; }), "number of poles", "must be at most 24",
               70.0);
    is_refused(chain_of(std::make_index_sequence<17>{}, [](std::size_t) { return inverse(riaa); }), "number of inverse curves",
               "must be at most 2", 17.0);
    const curve rising{.leads = {318_us, 75_us, 50_us, 10_us}};
    is_refused(chain_of(std::make_index_sequence<17>{}, [&](std::size_t) { return rising; }), "number of zeros", "must be at most 24",
               68.0);
    math::roots many;
    for (int i = 0; i < 100; ++i) many.add({-1.0, i % 2 == 0 ? 0.0 : 1.0});
    CHECK(many.count == math::roots::capacity);
    CHECK(many.degree() == 150);
}

TEST_CASE("An inverse of an inverse runs in float as it does in double")
{
    // The recording curve as a curve of its own, undone.
    const curve cut{.lags = {318_us}, .leads = {3180_us, 75_us}};
    const chain twice{voltage_source{}, inverse(cut)};
    const double error = running_error_db<float>(twice);
    figure("inverse of a recording curve, float", error, "dB", 1e-3);
    CHECK(error <= 1e-3);
}

TEST_CASE("A random search finds no linear circuit that is wrong without saying so")
{
    constexpr long cases = is_sanitized ? 1000 : 36000;
    const auto all = robustness::search_linear(1000000, cases);
    const auto count = [](const std::string& what, long found) {
        measure::figure("random linear circuits: " + what, static_cast<double>(found), "", 0.0);
        CHECK(found == 0);
    };
    count("poles and zeros beyond 0.01 dB of the nodal equations", all.disagreements);
    count("errors beyond 0.05 dB that accuracy() does not tell", all.untold + all.untold_in_float);
    count("unstable", all.unstable);
    count("not finite", all.not_finite);
    count("without room in their kernel", all.without_room);
    figure("the worst disagreement", all.disagreement_db.value, "dB", 1e-5);
    CHECK(all.disagreement_db.value <= 1e-5);
    CHECK(all.tried == cases);
    for (const auto& [text, times] : all.faults) measure::note(text, std::to_string(times));
    measure::note("told by accuracy(): beyond 0.05 dB in double", std::to_string(all.inaccurate));
    measure::note("told by accuracy(): beyond 0.05 dB in float", std::to_string(all.inaccurate_in_float));
}
