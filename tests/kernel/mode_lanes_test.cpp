// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

using namespace phono;

namespace {

using measure::real;

/// A form of modes that are 0.1 to 1.7 from 1, as guard poles are; in place of the first three, as many as have rests, slow ones, of which
/// the first is a 20 Hz pole at 768 kHz; and of sections in the audible range.
parallel_form form_of(int reals, int sections, bool is_slow)
{
    constexpr double slow[] = {1.6e-4, 2e-3, 0.03};
    parallel_form form;
    form.direct = 0.1;
    form.real_count = reals, form.section_count = sections;
    for (int i = 0; i < reals; ++i) {
        const double from_1 = is_slow && i < 3 ? slow[i] : 0.1 * std::pow(17.0, i / std::max(reals - 1.0, 1.0));
        form.real[i] = {1.0 - from_1, from_1 * (i % 2 == 0 ? 0.5 : -0.2)};
    }
    for (int i = 0; i < sections; ++i) form.sections[i] = {0.6 - 0.2 * i, 0.1 + 0.05 * i, 0.1, 0.05, false};
    return form;
}

/// A form's output in long double, with the coefficients that the kernel has rounded.
template <class T>
std::vector<real> exactly(const parallel_form& form, const std::vector<T>& input)
{
    using stored = detail::stored_pole<T>;
    const auto rounded = [](double pole) { return 1.0L + static_cast<real>(stored::from_1(stored::of(pole))); };
    const auto in_t = [](double number) { return static_cast<real>(static_cast<T>(number)); };
    std::vector<real> output;
    real state[parallel_form::capacity]{}, a[parallel_form::capacity]{}, b[parallel_form::capacity]{};
    for (const T sample : input) {
        const real x = sample;
        real y = in_t(form.direct) * x;
        for (int i = 0; i < form.real_count; ++i) {
            y += in_t(form.real[i].gain) * state[i];
            state[i] = rounded(form.real[i].pole) * state[i] + x;
        }
        for (int i = 0; i < form.section_count; ++i) {
            const auto& s = form.sections[i];
            y += in_t(s.a_gain) * a[i] + in_t(s.b_gain) * b[i];
            const real before = a[i];
            a[i] = rounded(s.alpha) * a[i] - in_t(s.gamma) * b[i] + x;
            b[i] = rounded(s.alpha) * b[i] + before;
        }
        output.push_back(y);
    }
    return output;
}

enum class reading { one_by_one, blocks_and_samples };

/// Noise, a step, and noise that becomes silence: the largest error, relative to the peak.
template <class T, class Kernel>
double worst_error(const parallel_form& form, reading how)
{
    const auto noise = measure::noise<T>(20000, 7);
    std::vector<T> step(20000, T(1)), silence = noise;
    std::fill(silence.begin() + 10000, silence.end(), T{});
    double worst = 0.0;
    for (const std::vector<T>& input : {noise, step, silence}) {
        Kernel kernel{form};
        std::vector<T> output = input;
        if (how == reading::one_by_one)
            for (T& sample : output) sample = kernel(sample);
        else {
            std::span<T> left{output};
            for (std::size_t n = 0; !left.empty(); n = (n + 1) % 70) {
                const std::size_t count = std::min(n, left.size());
                kernel.process(left.first(count));
                left = left.subspan(count);
                for (std::size_t single = 0; single < 80 && !left.empty(); ++single, left = left.subspan(1))
                    left.front() = kernel(left.front());
            }
        }
        const std::vector<real> expected = exactly(form, input);
        real off = 0.0L, peak = 0.0L;
        for (std::size_t i = 0; i < output.size(); ++i) {
            off = std::max(off, std::fabs(static_cast<real>(output[i]) - expected[i]));
            peak = std::max(peak, std::fabs(expected[i]));
        }
        worst = std::max(worst, static_cast<double>(off / peak));
    }
    return worst;
}

template <class T>
struct worst_of_shapes {
    double fast = 0.0, slow = 0.0, mixed = 0.0;

    template <int reals, int sections>
    void take()
    {
        using kernel = modal_kernel<T, reals, sections, sections, true>;
        for (const int used : {reals, reals / 2}) {
            const parallel_form fast_form = form_of(used, sections, false), slow_form = form_of(used, sections, true);
            fast = std::max(fast, worst_error<T, kernel>(fast_form, reading::one_by_one));
            slow = std::max(slow, worst_error<T, kernel>(slow_form, reading::one_by_one));
            mixed = std::max({mixed, worst_error<T, kernel>(fast_form, reading::blocks_and_samples),
                              worst_error<T, kernel>(slow_form, reading::blocks_and_samples)});
        }
    }
    template <int sections>
    void take_all()
    {
        if constexpr (sections > 0) take<0, sections>();
        take<1, sections>();
        take<2, sections>();
        take<3, sections>();
        take<6, sections>();
        take<8, sections>();
        take<17, sections>();
    }
    worst_of_shapes()
    {
        take_all<0>();
        take_all<1>();
        take_all<3>();
        take_all<4>();
    }

    void report(const std::string& type, double bound) const
    {
        const auto check = [&](const char* what, double worst) {
            measure::figure(what + (", " + type), worst, "of the peak", bound);
            CHECK(worst <= bound);
        };
        check("fast modes and sections", fast);
        check("slow modes as well", slow);
        check("blocks and samples in turn", mixed);
    }
};

}   // namespace

// Any number of modes in any number of vectors; the first three are slow and have rests. Without these a step would be off by 1e-4 in float.
TEST_CASE("a sample is computed from modes of any kind and number to the rounding of its type")
{
    worst_of_shapes<float>{}.report("float", 1e-6);
    worst_of_shapes<double>{}.report("double", 5e-15);
}

TEST_CASE("modes that are replaced keep what their states and rests hold")
{
    const parallel_form form = form_of(4, 1, true);
    modal_kernel<float, 6, 1, 1> set_again{form}, left_alone{form};
    double off = 0.0, peak = 0.0;
    for (int n = 0; n < 30000; ++n) {
        if (n % 1000 == 999) set_again.set(form);
        const float expected = left_alone(1.0F);
        off = std::max(off, std::fabs(static_cast<double>(set_again(1.0F)) - static_cast<double>(expected)));
        peak = std::max(peak, std::fabs(static_cast<double>(expected)));
    }
    measure::figure("a filter that takes its own coefficients 30 times", off / peak, "of the peak", 2e-7);
    CHECK(off <= 2e-7 * peak);
}

// What a compiler evaluates is the loop that targets without vectors would run.
TEST_CASE("lanes compute what a constant expression does")
{
    static constexpr int length = 64;
    constexpr auto play = [](auto kernel) {
        std::array<float, length> y{};
        for (int n = 0; n < length; ++n) y[static_cast<std::size_t>(n)] = kernel(n % 7 == 0 ? 1.0F : 0.0F);
        return y;
    };
    static constexpr modal_kernel<float, 3, 2, 2> kernel = [] {
        parallel_form form;
        form.direct = 0.5;
        form.real_count = 2, form.section_count = 1;
        form.real[0] = {0.995, 0.01}, form.real[1] = {0.2, 0.3};
        form.sections[0] = {0.5, 0.3, 0.1, 0.2, false};
        return modal_kernel<float, 3, 2, 2>{form};
    }();
    constexpr auto constant = play(kernel);
    const auto now = play(modal_kernel<float, 3, 2, 2>{kernel});
    double off = 0.0;
    for (std::size_t n = 0; n < length; ++n) off = std::max(off, std::fabs(static_cast<double>(now[n]) - static_cast<double>(constant[n])));
    measure::figure("evaluated by the compiler and run", off, "for impulses of 1", 1e-7);
    CHECK(off <= 1e-7);
}
