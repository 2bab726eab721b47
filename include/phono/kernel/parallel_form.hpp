// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/rational.hpp>

namespace phono {

/// A filter in parallel (modal) form: y[n] = direct x[n] + the outputs of its modes.
///
/// A real mode: y += gain s; s' = pole s + x.
/// A section holds two poles with mean alpha and (z - alpha)^2 + gamma = 0, real or conjugate, however close:
/// y += a_gain a + b_gain b; a' = alpha a - gamma b + e; b' = alpha b + a; e is x, or in a chained section the b of the one before it.
/// Poles that nearly coincide share a chain of sections: apart, their modes would be huge and cancel.
struct parallel_form {
    static constexpr int capacity = math::roots::capacity;

    struct real_mode {
        double pole = 0.0;
        double gain = 0.0;
    };
    struct section {
        double alpha = 0.0, gamma = 0.0;
        double a_gain = 0.0, b_gain = 0.0;
        bool chained = false;
    };

    double direct = 0.0;
    real_mode real[capacity]{};
    section sections[capacity]{};
    int real_count = 0;
    int section_count = 0;
};

}   // namespace phono
