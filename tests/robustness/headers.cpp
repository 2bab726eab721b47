// SPDX-License-Identifier: BSL-1.0
#include "robustness/header_search.hpp"

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000;
    const std::uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    const auto all = header_search::run(first, count);
    for (const auto& one : all.objections) std::cout << one << '\n';
    std::cout << count << " files, from disk and from a pipe: " << all.read << " read, " << all.refused << " refused, of these "
              << all.recovered << " recovered; " << all.objections.size() << " objections\n";
    return all.objections.empty() ? 0 : 1;
}
