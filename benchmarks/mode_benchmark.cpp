// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

#include <phono/phono.hpp>

#include <cmath>
#include <complex>
#include <string>

// How the cost of a sample depends on the number of modes: filters of 1 to 24 real poles with a zero between each two, so that all modes
// matter and none cancels another.
namespace {

using namespace phono;

template <int modes>
constexpr digital_filter ladder()
{
    constexpr double spacing = 1.38;   // nearer to one another, poles would share sections
    digital_filter filter;
    filter.rate = common_rate;
    double distance = 1.2;   // from 1: the first pole is -0.2, the last but 7e-4 from 1
    for (int i = 0; i < modes; ++i, distance /= spacing) {
        filter.poles.add({1.0 - distance});
        if (i + 1 < modes) filter.zeros.add({1.0 - distance / 1.2});
    }
    filter.gain = 1.0 / filter(math::complex{1.0}).re;
    return filter;
}

template <int modes>
inline constexpr digital_filter filter_of = ladder<modes>();

template <class T, int modes>
void add_one(table& lines, int& before)
{
    constexpr parallel_form form = partial_fractions<T>(filter_of<modes>);
    static_assert(form.real_count == modes && form.section_count == 0);
    const auto wanted = [](double hertz) { return filter_of<modes>.response(frequency{hertz}); };
    const std::string name = sizeof(T) == sizeof(double) ? "modes: constant_kernel" : "modes: constant_kernel, float";
    line one = checked_line<T>(name, std::to_string(modes) + " modes", in_blocks<T>(constant_kernel<filter_of<modes>, T>{}, 512), wanted,
                               sizeof(T) == sizeof(double) ? 1e-6 : 1e-2, 512);
    if (before > 0) one.should = share_at_most(1.0 + 1.5 * (modes - before) / before, name + ", " + std::to_string(before) + " modes");
    before = modes;
    lines.add(one);
}

template <class T, int... modes>
void add_all(table& lines)
{
    int before = 0;
    (add_one<T, modes>(lines, before), ...);
}

}   // namespace

void add_modes(table& lines)
{
    lines.begin_section(
        "modes 1 to 24, blocks of 512: no knee, so time grows at most 1.5 times as fast as their number; error against the "
        "filter's own response");
    add_all<double, 1, 2, 3, 4, 5, 6, 8, 10, 12, 13, 14, 16, 20, 24>(lines);
    add_all<float, 1, 4, 8, 16, 24>(lines);
}
