// SPDX-License-Identifier: BSL-1.0
#include "containers/chunk_collection.hpp"

#include "containers/chunk_grammar.hpp"

#include <algorithm>
#include <utility>

namespace command {

namespace {

bool skip(byte_source& from, std::uint64_t size)
{
    const auto left = from.size() ? *from.size() - std::min(from.position(), *from.size()) : size;
    return from.move_to(from.position() + std::min(size, left)) && size <= left;
}

}   // namespace

bool chunk_collection::take(byte_source& from, const std::string& id, std::uint64_t size)
{
    if (is_filler(id)) return skip(from, size);
    if (is_of_wave64_alone(id)) {
        left_out_.push_back("its chunk '" + id + "', which is Wave64's own, is left out");
        return skip(from, size);
    }
    if (is_odd_chunk(id)) {
        left_out_.push_back("its chunk " + id + ", whose identifier is not of four letters, is left out");
        return skip(from, size);
    }
    if (size > most_in(id) || bytes_ + size > most_in_all) {
        if (!skip(from, size)) return false;
        left_out_.push_back("its chunk '" + id + "' of " + std::to_string(size) + " bytes is larger than phono carries and is left out");
        return true;
    }
    auto bytes = from.take(static_cast<std::size_t>(size));
    if (bytes.size() < size) return false;
    add({id, std::move(bytes)});
    return true;
}

void chunk_collection::add(chunk one)
{
    bytes_ += one.bytes.size();
    chunks_.push_back(std::move(one));
}

void chunk_collection::add_first(chunk one)
{
    bytes_ += one.bytes.size();
    chunks_.insert(chunks_.begin(), std::move(one));
}

}   // namespace command
