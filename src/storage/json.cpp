#include "storage/json.hpp"

#include "base/error.hpp"

namespace simpul::storage {
namespace {

boost::json::value parse(std::string_view json) {
  boost::system::error_code error;
  auto value = boost::json::parse({json.data(), json.size()}, error);
  if (error)
    throw Error(ErrorKind::Internal, "A column of the database holds no JSON", {}, {}, std::string(json));
  return value;
}

std::string text_of(const boost::json::value& value) {
  if (!value.is_string())
    throw Error(ErrorKind::Internal, "A column of the database holds other JSON than text", {}, {},
                boost::json::serialize(value));
  return std::string(value.get_string());
}

}  // namespace

boost::json::object to_json(const domain::LocalText& text) {
  boost::json::object object;
  for (const auto& [language, words] : text) object[language] = words;
  return object;
}

boost::json::array to_json(const std::vector<std::string>& words) {
  boost::json::array array;
  for (const auto& word : words) array.emplace_back(word);
  return array;
}

std::string json_text(const domain::LocalText& text) {
  return boost::json::serialize(to_json(text));
}
std::string json_text(const std::vector<std::string>& words) {
  return boost::json::serialize(to_json(words));
}

domain::LocalText local_text(std::string_view json) {
  domain::LocalText text;
  const auto value = parse(json);
  if (const auto* object = value.if_object())
    for (const auto& [language, words] : *object) text.emplace(std::string(language), text_of(words));
  return text;
}

std::vector<std::string> words(std::string_view json) {
  std::vector<std::string> list;
  const auto value = parse(json);
  if (const auto* array = value.if_array())
    for (const auto& word : *array) list.push_back(text_of(word));
  return list;
}

std::optional<std::string> date_text(const std::optional<Date>& date) {
  return date ? std::optional(to_iso(*date)) : std::nullopt;
}

}  // namespace simpul::storage
