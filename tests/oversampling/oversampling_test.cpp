// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/oversampling/oversampler.hpp>

#include <limits>
#include <span>
#include <utility>

using namespace phono;
using namespace phono::literals;

namespace {

using measure::real;

constexpr real band_edge = 20.0L / 44.1L;   // of the base rate
constexpr auto as_it_is = [](auto x) noexcept { return x; };

/// What a filter at the lower rate answers to an impulse: its taps.
template <class T, detail::half_band design>
std::vector<T> taps()
{
    detail::half_band_filter<T, T, design> filter;
    std::vector<T> h;
    for (int n = 0; n < 2 * design.pairs + 8; ++n) h.push_back(filter(n == 0 ? T(1) : T{}));
    return h;
}

/// The gain of the whole half-band, without its delay, at a frequency in units of the higher rate.
template <class T>
real gain(const std::vector<T>& taps, int pairs, real f)
{
    real sum = 0.5L;
    for (int i = 0; i < 2 * pairs; ++i)
        sum += 0.5L * static_cast<real>(taps[static_cast<std::size_t>(i)]) * std::cos(2.0L * measure::pi * f * (2 * i - 2 * pairs + 1));
    return sum;
}

struct ripples {
    double passed = 0.0, rejected = 0.0;   ///< largest distances from 1 and from 0
};
template <class T, detail::half_band design>
ripples worst(real edge)
{
    const auto h = taps<T, design>();
    ripples r;
    for (int i = 0; i <= 4000; ++i) {
        const real f = edge * i / 4000;
        r.passed = std::max(r.passed, static_cast<double>(std::fabs(gain(h, design.pairs, f) - 1.0L)));
        r.rejected = std::max(r.rejected, static_cast<double>(std::fabs(gain(h, design.pairs, 0.5L - f))));
    }
    return r;
}

/// I0 by its integral, over the whole circle: not the series that the library sums.
real bessel_i0(real x)
{
    real sum = 0.0L;
    for (int k = 0; k < 256; ++k) sum += std::exp(x * std::cos(2.0L * measure::pi * k / 256));
    return sum / 256;
}

/// What a process at the higher rate is given for an impulse at the base rate.
template <int factor, class T = double>
std::vector<T> upwards(int periods)
{
    oversampler<factor, T> os;
    std::vector<T> seen;
    for (int n = 0; n < periods; ++n)
        os(n == 0 ? T(1) : T{}, [&](T x) {
            seen.push_back(x);
            return x;
        });
    return seen;
}

/// What an impulse at the higher rate gives at the base rate, for each of its places within a period, put together again: the
/// impulse response of the way down at the higher rate, from the end of the impulse's period back on.
template <int factor, class T = double>
std::vector<T> downwards(int periods)
{
    std::vector<T> h(static_cast<std::size_t>(periods * factor));
    for (int place = 0; place < factor; ++place) {
        oversampler<factor, T> os;
        int count = 0;
        for (int n = 0; n < periods; ++n)
            h[static_cast<std::size_t>((n + 1) * factor - place - 1)] = os(T{}, [&](T) { return count++ == place ? T(1) : T{}; });
    }
    return h;
}

template <int factor, class T>
std::vector<T> through(const std::vector<T>& x)
{
    oversampler<factor, T> os;
    std::vector<T> y;
    for (const T sample : x) y.push_back(os(sample, as_it_is));
    return y;
}

std::vector<double> sine(double f, double rate, int length, double amplitude = 1.0)
{
    std::vector<double> x;
    for (int n = 0; n < length; ++n)
        x.push_back(amplitude * static_cast<double>(std::sin(2.0L * measure::pi * std::fmod(static_cast<real>(f) / rate * n, 1.0L))));
    return x;
}

template <int factor>
void has_linear_phase()
{
    // Up: symmetric about a middle, exactly where one tap makes each sample.
    auto up = upwards<factor>(256);
    while (up.back() == 0.0) up.pop_back();
    std::size_t first = 0;
    while (up[first] == 0.0) ++first;
    double uneven = 0.0;
    for (std::size_t i = first, j = up.size() - 1; i < j; ++i, --j) uneven = std::max(uneven, std::fabs(up[i] - up[j]));
    measure::figure(std::to_string(factor) + " times: asymmetry of the way up", uneven, "", factor == 2 ? 0.0 : 1e-17);
    CHECK(uneven <= (factor == 2 ? 0.0 : 1e-17));

    // Up and down: symmetric about the latency.
    std::vector<double> impulse(512);
    impulse[0] = 1.0;
    const auto h = through<factor>(impulse);
    constexpr int latency = oversampler<factor>::latency();
    double off = 0.0, beyond = 0.0;
    for (int i = 1; i <= latency; ++i)
        off = std::max(off, std::fabs(h[static_cast<std::size_t>(latency + i)] - h[static_cast<std::size_t>(latency - i)]));
    for (std::size_t i = 2 * latency + 1; i < h.size(); ++i) beyond = std::max(beyond, std::fabs(h[i]));
    measure::figure(std::to_string(factor) + " times: asymmetry of up and down about the latency", off, "", 1e-16);
    CHECK(off <= 1e-16);
    CHECK(beyond == 0.0);
    // The middle is what is passed of all frequencies: nearly all of them.
    CHECK(h[latency] == Approx(1.0).margin(0.1));
}

/// The largest relative distance of up and down from a pure delay of latency() samples, in the band.
template <int factor>
double distance_from_delay()
{
    std::vector<double> impulse(512);
    impulse[0] = 1.0;
    const auto h = through<factor>(impulse);
    double most = 0.0;
    for (int i = 0; i <= 3000; ++i) {
        const real w = 2.0L * measure::pi * band_edge * i / 3000;
        measure::complex sum{};
        for (std::size_t n = 0; n < h.size(); ++n) sum += static_cast<real>(h[n]) * std::polar(1.0L, -w * static_cast<real>(n));
        sum *= std::polar(1.0L, w * oversampler<factor>::latency());
        most = std::max(most, static_cast<double>(std::abs(sum - 1.0L)));
    }
    return most;
}

/// The largest gain, of an impulse response at `factor` times the base rate, at k times the base rate +- the band, relative to that at 0.
double worst_image(const std::vector<double>& h, int factor)
{
    const auto at = [&](real f) {   // in units of the base rate
        measure::complex sum{};
        for (std::size_t n = 0; n < h.size(); ++n)
            sum += static_cast<real>(h[n]) * std::polar(1.0L, -2.0L * measure::pi * f / factor * static_cast<real>(n));
        return std::abs(sum);
    };
    const real level = at(0.0L);
    real most = 0.0L;
    for (int k = 1; k <= factor / 2; ++k)
        for (int i = 0; i <= 1000; ++i) {
            const real f = band_edge * i / 1000;
            most = std::max({most, at(k - f), at(k + f)});
        }
    return measure::decibels(most / level);
}

/// Amplitude at each multiple of 10 Hz below 20 kHz, of a signal at 44.1 kHz that repeats every 4410 samples.
std::vector<double> spectrum(const std::vector<double>& x)
{
    constexpr int n = 4410;
    std::vector<std::complex<double>> turn;
    for (int k = 0; k < n; ++k) turn.push_back(static_cast<std::complex<double>>(std::polar(1.0L, -2.0L * measure::pi * k / n)));
    std::vector<double> amplitude;
    for (int bin = 0; bin < 2000; ++bin) {
        std::complex<double> sum{};
        for (int k = 0; k < n; ++k) sum += x[x.size() - n + static_cast<std::size_t>(k)] * turn[static_cast<std::size_t>(bin * k % n)];
        amplitude.push_back(2.0 / n * std::abs(sum));
    }
    return amplitude;
}

/// Largest tone below 20 kHz that is no harmonic of f, in decibels relative to the tone of frequency f.
template <int factor>
double worst_alias(double f, auto process)
{
    auto x = sine(f, 44.1e3, 8820, 1.0);
    oversampler<factor> os;
    for (double& sample : x) sample = os(sample, process);
    const auto amplitude = spectrum(x);
    const int step = static_cast<int>(std::lround(f / 10.0));
    double most = 0.0;
    for (int bin = 1; bin < 2000; ++bin)
        if (bin % step != 0) most = std::max(most, amplitude[static_cast<std::size_t>(bin)]);
    return measure::decibels(most / amplitude[static_cast<std::size_t>(step)] + 1e-30L);
}

constexpr auto cubic = [](double x) noexcept { return x + 0.1 * x * x * x; };
constexpr auto quintic = [](double x) noexcept { return x + 0.1 * x * x * x * x * x; };

/// Four channels in one.
struct channels {
    double of[4]{};

    friend constexpr channels operator+(channels a, const channels& b) noexcept
    {
        for (int i = 0; i < 4; ++i) a.of[i] += b.of[i];
        return a;
    }
    friend constexpr channels operator*(double k, channels a) noexcept
    {
        for (double& x : a.of) x *= k;
        return a;
    }
    constexpr channels& operator+=(const channels& b) noexcept { return *this = *this + b; }
};

}   // namespace

TEST_CASE("the taps of a half-band are the ideal ones under a Kaiser window and exactly symmetric")
{
    const auto check = [](const auto& h, detail::half_band design) {
        real most = 0.0L;
        const std::size_t count = static_cast<std::size_t>(2 * design.pairs);
        for (std::size_t i = 0; i < count; ++i) {
            CHECK(h[i] == h[count - 1 - i]);
            const real d = std::fabs(2.0L * static_cast<real>(i) - 2.0L * design.pairs + 1.0L), t = d / (2.0L * design.pairs);
            const real window = bessel_i0(design.shape * std::sqrt(1.0L - t * t)) / bessel_i0(design.shape);
            const real expected = 2.0L * std::sin(measure::pi * d / 2.0L) / (measure::pi * d) * window;
            most = std::max(most, std::fabs(static_cast<real>(h[i]) / expected - 1.0L));
        }
        for (std::size_t i = count; i < h.size(); ++i) CHECK(h[i] == 0.0);
        const std::string what = "taps of " + std::to_string(design.pairs) + " pairs against the formula, relative";
        measure::figure(what, static_cast<double>(most), "", 5e-15);
        CHECK(most <= 5e-15L);
    };
    check(taps<double, detail::narrow_half_band>(), detail::narrow_half_band);
    check(taps<double, detail::wide_half_band>(), detail::wide_half_band);
}

TEST_CASE("a half-band passes 20 kHz of 44.1 kHz and rejects from 24100 Hz on")
{
    const auto check = [](const std::string& what, ripples r, double bound) {
        measure::figure(what + ", ripple", r.passed, "", bound);
        measure::figure(what + ", rejection", measure::decibels(r.rejected), "dB", measure::decibels(bound));
        CHECK(r.passed <= bound);
        CHECK(r.rejected <= bound);
    };
    check("narrow half-band", worst<double, detail::narrow_half_band>(band_edge / 2.0L), 4.3e-7);
    check("wide half-band", worst<double, detail::wide_half_band>(band_edge / 4.0L), 4.7e-8);
    check("narrow half-band in float", worst<float, detail::narrow_half_band>(band_edge / 2.0L), 4.4e-7);
    check("wide half-band in float", worst<float, detail::wide_half_band>(band_edge / 4.0L), 6e-8);
}

TEST_CASE("an oversampler is of linear phase and its latency is what latency says")
{
    STATIC_REQUIRE(oversampler<1>::latency() == 0);
    STATIC_REQUIRE(oversampler<2>::latency() == 89);
    STATIC_REQUIRE(oversampler<4>::latency() == 97);
    STATIC_REQUIRE(oversampler<8>::latency() == 101);
    has_linear_phase<2>();
    has_linear_phase<4>();
    has_linear_phase<8>();
}

TEST_CASE("up and down is a pure delay to a millionth within the band")
{
    const double two = distance_from_delay<2>(), four = distance_from_delay<4>(), eight = distance_from_delay<8>();
    const auto check = [](const char* what, double distance, double bound_db) {
        const double db = 20.0 * std::log10(1.0 + distance);
        measure::figure(what, db, "dB", bound_db);
        CHECK(db <= bound_db);
        CHECK(distance <= 1e-6);
    };
    check("2 times, distance from a delay to 20 kHz of 44.1 kHz", two, oversampler<2>::ripple_db());
    check("4 times, distance from a delay to 20 kHz of 44.1 kHz", four, oversampler<4>::ripple_db());
    check("8 times, distance from a delay to 20 kHz of 44.1 kHz", eight, oversampler<8>::ripple_db());
    STATIC_REQUIRE(oversampler<1>::ripple_db() == 0.0);
    CHECK(through<1>(std::vector<double>{1.0, -0.5}) == std::vector<double>{1.0, -0.5});
}

TEST_CASE("images on the way up and aliases on the way down are rejected")
{
    const auto check = [](const std::string& what, double level, double bound) {
        measure::figure(what, level, "dB", bound);
        CHECK(level <= bound);
    };
    check("2 times, images of 0 to 20 kHz", worst_image(upwards<2>(256), 2), -127.0);
    check("4 times, images of 0 to 20 kHz", worst_image(upwards<4>(256), 4), -127.0);
    check("8 times, images of 0 to 20 kHz", worst_image(upwards<8>(256), 8), -127.0);
    check("2 times, aliases to 0 to 20 kHz", worst_image(downwards<2>(256), 2), -127.0);
    check("4 times, aliases to 0 to 20 kHz", worst_image(downwards<4>(256), 4), -127.0);
    check("8 times, aliases to 0 to 20 kHz", worst_image(downwards<8>(256), 8), -127.0);
}

TEST_CASE("a sine comes out as it went in but later")
{
    double most = 0.0;
    const auto check = [&]<int factor>(std::integral_constant<int, factor>, double f, double rate) {
        const auto x = sine(f, rate, 4096), y = through<factor>(x);
        for (std::size_t n = 600; n < x.size(); ++n) most = std::max(most, std::fabs(y[n] - x[n - oversampler<factor>::latency()]));
    };
    for (const double rate : {44.1e3, 48e3, 96e3})
        for (const double f : {20.0, 1e3, 5e3, 10e3, 15e3, 18e3, 19.5e3, 20e3}) {
            check(std::integral_constant<int, 2>{}, f, rate);
            check(std::integral_constant<int, 4>{}, f, rate);
            check(std::integral_constant<int, 8>{}, f, rate);
        }
    measure::figure("sines of amplitude 1, largest difference", most, "", 1e-6);
    CHECK(most <= 1e-6);
}

TEST_CASE("a block is its samples one by one", "[block]")
{
    const auto check = []<int factor, class T>(std::integral_constant<int, factor>, T bound) {
        const auto x = measure::noise<T>(5000, 7);
        const auto process = [last = T{}](T u) mutable {   // has a memory, so the order shows
            last = u + T(0.3) * last * u;
            return last;
        };
        oversampler<factor, T> one, blocks;
        auto first = process, second = process;
        std::vector<T> expected, y = x;
        for (const T sample : x) expected.push_back(one(sample, first));
        const std::size_t sizes[] = {1, 32, 31, 33, 0, 64, 100, 5, 512, 256, 17};
        std::size_t at = 0;
        for (int i = 0; at < y.size(); ++i) {
            const std::size_t n = std::min(sizes[i % 11], y.size() - at);
            blocks.process(std::span<T>{y}.subspan(at, n), second);
            at += n;
        }
        double most = 0.0;
        for (std::size_t n = 0; n < y.size(); ++n) most = std::max(most, static_cast<double>(std::fabs(y[n] - expected[n])));
        measure::figure(std::to_string(factor) + " times, block against samples" + (sizeof(T) == 4 ? ", float" : ""), most, "", bound);
        CHECK(most <= static_cast<double>(bound));
        CHECK(measure::peak(y) > 0.5);
    };
    check(std::integral_constant<int, 1>{}, 0.0);
    check(std::integral_constant<int, 2>{}, 4e-15);
    check(std::integral_constant<int, 4>{}, 4e-15);
    check(std::integral_constant<int, 8>{}, 4e-15);
    check(std::integral_constant<int, 2>{}, 2e-6f);
    check(std::integral_constant<int, 4>{}, 2e-6f);
    check(std::integral_constant<int, 8>{}, 2e-6f);
}

TEST_CASE("the process runs once per oversampled sample in order of time")
{
    const auto check = []<int factor>(std::integral_constant<int, factor>) {
        oversampler<factor> os;
        int calls = 0;
        const auto count = [&](double) { return static_cast<double>(calls++); };
        os(0.0, count);
        CHECK(calls == factor);
        std::vector<double> block(77);
        os.process(block, count);
        CHECK(calls == 78 * factor);
        // What counts up comes out as a ramp of `factor` per sample.
        std::vector<double> ramp(640);
        os.process(ramp, count);
        for (std::size_t n = 300; n < ramp.size(); ++n) CHECK(ramp[n] - ramp[n - 1] == Approx(factor).epsilon(1e-6));
    };
    check(std::integral_constant<int, 1>{});
    check(std::integral_constant<int, 2>{});
    check(std::integral_constant<int, 4>{});
    check(std::integral_constant<int, 8>{});
}

TEST_CASE("reset forgets all and nothing is left of a sample after twice the latency")
{
    const auto check = []<int factor>(std::integral_constant<int, factor>) {
        const auto x = measure::noise<double>(700, 3);
        oversampler<factor> used, fresh;
        for (const double sample : x) used(sample, as_it_is);
        used.reset();
        for (const double sample : x) REQUIRE(used(sample, as_it_is) == fresh(sample, as_it_is));
        used(std::numeric_limits<double>::quiet_NaN(), as_it_is);
        double y = 1.0;
        for (int n = 0; n <= 2 * used.latency(); ++n) y = used(0.0, as_it_is);
        CHECK(y == 0.0);
    };
    check(std::integral_constant<int, 1>{});
    check(std::integral_constant<int, 2>{});
    check(std::integral_constant<int, 4>{});
    check(std::integral_constant<int, 8>{});
}

TEST_CASE("float follows double")
{
    const auto check = []<int factor>(std::integral_constant<int, factor>) {
        const auto x = measure::noise<float>(4096, 5);
        const auto y = through<factor>(x);
        const auto expected = through<factor>(std::vector<double>(x.begin(), x.end()));
        const double off = measure::residual_db(y, expected);
        measure::figure(std::to_string(factor) + " times, float against double, RMS of noise re its peak", off, "dB", -140.0);
        CHECK(off <= -140.0);
    };
    check(std::integral_constant<int, 2>{});
    check(std::integral_constant<int, 4>{});
    check(std::integral_constant<int, 8>{});
}

TEST_CASE("channels in one sample are filtered each for itself")
{
    const auto check = []<int factor>(std::integral_constant<int, factor>) {
        oversampler<factor, channels, double> together;
        oversampler<factor> alone[4];
        const auto x = measure::noise<double>(4 * 500, 9);
        std::vector<channels> block(500);
        for (std::size_t n = 0; n < block.size(); ++n) std::copy_n(x.data() + 4 * n, 4, block[n].of);
        together.process(std::span{block}, as_it_is);
        for (std::size_t n = 0; n < block.size(); ++n)
            for (std::size_t i = 0; i < 4; ++i) REQUIRE(block[n].of[i] == Approx(alone[i](x[4 * n + i], as_it_is)).margin(1e-15));
    };
    check(std::integral_constant<int, 2>{});
    check(std::integral_constant<int, 4>{});
    check(std::integral_constant<int, 8>{});
}

TEST_CASE("harmonics above half the rate do not come back as other tones")
{
    // Of a unit sine, relative to the fundamental: x + 0.1 x^3 makes 0.025 in 1.075 of the third harmonic, x + 0.1 x^5 makes 0.03125
    // in 1.0625 of the third and 0.00625 of the fifth.
    const double third = measure::decibels(0.025L / 1.075L);
    const double third_of_quintic = measure::decibels(0.03125L / 1.0625L), fifth = measure::decibels(0.00625L / 1.0625L);
    CHECK(worst_alias<1>(10010.0, cubic) == Approx(third).margin(0.01));
    const auto check = [](const std::string& what, double level, double bound) {
        measure::figure(what, level, "dBc", bound);
        CHECK(level <= bound);
    };
    check("cubic, 8040 Hz at 44.1 kHz, 2 times", worst_alias<2>(8040.0, cubic), third - 127.0);
    check("cubic, 10010 Hz at 44.1 kHz, 2 times", worst_alias<2>(10010.0, cubic), third - 127.0);
    check("cubic, 19010 Hz at 44.1 kHz, 2 times", worst_alias<2>(19010.0, cubic), third - 127.0);
    check("cubic, 8040 Hz at 44.1 kHz, 4 times", worst_alias<4>(8040.0, cubic), third - 127.0);
    check("cubic, 19010 Hz at 44.1 kHz, 4 times", worst_alias<4>(19010.0, cubic), third - 127.0);
    // The fifth harmonic of 15 kHz, 75 kHz, is 13.2 kHz at 88.2 kHz: nothing but a higher rate helps.
    CHECK(worst_alias<2>(15010.0, quintic) == Approx(fifth).margin(0.01));
    check("fifth power, 15010 Hz at 44.1 kHz, 4 times", worst_alias<4>(15010.0, quintic), third_of_quintic - 127.0);
}

TEST_CASE("an oversampler allocates nothing and works in constant expressions")
{
    STATIC_REQUIRE(noexcept(std::declval<oversampler<4>&>()(0.0, as_it_is)));
    STATIC_REQUIRE([] {
        detail::by_two<double, double, detail::wide_half_band, false> os;
        double y = os(1.0, as_it_is);
        for (int n = 0; n < os.latency / 2; ++n) y = os(0.0, as_it_is);
        return y > 0.9 && y < 1.1;
    }());
    oversampler<4> os;
    std::array<double, 100> block{};
    const long before = allocations;
    os(1.0, as_it_is);
    os.process(block, as_it_is);
    os.reset();
    CHECK(allocations == before);
}

TEST_CASE("the default factor is four below 40 kHz and two below 160 kHz")
{
    STATIC_REQUIRE(default_oversampling(44.1_kHz) == 2);
    STATIC_REQUIRE(default_oversampling(48_kHz) == 2);
    STATIC_REQUIRE(default_oversampling(88.2_kHz) == 2);
    STATIC_REQUIRE(default_oversampling(96_kHz) == 2);
    STATIC_REQUIRE(default_oversampling(176.4_kHz) == 1);
    STATIC_REQUIRE(default_oversampling(192_kHz) == 1);
    STATIC_REQUIRE(default_oversampling(32_kHz) == 4);
    STATIC_REQUIRE(default_oversampling(8_kHz) == 4);
}

namespace {

/// A process with a memory of its own: one pole.
struct one_pole {
    double pole, y = 0.0;
    double operator()(double x) noexcept { return y = x + pole * y; }
    math::complex response(double angle) const noexcept
    {
        return math::complex{1.0} / (math::complex{1.0} - pole * math::complex{std::cos(angle), -std::sin(angle)});
    }
};

template <int factor>
double response_error()
{
    double worst = 0.0;
    for (const double pole : {0.0, 0.9, -0.9}) {   // the last is loudest where the images are
        oversampler<factor> os;
        one_pole process{pole};
        std::vector<double> h;
        for (int n = 0; n < 1000; ++n) h.push_back(os(n == 0 ? 1.0 : 0.0, process));
        for (double f = 0.005; f < 0.5; f += 0.005) {
            const auto measured = measure::transform(h, f, 1.0);
            const auto said = oversampler<factor>::response(2.0 * math::pi * f, [&](double angle) { return process.response(angle); });
            worst = std::max(worst, std::abs(measured - std::complex<double>{said.re, said.im}));
        }
    }
    return worst;
}

}   // namespace

TEST_CASE("the response of an oversampled process is the one that is heard, images included")
{
    const double worst = std::max({response_error<1>(), response_error<2>(), response_error<4>()});
    measure::figure("response() against the measured one", worst, "", 1e-12);
    CHECK(worst <= 1e-12);
}
