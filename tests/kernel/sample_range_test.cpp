// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/print.hpp>

#include <limits>

namespace {

using namespace phono;
using namespace phono::literals;
using std::string;

constexpr double rates[]{8e3, 44.1e3, 192e3, 768e3};

template <class T>
using kernel = modal_kernel<T, parallel_form::capacity, parallel_form::capacity>;

parallel_form one_mode(double pole, double gain)
{
    parallel_form form;
    form.real[form.real_count++] = {pole, gain};
    return form;
}

/// The most that an input within +-1 can make of a filter's output: the sum of the magnitudes of its impulse response, in long double, as
/// far as 28 of RIAA's slowest time constants at 44.1 kHz.
measure::real largest_output(const parallel_form& form)
{
    measure::real sum = std::fabs(form.direct), state[parallel_form::capacity], a[parallel_form::capacity]{}, b[parallel_form::capacity]{};
    for (int i = 0; i < form.real_count; ++i) state[i] = 1.0L;
    for (int i = 0; i < form.section_count; ++i) a[i] = form.sections[i].chained ? 0.0L : 1.0L;
    for (long n = 0; n < 4'000; ++n) {
        measure::real y = 0.0L, before = 0.0L;
        for (int i = 0; i < form.real_count; ++i) {
            y += form.real[i].gain * state[i];
            state[i] *= form.real[i].pole;
        }
        for (int i = 0; i < form.section_count; ++i) {
            const auto& s = form.sections[i];
            const measure::real was_a = a[i], was_b = b[i];
            y += s.a_gain * was_a + s.b_gain * was_b;
            a[i] = s.alpha * was_a - s.gamma * was_b + (s.chained ? before : 0.0L);
            b[i] = s.alpha * was_b + was_a;
            before = was_b;
        }
        sum += std::fabs(y);
    }
    return sum;
}

template <class T>
string verdict(const parallel_form& form)
{
    return to_string(range_fault<T>(form));
}

}   // namespace

TEST_CASE("Everything in the catalogue runs in float at any rate")
{
    double largest_state = 0.0;
    const auto look = [&](const digital_filter& filter) {
        const auto form = partial_fractions(filter);
        CHECK(verdict<float>(form) == "");
        CHECK(verdict<double>(form) == "");
        largest_state = std::max(largest_state, phono::detail::loop_bounds<float>{form}.state);
    };
    for (const double rate : rates) {
        for (const auto& known : catalogue::curves) {
            look(design(chain{voltage_source{}, known.value}, frequency{rate}));
            look(design(chain{voltage_source{}, inverse(known.value)}, frequency{rate}));
        }
        catalogue::for_each_preamp([&](const auto& known) { look(design(known.value, frequency{rate})); });
    }
    measure::figure("largest state in the catalogue, per volt of input", largest_state, "V", 8.5e25);
}

TEST_CASE("No input makes more of a filter than its bounds say")
{
    double sharpest = 0.0;
    const auto look = [&](const digital_filter& filter) {
        const auto form = partial_fractions(filter);
        const double bound = phono::detail::loop_bounds<double>{form}.output, real = static_cast<double>(largest_output(form));
        CHECK(real <= bound * (1.0 + 1e-9));
        sharpest = std::max(sharpest, real / bound);
    };
    for (const auto& known : catalogue::curves) {
        look(design(chain{voltage_source{}, known.value}, 44.1_kHz));
        look(design(chain{voltage_source{}, inverse(known.value)}, 44.1_kHz));
    }
    for (const resistance load : {1.5_kOhm, 7.36_kOhm, 10_kOhm, 47_kOhm, 1_MOhm})
        look(design(chain{magnetic_cartridge{.resistance = 1.3_kOhm, .inductance = 650_mH},
                          loading{.resistance = load, .capacitance = 250_pF}, riaa},
                    44.1_kHz));
    CHECK(sharpest > 0.9);   // and some input makes as much
}

TEST_CASE("The range of a filter's gain is that of its sample type")
{
    // A pole of 1 s at 768 kHz holds 768,000 samples: y = gain times their sum.
    const double pole = std::exp(-1.0 / 768e3), held = 1.0 / (1.0 - pole);
    CHECK(verdict<float>(one_mode(pole, 8.5e25 / held)) == "");
    CHECK(verdict<float>(one_mode(pole, 8.6e25 / held)) ==
          "filter's largest output for an input of 1 V is 8.6e+25: must be at most 8.5e25, so that input of 1e12 V stays within float; use "
          "double");
    CHECK(verdict<double>(one_mode(pole, 8.6e25 / held)) == "");
    CHECK(verdict<double>(one_mode(pole, 4.4e277 / held)) == "");
    CHECK(verdict<double>(one_mode(pole, 4.6e277 / held)) ==
          "filter's largest output for an input of 1 V is 4.6e+277: must be at most 4.4e277, so that input of 1e30 V stays within double");

    CHECK(verdict<float>(one_mode(0.5, 1.2e-38)) == "");
    CHECK(verdict<float>(one_mode(0.5, -1e-39)) ==
          "filter's smallest gain is -1e-39: must be at least 1.2e-38, below which float loses digits; use double");
    CHECK(verdict<float>(one_mode(0.5, 1e-50)) != "");
    CHECK(verdict<double>(one_mode(0.5, 1e-50)) == "");
    CHECK(verdict<double>(one_mode(0.5, 1e-310)) ==
          "filter's smallest gain is 1e-310: must be at least 2.2e-308, below which double loses digits");
    parallel_form beside = one_mode(0.5, 1.0);
    beside.real[beside.real_count++] = {0.9, 1e-50};   // missed by nobody
    CHECK(verdict<float>(beside) == "");
    CHECK(verdict<float>({}) == "");   // silence
}

TEST_CASE("What passes in float stays finite at the largest input, and what overflows does not pass")
{
    for (const double pole : {1.0 - 1e-10, 0.999999, 0.9, 0.0, -0.9}) {
        int passed = 0, overflowed = 0;
        for (double gain = 1e3; gain < 1e36; gain *= 7.0) {
            const parallel_form form = one_mode(pole, gain);
            kernel<float> running{form};
            running(static_cast<float>(largest_input<float> / (1.0 - pole)));   // as if a constant input had settled
            const bool is_finite = std::isfinite(running(static_cast<float>(largest_input<float>)));
            const bool is_refused = static_cast<bool>(range_fault<float>(form));
            passed += is_refused ? 0 : 1;
            overflowed += is_finite ? 0 : 1;
            CHECK((is_refused || is_finite));
        }
        CHECK(passed > 0);
        CHECK(overflowed > 0);
    }
}

TEST_CASE("Poles that lie close together make states that float cannot hold")
{
    // Eight lags of about a second at 768 kHz: the last of their sections holds the eighth power of that many samples.
    const chain slow{voltage_source{}, curve{.lags = {1_s, 1.1_s, 1.2_s, 1.3_s}}, curve{.lags = {1.4_s, 1.5_s, 1.6_s, 1.7_s}}};
    const auto form = partial_fractions(design(slow, 768_kHz));
    CHECK(verdict<double>(form) == "");
    CHECK(verdict<float>(form).find("filter's largest state for an input of 1 V is 1.186") == 0);
    CHECK(verdict<float>(form).find("e+48: must be at most 8.5e25") != string::npos);

    // In float they overflow within a fraction of a second, and the output is not a number.
    kernel<float> running{form};
    float y = 0.0f;
    for (int n = 0; n < 100'000; ++n) y = running(1e12f);
    CHECK_FALSE(std::isfinite(y));
    kernel<double> in_double{form};
    for (int n = 0; n < 100'000; ++n) in_double(1e30);
    CHECK(std::isfinite(in_double(1e30)));
}

TEST_CASE("No ladder of real poles that passes in float overflows")
{
    int passed = 0, refused = 0;
    for (const double rate : {44.1e3, 768e3})
        for (const double ratio : {1.05, 1.2, 1.33, 1.5})
            for (const double lowest : {5.0, 20.0, 100.0})
                for (const int poles : {8, 16, 24}) {
                    curve part[6];
                    double hertz = lowest;
                    for (int i = 0; i < poles; ++i, hertz *= ratio)
                        part[i / 4].lags.constant[i % 4] = duration{1.0 / (2.0 * math::pi * hertz)};
                    const chain ladder{voltage_source{}, part[0], part[1], part[2], part[3], part[4], part[5]};
                    const auto form = partial_fractions(design(ladder, frequency{rate}));
                    if (range_fault<float>(form)) {
                        ++refused;
                        continue;
                    }
                    ++passed;
                    kernel<float> running{form};
                    bool is_finite = true;
                    for (int n = 0; n < 200'000; ++n) is_finite = is_finite && std::isfinite(running(n % 2000 < 1000 ? 1e12f : -1e12f));
                    INFO(poles << " poles from " << lowest << " Hz, ratio " << ratio << ", at " << rate << " Hz");
                    CHECK(is_finite);
                }
    CHECK(passed >= 20);
    CHECK(refused >= 20);
}

TEST_CASE("A pole that float would round onto the unit circle or beyond it is named")
{
    // Two poles of a long ring at an eighth of the rate; in double they decay.
    parallel_form form;
    const double radius = 1.0 - 1e-9, angle = 0.7;
    form.sections[form.section_count++] = {radius * std::cos(angle), std::pow(radius * std::sin(angle), 2), 1.0, 1.0, false};
    CHECK(verdict<double>(form) == "");
    int refused = 0;
    for (int i = 0; i < 100; ++i) {
        form.sections[0].alpha = radius * std::cos(angle + 1e-4 * i);
        form.sections[0].gamma = std::pow(radius * std::sin(angle + 1e-4 * i), 2);
        const string says = verdict<float>(form);
        if (says.empty()) continue;
        ++refused;
        CHECK(says == "filter's pole: must lie inside the unit circle when rounded to float; use double");
    }
    CHECK(refused > 10);
    CHECK(refused < 90);
    for (const double pole : {1.001, -1.001, 5.0, -1e300, std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(verdict<double>(one_mode(pole, 1.0)) == "filter's pole: must lie inside the unit circle");
        CHECK(verdict<float>(one_mode(pole, 1.0)) != "");
    }
}

TEST_CASE("A filter that is not finite has a fault")
{
    constexpr double bad[]{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1e300};
    for (const double x : bad) {
        parallel_form direct, section;
        direct.direct = x;
        section.sections[section.section_count++] = {0.5, 0.1, x, 1.0, false};
        for (const auto& form : {direct, section, one_mode(0.5, x)}) {
            CHECK(verdict<float>(form) != "");
            CHECK(verdict<double>(form) != "");
        }
    }
}
