// One TOML file of reference data while it is read: every fault comes out as Error Invalid with file and
// line. Used by the readers of reference data in this folder.
#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "domain/legal_basis.hpp"
#include "domain/register.hpp"

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

  // A text in languages: Indonesian and English at least.
  LocalText local(const toml::table& table, std::string_view key) const {
    LocalText text;
    if (const auto* names = table[key].as_table())
      for (const auto& [language, name] : *names)
        if (auto words = name.value<std::string>()) text[std::string(language.str())] = *words;
    if (text["id"].empty() || text["en"].empty())
      refuse(table.source(), "\"" + std::string(key) + "\" needs id and en");
    return text;
  }

  // Place in `words` of the word that stands there.
  std::size_t one_of(const toml::table& table, std::string_view key,
                     std::span<const std::string_view> words) const {
    const auto word = text(table, key);
    if (const auto found = std::ranges::find(words, word); found != words.end())
      return static_cast<std::size_t>(found - words.begin());
    std::string known;
    for (const auto one : words) known += (known.empty() ? "" : ", ") + std::string(one);
    refuse(table.source(), "\"" + std::string(key) + "\" is one of " + known);
  }

  // legal_basis and verification.
  LegalBasis basis(const toml::table& table) const {
    constexpr std::string_view kWords[] = {"unverified", "verified"};
    return {text(table, "legal_basis"), one_of(table, "verification", kWords) == 1};
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
