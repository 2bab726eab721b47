// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

#include <phono/phono.hpp>

#include <cmath>
#include <complex>
#include <string>

// How the cost of a sample depends on the number of modes: filters of 1 to 24 real poles with a zero between each two, so that all modes
// matter and none cancels another. None is so slow that it is held in two numbers, but for a line of its own.
namespace {

using namespace phono;

/// With a distance of poles from 1 that falls by so much from each to the next.
template <int modes>
constexpr digital_filter ladder(double spacing)
{
    digital_filter filter;
    filter.rate = common_rate;
    double distance = 1.5;   // the first pole is -0.5
    for (int i = 0; i < modes; ++i, distance /= spacing) {
        filter.poles.add({1.0 - distance});
        if (i + 1 < modes) filter.zeros.add({1.0 - distance / 1.12});
    }
    filter.gain = 1.0 / filter(math::complex{1.0}).re;
    return filter;
}

/// Of 24 modes the last is 7e-3 from 1, or 9e-4.
template <int modes, bool is_slow>
inline constexpr digital_filter filter_of = ladder<modes>(is_slow ? 1.38 : 1.26);

template <class T, int modes, bool is_slow>
line line_of(std::string name)
{
    constexpr parallel_form form = partial_fractions<T>(filter_of<modes, is_slow>);
    static_assert(form.real_count == modes && form.section_count == 0);
    if (sizeof(T) < sizeof(double)) name += ", float";
    const auto wanted = [](double hertz) { return filter_of<modes, is_slow>.response(frequency{hertz}); };
    return checked_line<T>(name, std::to_string(modes) + " modes", in_blocks<T>(constant_kernel<filter_of<modes, is_slow>, T>{}, 512),
                           wanted, sizeof(T) == sizeof(double) ? 1e-6 : 1e-2, 512);
}

template <class T, int modes>
void add_one(table& lines, int& before)
{
    line one = line_of<T, modes, false>("modes: constant_kernel");
    if (before > 0) one.should = share_at_most(1.0 + 1.5 * (modes - before) / before, one.name + ", " + std::to_string(before) + " modes");
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
    lines.add(line_of<double, 24, true>("modes: constant_kernel, some slow"));
    lines.add(line_of<float, 24, true>("modes: constant_kernel, some slow"));
}
