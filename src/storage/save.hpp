// Saving records that may be there already: what is new is created, what differs is changed, what is the same
// is left alone, each with its audit entry. Used by import.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/agreements.hpp"
#include "storage/commodities.hpp"
#include "storage/indicators.hpp"
#include "storage/needs.hpp"
#include "storage/potentials.hpp"
#include "storage/regions.hpp"
#include "storage/regulations.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

struct SaveCount {
  std::size_t created = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
};

// `stored`: all records of that noun as they are now.
template <typename T>
SaveCount save_all(WriteTransaction& transaction, std::string_view noun, const std::vector<T>& stored,
                   std::vector<T> wanted) {
  std::map<std::string, const T*> by_key;
  for (const auto& record : stored) by_key.emplace(key_of(record), &record);
  SaveCount count;
  for (auto& record : wanted) {
    const auto key = key_of(record);
    const auto found = by_key.find(key);
    const bool is_new = found == by_key.end();
    auto content = content_of(record);
    if (!is_new && content == content_of(*found->second)) {
      ++count.unchanged;
      continue;
    }
    const auto sequence = transaction.audit(is_new ? "create" : "change", noun, key, std::move(content));
    if constexpr (requires { record.id; }) record.id = is_new ? sequence : found->second->id;
    if constexpr (requires { record.version; }) {
      record.version = is_new ? 1 : found->second->version + 1;
      record.changed = transaction.now();
    }
    put(transaction, record);
    ++(is_new ? count.created : count.changed);
  }
  return count;
}

}  // namespace simpul::storage
