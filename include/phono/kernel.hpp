// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Kernels that run a digital filter sample by sample, and the interface of everything that runs.

#include <phono/kernel/constant_kernel.hpp>
#include <phono/kernel/cross_fade.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/kernel/sample_range.hpp>
