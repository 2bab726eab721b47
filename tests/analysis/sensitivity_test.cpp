// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/analysis/sensitivity.hpp>
#include <phono/catalogue/nachbaur.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/equaliser/passive_network.hpp>
#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/step_up_transformer.hpp>

#include <cmath>

// dB per % of every part, by the adjoint circuit, against differences of the responses themselves.

using namespace phono;
using namespace phono::literals;

namespace {

constexpr double per_nepers_hundredth = 20.0 / 2.302585092994045684 / 100.0;   // dB per %

/// d ln|H| / d ln value by five points, whose error is of the fourth order.
template <netlist_size size>
double by_differences(const flat_netlist<size>& flat, int place, frequency f)
{
    constexpr double step = 2e-3;
    const auto at = [&](double steps) {
        flat_netlist<size> other = flat;
        other.parts[place].value *= std::exp(steps * step);
        return std::log(std::abs(response(circuit{other}, f)));
    };
    return (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step);
}

template <netlist_size size>
double largest_error(const circuit<size>& held)
{
    const auto found = sensitivity(held, {}, {.per_octave = 2});
    REQUIRE_FALSE(found.problem);
    REQUIRE(found.parts.size() > 3);
    double largest = 0.0, error = 0.0;
    for (const auto& each : found.parts) {
        const double at_reference = by_differences(held.netlist(), each.part.place, 1_kHz);
        for (std::size_t i = 0; i < found.at.size(); i += 5) {
            const double expected = per_nepers_hundredth * by_differences(held.netlist(), each.part.place, found.at[i]);
            INFO(each.part.name << " at " << found.at[i].si);
            largest = std::max(largest, std::fabs(expected));
            error = std::max(error, std::fabs(each.gain[i] - expected));
            error = std::max(error, std::fabs(each.deviation[i] - expected + per_nepers_hundredth * at_reference));
        }
    }
    CHECK(largest > 0.01);
    return error / largest;
}

}   // namespace

TEST_CASE("The sensitivity of an RC low-pass is that of its formula")
{
    // |H|^2 = 1/(1 + (w t)^2): d ln|H| / d ln t = -(w t)^2/(1 + (w t)^2), and t is the product of both parts.
    const auto found = sensitivity(chain{voltage_source{}, series_arm{resistor{10_kOhm}}, shunt_arm{capacitor{10_nF}}});
    REQUIRE(found.parts.size() == 2);
    CHECK(found.parts[0].part.name == "capacitor");   // 5 % beside 1 %
    CHECK(found.parts[1].part.name == "resistor");
    for (const auto& each : found.parts) {
        for (std::size_t i = 0; i < found.at.size(); ++i) {
            const double turn = std::pow(2.0 * math::pi * found.at[i].si * 1e-4, 2.0);
            CHECK(std::fabs(each.gain[i] + per_nepers_hundredth * turn / (1.0 + turn)) < 1e-15);
        }
    }
    CHECK(found.parts[0].of_tolerance() == Approx(5.0 * std::fabs(found.parts[0].worst)));
    CHECK(found.parts[0].worst_at == 20_kHz);
}

TEST_CASE("Sensitivities are the derivatives of the response: cartridge, transformer, load and a passive network")
{
    constexpr auto stepped_up =
        chain{moving_coil_cartridge{.inductance = 20_uH}, step_up_transformer{.ratio = 10.0, .primary_resistance = 2_Ohm},
              loading{.resistance = 47_kOhm, .capacitance = 150_pF}, buffer{20_dB},
              passive_network_for<shunt_form::parallel>(riaa, {.impedance = 22_kOhm})};
    const double error = largest_error(circuit{stepped_up});
    measure::figure("sensitivities, passive", error, "of the largest", 1e-6);
    CHECK(error < 1e-6);
}

TEST_CASE("Sensitivities are the derivatives of the response: feedback around an amplifier")
{
    const double error = largest_error(circuit{preamps::nachbaur_magnetic_cartridge});
    measure::figure("sensitivities, feedback", error, "of the largest", 1e-6);
    CHECK(error < 1e-6);
}

TEST_CASE("Sensitivities are the derivatives of the response: triodes, whose operating points move")
{
    const double error = largest_error(circuit{preamps::tube_feedback_riaa});
    measure::figure("sensitivities, triodes", error, "of the largest", 1e-6);
    CHECK(error < 1e-6);
}

TEST_CASE("All impedances raised by one per cent leave a ratio of voltages as it is")
{
    // So the sensitivities to resistors add up to those to capacitors, at every frequency: H does not depend on the level of impedance.
    const auto found =
        sensitivity(chain{voltage_source{}, passive_network_for<shunt_form::series>(riaa, {.impedance = 10_kOhm, .load = 470_kOhm}),
                          shunt_arm{resistor{470_kOhm}}});
    REQUIRE(found.parts.size() == 5);
    for (std::size_t i = 0; i < found.at.size(); ++i) {
        double sum = 0.0;
        for (const auto& each : found.parts) sum += (each.part.kind == part_kind::capacitor ? -1.0 : 1.0) * each.gain[i];
        CHECK(std::fabs(sum) < 1e-14);
    }
}

TEST_CASE("A circuit with a fault, and a tolerance that is none, have no sensitivities")
{
    const auto wrong = sensitivity(chain{voltage_source{}, series_arm{resistor{resistance{-1.0}}}, shunt_arm{capacitor{10_nF}}});
    CHECK(std::string{wrong.problem.rule} == "must be above zero");
    CHECK(wrong.parts.empty());
    const auto negative =
        sensitivity(chain{voltage_source{}, series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{10_nF}}}, {.resistors = percent{-1.0}});
    CHECK(std::string{negative.problem.rule} == "must have a tolerance of 0 % or above and below 100 %");
}
