// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Equalisers: disc curves as ideal blocks, their inverses, networks of parts that realise them, and the high-pass against rumble.

#include <phono/equaliser/butterworth_high_pass.hpp>
#include <phono/equaliser/curve.hpp>
#include <phono/equaliser/feedback_network.hpp>
#include <phono/equaliser/inverse.hpp>
#include <phono/equaliser/passive_network.hpp>
#include <phono/equaliser/riaa_feedback.hpp>
