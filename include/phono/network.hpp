// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Two-terminal networks: parts, series and parallel connections, preferred values.

#include <phono/network/contact.hpp>
#include <phono/network/equalises.hpp>
#include <phono/network/impedance.hpp>
#include <phono/network/node.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/preferred_values.hpp>
#include <phono/network/series_parallel.hpp>
