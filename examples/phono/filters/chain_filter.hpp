// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/chain_reading.hpp"
#include "filters/designed_processor.hpp"

#include <phono/analysis/open_loop.hpp>

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace command {

/// Any linear chain of the library as a `filter`.
template <class Chain>
class chain_filter final : public chain_reading<Chain> {
public:
    using chain_reading<Chain>::chain_reading;

    [[nodiscard]] bool has_tubes() const override { return false; }

    [[nodiscard]] std::optional<response_pair> open_loop(double rate, command::phase phase) const override
    {
        const auto pulled = phono::open_loop(this->schematic());
        const auto title = this->title() + ", open loop";
        if constexpr (std::is_same_v<decltype(pulled), const Chain>) return std::nullopt;
        else
            return response_pair{title, [pulled](double hertz) { return phono::response(pulled, phono::frequency{hertz}); },
                                 this->digital_response(this->sound(pulled, title, rate), rate, phase)};
    }

    [[nodiscard]] processor make_processor(double rate, kernel how) const override
    {
        return run_designed(phono::design(this->sound(rate), phono::frequency{rate}, this->library(how.phase)), how.precision);
    }
};

template <class Chain>
[[nodiscard]] std::unique_ptr<filter> make_filter(std::string title, const Chain& schematic)
{
    return std::make_unique<chain_filter<Chain>>(std::move(title), schematic);
}

}   // namespace command
