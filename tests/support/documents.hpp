// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// The project's own files, for the tests that check the documents against them.
namespace documents {

namespace fs = std::filesystem;

inline const fs::path source{PHONO_SOURCE};

/// A file's text; its path is relative to the project's folder.
inline std::string text_of(const fs::path& file)
{
    INFO(file.string());
    std::ifstream stream(source / file, std::ios::binary);
    REQUIRE(stream);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

inline std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream rest(text);
    for (std::string line; std::getline(rest, line);) lines.push_back(line);
    return lines;
}

/// The files below a folder of the project whose names have this ending, as sorted paths from the project's folder. Build output is left
/// out.
inline std::vector<std::string> files_below(const fs::path& folder, std::string_view ending)
{
    std::vector<std::string> found;
    for (auto entry = fs::recursive_directory_iterator(source / folder); entry != fs::recursive_directory_iterator{}; ++entry) {
        const std::string name = entry->path().filename().string();
        if (entry->is_directory() && (name == "build" || name == ".git")) entry.disable_recursion_pending();
        else if (entry->is_regular_file() && name.ends_with(ending)) found.push_back(fs::relative(entry->path(), source).generic_string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// The cells of a line of a table, `| one | two |`.
inline std::vector<std::string> cells_of(const std::string& line)
{
    std::vector<std::string> cells;
    std::istringstream rest(line.substr(std::min<std::size_t>(1, line.size())));
    for (std::string text; std::getline(rest, text, '|');) {
        const auto first = text.find_first_not_of(' ');
        cells.push_back(first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1));
    }
    return cells;
}

/// The line before a table that a test measures; `<!-- end -->` follows the table.
inline std::string table_mark(const std::string& name, const std::string& test) { return "<!-- " + name + " table: " + test + " -->\n"; }

/// The document of the project that has this marked table.
inline fs::path document_with_table(const std::string& name, const std::string& test)
{
    std::vector<std::string> found;
    for (const std::string& file : files_below("", ".md"))
        if (text_of(file).find(table_mark(name, test)) != std::string::npos) found.push_back(file);
    INFO("one document must have the line " << table_mark(name, test));
    REQUIRE(found.size() == 1);
    return found[0];
}

/// The lines of a marked table of a document, its header and rule included.
inline std::vector<std::string> marked_table(const fs::path& document, const std::string& name, const std::string& test)
{
    INFO(document.string() << " has the " << name << " table of " << test);
    const std::string text = text_of(document), begin = table_mark(name, test);
    const auto at = text.find(begin);
    REQUIRE(at != std::string::npos);
    const auto end = text.find("<!-- end -->", at);
    REQUIRE(end != std::string::npos);
    std::vector<std::string> lines = lines_of(text.substr(at + begin.size(), end - at - begin.size()));
    std::erase(lines, "");
    REQUIRE(lines.size() >= 2);
    return lines;
}

}   // namespace documents
