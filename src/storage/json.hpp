// The small JSON texts of the database: text per language and lists of words. Used by the nouns of this
// folder.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/names.hpp"

namespace simpul::storage {

boost::json::object to_json(const domain::LocalText& text);
boost::json::array to_json(const std::vector<std::string>& words);

// The same as text of a column. Languages are in order of their code, so that equal values are equal texts.
std::string json_text(const domain::LocalText& text);
std::string json_text(const std::vector<std::string>& words);

// Back from a column. Error Internal: the column holds something else.
domain::LocalText local_text(std::string_view json);
std::vector<std::string> words(std::string_view json);

// NULL or ISO text in a column.
std::optional<std::string> date_text(const std::optional<Date>& date);

// A value or null, for content of audit entries.
template <typename T>
boost::json::value or_null(const std::optional<T>& value) {
  return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

}  // namespace simpul::storage
