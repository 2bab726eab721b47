// SPDX-License-Identifier: BSL-1.0
#include "circuits.hpp"
#include "linear_lines.hpp"
#include "sections.hpp"

#include <memory>
#include <span>
#include <string>

// The same circuits by Faust: its compiler makes C++ of faust/*.dsp while the benchmarks are built, scalar and with -vec.
#if PHONO_HAS_FAUST

// What the generated classes expect of their surroundings.
struct dsp {
    virtual ~dsp() = default;
};
struct UI {
    void openVerticalBox(const char*) {}
    void closeBox() {}
};
struct Meta {
    void declare(const char*, const char*) {}
};
#define FAUSTFLOAT double

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include "faust_cartridge_riaa.hpp"
#include "faust_cartridge_riaa_vec.hpp"
#include "faust_riaa.hpp"
#include "faust_riaa_vec.hpp"
#pragma GCC diagnostic pop

namespace {

/// A generated class as a processor of blocks. It reads its input again after it has written output: not in place.
template <class Generated>
class faust_processor {
public:
    faust_processor() { generated_->init(static_cast<int>(sampling_rate)); }

    void process(std::span<double> block)
    {
        constexpr std::size_t most = 512;
        double copy[most];
        std::copy(block.begin(), block.end(), copy);
        double *in = copy, *out = block.data();
        generated_->compute(static_cast<int>(block.size()), &in, &out);
    }

private:
    std::shared_ptr<Generated> generated_ = std::make_shared<Generated>();
};

template <class Generated>
void add_faust(table& lines, const std::string& name, auto wanted)
{
    constexpr std::size_t lengths[] = {64, 512};
    for (const std::size_t length : lengths) {
        line one = checked_line<double>(name, "block " + std::to_string(length), in_blocks<double>(faust_processor<Generated>{}, length),
                                        wanted, 1e-3, length);
        one.is_ours = false;
        lines.add(one);
    }
}

}   // namespace

void add_faust_curve(table& lines)
{
    add_faust<faust_riaa>(lines, "RIAA: Faust, scalar", analogue(riaa_alone));
    add_faust<faust_riaa_vec>(lines, "RIAA: Faust, -vec", analogue(riaa_alone));
}

void add_faust_cartridge(table& lines)
{
    add_faust<faust_cartridge_riaa>(lines, "cartridge: Faust, scalar", analogue(cartridge_riaa));
    add_faust<faust_cartridge_riaa_vec>(lines, "cartridge: Faust, -vec", analogue(cartridge_riaa));
}

#else

void add_faust_curve(table& lines) { lines.note("Faust: not installed (apt-get install faust)."); }
void add_faust_cartridge(table& lines) { lines.note("Faust: not installed (apt-get install faust)."); }

#endif
