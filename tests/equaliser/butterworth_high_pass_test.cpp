// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

using namespace phono;
using namespace phono::literals;

namespace {

constexpr auto quiet_riaa = chain{voltage_source{}, normalised(riaa), butterworth_high_pass{.corner = 20_Hz, .order = 3}};

/// The magnitude that Butterworth's paper defines.
measure::real magnitude(measure::real corner, int order, measure::real f)
{
    return 1.0L / std::sqrt(1.0L + std::pow(corner / f, static_cast<measure::real>(2 * order)));
}

/// The roots of 1 + (-s^2)^n = 0 that lie in the left half-plane, multiplied out.
measure::complex response_of(measure::real corner, int order, measure::real f)
{
    const measure::complex s{0.0L, f / corner};
    measure::complex h{1.0L};
    for (int k = 1; k <= order; ++k)
        h *=
            s / (s - std::polar(1.0L, measure::pi * static_cast<measure::real>(2 * k + order - 1) / static_cast<measure::real>(2 * order)));
    return h;
}

}   // namespace

TEST_CASE("a Butterworth high-pass is 3 dB down at its corner and falls by 6 dB an octave and order")
{
    double worst = 0.0, worst_phase = 0.0;
    for (int order = 1; order <= 8; ++order)
        for (const double corner : {0.5, 20.0, 80.0, 3000.0})
            for (const double f : measure::log_frequencies(0.1 * corner, 100.0 * corner, 100)) {
                const chain filter{voltage_source{}, butterworth_high_pass{frequency{corner}, order}};
                const auto h = response(filter, frequency{f});
                worst = std::max(worst, std::fabs(measure::decibels(std::abs(measure::complex{h}) / magnitude(corner, order, f))));
                worst_phase =
                    std::max(worst_phase, static_cast<double>(std::abs(std::arg(measure::complex{h} / response_of(corner, order, f)))));
            }
    measure::figure("Butterworth high-passes of order 1 to 8 against their formula", worst, "dB", 1e-11);
    CHECK(worst <= 1e-11);
    CHECK(worst_phase <= 1e-12);
}

TEST_CASE("RIAA with a rumble filter is designed as exactly as RIAA alone")
{
    const auto exact_riaa = measure::exact(normalised(riaa));
    double worst = 0.0;
    for (const double rate : measure::six_rates)
        for (const int order : {2, 3, 4})
            for (const double corner : {5.0, 20.0, 70.0}) {
                const chain schematic{voltage_source{}, normalised(riaa), butterworth_high_pass{frequency{corner}, order}};
                const auto filter = design(schematic, frequency{rate});
                INFO(corner << " Hz, order " << order << ", at " << rate);
                CHECK(filter.is_stable());
                CHECK(filter.fallback == 0);
                const auto wanted = [&](double f) { return std::abs(exact_riaa(f)) * magnitude(corner, order, f); };
                worst = std::max(worst, measure::worst_error_db(filter, wanted, measure::log_frequencies(2.0, 20e3, 500)));
            }
    measure::figure("RIAA and a high-pass of order 2 to 4, six rates, 2 Hz to 20 kHz", worst, "dB", 5e-5);
    CHECK(worst <= 5e-5);
}

TEST_CASE("a constant schematic with a rumble filter runs and rejects a warp")
{
    preamp<quiet_riaa> running{44.1_kHz};
    std::vector<double> warp(10 * 44'100);
    for (std::size_t i = 0; i < warp.size(); ++i) warp[i] = std::sin(2.0 * double(measure::pi) * 4.0 / 44'100.0 * double(i));
    running.process(warp);
    const double peak = *std::max_element(warp.end() - 44'100, warp.end());
    const auto wanted = std::abs(measure::exact(normalised(riaa))(4.0L)) * magnitude(20.0L, 3, 4.0L);
    CHECK(peak == Approx(static_cast<double>(wanted)).epsilon(1e-4));
}

TEST_CASE("a high-pass that cannot be is a fault")
{
    const auto fault_of = [](butterworth_high_pass wrong) { return check(chain{voltage_source{}, wrong}); };
    CHECK_FALSE(fault_of({}));
    CHECK(std::string{fault_of({0_Hz, 2}).part} == "butterworth_high_pass.corner");
    CHECK(std::string{fault_of({-20_Hz, 2}).rule} == "must be above zero");
    CHECK(std::string{fault_of({20_Hz, 0}).part} == "butterworth_high_pass.order");
    CHECK(std::string{fault_of({20_Hz, 9}).rule} == "must be from 1 to 8");
}
