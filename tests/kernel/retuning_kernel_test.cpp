// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/kernel/retuning_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace phono;

namespace {

/// Of a cartridge, its load and a curve: three filters of 11 states have room at once, and one of 30 alone.
constexpr detail::kernel_size size{.reals = 15, .sections = 15, .usual = 11, .most = 30};
template <class T>
using kernel = detail::retuning_kernel<T, size>;

constexpr frequency rate{48e3};

/// Real modes, the slowest at so many hertz, and sections of a pair each, all in one chain or in none.
parallel_form form_of(int reals, int sections, bool is_chained, double slowest = 50.0)
{
    parallel_form form;
    form.direct = 0.1;
    form.real_count = reals;
    for (int i = 0; i < reals; ++i) {
        const double pole = std::exp(-2.0 * math::pi * slowest * (1.0 + 3.0 * i) / rate.si);
        form.real[i] = {pole, (1.0 - pole) / (1 + i)};
    }
    form.section_count = sections;
    for (int i = 0; i < sections; ++i) form.sections[i] = {0.6, 0.04 + 0.01 * i, 0.02, 0.01, is_chained && i > 0};
    return form;
}

template <class T>
std::vector<T> noise(std::size_t count)
{
    std::mt19937 generator{7};
    std::uniform_real_distribution<double> amplitude{-1.0, 1.0};
    std::vector<T> x(count);
    for (T& s : x) s = static_cast<T>(amplitude(generator));
    return x;
}

template <class T>
double difference(const std::vector<T>& a, const std::vector<T>& b)
{
    double largest = 0.0, peak = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
        peak = std::max(peak, std::fabs(static_cast<double>(a[i])));
    }
    return largest / peak;
}

/// How far a kernel's response is from that of a form run on its own.
template <class T>
double off(const kernel<T>& running, const parallel_form& wanted)
{
    kernel<T> alone;
    alone.set(wanted, rate);
    double most = 0.0;
    for (const double angle : {0.001, 0.1, 1.0, 3.0}) most = std::max(most, math::abs(running.response(angle) - alone.response(angle)));
    return most;
}

template <class T>
void play(auto& running, int samples)
{
    std::vector<T> x(64);
    for (int done = 0; done < samples; done += 64) {
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<T>(std::sin(0.13 * (done + static_cast<int>(i))));
        running.process(x);
        REQUIRE(std::all_of(x.begin(), x.end(), [](T y) { return std::abs(y) < T(10); }));
    }
}

}   // namespace

namespace {

/// The largest difference of blocks of all lengths from the same samples one by one, re the peak.
template <class T>
double apart(const parallel_form& form, const std::vector<T>& in)
{
    kernel<T> by_sample, by_block;
    by_sample.set(form, rate);
    by_block.set(form, rate);
    std::vector<T> one = in, other = in;
    for (T& s : one) s = by_sample(s);
    for (std::size_t first = 0, length = 1; first < other.size(); first += length, length = length * 3 % 1021) {
        length = std::min(length, other.size() - first);
        by_block.process(std::span{other}.subspan(first, length));
    }
    return difference(one, other);
}

}   // namespace

TEMPLATE_TEST_CASE("filters of any size at run time play in blocks what they play by the sample", "", float, double)
{
    double most = 0.0;
    const auto compare = [&](const parallel_form& form) {
        REQUIRE(kernel<TestType>::holds(form));
        most = std::max(most, apart<TestType>(form, noise<TestType>(3000)));
    };
    for (int reals = 0; reals <= 30; ++reals) compare(form_of(reals, 0, false));
    for (int sections = 1; sections <= 5; ++sections)
        for (const bool is_chained : {false, true}) compare(form_of(9, sections, is_chained));
    compare(form_of(0, 15, true));
    const double bound = sizeof(TestType) < sizeof(double) ? 2e-6 : 2e-15;
    measure::figure("blocks against samples, 41 filters of 0 to 30 states", most, "of the peak", bound);
    CHECK(most < bound);
}

// Rounding that a slow pole remembers would be off by up to 1.7e-14 of the peak here, in float by 1e-5. Where it stalls depends on the height of
// a step.
TEMPLATE_TEST_CASE("a step at run time is the same in blocks and by the sample, at any rate and height", "", float, double)
{
    double most = 0.0;
    for (const double hertz : {44.1e3, 48e3, 88.2e3, 96e3, 192e3, 384e3, 768e3}) {
        const parallel_form form = partial_fractions<TestType>(design(preamps::magnetic_riaa, frequency{hertz}));
        for (const double height : {0.5137, 0.6411, 0.7702, 0.8893, 1.0})
            most = std::max(most, apart(form, std::vector<TestType>(10000, static_cast<TestType>(height))));
    }
    const double bound = sizeof(TestType) < sizeof(double) ? 1e-6 : 1e-14;
    measure::figure("blocks against samples, steps into a cartridge with RIAA, 44.1 to 768 kHz", most, "of the peak", bound);
    CHECK(most < bound);
}

/// A kernel whose owner asks again for what had no room.
template <class T>
struct asking {
    kernel<T> running;
    std::optional<parallel_form> late{};

    void retune(const parallel_form& filter) { late = running.retune(filter) ? std::nullopt : std::optional{filter}; }
    T operator()(T x)
    {
        const T y = running(x);
        if (late && !running.is_changing()) retune(parallel_form{*late});
        return y;
    }
    void process(std::span<T> block)
    {
        for (T& x : block) x = (*this)(x);
    }
};

TEMPLATE_TEST_CASE("of filters in a row the last is reached, whatever their sizes", "", float, double)
{
    // The sizes of the filter that plays, of the next and of the one that waits; three of 11 have room.
    for (const int playing : {1, 7, 11, 20, 30})
        for (const int next : {2, 11, 19, 30})
            for (const int waiting : {0, 3, 11, 29}) {
                const parallel_form last = form_of(waiting, 0, false, 30.0);
                asking<TestType> one;
                one.running.set(form_of(playing, 0, false), rate);
                play<TestType>(one, 640);
                one.retune(form_of(next, 0, false, 80.0));
                play<TestType>(one, 640);
                one.retune(form_of(5, 1, false));
                one.retune(last);
                CHECK((one.late || off(one.running, last) == 0.0));   // what was asked for last
                play<TestType>(one, 48000 / 5);
                CHECK_FALSE(one.late);
                CHECK(off(one.running, last) == 0.0);
                kernel<TestType> cut_short;
                cut_short.set(form_of(playing, 0, false), rate);
                CHECK(cut_short.retune(form_of(next, 0, false, 80.0)));
                if (!cut_short.retune(last)) continue;
                cut_short.reset();
                CHECK(off(cut_short, last) == 0.0);
                kernel<TestType> fresh;
                fresh.set(last, rate);
                CHECK(cut_short(TestType{1}) == fresh(TestType{1}));
            }
}

TEST_CASE("three filters of usual size fade, one after the other")
{
    // At DC all have the same gain, so that a fade hardly moves the output; a change at once, which multiplies states, is a step of a fifth.
    kernel<double> running;
    running.set(form_of(11, 0, false), rate);
    double before = 0.0, step = 0.0;
    for (int i = 0; i < 48000; ++i) before = running(1.0);
    CHECK(running.retune(form_of(11, 0, false, 60.0)));
    CHECK(running.retune(form_of(11, 0, false, 70.0)));
    for (int i = 0; i < 48000 / 10; ++i) {
        const double y = running(1.0);
        step = std::max(step, std::fabs(y - before));
        before = y;
    }
    measure::figure("largest step while the slowest pole goes from 50 to 60 and 70 Hz", step, "", 0.01);
    CHECK(step < 0.01);
}
