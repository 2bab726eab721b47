// SPDX-License-Identifier: BSL-1.0
#include "annotations/annotations.hpp"

namespace command {

annotations annotations_of(const recording&) { return {}; }

stored_annotations stored_in(container, const recording&, const annotations&) { return {}; }

}   // namespace command
