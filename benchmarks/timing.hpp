// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

/// Ends the program if a contender does not do what it should.
void require(bool held, const char* what);

/// The output of a filter for a signal, one sample at a time.
template <class Filter, class T>
void run(Filter& filter, const std::vector<T>& in, std::vector<T>& out)
{
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = filter(in[i]);
}
