// One TOML file of reference data while it is read: every fault comes out as Error Invalid with file and
// line. Used by the readers of reference data in this folder.
#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace simpul::domain {

class TomlFile {
 public:
  TomlFile(std::string_view name, std::string_view text) : name_(name) {
    try {
      root_ = toml::parse(text);
    } catch (const toml::parse_error& error) {
      refuse(error.source(), std::string(error.description()));
    }
  }

  const toml::table& root() const { return root_; }

  [[noreturn]] void refuse(const toml::source_region& where, std::string what) const {
    throw Error(ErrorKind::Invalid, "{file}, line {line}: {what}",
                {{"file", name_}, {"line", std::to_string(where.begin.line)}, {"what", std::move(what)}});
  }

  void only_keys(const toml::table& table, std::initializer_list<std::string_view> known) const {
    for (const auto& [key, value] : table)
      if (std::ranges::find(known, key.str()) == known.end())
        refuse(key.source(), "unknown key \"" + std::string(key.str()) + "\"");
  }

  std::string text(const toml::table& table, std::string_view key) const {
    const auto value = table[key].value<std::string>();
    if (!value || value->empty())
      refuse(table.source(), "\"" + std::string(key) + "\" is missing or no text");
    return *value;
  }

  std::vector<std::string> texts(const toml::table& table, std::string_view key) const {
    std::vector<std::string> result;
    if (const auto* array = table[key].as_array())
      for (const auto& node : *array)
        if (auto text = node.value<std::string>()) result.push_back(std::move(*text));
    if (result.empty()) refuse(table.source(), "\"" + std::string(key) + "\" is missing or no list of texts");
    return result;
  }

  // Calls fn(table) for each [[key]].
  template <typename Fn>
  void each(const toml::table& table, std::string_view key, Fn fn) const {
    const auto* array = table[key].as_array();
    if (!array) refuse(table.source(), "no [[" + std::string(key) + "]]");
    for (const auto& node : *array) {
      if (!node.is_table())
        refuse(node.source(), "[[" + std::string(key) + "]] holds something else than tables");
      fn(*node.as_table());
    }
  }

  // Calls fn(key, node) for each key of [name].
  template <typename Fn>
  void each_key(const toml::table& table, std::string_view name, Fn fn) const {
    const auto* inner = table[name].as_table();
    if (!inner) refuse(table.source(), "no [" + std::string(name) + "]");
    for (const auto& [key, node] : *inner) fn(std::string(key.str()), node);
  }

 private:
  std::string name_;
  toml::table root_;
};

}  // namespace simpul::domain
