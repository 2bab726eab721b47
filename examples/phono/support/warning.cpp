// SPDX-License-Identifier: BSL-1.0
#include "support/warning.hpp"

#include <iostream>
#include <set>

namespace command {

void warn_once(const std::string& sentence)
{
    static std::set<std::string> told;
    if (told.insert(sentence).second) std::cerr << "phono: warning: " << sentence << '\n';
}

}   // namespace command
