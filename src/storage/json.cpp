#include "storage/json.hpp"

#include <array>

#include "base/error.hpp"

namespace simpul::storage {
namespace {

// Most columns are short: they are read without asking the heap for each part.
class Parsed {
 public:
  explicit Parsed(std::string_view json) : memory_(buffer_.data(), buffer_.size()) {
    boost::system::error_code error;
    value_ = boost::json::parse({json.data(), json.size()}, error, &memory_);
    if (error)
      throw Error(ErrorKind::Internal, "A column of the database holds no JSON", {}, {}, std::string(json));
  }
  const boost::json::value& value() const { return value_; }

 private:
  std::array<unsigned char, 2048> buffer_;
  boost::json::monotonic_resource memory_;
  boost::json::value value_;
};

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
  if (json == "{}") return text;
  const Parsed parsed(json);
  if (const auto* object = parsed.value().if_object())
    for (const auto& [language, words] : *object) text.emplace(std::string(language), text_of(words));
  return text;
}

std::vector<std::string> words(std::string_view json) {
  std::vector<std::string> list;
  if (json == "[]") return list;
  const Parsed parsed(json);
  if (const auto* array = parsed.value().if_array())
    for (const auto& word : *array) list.push_back(text_of(word));
  return list;
}

std::optional<std::string> date_text(const std::optional<Date>& date) {
  return date ? std::optional(to_iso(*date)) : std::nullopt;
}

}  // namespace simpul::storage
