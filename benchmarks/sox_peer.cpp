// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

// RIAA by the effect of that name of SoX, as Debian compiles it: two poles and two zeros in double, on samples of 32 bits.
#if PHONO_HAS_SOX

#include <sox.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace {

class sox_riaa {
public:
    sox_riaa() : effect_(sox_create_effect(sox_find_effect("riaa")), [](sox_effect_t* effect) { sox_delete_effect(effect); })
    {
        require(effect_ != nullptr && sox_effect_options(effect_.get(), 0, nullptr) == SOX_SUCCESS, "SoX has an effect riaa");
        effect_->in_signal = {.rate = sampling_rate, .channels = 1, .precision = 32, .length = 0, .mult = nullptr};
        effect_->out_signal = effect_->in_signal;
        effect_->flows = 1;
        require(effect_->handler.start(effect_.get()) == SOX_SUCCESS, "SoX's riaa starts");
    }

    void process(std::span<sox_sample_t> block)
    {
        std::size_t in = block.size(), out = block.size();
        effect_->handler.flow(effect_.get(), block.data(), block.data(), &in, &out);
    }

private:
    std::shared_ptr<sox_effect_t> effect_;
};

constexpr double full_scale = 2147483648.0;

}   // namespace

void add_sox(table& lines)
{
    const auto effect = std::make_shared<sox_riaa>();
    const player<double> as_doubles = [checked = std::make_shared<sox_riaa>()](std::span<double> samples) {
        std::vector<sox_sample_t> all;
        for (const double x : samples) all.push_back(static_cast<sox_sample_t>(std::lround(0.5 * full_scale * x)));
        checked->process(all);
        for (std::size_t i = 0; i < all.size(); ++i) samples[i] = 2.0 * all[i] / full_scale;
    };
    // It has 0 dB at 1 kHz, the library's curve at low frequencies.
    line one = checked_line<double>("RIAA: SoX's effect", "block 512", as_doubles, analogue(riaa_alone), 1.0, 512, true);
    const auto in = std::make_shared<std::vector<sox_sample_t>>();
    for (const double x : noise<double>(2048)) in->push_back(static_cast<sox_sample_t>(0.1 * full_scale * x));
    const auto out = std::make_shared<std::vector<sox_sample_t>>(*in);
    one.before = [in, out] { *out = *in; };
    one.pass = [out, effect] {
        for (std::size_t i = 0; i < out->size(); i += 512) effect->process(std::span{*out}.subspan(i, 512));
    };
    one.is_ours = false;
    lines.add(one);
}

#else

void add_sox(table& lines) { lines.note("SoX: not installed (apt-get install libsox-dev)."); }

#endif
