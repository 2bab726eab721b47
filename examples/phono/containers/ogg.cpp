// SPDX-License-Identifier: BSL-1.0
#include "containers/ogg.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace command {

bool ogg_is_cut(byte_source& file)
{
    constexpr std::string_view capture = "OggS";
    constexpr std::uint64_t longest_page = 27 + 255 + 255 * 255;
    constexpr std::size_t head = 27;
    constexpr unsigned last_of_stream = 4;
    file.move_to(0);
    if (const auto first = file.take(capture.size()); !std::equal(first.begin(), first.end(), capture.begin(), capture.end())) return false;
    file.move_to(*file.size() - std::min(*file.size(), 2 * longest_page));
    const auto bytes = file.take(2 * longest_page);
    const auto page = std::find_end(bytes.begin(), bytes.end(), capture.begin(), capture.end());
    const auto left = static_cast<std::size_t>(bytes.end() - page);
    if (left < head || left < head + page[26]) return true;
    const auto size = std::accumulate(page + 27, page + 27 + page[26], head + page[26]);
    return left < size || (page[5] & last_of_stream) == 0;
}

}   // namespace command
