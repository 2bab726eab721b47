// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace command {

/// A netlist's file with the files that its `.include`, `.inc` and `.lib` name in their places: one text, of which every line is known by its
/// file.
///
/// A name is relative to the file that includes it. A `.lib` that is not there is kept in mind: what it has may not be asked for. `.lib FILE SECTION` takes the lines from `.lib SECTION` to `.endl`, `.lib FILE` all of a
/// file without sections. A text may be UTF-8, UTF-16 or, where it is neither, Windows-1252, as LTspice writes it. An `.end` of an included
/// file ends nothing.
class netlist_text {
public:
    /// Throws a failure that names file and line where a file cannot be read, includes itself or has no such section, and where files are
    /// nested 16 deep or more than 1 MiB together.
    explicit netlist_text(const std::string& file);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// Where a line of it stands, counted from 1: `stage.cir:5`; of line 0, and beyond the last, the name of the file.
    [[nodiscard]] std::string place(int line) const;

    /// A `.lib` that names no file that is there: a program's own library, or one of parts that the netlist defines itself.
    struct missing_library {
        int line;   ///< of the text
        std::string name;
    };
    [[nodiscard]] const std::vector<missing_library>& missing() const noexcept { return missing_; }
    /// Why a library is missing, and what to do.
    [[nodiscard]] std::string where_missing() const { return missing_beside(files_.front()); }

private:
    /// What names a further file, and where it stands.
    struct inclusion {
        std::string place;   ///< `stage.cir:5: .include`
        std::string name, section;
        bool is_library;   ///< by .lib alone, which mostly defines, and neither by .include nor a section of one
    };
    using lines = std::vector<std::string>;

    void take_file(const std::string& name, const std::string& asked_by, const std::string& section);
    void take_lines(const std::string& name, const lines& all, std::size_t first, std::size_t end, bool has_title);
    void take_included(const std::string& includer, const inclusion& asked);
    void add(std::size_t file, std::size_t line, std::string_view text);
    [[nodiscard]] static std::string missing_beside(const std::string& includer);

    struct origin {
        std::size_t file;   ///< in files_
        std::size_t line;   ///< counted from 1
    };
    lines files_{};
    std::vector<origin> origins_{};
    std::vector<std::string> open_{};    ///< the files that are being read, each by what it is on disk and its section
    std::vector<std::string> taken_{};   ///< those that have been, outside of subcircuits
    int subcircuits_ = 0;                ///< that are open
    std::vector<missing_library> missing_{};
    std::string text_{};
};

}   // namespace command
