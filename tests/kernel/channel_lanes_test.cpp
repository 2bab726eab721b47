// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/kernel/channel_lanes.hpp>
#include <phono/kernel/frame_pairs.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/math/wide_vector.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

using namespace phono;

namespace {

/// So many real modes and sections, and no more places.
template <int reals, int sections>
parallel_form small_form()
{
    parallel_form form;
    form.direct = 0.3;
    form.real_count = reals;
    for (int i = 0; i < reals; ++i) form.real[i] = {i == 0 ? 0.9995 : -0.4, i == 0 ? 0.001 : 0.7};   // 4 Hz at 48 kHz, and a guard pole
    form.section_count = sections;
    for (int i = 0; i < sections; ++i) form.sections[i] = {0.9, 0.05, 0.2, -0.1, false};
    return form;
}

template <class T, int reals, int sections>
struct channel {
    modal_kernel<T, reals, sections, sections, true> kernel_{small_form<reals, sections>()};
};

/// How far channels in lanes, in runs of odd and even lengths, are from each on its own, re the peak. Each plays something else.
template <class T, int reals, int sections, int width>
double off(bool is_planar)
{
    using one = channel<T, reals, sections>;
    using modes = detail::modes_of<one>;
    constexpr std::size_t frames = 3000;
    std::vector<one> together(width), alone(width);
    modes* kernels[width];
    for (std::size_t c = 0; c < width; ++c) kernels[c] = detail::kernel_access::modes_of(together[c]);

    const auto place = [=](std::size_t c, std::size_t n) { return is_planar ? c * frames + n : n * width + c; };
    std::mt19937 generator{3};
    std::uniform_real_distribution<double> amplitude{-1.0, 1.0};
    std::vector<T> samples(width * frames), wanted(width * frames);
    for (std::size_t n = 0; n < frames; ++n)
        for (std::size_t c = 0; c < width; ++c) {
            samples[place(c, n)] = static_cast<T>(amplitude(generator));
            wanted[place(c, n)] = alone[c].kernel_(samples[place(c, n)]);
        }
    for (std::size_t first = 0, length = 1; first < frames; first += length, length = length * 3 % 101) {
        length = std::min(length, frames - first);
        bool is_run = false;
        if (is_planar) {
            T* buffers[width];
            for (std::size_t c = 0; c < width; ++c) buffers[c] = samples.data() + c * frames;
            is_run = detail::channel_lanes<modes>::template run<width>(kernels, detail::planar_frames<T, width>{buffers, first}, length);
        } else {
            const detail::interleaved_frames<T, width> at{samples.data() + first * width};
            is_run = detail::channel_lanes<modes>::template run<width>(kernels, at, length);
        }
        REQUIRE(is_run);
    }
    double most = 0.0, peak = 0.0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        most = std::max(most, std::fabs(static_cast<double>(samples[i]) - static_cast<double>(wanted[i])));
        peak = std::max(peak, std::fabs(static_cast<double>(wanted[i])));
    }
    return most / peak;
}

template <class T, int reals, int sections>
void check(const std::string& what, double bound)
{
    constexpr int width = detail::block_layout<T>::length;   // in one register with AVX, in two without
    double most = 0.0;
    for (const bool is_planar : {false, true}) {
        most = std::max(most, off<T, reals, sections, width>(is_planar));
        if constexpr (detail::channel_lanes<detail::modes_of<channel<T, reals, sections>>>::most > width)
            most = std::max(most, off<T, reals, sections, 2 * width>(is_planar));
    }
    measure::figure(what, most, "of the peak", bound);
    CHECK(most < bound);
}

/// The same of two frames at once, whatever the registers are: without AVX the lanes above run one by one.
template <class T, int reals>
void check_pairs(const std::string& what, double bound)
{
    using one = channel<T, reals, reals == 0 ? 1 : 0>;
    using vector = math::wide_vector<T, detail::block_layout<T>::length>;
    one pair, alone;
    const detail::frame_pairs<T, vector, reals> two{*detail::kernel_access::modes_of(pair)};
    vector state[2]{vector::all(T{}), vector::all(T{})};
    std::mt19937 generator{3};
    std::uniform_real_distribution<double> amplitude{-1.0, 1.0};
    double most = 0.0, peak = 0.0;
    const auto compare = [&](const vector& y, T input) {
        const T wanted = alone.kernel_(input);
        T each[vector::length];
        y.to(each);
        for (const T lane : each) most = std::max(most, std::fabs(static_cast<double>(lane) - static_cast<double>(wanted)));
        peak = std::max(peak, std::fabs(static_cast<double>(wanted)));
    };
    for (int n = 0; n < 2000; n += 2) {
        const T first = static_cast<T>(amplitude(generator)), second = static_cast<T>(amplitude(generator));
        vector x0 = vector::all(first), x1 = vector::all(second);
        two(state, x0, x1);
        compare(x0, first);
        compare(x1, second);
    }
    measure::figure("two frames at once, " + what, most / peak, "of the peak", bound);
    CHECK(most / peak < bound);
}

/// Four channels of a filter with slow modes, whose states are held in two numbers, run sample by sample, in blocks, in lanes, settle and
/// take their own coefficients again in turns. Largest error of a step with noise on it against the same in long double, re the peak.
template <int sections>
double off_in_turns()
{
    constexpr double from_1[] = {1.6e-4, 2e-3, 0.02, 0.5, 1.2}, gain[] = {3e-4, -1e-3, 0.04, 0.3, -0.2};
    parallel_form form;
    form.direct = 0.3;
    form.real_count = 5;
    for (int i = 0; i < 5; ++i) form.real[i] = {1.0 - from_1[i], gain[i]};
    form.section_count = sections;
    for (int i = 0; i < sections; ++i) form.sections[i] = {0.9, 0.05, 0.2, -0.1, false};

    using one = channel<double, 5, sections>;
    using modes = detail::modes_of<one>;
    constexpr int width = detail::block_layout<double>::length;
    std::vector<one> channels(width);
    modes* kernels[width];
    for (std::size_t c = 0; c < width; ++c) {
        channels[c].kernel_ = modal_kernel<double, 5, sections, sections, true>{form};
        kernels[c] = detail::kernel_access::modes_of(channels[c]);
    }
    long double state[5]{}, a = 0.0L, b = 0.0L, most = 0.0L, peak = 0.0L;
    const auto wanted = [&](long double x) {
        long double y = 0.3L * x;
        for (int i = 0; i < 5; ++i) {
            y += static_cast<long double>(gain[i]) * state[i];
            state[i] = static_cast<long double>(1.0 - from_1[i]) * state[i] + x;
        }
        if constexpr (sections > 0) {
            y += static_cast<long double>(0.2) * a + static_cast<long double>(-0.1) * b;
            const long double was = a;
            a = static_cast<long double>(0.9) * a + x - static_cast<long double>(0.05) * b;
            b = static_cast<long double>(0.9) * b + was;
        }
        return y;
    };
    std::mt19937 generator{5};
    std::uniform_real_distribution<double> noise{-0.1, 0.1};
    for (int turn = 0; turn < 2000; ++turn) {
        double samples[96 * width], inputs[96];
        const auto count = static_cast<std::size_t>(1 + turn * 7 % 96);
        for (std::size_t n = 0; n < count; ++n) {
            inputs[n] = 1.0 + noise(generator);
            for (std::size_t c = 0; c < width; ++c) samples[n * width + c] = inputs[n];
        }
        const int way = turn * 5 % 3;
        if (way == 0) {
            const detail::interleaved_frames<double, width> at{samples};
            REQUIRE(detail::channel_lanes<modes>::template run<width>(kernels, at, count));
        } else {
            for (std::size_t c = 0; c < width; ++c) {
                double own[96];
                for (std::size_t n = 0; n < count; ++n) own[n] = inputs[n];
                if (way == 1) channels[c].kernel_.process({own, count});
                else
                    for (std::size_t n = 0; n < count; ++n) own[n] = channels[c].kernel_(own[n]);
                for (std::size_t n = 0; n < count; ++n) samples[n * width + c] = own[n];
            }
        }
        for (std::size_t n = 0; n < count; ++n) {
            const long double y = wanted(inputs[n]);
            peak = std::max(peak, std::fabs(y));
            for (std::size_t c = 0; c < width; ++c) most = std::max(most, std::fabs(samples[n * width + c] - y));
        }
        for (one& each : channels) {
            if (turn % 11 == 0) each.kernel_.settle();
            if (turn % 13 == 0) each.kernel_.set(form);
        }
    }
    return static_cast<double>(most / peak);
}

}   // namespace

TEST_CASE("channels in lanes play what each plays on its own, two frames at once where states are few", "[lanes]")
{
    if constexpr (math::has_block_vectors) {
        constexpr double exact = 1e-14, exact_in_float = 1e-6;
        check<double, 1, 0>("one mode", exact);
        check<double, 2, 0>("two modes", exact);
        check<double, 0, 1>("a section", exact);
        check<double, 2, 1>("two modes and a section", exact);
        check<float, 2, 0>("two modes, float", exact_in_float);
        check<float, 0, 1>("a section, float", exact_in_float);
        check_pairs<double, 1>("one mode", exact);
        check_pairs<double, 2>("two modes", exact);
        check_pairs<double, 0>("a section", exact);
        check_pairs<float, 2>("two modes, float", exact_in_float);
        check_pairs<float, 0>("a section, float", exact_in_float);
    }
}

TEST_CASE("slow modes keep their states in whatever way they run", "[lanes]")
{
    if constexpr (math::has_block_vectors) {
        const double off = std::max(off_in_turns<0>(), off_in_turns<1>());
        measure::figure("samples, blocks, lanes, settling and setting in turns", off, "of the peak", 5e-15);
        CHECK(off < 5e-15);
    }
}
