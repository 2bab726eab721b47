// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/failure.hpp"

#include <string>
#include <utility>
#include <vector>

namespace command {

/// Several failures, each in one line, which `main` prints one below the other: all mistakes of a netlist. What takes it for a failure is
/// told the first.
class failures : public failure {
public:
    /// There is at least one.
    explicit failures(std::vector<std::string> lines) : failure{lines.front()}, lines_(std::move(lines)) {}

    [[nodiscard]] const std::vector<std::string>& lines() const noexcept { return lines_; }

private:
    std::vector<std::string> lines_;
};

}   // namespace command
