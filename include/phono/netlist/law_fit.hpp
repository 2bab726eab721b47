// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/decimal.hpp>
#include <phono/netlist/evaluation.hpp>
#include <phono/tube/grid_current.hpp>
#include <phono/tube/koren.hpp>

#include <cstdint>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

/// The parameters of a law from its currents, in closed form: a wrong law gives wrong parameters, which is found by comparing currents.
namespace phono::inline v0_2::detail {

/// A number that was computed in a way that costs it some digits, as what it was written: the nearest of what stands in the text, or else of
/// short decimals.
class written_values {
public:
    constexpr void add(double value) noexcept
    {
        if (count_ < most) value_[count_++] = value;
    }
    [[nodiscard]] constexpr double nearest_to(double computed) const noexcept { return nearest_to(computed, math::abs(computed)); }
    /// The same where the error is that of a number of this size.
    [[nodiscard]] constexpr double nearest_to(double computed, double size) const noexcept
    {
        const double sign = computed < 0.0 ? -1.0 : 1.0;
        double nearest = sign * short_decimal(sign * computed, 1e-10 * size), least = 1e-8 * size;
        for (int i = 0; i < count_; ++i)
            if (const double off = math::abs(math::abs(value_[i]) - sign * computed); off < least)
                least = off, nearest = sign * math::abs(value_[i]);
        return nearest;
    }

private:
    static constexpr int most = 64;

    [[nodiscard]] static constexpr double short_decimal(double size, double error) noexcept
    {
        if (!(size > 1e-12) || !(size < 1e9)) return size;
        int exponent = -12;   // of the first digit
        while (repeatable::whole_power(10.0, exponent + 1) <= size) ++exponent;
        for (int digits = 1; digits <= 10; ++digits) {
            const int last = exponent + 1 - digits;
            const double whole = repeatable::nearest(size * repeatable::whole_power(10.0, -last));
            const double rounded = math::decimal(static_cast<std::int64_t>(whole), last);
            if (math::abs(rounded - size) <= error) return rounded;
        }
        return size;
    }

    double value_[most]{};
    int count_ = 0;
};

[[nodiscard]] constexpr bool is_within(double x, double least, double most) noexcept { return x >= least && x <= most; }

/// A power of a straight line: A (b + v)^n, through three currents at equal distances of v.
struct fitted_power {
    double exponent = 0.0, offset = 0.0, log_factor = 0.0;
    bool is_found = false;
};

/// The largest voltage, of 512 V and its halves, at which a current can be computed: exp() of what is beyond overflows in most spellings of
/// a law that becomes linear there.
[[nodiscard]] constexpr double largest_drive(auto&& current) noexcept
{
    double volts = 512.0;
    while (volts > 0.1 && current(volts).wrong != mistake_kind::none) volts *= 0.5;
    return volts;
}

/// Of a current that is such a power from half of `most` on.
[[nodiscard]] constexpr fitted_power fit_power(auto&& current, double most) noexcept
{
    fitted_power fit;
    double logs[3]{};
    for (int i = 0; i < 3; ++i) {
        const evaluation<double> at = current(most * (0.5 + 0.25 * i));
        if (at.wrong != mistake_kind::none || !(at.value > 0.0)) return fit;
        logs[i] = repeatable::log(at.value);
    }
    // The nth roots of the currents lie on a line: e^(below u) + e^(above u) = 2 with u = 1/n, by Newton's iteration from above.
    const double below = logs[0] - logs[1], above = logs[2] - logs[1];
    if (!is_within(-below, 1e-3, 20.0) || !is_within(above, 1e-3, 20.0)) return fit;
    double u = 4.0;
    for (int n = 0; n < 30; ++n) {
        const double low = repeatable::expm1(below * u), high = repeatable::expm1(above * u);
        const double slope = below * (1.0 + low) + above * (1.0 + high);
        if (!(slope > 0.0)) return fit;
        const double step = (low + high) / slope;
        u -= step;
        if (!is_within(u, 0.1, 4.0)) return fit;
        if (!(math::abs(step) > 1e-15 * u)) break;
    }
    const double growth = repeatable::expm1((logs[2] - logs[0]) * u);   // (b + most)/(b + most/2) - 1
    if (!(growth > 1e-6)) return fit;
    fit.exponent = 1.0 / u, fit.offset = most * (0.5 / growth - 0.5);
    if (!(fit.offset + most > 0.0)) return fit;
    fit.log_factor = logs[2] - fit.exponent * repeatable::log(fit.offset + most);
    if (!is_within(fit.log_factor, -100.0, 100.0)) return fit;
    fit.is_found = true;
    return fit;
}

/// Koren's law from the plate's currents, a function of grid and plate voltage; no grid current.
///
/// Far above cut-off the law is (2/kg1) (v/S)^ex (S/mu + vct + vgk)^ex with S^2 = kvb + v^2: two plate voltages give all but kp. Where
/// S/mu + vct + vgk is 0, the logarithm in the law is ln 2, which gives kp.
struct koren_fit {
    koren<no_grid_current> law{};
    bool is_found = false;

    constexpr koren_fit(auto&& plate_current, const written_values& written) noexcept
    {
        constexpr double low = 20.0, high = 200.0;
        const auto at = [&](double vpk) { return [&plate_current, vpk](double vgk) { return plate_current(vgk, vpk); }; };
        const fitted_power first = fit_power(at(low), largest_drive(at(low))), second = fit_power(at(high), largest_drive(at(high)));
        if (!first.is_found || !second.is_found) return;
        law.ex = written.nearest_to(0.5 * (first.exponent + second.exponent));
        // (S/v)^2 (2/kg1)^(-2/ex) = (1 + kvb/v^2) (2/kg1)^(-2/ex)
        const double log_low = -2.0 * first.log_factor / first.exponent, log_high = -2.0 * second.log_factor / second.exponent;
        if (!is_within(log_low, -100.0, 100.0) || !is_within(log_high, -100.0, 100.0)) return;
        const double q_low = repeatable::exp(log_low), q_high = repeatable::exp(log_high);
        const double by_inverse_square = (q_low - q_high) / (1.0 / (low * low) - 1.0 / (high * high));
        const double at_infinity = q_high - by_inverse_square / (high * high);
        if (!(by_inverse_square > 0.0) || !(at_infinity > 1e-12 * by_inverse_square)) return;
        law.kvb = written.nearest_to(by_inverse_square / at_infinity);
        const double half_kg1 = repeatable::power(at_infinity, 0.5 * law.ex);
        if (!is_within(half_kg1, 1e-9, 1e12)) return;
        law.kg1 = written.nearest_to(2.0 * half_kg1);
        const double s_low = repeatable::sqrt(law.kvb + low * low), s_high = repeatable::sqrt(law.kvb + high * high);
        if (!(s_high - s_low > 1e-6)) return;
        const double by_s = (second.offset - first.offset) / (s_high - s_low);
        if (!is_within(by_s, 1e-6, 1e6)) return;
        law.mu = written.nearest_to(1.0 / by_s);
        const double vct = second.offset - s_high / law.mu;
        law.vct = math::abs(vct) < 1e-8 ? 0.0 : written.nearest_to(vct, 1.0);
        const evaluation<double> at_ln_2 = plate_current(-s_high / law.mu - law.vct, high);
        if (at_ln_2.wrong != mistake_kind::none || !is_within(at_ln_2.value, 1e-12, 1e3)) return;
        const double e1 = repeatable::power(0.5 * law.kg1 * at_ln_2.value, 1.0 / law.ex);
        if (!is_within(e1, 1e-9, 1e9)) return;
        law.kp = written.nearest_to(high * math::ln2 / e1);
        is_found = true;
    }
};

/// A smooth power law from the grid's currents: g (ln(1 + exp(c vgk))/c)^xi.
struct power_grid_fit {
    power_grid_current law{};
    bool is_found = false;

    constexpr power_grid_fit(auto&& grid_current, const written_values& written) noexcept
    {
        const fitted_power fit = fit_power(grid_current, largest_drive(grid_current));
        const evaluation<double> at_0 = grid_current(0.0);
        if (!fit.is_found || at_0.wrong != mistake_kind::none || !(at_0.value > 0.0)) return;
        law.xi = written.nearest_to(fit.exponent);
        law.g = written.nearest_to(repeatable::exp(fit.log_factor));
        if (!is_within(at_0.value, 1e-12 * law.g, 1e12 * law.g)) return;
        const double ramp = repeatable::power(at_0.value / law.g, 1.0 / law.xi);
        if (!is_within(ramp, 1e-9, 1e9)) return;
        law.c = written.nearest_to(math::ln2 / ramp);
        is_found = true;
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
