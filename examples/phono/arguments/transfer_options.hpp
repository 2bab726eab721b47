// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/rumble_argument.hpp"
#include "audio/transform.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace command {

/// --rumble and --rumble-order.
void add_rumble(CLI::App& app, rumble_argument& given);

/// `-3`, `3 dB`: one gain; `1.5/-0.5`: one for each channel. What is not, or is beyond most_gain_db, is a failure.
[[nodiscard]] std::vector<double> parse_gains(std::string_view text);

/// What happens to the channels ahead of the curve: --dc, --swap, --balance, --mono.
class channel_options {
public:
    void add_to(CLI::App& app);

    /// `gains_db` are those of the channels, if they have one each; the balance comes on top.
    [[nodiscard]] channel_plan plan(const std::vector<double>& gains_db = {}) const;
    /// What the output says of it but for --mono, which not every file needs; empty where nothing is asked for.
    [[nodiscard]] std::string words() const;

private:
    bool dc_ = false, swap_ = false;
    double balance_db_ = 0.0;
    std::string mono_;
};

}   // namespace command
