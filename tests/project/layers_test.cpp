// SPDX-License-Identifier: BSL-1.0
#include "support/source_tree.hpp"

/// The rooms of include/phono are layers: a header includes its own room and those that the table of include/phono/README.md allows it.
namespace {

using namespace source_tree;

/// What is wrong with an include, as a sentence; nothing if it is allowed.
std::string objection(const layers& table, const std::string& header, const std::string& included)
{
    const std::string from = room_of(header), to = room_of(included);
    if (!table.knows(from)) return header + ": its room `" + from + "` is not in the table of layers (include/phono/README.md)";
    if (!table.knows(to)) return included + ": its room `" + to + "` is not in the table of layers (include/phono/README.md)";
    if (table.allows(from, to)) return {};
    std::string allowed;
    for (const std::string& room : table.may_include.at(from)) allowed += " `" + room + "`";
    return header + " includes <" + included + ">: `" + from + "` may include" + (allowed.empty() ? " no other room" : allowed) +
           ", not `" + to + "` (include/phono/README.md)";
}

}   // namespace

TEST_CASE("The table of layers has every room once and none includes a room below its own row")
{
    const layers table = table_of_layers();
    std::set<std::string> above, rooms;
    for (const std::string& header : headers()) rooms.insert(room_of(header));
    for (const std::string& room : table.rooms) {
        INFO(room);
        CHECK(rooms.contains(room));   // a row for a room that does not exist
        for (const std::string& other : table.may_include.at(room)) {
            INFO("may include " << other);
            CHECK(above.contains(other));
        }
        above.insert(room);
    }
    for (const std::string& room : rooms) {
        INFO(room << " has no row");
        CHECK(table.knows(room));
    }
}

TEST_CASE("Every header includes its own room and rooms that the table of layers allows it")
{
    const layers table = table_of_layers();
    int count = 0;
    for (const std::string& header : headers())
        for (const std::string& included : includes_of(text_of(root + header))) {
            const std::string wrong = objection(table, header, included);
            if (!wrong.empty()) FAIL_CHECK(wrong);
            ++count;
        }
    CHECK(count > 300);
}

TEST_CASE("An include against the layers is reported with its file and its rule")
{
    const layers table{{"math/", "circuit/"}, {{"math/", {}}, {"circuit/", {"math/"}}}};
    CHECK(objection(table, "phono/circuit/flat_netlist.hpp", "phono/math/matrix.hpp").empty());
    CHECK(objection(table, "phono/circuit/flat_netlist.hpp", "phono/circuit/part.hpp").empty());
    CHECK(objection(table, "phono/math/matrix.hpp", "phono/circuit/flat_netlist.hpp") ==
          "phono/math/matrix.hpp includes <phono/circuit/flat_netlist.hpp>: `math/` may include no other room, not `circuit/` "
          "(include/phono/README.md)");
    CHECK(objection(table, "phono/attic/box.hpp", "phono/math/matrix.hpp") ==
          "phono/attic/box.hpp: its room `attic/` is not in the table of layers (include/phono/README.md)");
}
