#include "catalog/documents.hpp"

#include <string>
#include <unordered_map>

#include "base/assets.hpp"
#include "base/error.hpp"
#include "domain/sectors.hpp"

namespace simpul::catalog {

namespace {

// Names that many potentials share, read once.
using Names = std::unordered_map<std::string_view, TextIndex::Builder::Terms>;

// The names of the categories ("Kebun", "Plantation") are reference data, not register.
domain::Classification classification() {
  const auto* sectors = find_asset("reference/sectors/pdrb2010.toml");
  const auto* groups = find_asset("reference/sectors/groups.toml");
  if (!sectors || !groups)
    throw Error(ErrorKind::Internal, "The program is incomplete", {}, {},
                "reference/sectors is not embedded");
  return domain::parse_classification(sectors->bytes, groups->bytes);
}

void add(TextIndex::Builder& index, std::uint32_t document, TextField field, const domain::LocalText& text) {
  for (const auto& [language, words] : text) index.add(document, field, language, words);
}

void add(TextIndex::Builder& index, std::uint32_t document, const Names& names, std::string_view code) {
  if (const auto found = names.find(code); found != names.end())
    index.add(document, TextField::Names, found->second);
}

void put(TextIndex::Builder& index, Names& names, std::string_view code, const domain::LocalText& name) {
  auto& terms = names[code];
  for (const auto& [language, words] : name)
    for (const auto term : index.terms(language, words)) terms.push_back(term);
}

}  // namespace

TextIndex index_documents(const domain::PublishedRegister& content) {
  static const domain::Classification reference = classification();
  TextIndex::Builder index;
  Names regions, commodities, categories;
  for (const auto& region : content.regions) put(index, regions, region.code, region.name);
  for (const auto& commodity : content.commodities) put(index, commodities, commodity.slug, commodity.name);
  for (const auto& category : reference.categories) put(index, categories, category.code, category.name);

  std::uint32_t document = 0;
  for (const auto& potential : content.potentials) {
    add(index, document, TextField::Title, potential.title);
    add(index, document, regions, potential.region_code);
    // Not the names of its sector and group: they list so much ("forestry and fishery") that every fish would
    // be a tree.
    add(index, document, categories, potential.category);
    add(index, document, commodities, potential.commodity);
    add(index, document, TextField::Summary, potential.summary);
    add(index, document, TextField::Body, potential.description);
    ++document;
  }
  for (const auto& region : content.regions) {
    add(index, document, TextField::Title, region.name);
    index.add(document, TextField::Names, "id", region.capital);
    ++document;
  }
  for (const auto& commodity : content.commodities) add(index, document++, TextField::Title, commodity.name);
  for (const auto& sector : content.sectors) add(index, document++, TextField::Title, sector.name);
  return TextIndex(std::move(index));
}

Hit document(const domain::PublishedRegister& content, std::uint32_t number) {
  Hit hit;
  const std::pair<Hit::Kind, std::size_t> kinds[] = {{Hit::Kind::Potential, content.potentials.size()},
                                                     {Hit::Kind::Region, content.regions.size()},
                                                     {Hit::Kind::Commodity, content.commodities.size()},
                                                     {Hit::Kind::Sector, content.sectors.size()}};
  for (const auto& [kind, size] : kinds) {
    hit.kind = kind;
    hit.index = number;
    if (number < size) break;
    number -= static_cast<std::uint32_t>(size);
  }
  return hit;
}

}  // namespace simpul::catalog
