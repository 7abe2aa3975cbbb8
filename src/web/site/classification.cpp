#include "web/site/classification.hpp"

#include <toml++/toml.h>

#include "base/assets.hpp"
#include "base/error.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

std::string_view embedded(std::string_view path) {
  const auto* asset = find_asset(path);
  if (!asset)
    throw Error(ErrorKind::Internal, "There is no reference file {file}", {{"file", std::string(path)}});
  return asset->bytes;
}

}  // namespace

const domain::Classification& classification() {
  static const auto all = domain::parse_classification(embedded("reference/sectors/pdrb2010.toml"),
                                                       embedded("reference/sectors/groups.toml"));
  return all;
}

std::string category_name(const i18n::Language& language, std::string_view category) {
  const auto* found = classification().category(category);
  return found ? name_of(found->name, language) : std::string(category);
}

domain::LocalText sector_description(std::string_view code) {
  static const auto table = toml::parse(embedded("reference/sectors/descriptions.toml"));
  domain::LocalText text;
  if (const auto* entry = table[code].as_table())
    for (const auto& [language, value] : *entry)
      text.emplace(std::string(language.str()), value.value_or(std::string()));
  return text;
}

}  // namespace simpul::web::site
