// SPDX-License-Identifier: BSL-1.0
#include "containers/decoder_input.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace command {

namespace {

std::string quoted(const std::string& name)
{
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+,=@%-";
    if (name.find_first_not_of(plain) == std::string::npos) return name;
    std::string text = "'";
    for (const char x : name) text += x == '\'' ? std::string{"'\\''"} : std::string{x};
    return text + '\'';
}

}   // namespace

decoder_input all_of(const byte_source& file)
{
    decoder_input all;
    all.parts.push_back({0, *file.size()});
    return all;
}

decoder_bytes::decoder_bytes(byte_source& source, const decoder_input& input)
    : source_{source}, head_{input.head}, tail_{input.tail}, tail_at_{head_.size()}
{
    for (const auto& part : input.parts) {
        if (part.begin >= part.end) continue;
        pieces_.push_back({tail_at_, part.begin});
        tail_at_ += part.end - part.begin;
    }
    size_ = tail_at_ + tail_.size();
}

std::size_t decoder_bytes::read(std::span<unsigned char> into)
{
    std::size_t done = 0;
    const auto copy = [&](const std::vector<unsigned char>& from, std::uint64_t at) {
        const auto left = std::span{from}.subspan(static_cast<std::size_t>(at));
        const auto count = std::min(into.size() - done, left.size());
        std::copy_n(left.begin(), count, into.begin() + static_cast<std::ptrdiff_t>(done));
        return count;
    };
    const auto copy_file = [&] {
        const auto next = std::upper_bound(pieces_.begin(), pieces_.end(), position_,
                                           [](std::uint64_t position, const piece& one) { return position < one.at; });
        const auto& one = *std::prev(next);
        const auto left = (next == pieces_.end() ? tail_at_ : next->at) - position_;
        source_.move_to(one.begin + (position_ - one.at));
        return source_.read(into.subspan(done, static_cast<std::size_t>(std::min<std::uint64_t>(into.size() - done, left))));
    };
    while (done < into.size() && position_ < size_) {
        const auto count = position_ < head_.size() ? copy(head_, position_)
                           : position_ < tail_at_   ? copy_file()
                                                    : copy(tail_, position_ - tail_at_);
        if (count == 0) break;
        done += count;
        position_ += count;
    }
    return done;
}

std::string convert_first(const byte_source& file)
{
    // A name that begins with a dash would be taken for an option.
    const auto name = file.name() == "standard input" ? "FILE" : (file.name().starts_with('-') ? "./" : "") + file.name();
    return "convert it first: ffmpeg -i " + quoted(name) + ' ' + quoted(name + ".wav");
}

}   // namespace command
