// SPDX-License-Identifier: BSL-1.0
#pragma once

class table;

// Each of these makes its contenders, checks what they play, and adds their lines.

void add_curve(table& lines);        ///< RIAA alone, and the naive biquads
void add_cartridge(table& lines);    ///< cartridge, load and RIAA
void add_agreements(table& lines);   ///< of blocks with samples one by one
void add_blocks(table& lines);
void add_modes(table& lines);
void add_channels(table& lines);
void add_designs(table& lines);
void add_tubes(table& lines);
void add_sizes(table& lines);

// Peers that play the same circuits; each says so where it is not installed.

void add_faust_curve(table& lines);
void add_faust_cartridge(table& lines);
void add_liquid(table& lines);
void add_sox(table& lines);
void add_stk(table& lines);
