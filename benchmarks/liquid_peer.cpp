// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

// RIAA by the second-order sections of liquid-dsp, which are in float, as Debian compiles it.
#if PHONO_HAS_LIQUID

#include <complex>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

// liquid.h describes its functions by macros of C.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#include <liquid/liquid.h>
#pragma GCC diagnostic pop

namespace {

struct destroy_filter {
    void operator()(iirfilt_rrrf filter) const { iirfilt_rrrf_destroy(filter); }
};

class liquid_cascade {
public:
    explicit liquid_cascade(const phono::biquad_cascade& from)
    {
        std::vector<float> b, a;
        for (const phono::biquad& s : from) {
            for (const double v : {s.b0, s.b1, s.b2}) b.push_back(static_cast<float>(v));
            for (const double v : {1.0, s.a1, s.a2}) a.push_back(static_cast<float>(v));
        }
        filter_.reset(iirfilt_rrrf_create_sos(b.data(), a.data(), static_cast<unsigned>(from.count)), destroy_filter{});
    }

    void process(std::span<float> block)
    {
        iirfilt_rrrf_execute_block(filter_.get(), block.data(), static_cast<unsigned>(block.size()), block.data());
    }

private:
    std::shared_ptr<std::remove_pointer_t<iirfilt_rrrf>> filter_;
};

}   // namespace

void add_liquid(table& lines)
{
    const liquid_cascade cascade{biquads(riaa_alone, common_rate)};
    line one = checked_line<float>("RIAA: liquid-dsp, float", "block 512", in_blocks<float>(cascade, 512), analogue(riaa_alone), 0.1, 512);
    one.is_ours = false;
    lines.add(one);
}

#else

void add_liquid(table& lines) { lines.note("liquid-dsp: not installed (apt-get install libliquid-dev)."); }

#endif
