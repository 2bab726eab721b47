// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace command {

/// A JSON value, as text.
class json {
public:
    using members = std::vector<std::pair<std::string_view, json>>;

    json() : text_{"null"} {}
    json(bool value) : text_{value ? "true" : "false"} {}
    json(double value);             ///< as many digits as read back to the same; null for an infinity or NaN
    json(std::string_view value);   ///< a byte that is not UTF-8, as file names may hold, becomes U+DC00 plus the byte, as in Python
    json(const std::string& value) : json{std::string_view{value}} {}
    json(const char* value) : json{std::string_view{value}} {}

    /// A line for each member or item, indented by two spaces.
    [[nodiscard]] static json object(const members& all);
    [[nodiscard]] static json array(const std::vector<json>& items);

    /// All in one line.
    [[nodiscard]] static json short_object(const members& all);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    [[nodiscard]] static json raw(std::string text);
    [[nodiscard]] static json lines(char open, const std::vector<std::string>& items, char close);

    std::string text_;
};

}   // namespace command
