// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

/// Ends the program if something that is to be timed does not do what it should.
void require(bool held, const char* what);

/// What a filter makes of a signal, one sample at a time.
template <class Filter, class T>
void run(Filter& filter, const std::vector<T>& in, std::vector<T>& out)
{
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = filter(in[i]);
}
