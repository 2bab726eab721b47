// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

// RIAA by the biquads of the Synthesis ToolKit: direct form I, in double.
#if PHONO_HAS_STK

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <stk/BiQuad.h>
#pragma GCC diagnostic pop

#include <vector>

namespace {

class stk_cascade {
public:
    explicit stk_cascade(const phono::biquad_cascade& from)
    {
        for (const phono::biquad& s : from) section_.emplace_back().setCoefficients(s.b0, s.b1, s.b2, s.a1, s.a2);
    }

    double operator()(double x)
    {
        for (stk::BiQuad& s : section_) x = s.tick(x);
        return x;
    }

private:
    std::vector<stk::BiQuad> section_;
};

}   // namespace

void add_stk(table& lines)
{
    const stk_cascade cascade{biquads(riaa_alone, common_rate)};
    line one = checked_line<double>("RIAA: STK", "object", as_object<double>(cascade), analogue(riaa_alone), 1e-3);
    one.is_ours = false;
    lines.add(one);
}

#else

void add_stk(table& lines) { lines.note("STK: not installed (apt-get install libstk-dev)."); }

#endif
