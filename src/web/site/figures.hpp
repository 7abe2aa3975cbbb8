// Numbers as the public sees them: value with unit, year and source, in the language of the page. A figure
// without a year is not shown. Used by every page that shows one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/register.hpp"
#include "html/page.hpp"
#include "i18n/translator.hpp"

namespace simpul::web::site {

// "48.396 ton", "5,4%", "Rp1,49 triliun", "72,94". Money and people in thousands are brought to their plain
// unit.
std::string quantity_text(const i18n::Language& language, double value, std::string_view unit);

struct ShownFigure {
  std::string label;  // "Production"
  std::string value;  // with its unit
  std::string year;
  std::string source;
};
// nullopt: it has no year.
std::optional<ShownFigure> shown(const i18n::Language& language, const domain::Figure& figure);
std::optional<ShownFigure> shown(const i18n::Language& language, const domain::IndicatorValue& value);

// A source statement in its parts: "Publisher (date)" and its web address, which may be missing.
struct SourceParts {
  std::string text;
  std::string url;   // http(s)://... or empty
  std::string host;  // of the address
};
// One statement may name several, parted by "; ".
std::vector<SourceParts> source_parts(std::string_view statement);
// Who published it, short: what stands before the first bracket, comma or address.
std::string source_name(std::string_view statement);

// {{#SOURCE}} of a template: SOURCE_TEXT and, where there is one, section SOURCE_LINK with SOURCE_URL,
// SOURCE_HOST.
void fill_sources(html::Page& page, const std::vector<std::string>& statements);

}  // namespace simpul::web::site
