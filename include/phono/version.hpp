// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The library's version, for the preprocessor: a user of several versions can ask `#if PHONO_VERSION_MAJOR == 0 && PHONO_VERSION_MINOR >= 2`.
/// The same number stands in project() of the root's CMakeLists.txt, and the first two of it in the inline namespace that every header
/// opens, so that two versions can be linked into one program (tests/project/lists_test).
#define PHONO_VERSION_MAJOR 0
#define PHONO_VERSION_MINOR 2
#define PHONO_VERSION_PATCH 0
#define PHONO_VERSION "0.2.0"
