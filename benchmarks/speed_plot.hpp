// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

class table;

/// Writes a chart (SVG) of what the circuits cost by the contenders of a table that has been measured: a bar for the time of each relative
/// to the naive biquad, and its error. Returns false if the file cannot be written.
bool write_speed_plot(const table& lines, const std::string& path);
