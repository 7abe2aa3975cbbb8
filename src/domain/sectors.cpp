#include "domain/sectors.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/error.hpp"

namespace simpul::domain {
namespace {

constexpr std::string_view kSectorsFile = "reference/sectors/pdrb2010.toml";
constexpr std::string_view kGroupsFile = "reference/sectors/groups.toml";

[[noreturn]] void refuse(std::string_view file, const toml::source_region& where, std::string what) {
  throw Error(
      ErrorKind::Invalid, "{file}, line {line}: {what}",
      {{"file", std::string(file)}, {"line", std::to_string(where.begin.line)}, {"what", std::move(what)}});
}

toml::table parse(std::string_view file, std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    refuse(file, error.source(), std::string(error.description()));
  }
}

void only_keys(std::string_view file, const toml::table& table,
               std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : table)
    if (std::ranges::find(known, key.str()) == known.end())
      refuse(file, key.source(), "unknown key \"" + std::string(key.str()) + "\"");
}

std::string text(std::string_view file, const toml::table& table, std::string_view key) {
  const auto value = table[key].value<std::string>();
  if (!value || value->empty())
    refuse(file, table.source(), "\"" + std::string(key) + "\" is missing or no text");
  return *value;
}

std::vector<std::string> letters(std::string_view file, const toml::table& table, std::string_view key) {
  std::vector<std::string> result;
  const auto* array = table[key].as_array();
  if (array)
    for (const auto& node : *array)
      if (auto letter = node.value<std::string>()) result.push_back(std::move(*letter));
  if (result.empty())
    refuse(file, table.source(), "\"" + std::string(key) + "\" is missing or no list of letters");
  return result;
}

// Calls fn(table) for each table of the list `key`.
template <typename Fn>
void each(std::string_view file, const toml::table& root, std::string_view key, Fn fn) {
  const auto* array = root[key].as_array();
  if (!array) refuse(file, root.source(), "no [[" + std::string(key) + "]]");
  for (const auto& node : *array) {
    if (!node.is_table())
      refuse(file, node.source(), "[[" + std::string(key) + "]] holds something else than tables");
    fn(*node.as_table());
  }
}

// Calls fn(key, node) for each key of the table `name`.
template <typename Fn>
void each_key(std::string_view file, const toml::table& root, std::string_view name, Fn fn) {
  const auto* table = root[name].as_table();
  if (!table) refuse(file, root.source(), "no [" + std::string(name) + "]");
  for (const auto& [key, node] : *table) fn(std::string(key.str()), node);
}

void read_sectors(Classification& into, std::string_view toml_text) {
  const auto root = parse(kSectorsFile, toml_text);
  only_keys(kSectorsFile, root, {"scheme", "sector"});
  const auto scheme = text(kSectorsFile, root, "scheme");
  each(kSectorsFile, root, "sector", [&](const toml::table& table) {
    only_keys(kSectorsFile, table, {"code", "id", "en", "kbli2020", "kbli2025"});
    auto code = text(kSectorsFile, table, "code");
    if (into.sector(code)) refuse(kSectorsFile, table.source(), "sector \"" + code + "\" stands twice");
    into.mappings.push_back(
        {code, letters(kSectorsFile, table, "kbli2020"), letters(kSectorsFile, table, "kbli2025")});
    into.sectors.push_back(
        {scheme,
         std::move(code),
         {{"id", text(kSectorsFile, table, "id")}, {"en", text(kSectorsFile, table, "en")}}});
  });
}

void read_groups(Classification& into, std::string_view toml_text) {
  const auto root = parse(kGroupsFile, toml_text);
  only_keys(kGroupsFile, root, {"group", "category_group", "sector_group", "categories"});
  std::set<std::string, std::less<>> groups;
  each(kGroupsFile, root, "group", [&](const toml::table& table) {
    only_keys(kGroupsFile, table, {"code", "id", "en", "short_id", "short_en"});
    auto code = text(kGroupsFile, table, "code");
    if (!groups.insert(code).second)
      refuse(kGroupsFile, table.source(), "group \"" + code + "\" stands twice");
    into.groups.push_back(
        {std::move(code),
         {{"id", text(kGroupsFile, table, "id")}, {"en", text(kGroupsFile, table, "en")}},
         {{"id", text(kGroupsFile, table, "short_id")}, {"en", text(kGroupsFile, table, "short_en")}}});
  });
  each_key(kGroupsFile, root, "categories", [&](std::string code, const toml::node& node) {
    if (!node.is_table()) refuse(kGroupsFile, node.source(), "a category is { id = ..., en = ... }");
    const auto& table = *node.as_table();
    only_keys(kGroupsFile, table, {"id", "en"});
    into.categories.push_back(
        {std::move(code),
         {{"id", text(kGroupsFile, table, "id")}, {"en", text(kGroupsFile, table, "en")}},
         ""});
  });
  std::ranges::sort(into.categories, {}, &Category::code);
  const auto group = [&](const toml::node& node) {
    auto code = node.value<std::string>();
    if (!code || !groups.contains(*code)) refuse(kGroupsFile, node.source(), "no group of that name");
    return std::move(*code);
  };
  each_key(kGroupsFile, root, "category_group", [&](const std::string& code, const toml::node& node) {
    const auto found = std::ranges::find(into.categories, code, &Category::code);
    if (found == into.categories.end()) refuse(kGroupsFile, node.source(), "no category \"" + code + "\"");
    found->group = group(node);
  });
  each_key(kGroupsFile, root, "sector_group", [&](const std::string& code, const toml::node& node) {
    if (!into.sector(code)) refuse(kGroupsFile, node.source(), "no sector \"" + code + "\"");
    into.group_of_sector.emplace(code, group(node));
  });
  for (const auto& sector : into.sectors)
    if (!into.group_of_sector.contains(sector.code))
      refuse(kGroupsFile, root.source(), "[sector_group] lacks sector \"" + sector.code + "\"");
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
