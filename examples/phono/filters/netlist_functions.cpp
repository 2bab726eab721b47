// SPDX-License-Identifier: BSL-1.0
#include "filters/netlist_functions.hpp"

#include "filters/netlist_engine.hpp"
#include "filters/schematic_functions.hpp"
#include "filters/tube_channel.hpp"

#include <memory>
#include <string>
#include <vector>

namespace command {

schematic_functions functions_of_parts(const erased_parts& parts)
{
    const auto held = std::make_shared<const erased_circuit>(*parts);
    schematic_functions functions;
    functions.model = linear_model_of(phono::analyse(*held));
    functions.problem = functions.model.problem;
    functions.parts = parts;
    functions.response = [held](double hertz) { return phono::response(*held, phono::frequency{hertz}); };
    functions.netlist = [parts](const std::string& title) { return phono::spice(*parts, title); };
    if (parts->triode_count == 0) return functions;
    functions.tube_processor = [parts](const std::string& title, double rate, int oversampling) {
        return path_through(std::shared_ptr{make_netlist_engine(*parts, rate, oversampling)}, title);
    };
    functions.bias = [held] {
        const auto triodes = phono::bias(*held);
        return std::vector<phono::tube_bias>(triodes.begin(), triodes.begin() + held->netlist().triode_count);
    };
    return functions;
}

}   // namespace command
