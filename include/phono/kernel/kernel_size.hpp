// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/filter/fit_band.hpp>
#include <phono/kernel/parallel_form.hpp>

namespace phono::detail {

/// How many modes a schematic's filter may have at any sampling rate.
struct kernel_size {
    int reals = 0;
    int sections = 0;
};

/// Of a constant schematic: its own poles, the guards, and two delays for each zero that may lie beyond the fit at some rate;
/// for a curve that is undone its zeros and the zeros that the fit adds. The phase corrector adds up to four poles.
template <int factors>
constexpr kernel_size size_of_kernel(const analogue_model<factors>& model, bool corrected) noexcept
{
    constexpr double far = wide_fit_band.edge * math::pi * lowest_rate.si;   // |s| that some rate puts beyond the edge of its fit
    kernel_size size{fit_band::most_guards, 0};
    int pairs = 0, delays = 0;
    const auto count = [&](const math::roots& poles, const math::roots& zeros) {
        for (const math::complex p : poles) ++(p.im == 0.0 ? size.reals : pairs);
        for (const math::complex z : zeros) delays += math::abs(z) > far ? 2 : 0;
    };
    count(model.forward.poles, model.forward.zeros);
    for (int i = 0; i < model.undone_count; ++i) {
        count(model.undone[i].zeros, model.undone[i].zeros);
        size.reals += fit_band::highest_degree;
    }
    if (corrected) size.reals += 4;
    size.sections = pairs + size.reals + delays;   // any pole may turn out close enough to another for a chain
    return size;
}

}   // namespace phono::detail
