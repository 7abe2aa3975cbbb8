#include "web/site/figures.hpp"

#include <algorithm>
#include <cmath>

#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

// Thousands need no decimals, small values keep two.
int decimals_for(double value) {
  const double size = std::abs(value);
  return size >= 1000 ? 0 : size >= 100 ? 1 : 2;
}

double rupiah_of(std::string_view unit) {
  if (unit == "trillion IDR") return 1e12;
  if (unit == "billion_idr") return 1e9;
  if (unit == "million_idr") return 1e6;
  if (unit == "IDR") return 1;
  return 0;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" ,;.");
  if (first == text.npos) return {};
  const auto last = text.find_last_not_of(" ,;");
  return text.substr(first, last - first + 1);
}

SourceParts parts_of(std::string_view statement) {
  SourceParts parts;
  auto at = statement.find("https://");
  if (at == statement.npos) at = statement.find("http://");
  if (at == statement.npos) {
    parts.text = trimmed(statement);
    return parts;
  }
  const auto end = std::min(statement.find_first_of(" ,;\"<>[]", at), statement.size());
  auto url = statement.substr(at, end - at);
  while (url.ends_with('.') || url.ends_with(')')) url.remove_suffix(1);
  parts.url = url;
  const auto host = url.substr(url.find("//") + 2);
  parts.host = host.substr(0, host.find('/'));
  if (parts.host.starts_with("www.")) parts.host.erase(0, 4);
  const auto before = trimmed(statement.substr(0, at));
  const auto after = trimmed(statement.substr(at + url.size()));
  parts.text = before;
  if (!after.empty()) parts.text += (parts.text.empty() ? "" : ", ") + std::string(after);
  if (parts.text.empty()) parts.text = parts.host;
  return parts;
}

}  // namespace

std::string quantity_text(const i18n::Language& language, double value, std::string_view unit) {
  if (const double rupiah = rupiah_of(unit)) return language.money_idr(value * rupiah);
  if (unit == "percent") return language.percent(value, 2);
  if (unit == "thousand_person") {
    value *= 1000;
    unit = "person";
  }
  if (unit == "trip" || unit == "trips" || unit == "person" || unit == "head") value = std::round(value);
  std::string text = language.number(value, decimals_for(value));
  const auto name = unit_name(language, unit);
  return name.empty() ? text : text + "\u00a0" + name;
}

std::optional<ShownFigure> shown(const i18n::Language& language, const domain::Figure& figure) {
  if (!figure.year) return std::nullopt;
  return ShownFigure{figure_kind_name(language, figure.kind),
                     quantity_text(language, figure.quantity, figure.unit), std::to_string(*figure.year),
                     figure.source};
}

std::optional<ShownFigure> shown(const i18n::Language& language, const domain::IndicatorValue& value) {
  if (!value.year) return std::nullopt;
  return ShownFigure{indicator_name(language, value.indicator),
                     quantity_text(language, value.value, value.unit), std::to_string(*value.year),
                     value.source};
}

std::vector<SourceParts> source_parts(std::string_view statement) {
  std::vector<SourceParts> all;
  while (!statement.empty()) {
    const auto end = std::min(statement.find("; "), statement.size());
    const auto part = trimmed(statement.substr(0, end));
    if (!part.empty()) all.push_back(parts_of(part));
    statement.remove_prefix(std::min(end + 2, statement.size()));
  }
  return all;
}

std::string source_name(std::string_view statement) {
  const auto parts = source_parts(statement);
  if (parts.empty()) return {};
  const std::string& text = parts.front().text;
  const auto name = trimmed(std::string_view(text).substr(0, text.find_first_of("(,[")));
  return std::string(name.empty() ? std::string_view(text) : name);
}

void fill_sources(html::Page& page, const std::vector<std::string>& statements) {
  for (const auto& statement : statements)
    for (const auto& parts : source_parts(statement)) {
      auto& item = page.section("SOURCE");
      item.set("SOURCE_TEXT", parts.text);
      if (parts.url.empty()) continue;
      auto& link = item.section("SOURCE_LINK");
      link.set("SOURCE_URL", parts.url);
      link.set("SOURCE_HOST", parts.host);
    }
}

}  // namespace simpul::web::site
