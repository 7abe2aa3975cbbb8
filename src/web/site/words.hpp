// The closed lists of the register in people's words: status, maturity, accuracy, forms of cooperation, kinds
// of region, of document, of figure; names of indicators and units. Used by every page of this folder.
#pragma once

#include <string>
#include <string_view>

#include "domain/register.hpp"
#include "i18n/translator.hpp"

namespace simpul::web::site {

std::string status_name(const i18n::Language& language, domain::PotentialStatus status);
std::string maturity_name(const i18n::Language& language, domain::Maturity maturity);
std::string accuracy_name(const i18n::Language& language,
                          domain::LocationAccuracy accuracy);  // a short sentence
// ksdd ksdpk sinergi ksdpl ksdll investment; unknown: the word itself.
std::string form_name(const i18n::Language& language, std::string_view form);  // "With another region (KSDD)"
std::string document_kind_name(const i18n::Language& language,
                               std::string_view kind);  // mou pks ...; empty: not known
std::string missing_name(const i18n::Language& language, std::string_view part);  // of domain::missing_parts
std::string facet_name(const i18n::Language& language, std::string_view facet);   // "group" -> Group
std::string sort_name(const i18n::Language& language, std::string_view sort);
std::string figure_kind_name(const i18n::Language& language, std::string_view kind);  // production area ...
std::string indicator_name(const i18n::Language& language, std::string_view indicator);
std::string unit_name(const i18n::Language& language,
                      std::string_view unit);  // "t" -> tonnes; empty for none

// The text in the language of the page, else in the fallback order, with the language it is really in.
domain::TextIn text_of(const domain::LocalText& text, const i18n::Language& language);
std::string name_of(const domain::LocalText& text, const i18n::Language& language);
// "Kolaka" of "Kabupaten Kolaka" / "Kolaka Regency"; a city keeps "Kota Kendari" in Indonesian, "Kendari" in
// English.
std::string short_name(const domain::Region& region, const i18n::Language& language);

}  // namespace simpul::web::site
