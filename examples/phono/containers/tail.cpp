// SPDX-License-Identifier: BSL-1.0
#include "containers/tail.hpp"

#include "support/bytes.hpp"

#include <algorithm>
#include <cstring>

namespace command {

namespace {

constexpr std::size_t most_chunks = 65'536;

std::vector<unsigned char> bytes_at(byte_source& file, std::uint64_t position, std::uint64_t count)
{
    file.move_to(position);
    return file.take(static_cast<std::size_t>(count));
}

bool has(const std::vector<unsigned char>& bytes, std::size_t at, std::string_view text)
{
    return bytes.size() >= at + text.size() && std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

// One tag that ends at `end`.
std::optional<placed_chunk> tag_before(byte_source& file, std::uint64_t begin, std::uint64_t end)
{
    constexpr std::uint64_t id3_bytes = 128, enhanced_bytes = 227, ape_foot = 32;
    if (end - begin >= id3_bytes && has(bytes_at(file, end - id3_bytes, 3), 0, "TAG"))
        return placed_chunk{"TAG ", end - id3_bytes, id3_bytes};
    if (end - begin >= enhanced_bytes && has(bytes_at(file, end - enhanced_bytes, 4), 0, "TAG+"))
        return placed_chunk{"TAG+", end - enhanced_bytes, enhanced_bytes};
    if (end - begin < ape_foot) return std::nullopt;
    const auto foot = bytes_at(file, end - ape_foot, ape_foot);
    if (!has(foot, 0, "APETAGEX")) return std::nullopt;
    const auto flags = number(std::span{foot}.subspan(20, 4), std::endian::little);
    const auto size = number(std::span{foot}.subspan(12, 4), std::endian::little) + (flags >> 31 != 0 ? ape_foot : 0);   // with its head
    if (size < ape_foot || size > end - begin) return std::nullopt;
    return placed_chunk{"APE ", end - size, size};
}

// ID3v2 behind the sound instead of a chunk.
bool is_id3(byte_source& file, std::uint64_t begin, std::uint64_t end) { return id3v2_bytes(bytes_at(file, begin, 10)) == end - begin; }

enum class identifiers { of_letters, any };

tail walk(byte_source& file, const chunk_grammar& grammar, std::string_view sound_id, std::uint64_t begin, std::uint64_t end,
          identifiers which)
{
    tail found;
    for (auto at = begin; at < end && !is_padding(file, at, end); at = file.position()) {
        if (is_id3(file, at, end)) {
            found.chunks.push_back({"id3 ", at, end - at});
            break;
        }
        const auto bytes = bytes_at(file, at, std::min<std::uint64_t>(grammar.head_bytes, end - at));
        auto head = grammar.parse(bytes);
        if (!head && which == identifiers::any) head = grammar.parse_odd(bytes);
        if (!head || found.chunks.size() == most_chunks) {
            found.kind = tail_kind::foreign;
            break;
        }
        const auto content = at + grammar.head_bytes;
        if (head->size > end - content) {
            found.kind = !found.chunks.empty() || is_common_chunk(head->id) ? tail_kind::cut : tail_kind::foreign;
            found.chunks.push_back({head->id, content, head->size});
            break;
        }
        if ((head->id == sound_id && head->size > 0) || begins_file(head->id)) found.kind = tail_kind::more_sound;
        found.chunks.push_back({head->id, content, head->size});
        file.move_to(content + head->size);
        skip_padding(file, grammar, head->size);
    }
    return found;
}

// Odd identifiers are believed only where all sizes up to the end add up with them.
tail walk(byte_source& file, const chunk_grammar& grammar, std::string_view sound_id, std::uint64_t begin, std::uint64_t end)
{
    auto found = walk(file, grammar, sound_id, begin, end, identifiers::of_letters);
    if (found.kind != tail_kind::foreign) return found;
    auto with_odd = walk(file, grammar, sound_id, begin, end, identifiers::any);
    return with_odd.kind == tail_kind::whole ? with_odd : found;
}

std::uint64_t begin_of(const std::vector<placed_chunk>& tags, std::uint64_t end) { return tags.empty() ? end : tags.front().begin; }

// Tags are looked for only where the chunks do not reach to the end: sound, too, may hold the bytes of TAG.
tail walk_to_end(byte_source& file, const chunk_grammar& grammar, std::string_view sound_id, std::uint64_t begin)
{
    auto found = walk(file, grammar, sound_id, begin, *file.size());
    if (found.kind == tail_kind::whole) return found;
    const auto tags = tags_at_end(file, begin);
    if (tags.empty()) return found;
    found = walk(file, grammar, sound_id, begin, tags.front().begin);
    found.chunks.insert(found.chunks.end(), tags.begin(), tags.end());
    return found;
}

}   // namespace

std::uint64_t id3v2_bytes(std::span<const unsigned char> head) noexcept
{
    constexpr std::string_view mark = "ID3";
    constexpr unsigned has_footer = 0x10;
    if (head.size() < 10 || !std::equal(mark.begin(), mark.end(), head.begin())) return 0;
    std::uint64_t size = (head[5] & has_footer) != 0 ? 20 : 10;
    for (std::size_t i = 6; i < 10; ++i) size += std::uint64_t{head[i]} << 7 * (9 - i);   // seven bits in each byte
    return size;
}

bool is_padding(byte_source& file, std::uint64_t begin, std::uint64_t end)
{
    if (begin >= end) return true;
    if (end - begin > most_padding) return false;
    const auto bytes = bytes_at(file, begin, end - begin);
    return std::all_of(bytes.begin(), bytes.end(), [](unsigned char x) { return x == 0; });
}

std::vector<placed_chunk> tags_at_end(byte_source& file, std::uint64_t begin)
{
    std::vector<placed_chunk> tags;
    for (auto end = *file.size(); end > begin; end = tags.front().begin) {
        const auto tag = tag_before(file, begin, end);
        if (!tag) break;
        tags.insert(tags.begin(), *tag);
    }
    return tags;
}

void skip_padding(byte_source& source, const chunk_grammar& grammar, std::uint64_t size)
{
    const auto padding = static_cast<std::size_t>(grammar.padded(size) - size);
    if (padding == 0) return;
    const auto next = source.peek(padding + grammar.head_bytes);
    const auto bytes = std::span{next};
    const auto end = std::min(padding, bytes.size());
    const bool zeros = std::all_of(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(end), [](unsigned char x) { return x == 0; });
    // Heads are looked for at both places: padding may be missing, and it may be something else than zeros.
    if (zeros || (!grammar.parse(bytes) && grammar.parse(bytes.subspan(end)))) source.move_to(source.position() + end);
}

tail tail_at(byte_source& file, const chunk_grammar& grammar, std::string_view sound_id, std::uint64_t begin, std::uint64_t sound_bytes)
{
    file.move_to(begin);
    skip_padding(file, grammar, sound_bytes);
    return walk_to_end(file, grammar, sound_id, file.position());
}

std::uint64_t find_tail(byte_source& file, const chunk_grammar& grammar, std::string_view sound_id, std::uint64_t begin)
{
    const auto end = begin_of(tags_at_end(file, begin), *file.size());
    constexpr std::uint64_t window = std::uint64_t{32} << 20, step = std::uint64_t{1} << 20;
    for (auto at = std::max(begin, end - std::min(end, window)); at < end; at += step) {
        const auto bytes = bytes_at(file, at, std::min(step + grammar.head_bytes, end - at));   // heads may cross a step's end
        for (std::size_t i = 0; i + grammar.head_bytes <= bytes.size() && i < step; ++i) {
            const auto head = grammar.parse(std::span{bytes}.subspan(i));
            if (!head || !is_common_chunk(head->id) || head->size > end - at - i - grammar.head_bytes) continue;
            if (walk(file, grammar, sound_id, at + i, end).kind == tail_kind::whole) return at + i;
        }
    }
    return end;
}

}   // namespace command
