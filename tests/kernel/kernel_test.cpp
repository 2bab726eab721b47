// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

using namespace phono;
using namespace phono::literals;

namespace {

constexpr int length = 16384;
using measure::real;

/// The filter as a cascade of first- and second-order sections in long double, zeros and poles in turn.
std::vector<real> cascade(const digital_filter& filter, const auto& input)
{
    std::vector<real> x(input.begin(), input.end());
    const auto run = [&x](math::complex root, bool is_pole) {
        const bool single = root.im == 0.0;
        const real re = root.re, im = root.im;
        const real a1 = single ? -re : -2.0L * re, a2 = single ? 0.0L : re * re + im * im;
        real one = 0.0L, two = 0.0L;   // samples before
        for (real& sample : x) {
            const real in = sample;
            sample = is_pole ? in - a1 * one - a2 * two : in + a1 * one + a2 * two;
            two = one;
            one = is_pole ? sample : in;
        }
    };
    for (int i = 0; i < std::max(filter.zeros.count, filter.poles.count); ++i) {
        if (i < filter.zeros.count) run(filter.zeros[i], false);
        if (i < filter.poles.count) run(filter.poles[i], true);
    }
    for (const auto p : filter.all_pass) {
        run(p, true);
        const real norm = p.im == 0.0 ? 0.0L : static_cast<real>(p.re) * p.re + static_cast<real>(p.im) * p.im;
        real one = 0.0L, two = 0.0L;
        for (real& sample : x) {
            const real in = sample;
            sample = p.im == 0.0 ? -p.re * in + one : norm * in - 2.0L * static_cast<real>(p.re) * one + two;
            two = one;
            one = in;
        }
    }
    for (real& sample : x) sample *= filter.gain;
    return x;
}

template <class T>
using kernel = modal_kernel<T, parallel_form::capacity, parallel_form::capacity>;

/// The kernel's RMS error in decibels relative to its peak, on white noise.
template <class T>
double error_db(const digital_filter& filter)
{
    auto signal = measure::noise<T>(length, 11);
    const auto expected = cascade(filter, signal);
    const parallel_form form = partial_fractions<T>(filter);
    REQUIRE(kernel<T>::holds(form));
    kernel<T> running{form};
    for (T& sample : signal) sample = running(sample);
    return measure::residual_db(signal, expected);
}

/// Of clusters of poles `float` is judged up to 192 kHz: three poles at 50 to 80 Hz seen from 768 kHz cancel by 1e5 at high
/// frequencies, which leaves 16 of its bits.
struct worst_pair {
    double highest_float_rate = 800e3;
    double in_double = -400.0, in_float = -400.0;

    void take(const digital_filter& filter)
    {
        REQUIRE(filter.is_stable());
        in_double = std::max(in_double, error_db<double>(filter));
        if (filter.rate.si <= highest_float_rate) in_float = std::max(in_float, error_db<float>(filter));
    }
    void report(const std::string& what) const
    {
        measure::figure(what + ", double", in_double, "dB", -200.0);
        measure::figure(what + ", float", in_float, "dB", -120.0);
        CHECK(in_double <= -200.0);
        CHECK(in_float <= -120.0);
    }
};

/// An analogue response of given poles and zeros with gain 1 at DC.
math::rational all_pole(std::initializer_list<math::complex> poles, std::initializer_list<math::complex> zeros = {})
{
    math::rational h;
    for (const auto p : poles) h.poles.add(p), h.gain *= p.im == 0.0 ? math::abs(p) : math::norm(p);
    for (const auto z : zeros) h.zeros.add(z), h.gain /= z.im == 0.0 ? math::abs(z) : math::norm(z);
    return h;
}

constexpr double rates[]{44100.0, 96000.0, 192000.0, 768000.0};
constexpr double distances[]{1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12};

constexpr chain magnetic{magnetic_cartridge{.resistance = 1_kOhm, .inductance = 0.5_H},
                         loading{.resistance = 47_kOhm, .capacitance = 150_pF}, riaa};

}   // namespace

TEST_CASE("the kernel is its filter, within rounding")
{
    for (const double rate : rates) {
        const std::string at = " at " + measure::in_khz(rate);
        worst_pair curves, cartridge, undone, corrected;
        for (const auto& known : catalogue::curves) {
            curves.take(design(chain{voltage_source{}, known.value}, frequency{rate}));
            undone.take(design(chain{voltage_source{}, inverse(known.value)}, frequency{rate}));
        }
        cartridge.take(design(magnetic, frequency{rate}));
        corrected.take(design(magnetic, frequency{rate}, phase::corrected));
        curves.report("every curve" + at);
        undone.report("every inverse" + at);
        cartridge.report("cartridge and RIAA" + at);
        corrected.report("the same, phase corrected" + at);
    }
}

TEST_CASE("two and three poles that coincide exactly do no harm")
{
    worst_pair two{200e3}, three{200e3}, pairs{200e3}, all{200e3};
    for (const double rate : rates)
        for (const double p : {-314.0, -3144.0, -13333.0, -60000.0}) {
            two.take(matched_z(all_pole({p, p}), frequency{rate}));
            two.take(matched_z(all_pole({p, p, -500.0}, {-2000.0}), frequency{rate}));
            three.take(matched_z(all_pole({p, p, p}), frequency{rate}));
            const math::complex c{0.3 * p, math::abs(p)};
            pairs.take(matched_z(all_pole({c, c}), frequency{rate}));
            all.take(matched_z(all_pole({c, c, p, p, p}, {-2000.0}), frequency{rate}));
        }
    two.report("two coincident real poles");
    three.report("three coincident real poles");
    pairs.report("two coincident complex pairs");
    all.report("three real poles and two pairs, coincident");
}

TEST_CASE("poles at relative distances of 1e-2 to 1e-12 do no harm")
{
    worst_pair two{200e3}, three{200e3}, pairs{200e3}, flat{200e3};
    for (const double rate : rates)
        for (const double d : distances)
            for (const double p : {-314.0, -3144.0, -13333.0, -60000.0}) {
                two.take(matched_z(all_pole({p, p * (1.0 + d)}), frequency{rate}));
                three.take(matched_z(all_pole({p, p * (1.0 + d), p * (1.0 - d)}, {-2000.0}), frequency{rate}));
                const math::complex c{0.3 * p, math::abs(p)};
                pairs.take(matched_z(all_pole({c, (1.0 + d) * c}), frequency{rate}));
                flat.take(matched_z(all_pole({{p, math::abs(p) * d}}), frequency{rate}));
            }
    two.report("two near real poles");
    three.report("three near real poles");
    pairs.report("two near complex pairs");
    flat.report("a pair near the real axis");
}

TEST_CASE("poles that are too high or too fast to be mapped do no harm")
{
    worst_pair high, fast;
    const auto beyond = matched_z(all_pole({{-30000.0, 180000.0}, -314.0, -13333.0}, {-3144.0}), 44.1_kHz);
    CHECK(beyond.zeros.degree() > beyond.poles.degree());   // a short FIR filter stands beside the modes
    high.take(beyond);
    high.take(matched_z(all_pole({{-30000.0, 180000.0}}), 44.1_kHz));
    high.take(matched_z(all_pole({{-30000.0, 180000.0}, {-20000.0, 150000.0}, -314.0}), 44.1_kHz));
    for (const double rate : rates)
        for (const double s : {10.0, 11.0, 11.9, 11.999, 12.001, 12.1, 13.0, 100.0}) {
            fast.take(matched_z(all_pole({-s * rate, -314.0, -13333.0}, {-3144.0}), frequency{rate}));
            fast.take(matched_z(all_pole({-s * rate, -314.0, -13333.0}, {-3144.0, -1.1 * s * rate}), frequency{rate}));
        }
    high.report("pairs beyond Nyquist, with FIR part");
    fast.report("real poles at |s| T of 10 to 100");
}

namespace {

/// Of a filter's blocks, of every length and with single samples between them, the largest difference from the same samples one by one,
/// relative to the peak.
template <class T>
double blocks_off(const auto& kernel, const std::vector<T>& input)
{
    auto in_blocks = kernel, one_by_one = kernel;
    std::vector<T> blocks = input, samples = input;
    std::span<T> rest{blocks};
    for (std::size_t n = 0; !rest.empty(); n = (n + 1) % 70) {
        const std::size_t count = std::min(n == 69 ? 2000 : n, rest.size());
        in_blocks.process(rest.first(count));
        rest = rest.subspan(count);
        for (std::size_t single = 0; single < n % 3 && !rest.empty(); ++single, rest = rest.subspan(1))
            rest.front() = in_blocks(rest.front());
    }
    for (T& sample : samples) sample = one_by_one(sample);
    REQUIRE(std::isfinite(samples.back()));
    double off = 0.0;
    for (std::size_t i = 0; i < input.size(); ++i) {
        const double here = std::fabs(static_cast<double>(blocks[i]) - samples[i]);
        if (!(here <= off)) off = here;
    }
    return off / measure::peak(samples);
}

/// Where rounding stalls depends on the height of a step. Some of these are the worst of a thousand.
constexpr double other_heights[]{0.5137, 0.5520, 0.5652, 0.5773, 0.6411, 0.6437, 0.6589, 0.6747, 0.6810, 0.7142, 0.7702, 0.8893};

template <class T>
struct worst_block {
    double noise = 0.0, step = 0.0, other_steps = 0.0;

    void take(const auto& kernel)
    {
        noise = std::max(noise, blocks_off<T>(kernel, measure::noise<T>(20000, 3)));
        step = std::max(step, blocks_off<T>(kernel, std::vector<T>(20000, T(1))));
        for (const double height : other_heights)
            other_steps = std::max(other_steps, blocks_off<T>(kernel, std::vector<T>(20000, static_cast<T>(height))));
    }
    void take(const digital_filter& filter) { take(kernel<T>{partial_fractions<T>(filter)}); }
};

/// So many real modes, from 20 Hz on, that add up to a gain of about 1; all of them stable.
parallel_form real_modes(int count)
{
    parallel_form form;
    form.direct = 0.1;
    for (int i = 0; i < count; ++i) {
        const double from_1 = std::min(0.0026 * std::pow(1.3, i), 0.95 - 0.01 * i);
        form.real[i] = {1.0 - from_1, from_1 / count};
    }
    form.real_count = count;
    return form;
}

/// Of 50 Hz poles those at up to 88.2 kHz are not slow to blocks (kernel/slow_modes.hpp).
constexpr double rates_of_blocks[]{44100.0, 48000.0, 88200.0, 96000.0, 192000.0, 768000.0};

/// Designs of circuits, and a pole as slow as any of them has.
template <class T>
worst_block<T> worst_of_designs()
{
    worst_block<T> worst;
    for (const double rate : rates_of_blocks) worst.take(design(magnetic, frequency{rate}));
    worst.take(matched_z(all_pole({-2.0 * 3.14159265 * 20.0}), 768_kHz));
    return worst;
}

constexpr chain magnetic_iec{magnetic_cartridge{.resistance = 1_kOhm, .inductance = 0.5_H},
                             loading{.resistance = 47_kOhm, .capacitance = 150_pF}, riaa_iec};

/// Designs with a rumble filter, whose mode cancels that of the curve at 50 Hz: of a step each is three times the peak of the output.
template <class T>
worst_block<T> worst_of_rumble_filters()
{
    worst_block<T> worst;
    for (const double rate : rates_of_blocks) {
        worst.take(design(chain{voltage_source{}, riaa_iec}, frequency{rate}));
        worst.take(design(magnetic_iec, frequency{rate}));
    }
    return worst;
}

template <class T>
worst_block<T> worst_of_forms()
{
    worst_block<T> worst;
    for (const double rate : rates) {
        worst.take(design(chain{voltage_source{}, inverse(riaa)}, frequency{rate}));
        worst.take(design(magnetic, frequency{rate}, phase::corrected));
    }
    for (int count = 0; count <= 40; ++count) worst.take(kernel<T>{real_modes(count)});
    const math::complex c{-20000.0, 30000.0};
    worst.take(matched_z(all_pole({c}), 44.1_kHz));
    worst.take(matched_z(all_pole({c, {-3000.0, 9000.0}, {-5000.0, 70000.0}, -300.0}), 44.1_kHz));
    worst.take(matched_z(all_pole({c, c}), 44.1_kHz));   // chains from here on
    worst.take(matched_z(all_pole({c, c, c, c, c, c}), 44.1_kHz));
    worst.take(matched_z(all_pole({c, c, -3144.0, -3144.0, -3144.0, -300.0}, {-2000.0}), 44.1_kHz));
    worst.take(matched_z(all_pole({{-30000.0, 180000.0}, {-20000.0, 150000.0}, -314.0}), 44.1_kHz));   // delays
    return worst;
}

template <class T>
void report(const std::string& what, const worst_block<T>& worst, double noise, double step, double other_steps)
{
    measure::figure("blocks against samples, noise, " + what, worst.noise, "of the peak", noise);
    measure::figure("blocks against samples, steps, " + what, worst.step, "of the peak", step);
    CHECK(worst.noise <= noise);
    CHECK(worst.step <= step);
    measure::figure("blocks against samples, steps of other heights, " + what, worst.other_steps, "of the peak", other_steps);
    CHECK(worst.other_steps <= other_steps);
}

}   // namespace

// A state is rounded at every sample, to half of eps at most, and forgets that as slowly as its pole is: of a steady input the state of a
// 20 Hz pole at 768 kHz, 1.6e-4 from 1, would be off by up to 7e-13 sample by sample, in float by 4e-4, of a 50 Hz pole at 48 kHz by 1.7e-14.
// A second number keeps what was cut off. What is left is the rounding of coefficients, of products and of sums, of two modes that cancel that
// of the larger ones, for which blocks in float add them in double.
TEST_CASE("a block is processed as its samples are, and in any order with them")
{
    report("double", worst_of_designs<double>(), 1e-14, 1e-14, 1e-14);
    report("float", worst_of_designs<float>(), 1e-6, 1e-6, 1e-6);
    report("rumble filters, double", worst_of_rumble_filters<double>(), 1e-14, 1e-14, 1e-14);
    report("rumble filters, float", worst_of_rumble_filters<float>(), 1e-6, 1e-6, 1e-6);
    report("other forms, double", worst_of_forms<double>(), 1e-14, 1e-14, 1e-14);
    report("other forms, float", worst_of_forms<float>(), 1e-6, 1e-6, 1e-6);
}

namespace {

/// As error_db, in blocks of an odd number of samples.
template <class T>
double block_error_db(const digital_filter& filter)
{
    auto signal = measure::noise<T>(length, 11);
    const auto expected = cascade(filter, signal);
    kernel<T> running{partial_fractions<T>(filter)};
    for (std::span<T> rest{signal}; !rest.empty();) {
        const std::size_t count = std::min<std::size_t>(rest.size(), 509);
        running.process(rest.first(count));
        rest = rest.subspan(count);
    }
    return measure::residual_db(signal, expected);
}

}   // namespace

TEST_CASE("blocks are their filter, within rounding")
{
    const auto slow = matched_z(all_pole({-2.0 * 3.14159265 * 20.0}), 768_kHz);
    measure::figure("a 20 Hz pole at 768 kHz in blocks, float", block_error_db<float>(slow), "dB", -130.0);
    CHECK(block_error_db<float>(slow) <= -130.0);
    double in_double = -400.0, in_float = -400.0;
    for (const double rate : rates)
        for (const auto& known : catalogue::curves) {
            const auto filter = design(chain{voltage_source{}, known.value}, frequency{rate});
            in_double = std::max(in_double, block_error_db<double>(filter));
            in_float = std::max(in_float, block_error_db<float>(filter));
        }
    measure::figure("every curve in blocks, double", in_double, "dB", -290.0);
    measure::figure("every curve in blocks, float", in_float, "dB", -130.0);
    CHECK(in_double <= -290.0);
    CHECK(in_float <= -130.0);
}

TEST_CASE("reset forgets what was played and set keeps it")
{
    const auto form = partial_fractions(design(magnetic, 44.1_kHz));
    kernel<double> fresh{form}, used{form}, set_again{form};
    const auto input = measure::noise<double>(300, 5);
    for (const double x : input) used(x), set_again(x);
    auto continued = used;
    set_again.set(form);
    used.reset();
    for (const double x : input) {
        CHECK(used(x) == fresh(x));
        CHECK(set_again(x) == continued(x));
    }
}

namespace {

template <class T>
void check_settling()
{
    const auto form = partial_fractions(design(chain{voltage_source{}, riaa_iec}, 44.1_kHz));
    kernel<T> settled{form}, left_alone{form};
    const auto input = measure::noise<T>(1000, 9);
    for (const T x : input) settled(x), left_alone(x);
    double audible = 0.0, last = 1.0;
    for (int block = 0; block < 1000; ++block) {
        std::vector<T> a(256), b(256);
        settled.process(a);
        settled.settle();
        left_alone.process(b);
        for (std::size_t i = 0; i < a.size(); ++i) audible = std::max(audible, std::fabs(static_cast<double>(a[i] - b[i])));
        last = measure::peak(a);
    }
    CHECK(last == 0.0);   // after 6 s of silence
    CHECK(audible < 1e-25);

    kernel<T> silent{form};
    std::vector<T> nothing(256);
    silent.process(nothing);
    silent.settle();
    CHECK(measure::peak(nothing) == 0.0);
}

}   // namespace

TEST_CASE("settled states end in exact silence and are never audible")
{
    check_settling<float>();
    check_settling<double>();
}
