// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/documents.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// The headers of the library as files: their rooms, what they include, and the table of what they may include.
namespace source_tree {

using documents::text_of;

inline const std::string root = "include/";

/// The library's headers as they are included, `phono/chain/chain.hpp`.
inline std::vector<std::string> headers()
{
    std::vector<std::string> found = documents::files_below(root + "phono", ".hpp");
    for (std::string& file : found) file.erase(0, root.size());
    return found;
}

/// The library's headers that a header includes.
inline std::vector<std::string> includes_of(const std::string& text)
{
    std::vector<std::string> found;
    for (const std::string& line : documents::lines_of(text)) {
        const std::string begin = "#include <";
        if (line.starts_with(begin + "phono/")) found.push_back(line.substr(begin.size(), line.find('>') - begin.size()));
    }
    return found;
}

/// The room of a header: its folder. A header of the root belongs to the folder of its name, or else is a room of its own.
inline std::string room_of(const std::string& header)
{
    const std::string path = header.substr(std::string{"phono/"}.size());
    const auto slash = path.rfind('/');
    if (slash != std::string::npos) return path.substr(0, slash + 1);
    const std::string folder = path.substr(0, path.size() - std::string{".hpp"}.size());
    return documents::fs::is_directory(documents::source / root / "phono" / folder) ? folder + '/' : path;
}

/// The table of layers: each room with what it may include besides itself.
struct layers {
    std::vector<std::string> rooms;   ///< in the order of the table
    std::map<std::string, std::set<std::string>> may_include;

    bool knows(const std::string& room) const { return may_include.contains(room); }
    bool allows(const std::string& from, const std::string& to) const { return from == to || may_include.at(from).contains(to); }
};

/// The words between backticks.
inline std::vector<std::string> quoted(const std::string& cell)
{
    std::vector<std::string> words;
    for (auto at = cell.find('`'); at != std::string::npos; at = cell.find('`', at)) {
        const auto end = cell.find('`', at + 1);
        REQUIRE(end != std::string::npos);
        words.push_back(cell.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return words;
}

/// The table `| room | may include |` of include/phono/README.md: names in backticks, or the words "nothing" and "everything above". A row
/// may stand for several rooms, which may not include each other.
inline layers table_of_layers()
{
    layers table;
    const std::vector<std::string> lines = documents::marked_table(root + "phono/README.md", "layers", "tests/project/layers_test");
    CHECK(documents::cells_of(lines[0]) == std::vector<std::string>{"room", "may include"});
    for (std::size_t n = 2; n < lines.size(); ++n) {
        const std::vector<std::string> cells = documents::cells_of(lines[n]);
        INFO(lines[n]);
        REQUIRE(cells.size() == 2);
        const std::vector<std::string> below = cells[1] == "everything above" ? table.rooms : quoted(cells[1]);
        CHECK((!below.empty() || cells[1] == "nothing"));
        for (const std::string& room : quoted(cells[0])) {
            CHECK_FALSE(table.knows(room));
            table.rooms.push_back(room);
            table.may_include[room] = {below.begin(), below.end()};
        }
    }
    return table;
}

/// True if a header declares something in `phono` itself, which users may name. Headers of `phono::detail` and `phono::math` do not.
inline bool is_public(const std::string& text)
{
    const std::vector<std::string> lines = documents::lines_of(text);
    return std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.starts_with("namespace phono::") && !line.ends_with("::detail {") && !line.ends_with("::math {");
    });
}

}   // namespace source_tree
