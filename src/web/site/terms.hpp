// Legal terms in plain words: the types of regional cooperation, the kinds and topics of regulations, the
// kinds of needs. What words.hpp is for potentials, for the pages of agreements, regulations and commodities.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "i18n/translator.hpp"

namespace simpul::web::site {

// The types of cooperation in the order of the law: ksdd ksdpk sinergi ksdpl ksdll.
std::span<const std::string_view> cooperation_types();
// The Indonesian legal term: "Kerja sama daerah dengan daerah lain". Empty for another word.
std::string_view legal_term(std::string_view type);
// One sentence: who is the partner, which documents there are.
std::string type_explanation(const i18n::Language& language, std::string_view type);

std::string regulation_kind_name(const i18n::Language& language, std::string_view kind);  // "UU" -> Law (UU)
std::string regulation_topic_name(const i18n::Language& language,
                                  std::string_view topic);  // region, data, ...
std::string need_kind_name(const i18n::Language& language,
                           std::string_view kind);  // household consumption, ...
std::string need_scope_name(const i18n::Language& language, std::string_view scope);  // national, province

}  // namespace simpul::web::site
