// SPDX-License-Identifier: BSL-1.0
#pragma once

class ratio_table;

// Each file checks the results of its contenders, against the baseline, a reference or the circuit, and adds their lines to the table.

void check_filters();
void add_filters(ratio_table& table);

void check_responses();
void add_responses(ratio_table& table);

void check_tubes();
void add_tubes(ratio_table& table);
