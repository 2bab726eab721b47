// SPDX-License-Identifier: BSL-1.0
#include "containers/formats.hpp"
#include "containers/tail.hpp"
#include "support/failure.hpp"

namespace command {

namespace {

failure not_there(const byte_source& source, const sound_layout& layout, bool sound)
{
    return failure{source.name() + ": its header has no chunk that " +
                   (sound ? "describes the sound in front of it" : "holds sound ('" + layout.sound_id + "')") +
                   "; the file is damaged or was cut before its sound begins"};
}

failure ends_early(const byte_source& source, const chunk_head& head)
{
    return failure{source.name() + ": truncated: its chunk '" + head.id + "' announces " + std::to_string(head.size) +
                   " bytes, more than the file holds, and no sound follows; copy it again from its source"};
}

// One of an odd identifier only where it is as long as a chunk can be.
std::optional<chunk_head> next_head(byte_source& source, const chunk_grammar& grammar)
{
    const auto bytes = source.peek(grammar.head_bytes);
    if (auto head = grammar.parse(bytes)) return head;
    auto odd = grammar.parse_odd(bytes);
    const auto end = source.position() + grammar.head_bytes;
    const auto most = source.size() ? *source.size() - std::min(*source.size(), end) : chunk_collection::most_in_all;
    return odd && odd->size <= most ? odd : std::nullopt;
}

}   // namespace

std::uint64_t find_sound(byte_source& source, sound_layout& layout, const describe_sound& describe, const std::function<bool()>& described)
{
    struct place {
        std::uint64_t begin, size;
        std::size_t in_front;
    };
    std::optional<place> sound;   // that was met before what describes it
    for (;;) {
        const auto head = next_head(source, *layout.grammar);
        if (!head) break;
        source.move_to(source.position() + layout.grammar->head_bytes);
        if (head->id == layout.sound_id && !sound) {
            if (described()) return head->size;
            if (!source.size()) throw not_there(source, layout, true);
            sound = place{source.position(), head->size, layout.in_front.chunks().size()};
            if (head->size > *source.size() - source.position()) break;
            source.move_to(source.position() + head->size);
        } else {
            const auto content = head->size <= chunk_collection::most_in_one ? source.peek(static_cast<std::size_t>(head->size))
                                                                             : std::vector<unsigned char>{};
            if (content.size() == head->size && describe(head->id, content)) source.move_to(source.position() + head->size);
            else if (!layout.in_front.take(source, head->id, head->size)) throw ends_early(source, *head);
        }
        skip_padding(source, *layout.grammar, head->size);
    }
    if (!sound || !described()) throw not_there(source, layout, sound.has_value());
    layout.in_front.keep(sound->in_front);   // the others are met again behind the sound
    source.move_to(sound->begin);
    return sound->size;
}

}   // namespace command
