// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/netlist_argument.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace command {

/// --preamp and --netlist, whichever a subcommand is about, and for a netlist --input, --output and --set.
class preamp_options {
public:
    /// What tells a netlist's nodes: --input and --output, which may be written --input-node and --output-node, or these alone where the
    /// short ones mean something else.
    enum class nodes { of_short_names, of_long_names };

    /// For a subcommand about one preamp, or with `several` about any number. `about` says what is to be known of a name.
    void add_to(CLI::App& app, const std::string& about, bool several = false, nodes names = nodes::of_short_names);
    /// The same with --preamp and --netlist in an option group, in which another subject stands too.
    void add_to(CLI::App& app, CLI::App& subject, const std::string& about, bool several = false, nodes names = nodes::of_short_names);

    /// --netlist without --preamp, for a subcommand to which it says `about`.
    void add_netlist_to(CLI::App& app, const std::string& about, nodes names = nodes::of_short_names);
    /// The netlist's file as what the subcommand is about.
    void add_file_to(CLI::App& app);

    /// The one that is given. Throws a failure where none is.
    [[nodiscard]] preamp_argument one() const;
    /// All, those of the catalogue first; empty where none is given.
    [[nodiscard]] std::vector<preamp_argument> all() const;
    /// The same. Throws a failure where none is.
    [[nodiscard]] std::vector<preamp_argument> some() const;
    [[nodiscard]] bool is_given() const noexcept { return !names_.empty() || !files_.empty(); }

    /// What is to be said of a catalogue's preamp alone.
    void make_need_preamp(CLI::Option& other) const { other.needs(preamp_); }
    void make_exclude_netlist(CLI::Option& other) const { other.excludes(netlist_); }

private:
    void add_choices(CLI::App& app, nodes names, bool several);

    std::vector<std::string> names_{}, files_{};
    netlist_argument choices_{};
    CLI::Option *preamp_ = nullptr, *netlist_ = nullptr;
};

}   // namespace command
