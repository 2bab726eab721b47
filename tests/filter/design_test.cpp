// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/large_signal/step/post_correction.hpp>

#include <fstream>
#include <limits>
#include <sstream>

using namespace phono;
using namespace phono::literals;

namespace {

constexpr chain magnetic{magnetic_cartridge{.output = 5_mV, .resistance = 1_kOhm, .inductance = 0.5_H},
                         loading{.resistance = 47_kOhm, .capacitance = 150_pF}, riaa};
const measure::loaded_cartridge exact_cartridge{1e3L, 0.5L, 47e3L, 150e-12L};

measure::complex exact_magnetic(double f) { return exact_cartridge(f) * measure::exact(riaa)(f); }

digital_filter design_curve(const curve& c, double rate) { return design(chain{voltage_source{}, c}, frequency{rate}); }

struct worst_case {
    double error = 0.0;
    std::string where = "-";

    void take(double tried, const std::string& at)
    {
        if (!(tried <= error)) error = tried, where = at;
    }
};

/// The worst error over the catalogue at each of some rates.
worst_case worst_of_catalogue(const auto& rates)
{
    worst_case worst;
    for (const auto& known : catalogue::curves)
        for (const double rate : rates) {
            const auto filter = design_curve(known.value, rate);
            const double error = measure::worst_error_db(filter, measure::exact(known.value));
            worst.take(error, std::string{known.name} + " at " + measure::in_khz(rate));
        }
    return worst;
}

void report(const std::string& what, const worst_case& worst, double bound)
{
    measure::figure(what + ": " + worst.where, worst.error, "dB", bound);
    CHECK(worst.error <= bound);
}

/// The response of a schematic, in the library's own words.
auto analogue(const auto& schematic)
{
    return [schematic](double f) { return response(schematic, frequency{f}); };
}

}   // namespace

TEST_CASE("every curve follows the analogue to 20 kHz at the six usual rates")
{
    for (const double rate : measure::six_rates) {
        const double bound = rate < 80e3 ? 5e-5 : 1e-6;
        report("RIAA, 20 Hz-20 kHz, " + measure::in_khz(rate),
               {measure::worst_error_db(design_curve(riaa, rate), measure::exact(riaa)), "double"}, bound);
        report("every curve, " + measure::in_khz(rate), worst_of_catalogue(std::array{rate}), bound);
    }
}

TEST_CASE("every curve follows the analogue at unusual rates from 8 to 768 kHz")
{
    for (const double rate : measure::other_rates)
        report("every curve, " + measure::in_khz(rate), worst_of_catalogue(std::array{rate}), 5e-5);
}

TEST_CASE("every curve follows the analogue at 200 random rates")
{
    std::mt19937 engine{2024};
    std::vector<double> rates(200);
    for (double& rate : rates) rate = 8e3 * std::pow(96.0, static_cast<double>(engine()) / 4294967295.0);
    report("every curve, 200 random rates", worst_of_catalogue(rates), 5e-5);
}

TEST_CASE("a magnetic cartridge, its load and RIAA follow the analogue at six rates")
{
    for (const double rate : measure::six_rates) {
        const auto filter = design(magnetic, frequency{rate});
        report("0.5 H, 1 kOhm, 47 kOhm, 150 pF, RIAA", {measure::worst_error_db(filter, exact_magnetic), measure::in_khz(rate)}, 1e-3);
        CHECK(filter.is_stable());
        CHECK(filter.fallback == 0);
    }
}

// Test vectors ----------------------------------------------------------------------------------------------------------------------------

namespace {

struct vector_row {
    std::string name;
    double rate = 0.0, gain = 0.0, error = 0.0;
    std::vector<std::complex<double>> zeros, poles;
};

std::vector<std::complex<double>> parse_roots(const std::string& text)
{
    std::vector<std::complex<double>> roots;
    std::istringstream words{text};
    double re = 0.0, im = 0.0;
    char j = 0;
    while (words >> re >> im >> j) roots.emplace_back(re, im);
    return roots;
}

std::vector<vector_row> read_vectors()
{
    std::ifstream file{PHONO_REFERENCE "/matched_design/vectors.csv"};
    std::vector<vector_row> rows;
    std::string line, set, number, zeros, poles, skipped;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields{line};
        vector_row row;
        std::getline(fields, row.name, ',');
        std::getline(fields, number, ',');
        row.rate = std::stod(number);
        std::getline(fields, set, ',');
        std::getline(fields, number, ',');
        row.gain = std::stod(number);
        std::getline(fields, skipped, '"'), std::getline(fields, zeros, '"');
        std::getline(fields, skipped, '"'), std::getline(fields, poles, '"');
        row.zeros = parse_roots(zeros);
        row.poles = parse_roots(poles);
        std::getline(fields, skipped, ',');
        std::getline(fields, number, ',');
        row.error = std::stod(number);
        rows.push_back(row);
    }
    return rows;
}

double distance_to_nearest(std::complex<double> root, const math::roots& roots)
{
    double nearest = 1e9;
    for (const auto r : roots) nearest = std::min(nearest, std::abs(root - std::complex<double>{r.re, r.im}));
    return nearest;
}

}   // namespace

TEST_CASE("the design meets the test vectors of its prototype")
{
    const auto rows = read_vectors();
    REQUIRE(rows.size() == 25);
    double worst_root = 0.0, worst_ratio = 0.0;
    for (const auto& row : rows) {
        INFO(row.name << " at " << row.rate);
        const auto frequencies = measure::log_frequencies(20.0, std::min(20e3, 0.45 * row.rate), 2000);   // the vectors' own
        const frequency rate{row.rate};
        const curve amplifier{.lags = {time_constant(2_kHz)}, .level = 60_dB};
        const chain cartridge{magnetic_cartridge{.resistance = 1_kOhm, .inductance = 0.5_H},
                              loading{.resistance = 47_kOhm, .capacitance = 150_pF}};
        digital_filter filter;
        double error = 0.0;
        std::vector<double> mapped_zeros;
        if (row.name.find("riaa") != std::string::npos) mapped_zeros.push_back(std::exp(-1.0 / (318e-6 * row.rate)));
        if (row.name == "riaa_iec") mapped_zeros.push_back(1.0);
        if (row.name == "cartridge_0.5H_1k_load_47k_150pF") {
            filter = design(cartridge, rate);
            error = measure::worst_error_db(filter, exact_cartridge, frequencies);
        } else if (row.name == "cartridge_0.5H_1k_load_47k_150pF_riaa") {
            filter = design(magnetic, rate);
            error = measure::worst_error_db(filter, exact_magnetic, frequencies);
        } else {
            const curve& c = row.name == "riaa" ? riaa : row.name == "riaa_iec" ? riaa_iec : amplifier;
            REQUIRE((&c != &amplifier || row.name == "amplifier_60dB_2kHz"));
            filter = design_curve(c, row.rate);
            error = measure::worst_error_db(filter, measure::exact(c), frequencies);
        }
        REQUIRE(filter.poles.count == static_cast<int>(row.poles.size()));
        for (const auto p : row.poles) worst_root = std::max(worst_root, distance_to_nearest(p, filter.poles));
        for (const double z : mapped_zeros) worst_root = std::max(worst_root, distance_to_nearest(z, filter.zeros));
        for (std::size_t i = 0; i < mapped_zeros.size(); ++i) CHECK(std::abs(row.zeros[i] - mapped_zeros[i]) < 1e-12);
        CHECK(error <= 1.1 * row.error);
        worst_ratio = std::max(worst_ratio, error / row.error);
    }
    measure::figure("poles and mapped zeros off their vectors", worst_root, "", 1e-12);
    measure::figure("response error over that of the vector", worst_ratio, "", 1.1);
    CHECK(worst_root <= 1e-12);
}

// Constant expressions --------------------------------------------------------------------------------------------------------------------

namespace {

constexpr chain riaa_alone{voltage_source{}, riaa};
constexpr digital_filter riaa_44 = design(riaa_alone, 44.1_kHz);
constexpr digital_filter magnetic_96 = design(magnetic, 96_kHz);
static_assert(riaa_44.is_stable() && riaa_44.fallback == 0);
static_assert(magnetic_96.is_stable() && magnetic_96.fallback == 0);
static_assert(riaa_44.poles.count == 5 && riaa_44.zeros.count == 5);
constexpr parallel_form riaa_modes = partial_fractions(riaa_44);
static_assert(riaa_modes.real_count == 5);

double worst_difference(const digital_filter& a, const digital_filter& b)
{
    double worst = std::fabs(a.gain - b.gain) / std::fabs(b.gain);
    REQUIRE(a.poles.count == b.poles.count);
    REQUIRE(a.zeros.count == b.zeros.count);
    for (const auto p : b.poles) worst = std::max(worst, distance_to_nearest({p.re, p.im}, a.poles));
    for (const auto z : b.zeros) worst = std::max(worst, distance_to_nearest({z.re, z.im}, a.zeros));
    return worst;
}

}   // namespace

TEST_CASE("a design made by the compiler is the design made at run time")
{
    const double worst =
        std::max(worst_difference(riaa_44, design(riaa_alone, 44.1_kHz)), worst_difference(magnetic_96, design(magnetic, 96_kHz)));
    measure::figure("coefficients of the compiler against those at run time", worst, "", 1e-9);
    CHECK(worst <= 1e-9);
}

// Orders 1 to 12 --------------------------------------------------------------------------------------------------------------------------

namespace {

constexpr resistor shelf_series{10_kOhm}, shelf_shunt{20_kOhm};
constexpr capacitor coupling{100_nF};

/// `n` sections of a resistor and a capacitor to ground, each loading the one before a little: corners from 30 down to 3 kHz.
template <int n, class... Block>
auto ladder(Block... before)
{
    if constexpr (n == 0) return chain{before...};
    else {
        const double corner_hz = 3e3 * std::pow(10.0, (n - 1) / 11.0), ohms = 1e8 / std::pow(2.5, n);
        return ladder<n - 1>(before..., series_arm{resistor{resistance{ohms}}},
                             shunt_arm{capacitor{capacitance{1.0 / (6.283185307179586 * corner_hz * ohms)}}});
    }
}

/// `n` shelving sections: a resistor, then a resistor and a capacitor in series to ground.
template <int n, class... Block>
auto shelves(Block... before)
{
    if constexpr (n == 0) return chain{before...};
    else {
        const double corner_hz = 30.0 * std::pow(1000.0, (n - 1) / 11.0);
        const capacitance c{1.0 / (6.283185307179586 * corner_hz * 10e3)};
        return shelves<n - 1>(before..., series_arm{shelf_series}, shunt_arm{series(shelf_shunt, capacitor{c})});
    }
}

/// `n` coupling capacitors with their grid leaks, corners about 2 to 20 Hz.
template <int n, class... Block>
auto couplings(Block... before)
{
    if constexpr (n == 0) return chain{before...};
    else return couplings<n - 1>(before..., series_arm{coupling}, shunt_arm{resistor{resistance{1e6 * n}}});
}

void check_schematic(const auto& schematic, int order, const std::string& name)
{
    worst_case worst;
    REQUIRE(poles_zeros(schematic).poles.degree() == order);
    for (const double rate : measure::six_rates) {
        const auto filter = design(schematic, frequency{rate});
        INFO(name << ", order " << order << ", " << rate);
        CHECK_FALSE(check(schematic, frequency{rate}));
        CHECK(filter.is_stable());
        const auto f = measure::log_frequencies(20.0, 20e3, 300);
        const double error = measure::worst_error_db(filter, analogue(schematic), f);
        worst.take(error, measure::in_khz(rate) + ", fallback " + std::to_string(filter.fallback));
    }
    report("order " + std::to_string(order) + ", " + name, worst, 1e-3);
}

template <int... n>
void check_orders(std::integer_sequence<int, n...>)
{
    (check_schematic(ladder<n + 1>(voltage_source{}), n + 1, "RC ladder"), ...);
    (check_schematic(shelves<n + 1>(voltage_source{}), n + 1, "shelves"), ...);
    (check_schematic(couplings<n + 1>(voltage_source{}), n + 1, "couplings"), ...);
}

}   // namespace

TEST_CASE("circuits of order 1 to 12 follow the analogue at six rates") { check_orders(std::make_integer_sequence<int, 12>{}); }

TEST_CASE("a cartridge and one to three curves, orders 4 to 11, follow the analogue at six rates")
{
    const magnetic_cartridge cartridge{.resistance = 700_Ohm, .inductance = 0.4_H};
    const loading load{.resistance = 47_kOhm, .capacitance = 200_pF};
    check_schematic(chain{cartridge, load, curves::aes}, 4, "cartridge, AES");
    check_schematic(chain{cartridge, load, riaa_iec}, 5, "cartridge, RIAA IEC");
    check_schematic(chain{cartridge, load, riaa_iec, curves::bass_629}, 6, "cartridge, RIAA IEC, bass");
    check_schematic(chain{cartridge, load, riaa_iec, curves::columbia_lp}, 7, "cartridge, RIAA IEC, Columbia");
    check_schematic(chain{cartridge, load, riaa_iec, riaa_iec}, 8, "cartridge, RIAA IEC twice");
    check_schematic(chain{cartridge, load, riaa_iec, riaa_iec, curves::aes, curves::bass_629}, 11, "cartridge, four curves");
}

// Through the running kernel --------------------------------------------------------------------------------------------------------------

namespace {

double error_through_kernel(const curve& c, double rate)
{
    tunable_preamp<chain<voltage_source, curve>, float> kernel{chain{voltage_source{}, c}, frequency{rate}};
    const auto h = measure::impulse_response<float>(kernel, static_cast<std::size_t>(rate));   // 1 s: 60 time constants of 10 Hz
    return measure::worst_error_db([&](double f) { return measure::transform(h, f, rate); }, measure::exact(c), measure::band(rate, 60));
}

}   // namespace

TEST_CASE("in float the running kernel follows the analogue to 1e-3 dB")
{
    for (const double rate : measure::six_rates)
        report("RIAA, float kernel, impulse", {error_through_kernel(riaa, rate), measure::in_khz(rate)}, 1e-3);
    for (const double rate : {44100.0, 192000.0}) {
        worst_case worst;
        for (const auto& known : catalogue::curves) worst.take(error_through_kernel(known.value, rate), std::string{known.name});
        report("every curve, float kernel, " + measure::in_khz(rate), worst, 1e-3);
    }
}

// Second-order sections -------------------------------------------------------------------------------------------------------------------

namespace {

std::complex<double> cascade_response(const biquad_cascade& cascade, double f, double rate)
{
    const measure::complex w = std::polar(1.0L, -2.0L * measure::pi * static_cast<measure::real>(f / rate));
    measure::complex h{1.0L};
    for (const biquad& s : cascade) {
        using real = measure::real;
        h *= real{s.b0} + w * (real{s.b1} + w * real{s.b2});
        h /= 1.0L + w * (real{s.a1} + w * real{s.a2});
    }
    return std::complex<double>{h};
}

double worst_cascade(const digital_filter& filter)
{
    double worst = 0.0;
    const auto cascade = biquads(filter);
    for (const double f : measure::log_frequencies(10.0, 0.49 * filter.rate.si, 200)) {
        const auto h = cascade_response(cascade, f, filter.rate.si);
        const auto expected = std::complex<double>{measure::digital(filter, f)};
        worst = std::max(worst, std::abs(h - expected) / std::abs(expected));
    }
    return worst;
}

}   // namespace

TEST_CASE("second-order sections respond as the filter that they are cut from")
{
    double worst = 0.0;
    for (const double rate : measure::six_rates) {
        for (const auto& known : catalogue::curves) worst = std::max(worst, worst_cascade(design_curve(known.value, rate)));
        worst = std::max(worst, worst_cascade(design(magnetic, frequency{rate})));
        worst = std::max(worst, worst_cascade(design(magnetic, frequency{rate}, phase::corrected)));
        worst = std::max(worst, worst_cascade(design(chain{voltage_source{}, inverse(curves::riaa_3us18)}, frequency{rate})));
    }
    measure::figure("biquads against their filter, relative", worst, "", 1e-12);
    CHECK(worst <= 1e-12);
}

// What cannot be fitted -------------------------------------------------------------------------------------------------------------------

TEST_CASE("a magnitude that cannot be fitted gives silence and a fault")
{
    const auto refused = [](const digital_filter& filter) {
        REQUIRE(filter.problem);
        CHECK(std::string{filter.problem.part} == "filter");
        CHECK(filter.response(1_kHz) == 0.0);
        CHECK(filter.is_stable());
        CHECK(filter.reciprocal().response(1_kHz) == 0.0);
        digital_filter behind = matched_z({2.0, {}, {}}, 48_kHz);
        behind *= filter;
        CHECK(behind.problem);
        CHECK(behind.response(1_kHz) == 0.0);
        CHECK(phase_corrected(filter, {}).response(1_kHz) == 0.0);
    };
    for (const double gain : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        math::rational h;
        h.gain = gain;
        h.poles.add({-1000.0});
        refused(matched_z(h, 48_kHz));
    }
    CHECK_FALSE(matched_z({0.0, {}, {}}, 48_kHz).problem);   // silence that is asked for

    const auto one = [](double) { return math::complex{1.0}; };
    const auto nothing = [](double) { return math::complex{}; };
    const auto no_number = [](double) { return math::complex{std::numeric_limits<double>::quiet_NaN()}; };
    refused(detail::design_post_correction(one, one, nothing, 48_kHz).filter);
    refused(detail::design_post_correction(nothing, nothing, one, 48_kHz).filter);
    refused(detail::design_post_correction(no_number, no_number, one, 48_kHz).filter);
    CHECK_FALSE(detail::design_post_correction(one, one, one, 48_kHz).filter.problem);
}
