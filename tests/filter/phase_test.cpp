// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

using namespace phono;
using namespace phono::literals;

namespace {

constexpr chain riaa_alone{voltage_source{}, riaa};
constexpr chain magnetic{magnetic_cartridge{.resistance = 1_kOhm, .inductance = 0.5_H},
                         loading{.resistance = 47_kOhm, .capacitance = 150_pF}, riaa};

struct phase_error {
    double degrees = 0.0;   ///< the largest, after the best delay
    double delay = 0.0;     ///< that delay in samples, positive where the digital side is late
};

/// To 20 kHz, the delay that makes the largest phase difference smallest. The difference is a straight line of the delay at each frequency, and the
/// largest of straight lines is convex: thirds of an interval find its least.
phase_error best_delay(const auto& response, const auto& reference, double rate)
{
    constexpr int points = 4000;
    std::vector<double> turn(points), missing(points);
    double before = 0.0;
    for (int i = 0; i < points; ++i) {
        const double f = 20.0 + (20e3 - 20.0) * i / (points - 1);
        double phase = static_cast<double>(std::arg(measure::complex{response(f)} / measure::complex{reference(f)}));
        while (phase - before > 3.141592653589793) phase -= 6.283185307179586;
        while (phase - before < -3.141592653589793) phase += 6.283185307179586;
        before = missing[static_cast<std::size_t>(i)] = phase;
        turn[static_cast<std::size_t>(i)] = 6.283185307179586 * f / rate;
    }
    const auto largest = [&](double delay) {
        double most = 0.0;
        for (std::size_t i = 0; i < missing.size(); ++i) most = std::max(most, std::fabs(missing[i] + delay * turn[i]));
        return most * 57.29577951308232;
    };
    double low = -20.0, high = 20.0;
    for (int i = 0; i < 150; ++i) {
        const double a = low + (high - low) / 3.0, b = high - (high - low) / 3.0;
        if (largest(a) < largest(b)) high = b;
        else low = a;
    }
    return {largest(0.5 * (low + high)), 0.5 * (low + high)};
}

auto filtered(const digital_filter& filter)
{
    return [filter](double f) { return measure::digital(filter, f); };
}

}   // namespace

TEST_CASE("corrected RIAA at 44.1 kHz keeps the phase of the analogue to 0.1 degree")
{
    const auto exact = measure::exact(riaa);
    const auto minimum = design(riaa_alone, 44.1_kHz), corrected = design(riaa_alone, 44.1_kHz, phase::corrected);
    const phase_error before = best_delay(filtered(minimum), exact, 44100.0), after = best_delay(filtered(corrected), exact, 44100.0);
    measure::note("RIAA, 44.1 kHz, minimum phase, degrees", std::to_string(before.degrees));
    measure::figure("RIAA, 44.1 kHz, phase corrected", after.degrees, "deg", 0.1);
    CHECK(before.degrees == Approx(3.4).margin(0.1));
    CHECK(after.degrees <= 0.1);

    const double residue_off = std::fabs(corrected.phase_residue / after.degrees - 1.0),
                 delay_off = std::fabs(corrected.delay / after.delay - 1.0);
    measure::figure("its reported residue against the measured one, relative", residue_off, "", 0.01);
    measure::figure("its reported delay against the measured one, relative", delay_off, "", 0.01);
    CHECK(corrected.phase_residue == Approx(after.degrees).epsilon(0.01));
    CHECK(corrected.delay == Approx(after.delay).epsilon(0.01));

    const double magnitude = measure::worst_error_db(corrected, exact);
    measure::figure("its magnitude", magnitude, "dB", 5e-5);
    CHECK(magnitude <= 5e-5);
}

TEST_CASE("the running preamp has the phase that its design promises")
{
    preamp<riaa_alone, double, phase::corrected> running{44.1_kHz};
    const auto h = measure::impulse_response<double>(running, 44100);
    const auto heard = [&](double f) { return measure::transform(h, f, 44100.0); };
    const auto exact = measure::exact(riaa);
    double worst = 0.0;
    for (const double f : measure::log_frequencies(20.0, 20e3, 200)) {
        const measure::real delayed = 2.0L * measure::pi * f * running.latency() / 44100.0L;
        const auto undelayed = measure::complex{heard(f)} * std::polar(1.0L, delayed);
        worst = std::max(worst, std::fabs(static_cast<double>(std::arg(undelayed / exact(f)))) * 57.29577951308232);
    }
    measure::figure("through the kernel, after latency()", worst, "deg", 0.1);
    CHECK(worst <= 0.1);
    const double magnitude = measure::worst_error_db(heard, exact, measure::log_frequencies(20.0, 20e3, 200));
    measure::figure("through the kernel, magnitude", magnitude, "dB", 5e-5);
    CHECK(magnitude <= 5e-5);
}

TEST_CASE("the corrector brings every rate and a cartridge nearer to the analogue phase")
{
    const measure::loaded_cartridge cartridge{1e3L, 0.5L, 47e3L, 150e-12L};
    const auto exact_riaa = measure::exact(riaa);
    const auto check_rate = [](const auto& schematic, const auto& exact, double rate, const std::string& name) {
        const auto minimum = best_delay(filtered(design(schematic, frequency{rate})), exact, rate);
        const auto filter = design(schematic, frequency{rate}, phase::corrected);
        const auto corrected = best_delay(filtered(filter), exact, rate);
        measure::figure(name + ", " + measure::in_khz(rate), corrected.degrees, "deg", minimum.degrees);
        CHECK(filter.is_stable());
        CHECK(corrected.degrees < minimum.degrees);
        CHECK(filter.phase_residue == Approx(corrected.degrees).epsilon(0.01).margin(1e-6));
        CHECK(filter.delay == Approx(corrected.delay).epsilon(0.01));
        const double magnitude = measure::worst_error_db(filter, exact);
        CHECK(magnitude <= 1e-3);
    };
    for (const double rate : measure::six_rates) {
        check_rate(riaa_alone, exact_riaa, rate, "RIAA, corrected against minimum phase");
        check_rate(
            magnetic, [&](double f) { return exact_riaa(f) * cartridge(f); }, rate, "cartridge and RIAA, the same");
    }
}

TEST_CASE("the corrector's error is as small as an all-pass of its order and a delay can make it")
{
    // Chebyshev's alternation: with order + 1 numbers to choose the error has order + 2 extremes of equal size and alternating sign.
    const measure::loaded_cartridge cartridge{1e3L, 0.5L, 47e3L, 150e-12L};
    const auto exact_riaa = measure::exact(riaa);
    const auto check = [](const digital_filter& filter, const auto& exact, const std::string& name) {
        std::vector<double> extremes;   // the largest of each run of one sign, to 20 kHz
        for (int i = 1; i <= 4000; ++i) {
            const double f = 20e3 * i / 4000.0;
            const measure::real turn = 2.0L * measure::pi * f * filter.delay / filter.rate.si;
            const double error = static_cast<double>(
                std::arg(measure::complex{measure::digital(filter, f)} / measure::complex{exact(f)} * std::polar(1.0L, turn)));
            if (extremes.empty() || (error < 0.0) != (extremes.back() < 0.0)) extremes.push_back(error);
            else if (std::fabs(error) > std::fabs(extremes.back())) extremes.back() = error;
        }
        const std::size_t wanted = static_cast<std::size_t>(filter.all_pass.degree()) + 2;
        REQUIRE(extremes.size() >= wanted);
        double least = 1e9, most = 0.0;
        for (std::size_t i = extremes.size() - wanted; i < extremes.size(); ++i) {
            least = std::min(least, std::fabs(extremes[i]));
            most = std::max(most, std::fabs(extremes[i]));
        }
        measure::figure(name + ", " + measure::in_khz(filter.rate.si) + ", its extremes apart", most / least - 1.0, "", 0.01);
        CHECK(most / least - 1.0 <= 0.01);
    };
    for (const double rate : {48e3, 88.2e3, 96e3}) {
        check(design(riaa_alone, frequency{rate}, phase::corrected), exact_riaa, "RIAA");
        check(
            design(magnetic, frequency{rate}, phase::corrected), [&](double f) { return exact_riaa(f) * cartridge(f); },
            "cartridge and RIAA");
    }
}

TEST_CASE("latency is that of the corrector, and none without it")
{
    const preamp<riaa_alone> minimum{44.1_kHz};
    const preamp<riaa_alone, double, phase::corrected> corrected{44.1_kHz};
    CHECK(minimum.latency() == 0.0);
    CHECK(corrected.latency() == design(riaa_alone, 44.1_kHz, phase::corrected).delay);
    CHECK(corrected.latency() > 0.0);
    CHECK(corrected.latency() < 3.0);
}
