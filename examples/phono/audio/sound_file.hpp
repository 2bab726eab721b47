// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sndfile.h>

#include <memory>

namespace command {

struct close_sound_file {
    void operator()(SNDFILE* file) const noexcept { sf_close(file); }
};
using sound_file = std::unique_ptr<SNDFILE, close_sound_file>;

}   // namespace command
