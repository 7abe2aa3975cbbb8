#include "service/imports_changes.hpp"

#include <boost/json.hpp>

#include "geo/wkb.hpp"
#include "service/potentials.hpp"
#include "storage/json.hpp"
#include "storage/potentials.hpp"
#include "storage/records.hpp"

namespace simpul::service {
namespace {

std::string hex(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

std::string unhex(std::string_view text) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(digit(text[i]) << 4 | digit(text[i + 1]));
  return bytes;
}

boost::json::object json_of(const domain::PotentialDraft& draft) {
  auto object = storage::content_of(draft);
  object["wkb"] = draft.geometry && !draft.geometry->empty() ? hex(geo::to_wkb(*draft.geometry)) : "";
  return object;
}

domain::PotentialDraft draft_of_json(const boost::json::value& value) {
  auto draft = storage::draft_of(boost::json::serialize(value));
  if (const auto& wkb = value.at("wkb").as_string(); !wkb.empty()) draft.geometry = geo::from_wkb(unhex(wkb));
  return draft;
}

}  // namespace

std::string text_of(const Keeping& keeping) {
  const auto& record = keeping.record;
  boost::json::array comments;
  for (const auto& comment : record.comments)
    comments.push_back(boost::json::object{{"field", comment.field}, {"text", comment.text}});
  boost::json::object object{{"draft", json_of(record.draft)},
                             {"state", domain::word(record.state)},
                             {"published", record.published},
                             {"version", record.version},
                             {"confirmed", storage::or_null(storage::date_text(record.confirmed))},
                             {"checked", record.checked},
                             {"author", record.author},
                             {"comments", std::move(comments)}};
  if (keeping.published) object["public"] = json_of(*keeping.published);
  return boost::json::serialize(object);
}

Keeping keeping_of(const std::string& text) {
  const auto value = boost::json::parse(text);
  Keeping keeping;
  auto& record = keeping.record;
  record.draft = draft_of_json(value.at("draft"));
  record.state = domain::record_state(std::string_view(value.at("state").as_string()));
  record.published = value.at("published").as_bool();
  record.version = value.at("version").to_number<std::int64_t>();
  if (const auto& day = value.at("confirmed"); day.is_string())
    record.confirmed = parse_date(std::string_view(day.as_string()));
  record.checked = value.at("checked").as_bool();
  record.author = value.at("author").to_number<std::int64_t>();
  for (const auto& comment : value.at("comments").as_array())
    record.comments.push_back(
        {std::string(comment.at("field").as_string()), std::string(comment.at("text").as_string())});
  if (const auto* published = value.as_object().if_contains("public"))
    keeping.published = draft_of_json(*published);
  return keeping;
}

storage::ImportChange change_of(db::Connection& connection, const domain::Record& before,
                                const domain::PotentialDraft& after, std::int64_t line) {
  Keeping was{before, std::nullopt};
  if (before.published)
    if (const auto published = storage::find_potential(connection, before.id))
      was.published = draft_of(*published);
  Keeping wanted;
  wanted.record.draft = after;
  return {before.id, line, text_of(was), text_of(wanted)};
}

}  // namespace simpul::service
