#include "domain/sectors.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "domain/toml.hpp"

namespace simpul::domain {
namespace {

constexpr std::string_view kSectorsFile = "reference/sectors/pdrb2010.toml";
constexpr std::string_view kGroupsFile = "reference/sectors/groups.toml";

void read_sectors(Classification& into, std::string_view toml_text) {
  const TomlFile file(kSectorsFile, toml_text);
  file.only_keys(file.root(), {"scheme", "sector"});
  const auto scheme = file.text(file.root(), "scheme");
  file.each(file.root(), "sector", [&](const toml::table& table) {
    file.only_keys(table, {"code", "id", "en", "kbli2020", "kbli2025"});
    auto code = file.text(table, "code");
    if (into.sector(code)) file.refuse(table.source(), "sector \"" + code + "\" stands twice");
    into.mappings.push_back({code, file.texts(table, "kbli2020"), file.texts(table, "kbli2025")});
    into.sectors.push_back(
        {scheme, std::move(code), {{"id", file.text(table, "id")}, {"en", file.text(table, "en")}}});
  });
}

void read_groups(Classification& into, std::string_view toml_text) {
  const TomlFile file(kGroupsFile, toml_text);
  file.only_keys(file.root(), {"group", "category_group", "sector_group", "categories"});
  std::set<std::string, std::less<>> groups;
  file.each(file.root(), "group", [&](const toml::table& table) {
    file.only_keys(table, {"code", "id", "en", "short_id", "short_en"});
    auto code = file.text(table, "code");
    if (!groups.insert(code).second) file.refuse(table.source(), "group \"" + code + "\" stands twice");
    into.groups.push_back({std::move(code),
                           {{"id", file.text(table, "id")}, {"en", file.text(table, "en")}},
                           {{"id", file.text(table, "short_id")}, {"en", file.text(table, "short_en")}}});
  });
  file.each_key(file.root(), "categories", [&](std::string code, const toml::node& node) {
    if (!node.is_table()) file.refuse(node.source(), "a category is { id = ..., en = ... }");
    const auto& table = *node.as_table();
    file.only_keys(table, {"id", "en"});
    into.categories.push_back(
        {std::move(code), {{"id", file.text(table, "id")}, {"en", file.text(table, "en")}}, ""});
  });
  std::ranges::sort(into.categories, {}, &Category::code);
  const auto group = [&](const toml::node& node) {
    auto code = node.value<std::string>();
    if (!code || !groups.contains(*code)) file.refuse(node.source(), "no group of that name");
    return std::move(*code);
  };
  file.each_key(file.root(), "category_group", [&](const std::string& code, const toml::node& node) {
    const auto found = std::ranges::find(into.categories, code, &Category::code);
    if (found == into.categories.end()) file.refuse(node.source(), "no category \"" + code + "\"");
    found->group = group(node);
  });
  file.each_key(file.root(), "sector_group", [&](const std::string& code, const toml::node& node) {
    if (!into.sector(code)) file.refuse(node.source(), "no sector \"" + code + "\"");
    into.group_of_sector.emplace(code, group(node));
  });
  for (const auto& sector : into.sectors)
    if (!into.group_of_sector.contains(sector.code))
      file.refuse(file.root().source(), "[sector_group] lacks sector \"" + sector.code + "\"");
}

}  // namespace

const Sector* Classification::sector(std::string_view code) const {
  const auto found = std::ranges::find(sectors, code, &Sector::code);
  return found == sectors.end() ? nullptr : &*found;
}

const Category* Classification::category(std::string_view code) const {
  const auto found = std::ranges::lower_bound(categories, code, {}, &Category::code);
  return found != categories.end() && found->code == code ? &*found : nullptr;
}

const std::string& Classification::group_of(std::string_view category_code,
                                            std::string_view sector_code) const {
  const auto* known = category(category_code);
  if (known && !known->group.empty()) return known->group;
  const auto found = group_of_sector.find(sector_code);
  if (found == group_of_sector.end())
    throw Error(ErrorKind::Invalid, "No display group for category \"{category}\" and sector \"{sector}\"",
                {{"category", std::string(category_code)}, {"sector", std::string(sector_code)}});
  return found->second;
}

Classification parse_classification(std::string_view sectors_toml, std::string_view groups_toml) {
  Classification result;
  read_sectors(result, sectors_toml);
  read_groups(result, groups_toml);
  return result;
}

}  // namespace simpul::domain
