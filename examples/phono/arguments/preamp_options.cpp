// SPDX-License-Identifier: BSL-1.0
#include "arguments/preamp_options.hpp"

#include "support/failure.hpp"

namespace command {

namespace {

constexpr auto group = "A circuit of one's own";

}   // namespace

void preamp_options::add_to(CLI::App& app, const std::string& about, bool several, nodes names) { add_to(app, app, about, several, names); }

void preamp_options::add_to(CLI::App& app, CLI::App& subject, const std::string& about, bool several, nodes names)
{
    preamp_ = subject.add_option("--preamp", names_, about + (several ? "; may be repeated" : ""))->type_name("PREAMP");
    netlist_ = subject.add_option("--netlist", files_, std::string{"or a SPICE netlist"} + (several ? "; may be repeated" : ""));
    netlist_->type_name("FILE.cir");
    for (auto* option : {preamp_, netlist_}) {
        option->allow_extra_args(false);   // files may follow
        if (!several) option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    }
    add_choices(app, names, several);
}

void preamp_options::add_netlist_to(CLI::App& app, const std::string& about, nodes names)
{
    netlist_ = app.add_option("--netlist", files_, about);
    netlist_->type_name("FILE.cir")->allow_extra_args(false)->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    add_choices(app, names, false);
}

void preamp_options::add_file_to(CLI::App& app)
{
    netlist_ = app.add_option("FILE", files_, "a SPICE netlist");
    netlist_->required()->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    add_choices(app, nodes::of_short_names, false);
}

void preamp_options::add_choices(CLI::App& app, nodes names, bool several)
{
    const std::string of = several ? "of every netlist given: " : "of a netlist: ";
    const bool is_short = names == nodes::of_short_names;
    app.add_option(is_short ? "--input,--input-node" : "--input-node", choices_.input,
                   of + "the source that drives it, or the node (default: the source with AC, or node in)")
        ->type_name("NODE")
        ->needs(netlist_)
        ->group(group);
    app.add_option(is_short ? "--output,--output-node" : "--output-node", choices_.output,
                   of + "the node whose voltage is the output (default: out)")
        ->type_name("NODE")
        ->needs(netlist_)
        ->group(group);
    app.add_option("--set", choices_.settings, of + "another value for a part, as R5=51k or X1.C2=1n; may be repeated")
        ->type_name("PART=VALUE")
        ->allow_extra_args(false)   // files may follow
        ->needs(netlist_)
        ->group(group);
}

std::vector<preamp_argument> preamp_options::some() const
{
    if (!is_given()) throw failure{"--preamp is required, or --netlist"};
    return all();
}

preamp_argument preamp_options::one() const
{
    const auto given = some();
    if (given.size() > 1) throw failure{"--preamp and --netlist: give one of the two"};
    return given.front();
}

std::vector<preamp_argument> preamp_options::all() const
{
    std::vector<preamp_argument> all;
    for (const auto& name : names_) all.push_back({name, {}});
    for (const auto& file : files_) all.push_back({{}, {file, choices_.input, choices_.output, choices_.settings}});
    return all;
}

}   // namespace command
