// SPDX-License-Identifier: BSL-1.0
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define PHONO_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PHONO_SANITIZED
#endif
#endif

/// Whether the address sanitizer is on: everything then takes about ten times as long, so long runs are shortened. What it looks for shows
/// in the first seconds; the figures of the full runs come from the other builds.
#ifdef PHONO_SANITIZED
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif
