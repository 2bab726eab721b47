// SPDX-License-Identifier: BSL-1.0
#pragma once

class table;

/// Prints the sentences and tables of README.md and examples/README.md that have figures of speed, with those of a table that has been
/// measured.
void print_documents(const table& lines);
