// SPDX-License-Identifier: BSL-1.0
#include "filters/cascade.hpp"

#include "support/failure.hpp"

#include <memory>
#include <span>
#include <utility>

namespace command {

namespace {

linear_model product(const linear_model& first, const linear_model& second)
{
    linear_model all = first;
    all.forward *= second.forward;
    for (int i = 0; i < second.undone_count && all.undone_count < 2 * phono::detail::max_undone; ++i)
        all.undone[all.undone_count++] = second.undone[i];
    if (!all.problem) all.problem = second.problem;
    if (!all.problem) all.problem = phono::detail::stability_fault(all.forward);
    if (!all.problem) all.problem = phono::detail::inverse_fault(all.undone, all.undone_count);
    return all;
}

processor one_after_the_other(processor first, processor second)
{
    auto tubes = first.tubes ? first.tubes : second.tubes;
    const auto latency = first.latency + second.latency;
    auto warnings = std::move(first.warnings);
    warnings.insert(warnings.end(), second.warnings.begin(), second.warnings.end());
    auto limit = first.limit.most <= second.limit.most ? first.limit : second.limit;
    return {[one = std::move(first.run), two = std::move(second.run)](std::span<double> block) {
                one(block);
                two(block);
            },
            latency, std::move(tubes), std::move(limit), std::move(warnings)};
}

}   // namespace

filter cascade(const std::string& title, const filter& first, const filter& second)
{
    const auto one = std::make_shared<filter>(first);
    const auto two = std::make_shared<filter>(second);
    schematic_functions all;
    all.model = product(first.functions().model, second.functions().model);
    all.problem = all.model.problem;
    all.response = [one, two](double hertz) { return one->analogue(hertz) * two->analogue(hertz); };
    all.netlist = [title](const std::string&) -> std::string {
        throw failure{title + ": no netlist is written of several circuits in one; write one of each"};
    };
    if (first.functions().open_loop || second.functions().open_loop)
        all.open_loop = [one, two](const std::string& name) {
            return cascade(name, one->open_loop().value_or(*one), two->open_loop().value_or(*two));
        };
    if (first.has_tubes() || second.has_tubes())
        all.tube_processor = [one, two](const std::string&, double rate, int oversampling) {
            const kernel_options options{.oversampling = oversampling};
            return one_after_the_other(one->make_processor(rate, options), two->make_processor(rate, options));
        };
    if (first.has_tubes()) all.bias = first.functions().bias;
    if (second.has_tubes()) all.bias = second.functions().bias;
    return {title, std::move(all)};
}

}   // namespace command
