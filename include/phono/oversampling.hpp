// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Running a process at a multiple of the sampling rate.

#include <phono/oversampling/oversampler.hpp>
#include <phono/oversampling/oversampling.hpp>
