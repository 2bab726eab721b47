// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/curves.hpp>

#include <string_view>

namespace phono::inline v0_2::catalogue {

/// Which curve a label's discs of some years were cut for.
///
/// Sources: tables 2 (78s) and 3 (long-playing records) of Audacity's page on playback equalisation (github.com/audacity/audacity-support,
/// commit 01f1a23), which compiles Copeland, Graumann, Powell, Galo, Moyer, Esoteric Sound, IASA and others and warns that the ear is the
/// final arbiter. Where its sources differ the row in which more of them agree comes first. Years that it leaves open are ours and marked.
struct label {
    std::string_view names;    ///< those of the label, with | between
    int first = 0, last = 0;   ///< years, both included
    int rpm = 0;               ///< 33, 45, 78, or 0 for any
    std::string_view curve_name;
    const curve& value;
    std::string_view source;
    origin_list origins{};   ///< of `years` and `curve`
};

namespace sources {
inline constexpr std::string_view labels_78 = "Audacity, playback equalisation, table 2";
inline constexpr std::string_view labels_lp = "Audacity, playback equalisation, table 3";
inline constexpr std::string_view curves_table = "Audacity, playback equalisation, table 1";
}   // namespace sources

namespace detail {

/// A row for a curve of the catalogue.
template <const curve& value>
[[nodiscard]] constexpr label label_of(std::string_view names, int first, int last, int rpm, std::string_view source,
                                       const auto&... origins) noexcept
{
    return {names, first, last, rpm, identifier<value>(), value, source, origin_list{origins..., said()}};
}

inline constexpr origin open_start = chosen("years", "the source gives no first year");
inline constexpr origin open_end = chosen("years", "the source gives no last year");

/// A letter as labels are compared: small, a blank for - and _, nothing for what is no letter or digit.
[[nodiscard]] constexpr char folded(char letter) noexcept
{
    if (letter >= 'A' && letter <= 'Z') return static_cast<char>(letter - 'A' + 'a');
    if (letter == '-' || letter == '_') return ' ';
    return letter == ' ' || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ? letter : '\0';
}

[[nodiscard]] constexpr bool same_label(std::string_view a, std::string_view b) noexcept
{
    for (std::size_t i = 0, j = 0;;) {
        while (i < a.size() && folded(a[i]) == '\0') ++i;
        while (j < b.size() && folded(b[j]) == '\0') ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (folded(a[i++]) != folded(b[j++])) return false;
    }
}

}   // namespace detail

/// The labels. American Columbia, Decca, Brunswick ... have the plain name, British ones `british` behind it.
inline constexpr label labels[] = {
    detail::label_of<curves::american_78_rolled>("columbia", 1931, 1937, 78, sources::labels_78),
    detail::label_of<curves::columbia_78>("columbia", 1938, 1956, 78, sources::labels_78),
    detail::label_of<curves::columbia_lp>("columbia", 1947, 1955, 33, sources::labels_lp),
    detail::label_of<curves::nartb_1949>("columbia", 1948, 1953, 45, sources::labels_lp),
    detail::label_of<curves::european_78>("columbia british|columbia england", 1931, 1953, 78, sources::labels_78),
    detail::label_of<curves::blumlein_78>("columbia british|columbia england", 1931, 1944, 78, sources::labels_78),
    detail::label_of<curves::columbia_78>("okeh", 1940, 1945, 78, sources::labels_78),
    detail::label_of<curves::columbia_78>("okeh", 1951, 1955, 78, sources::labels_78),
    detail::label_of<curves::european_78>("hmv|his master's voice|emi|gramophone company", 1931, 1953, 78, sources::labels_78),
    detail::label_of<curves::blumlein_78>("hmv|his master's voice|emi|gramophone company", 1931, 1944, 78, sources::labels_78),
    detail::label_of<curves::european_78>("parlophone|parlophon", 1925, 1953, 78, sources::labels_78),
    detail::label_of<curves::blumlein_78>("parlophone|parlophon", 1931, 1944, 78, sources::labels_78),
    detail::label_of<curves::blumlein_78>("odeon", 1931, 1953, 78, sources::labels_78),
    detail::label_of<curves::european_78>("victor|victrola", 1925, 1930, 78, sources::labels_78,
                                          chosen("curve", "Western Electric's 250 Hz, its microphone's treble left alone")),
    detail::label_of<curves::rca_old_orthophonic>("rca victor|rca|victor|bluebird", 1931, 1952, 78, sources::labels_78),
    detail::label_of<curves::rca_78>("rca victor|rca|victor|bluebird", 1941, 1947, 78, sources::labels_78),
    detail::label_of<curves::rca_orthophonic>("rca victor|rca|victor|bluebird", 1952, 1960, 78, sources::labels_78, detail::open_end),
    detail::label_of<curves::rca_old_orthophonic>("rca victor|rca|victor|bluebird", 1947, 1952, 33, sources::curves_table),
    detail::label_of<curves::rca_45>("rca victor|rca|victor|bluebird", 1947, 1952, 45, sources::curves_table),
    detail::label_of<curves::rca_orthophonic>("rca victor|rca|victor|bluebird", 1952, 1955, 33, sources::curves_table),
    detail::label_of<curves::rca_orthophonic>("rca victor|rca|victor|bluebird", 1952, 1955, 45, sources::curves_table),
    detail::label_of<curves::american_78_rolled>("decca american", 1934, 1937, 78, sources::labels_78),
    detail::label_of<curves::aes_unshelved>("decca american", 1937, 1953, 78, sources::labels_78),
    detail::label_of<curves::european_78>("decca|decca british", 1929, 1944, 78, sources::labels_78),
    detail::label_of<curves::blumlein_78>("decca|decca british", 1935, 1944, 78, sources::labels_78),
    detail::label_of<curves::decca_78>("decca|decca british", 1944, 1955, 78, sources::labels_78),
    detail::label_of<curves::london_lp>("decca|decca british", 1949, 1956, 33, sources::curves_table),
    detail::label_of<curves::decca_78>("london", 1948, 1955, 78, sources::labels_78),
    detail::label_of<curves::london_lp>("london", 1949, 1956, 33, sources::curves_table),
    detail::label_of<curves::decca_78>("l'oiseau-lyre|beltona", 1944, 1955, 78, sources::labels_78),
    detail::label_of<curves::european_78>("vocalion british", 1926, 1940, 78, sources::labels_78),
    detail::label_of<curves::decca_78>("vocalion british", 1944, 1955, 78, sources::labels_78),
    detail::label_of<curves::brunswick_78>("brunswick", 1925, 1930, 78, sources::labels_78),
    detail::label_of<curves::aes_unshelved>("brunswick", 1951, 1955, 33, sources::labels_lp),
    detail::label_of<curves::european_78>("brunswick british", 1925, 1944, 78, sources::labels_78),
    detail::label_of<curves::capitol>("capitol", 1942, 1953, 78, sources::labels_78),
    detail::label_of<curves::capitol>("capitol|capitol cetra", 1949, 1955, 33, sources::labels_lp),
    detail::label_of<curves::nartb_1949>("capitol|capitol cetra", 1949, 1954, 45, sources::labels_lp),
    detail::label_of<curves::aes_unshelved>("mercury", 1945, 1953, 78, sources::labels_78),
    detail::label_of<curves::aes_unshelved>("coral", 1948, 1953, 78, sources::labels_78),
    detail::label_of<curves::rca_old_orthophonic>("mgm", 1946, 1954, 78, sources::labels_78, detail::open_end),
    detail::label_of<curves::aes_unshelved>("dot", 1950, 1958, 78, sources::labels_78, detail::open_start),
    detail::label_of<curves::decca_78>("exclusive", 1944, 1949, 78, sources::labels_78),
    detail::label_of<curves::telefunken_78>("ultraphon", 1929, 1932, 78, sources::labels_78),
    detail::label_of<curves::telefunken_78>("telefunken", 1932, 1955, 78, sources::labels_78,
                                            chosen("years", "from Ultraphon's taking over to the mid fifties")),
    detail::label_of<curves::telefunken_78>("supraphon|turicaphon", 1932, 1955, 78, sources::labels_78, detail::open_end),
    detail::label_of<curves::din_1957>("teldec|telefunken", 1955, 1962, 33, sources::curves_table),
    detail::label_of<curves::european_78>("deutsche grammophon|dgg", 1944, 1951, 78, sources::labels_78),
    detail::label_of<curves::ccir_78>("deutsche grammophon|dgg", 1952, 1955, 78, sources::curves_table),
    detail::label_of<curves::philips_78>("philips", 1950, 1953, 78, sources::labels_78, detail::open_start),
    detail::label_of<curves::columbia_lp>("allegro", 1948, 1956, 33, sources::labels_lp),
    detail::label_of<curves::columbia_lp>("bach guild|vanguard", 1950, 1952, 33, sources::labels_lp),
    detail::label_of<curves::columbia_lp>("bartok", 1948, 1951, 33, sources::labels_lp, detail::open_start),
    detail::label_of<curves::aes_unshelved>("bartok", 1952, 1953, 33, sources::labels_lp),
    detail::label_of<curves::columbia_lp>("boston", 1948, 1958, 33, sources::labels_lp, detail::open_start),
    detail::label_of<curves::columbia_lp>("cetra-soria", 1948, 1953, 33, sources::labels_lp),
    detail::label_of<curves::columbia_lp>("concert hall", 1948, 1954, 33, sources::labels_lp),
    detail::label_of<curves::nartb_1949>("atlantic", 1948, 1953, 33, sources::labels_lp, detail::open_start),
    detail::label_of<curves::nartb_1949>("colosseum", 1948, 1953, 33, sources::labels_lp, detail::open_start),
    detail::label_of<curves::aes_unshelved>("blue note", 1948, 1955, 0, sources::labels_lp, detail::open_start),
    detail::label_of<curves::aes_unshelved>("american recording society|canyon", 1948, 1958, 33, sources::labels_lp, detail::open_start),
    detail::label_of<curves::ccir_78>("caedmon british", 1953, 1955, 33, sources::labels_lp, detail::open_end),
};

/// Calls visit(label) for every row of this label and year, at this speed if one is given: more than one where its discs of several speeds
/// differed, or where sources do.
constexpr void for_each_label(std::string_view name, int year, int rpm, auto&& visit)
{
    for (const label& row : labels) {
        if (year < row.first || year > row.last || (rpm != 0 && row.rpm != 0 && rpm != row.rpm)) continue;
        for (std::string_view rest = row.names; !rest.empty();) {
            const auto end = rest.find('|');
            if (detail::same_label(rest.substr(0, end), name)) visit(row);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
    }
}

/// The first row of a label for a year, and for a speed of 33, 45 or 78 if one is given: find_label("columbia", 1941)->value is
/// curves::columbia_78. Capitals, hyphens and apostrophes do not count. A null pointer if the label or the year is not known.
[[nodiscard]] constexpr const label* find_label(std::string_view name, int year, int rpm = 0) noexcept
{
    const label* found = nullptr;
    for_each_label(name, year, rpm, [&](const label& row) { found = found == nullptr ? &row : found; });
    return found;
}

}   // namespace phono::inline v0_2::catalogue
