// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

/// The elements that a plot is made of, as text.
namespace command::element {

/// A coordinate: a tenth of a pixel is fine enough, and the same everywhere.
[[nodiscard]] std::string px(double value);

[[nodiscard]] std::string attribute(std::string_view name, double value);
[[nodiscard]] std::string attribute(std::string_view name, std::string_view value);

/// Text as it may stand between tags: what XML has no place for, control characters and broken UTF-8, is U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// `anchor`: start, middle or end. An empty class leaves the document's own style.
[[nodiscard]] std::string text(double x, double y, std::string_view words, std::string_view css_class, std::string_view anchor);

[[nodiscard]] std::string rule(double x1, double y1, double x2, double y2, std::string_view css_class);

/// How wide a text is at most, in the widest of the usual sans-serif fonts: which one a viewer has is not known.
[[nodiscard]] double text_width(std::string_view words, double font_size) noexcept;

}   // namespace command::element
