#include "web/api/json_reader.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>

namespace simpul::web::api {
namespace {

constexpr std::size_t kDepth = 64;
constexpr const char* kForm = "Something in the form is not right";

[[noreturn]] void bad_json(std::string detail = {}) {
  throw Error(ErrorKind::Invalid, "The body is not readable JSON", {}, {}, std::move(detail));
}

// Counts the members of all objects as they are written; the parsed value holds each name once.
struct MemberCount {
  static constexpr std::size_t max_object_size = -1;
  static constexpr std::size_t max_array_size = -1;
  static constexpr std::size_t max_key_size = -1;
  static constexpr std::size_t max_string_size = -1;
  using Code = boost::json::error_code;
  using Text = boost::json::string_view;
  std::size_t members = 0;

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(std::size_t, Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t, Code&) { return true; }
  bool on_key_part(Text, std::size_t, Code&) { return true; }
  bool on_key(Text, std::size_t, Code&) {
    ++members;
    return true;
  }
  bool on_string_part(Text, std::size_t, Code&) { return true; }
  bool on_string(Text, std::size_t, Code&) { return true; }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t, Text, Code&) { return true; }
  bool on_uint64(std::uint64_t, Text, Code&) { return true; }
  bool on_double(double, Text, Code&) { return true; }
  bool on_bool(bool, Code&) { return true; }
  bool on_null(Code&) { return true; }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }
};

std::size_t members_of(const boost::json::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count += object->size();
    for (const auto& member : *object) count += members_of(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) count += members_of(item);
  }
  return count;
}

}  // namespace

boost::json::value parse_body(std::string_view body) {
  boost::json::parse_options options;
  options.max_depth = kDepth;
  boost::json::error_code failed;
  auto value = boost::json::parse({body.data(), body.size()}, failed, {}, options);
  if (failed) bad_json(failed.message());
  boost::json::basic_parser<MemberCount> counter(options);
  counter.write_some(false, body.data(), body.size(), failed);
  if (failed) bad_json(failed.message());
  if (counter.handler().members != members_of(value)) bad_json("a member stands twice");
  return value;
}

JsonReader::JsonReader(const boost::json::value& value, std::vector<FieldError>& faults, std::string prefix)
    : object_(value.is_object() ? value.get_object()
                                : throw Error(ErrorKind::Invalid, "The body is not readable JSON")),
      faults_(faults),
      prefix_(std::move(prefix)) {}

std::string JsonReader::path(std::string_view name) const {
  return prefix_.empty() ? std::string(name) : prefix_ + '.' + std::string(name);
}

void JsonReader::fault(std::string_view name, std::string key, MessageArgs args) {
  faults_.push_back({path(name), std::move(key), std::move(args)});
}

const boost::json::value* JsonReader::member(std::string_view name) {
  asked_.push_back(name);
  const auto found = object_.find(name);
  return found == object_.end() || found->value().is_null() ? nullptr : &found->value();
}

std::string JsonReader::text(std::string_view name, std::size_t most, bool required, std::size_t least) {
  const auto* value = member(name);
  if (value == nullptr) {
    if (required) fault(name, "must not be empty");
    return {};
  }
  const auto* text = value->if_string();
  if (text == nullptr) {
    fault(name, "must be text");
    return {};
  }
  if (text->find('\0') != boost::json::string::npos) fault(name, "must not hold a NUL character");
  if (text->size() > most) fault(name, "is longer than {most} bytes", {{"most", std::to_string(most)}});
  if (required && text->empty())
    fault(name, "must not be empty");
  else if (text->size() < least)
    fault(name, "is shorter than {least} characters", {{"least", std::to_string(least)}});
  return std::string(*text);
}

bool JsonReader::flag(std::string_view name, bool otherwise) {
  const auto* value = member(name);
  if (value == nullptr) return otherwise;
  if (!value->is_bool()) fault(name, "must be true or false");
  return value->is_bool() && value->get_bool();
}

std::optional<double> JsonReader::number(std::string_view name, bool required) {
  const auto* value = member(name);
  if (value == nullptr) {
    if (required) fault(name, "must not be empty");
    return std::nullopt;
  }
  if (!value->is_number() || !std::isfinite(value->to_number<double>())) {
    fault(name, "must be a number");
    return std::nullopt;
  }
  return value->to_number<double>();
}

std::optional<int> JsonReader::integer(std::string_view name) {
  const auto* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64() && value->get_int64() >= -1'000'000'000 && value->get_int64() <= 1'000'000'000)
    return static_cast<int>(value->get_int64());
  fault(name, "must be a whole number");
  return std::nullopt;
}

const boost::json::array* JsonReader::array(std::string_view name, std::size_t most_items) {
  const auto* value = member(name);
  if (value == nullptr) return nullptr;
  const auto* array = value->if_array();
  if (array == nullptr) {
    fault(name, "must be a list");
  } else if (array->size() > most_items) {
    fault(name, "has more than {most} items", {{"most", std::to_string(most_items)}});
    return nullptr;
  }
  return array;
}

std::vector<std::string> JsonReader::texts(std::string_view name, std::size_t most_items,
                                           std::size_t most_bytes) {
  std::vector<std::string> texts;
  const auto* items = array(name, most_items);
  if (items == nullptr) return texts;
  for (const auto& item : *items) {
    const auto* text = item.if_string();
    if (text == nullptr)
      fault(name, "must be text");
    else if (text->size() > most_bytes)
      fault(name, "is longer than {most} bytes", {{"most", std::to_string(most_bytes)}});
    else
      texts.emplace_back(*text);
  }
  return texts;
}

domain::LocalText JsonReader::local_text(std::string_view name, std::size_t most) {
  domain::LocalText texts;
  const auto* value = member(name);
  if (value == nullptr) return texts;
  if (!value->is_object()) {
    fault(name, "must be text by language");
    return texts;
  }
  for (const auto& [language, text] : value->get_object()) {
    const bool known =
        language.size() == 2 && std::ranges::all_of(language, [](char c) { return c >= 'a' && c <= 'z'; });
    if (!known)
      fault(name, "\"{value}\" is no language", {{"value", std::string(language)}});
    else if (!text.is_string())
      fault(name, "must be text");
    else if (text.get_string().size() > most)
      fault(name, "is longer than {most} bytes", {{"most", std::to_string(most)}});
    else if (!text.get_string().empty())
      texts[std::string(language)] = std::string(text.get_string());
  }
  return texts;
}

void JsonReader::done() {
  for (const auto& member : object_)
    if (std::ranges::find(asked_, std::string_view(member.key())) == asked_.end())
      fault(member.key(), "There is no such member");
}

void refuse(std::vector<FieldError> faults) {
  if (!faults.empty()) throw Error(ErrorKind::Invalid, kForm, {}, std::move(faults));
}

}  // namespace simpul::web::api
