// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>

namespace phono::inline v0_2::detail {

/// A fault in an object of which there may be many: smaller, and what stands behind it may use the rest of its last word.
class kept_fault {
public:
    constexpr kept_fault() noexcept = default;
    constexpr kept_fault(const fault& from) noexcept
        : part_(from.part),
          rule_(from.rule),
          unit_(from.unit),
          value_(from.value.value_or(0.0)),
          block_(from.block),
          has_value_(from.value.has_value())
    {
    }
    [[nodiscard]] constexpr fault get() const noexcept
    {
        return {part_, has_value_ ? std::optional<double>{value_} : std::nullopt, rule_, block_, unit_};
    }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return *rule_ != '\0'; }

private:
    const char *part_ = "", *rule_ = "", *unit_ = "";
    double value_ = 0.0;
    int block_ = -1;
    bool has_value_ = false;
};

}   // namespace phono::inline v0_2::detail
