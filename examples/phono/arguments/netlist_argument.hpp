// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

namespace command {

/// A netlist as the command line names it.
struct netlist_argument {
    std::string file{};
    std::string input{}, output{};         ///< of --input and --output; empty: as the text has it
    std::vector<std::string> settings{};   ///< of --set: R5=51k

    friend bool operator==(const netlist_argument&, const netlist_argument&) = default;
};

/// A preamp as the command line names it: of the catalogue, or a netlist.
struct preamp_argument {
    std::string name{};   ///< empty for a netlist
    netlist_argument netlist{};

    [[nodiscard]] bool is_given() const noexcept { return !name.empty() || is_netlist(); }
    [[nodiscard]] bool is_netlist() const noexcept { return !netlist.file.empty(); }
    /// As it was typed, for sentences and tables.
    [[nodiscard]] const std::string& text() const noexcept { return is_netlist() ? netlist.file : name; }
};

}   // namespace command
