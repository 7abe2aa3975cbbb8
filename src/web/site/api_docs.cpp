// /{lang}/api: the REST contract (openapi/rest.yaml) as a page to read: each call with what it takes and
// answers, each schema with its limits. The words of the contract itself are English in every language.
#include <algorithm>
#include <boost/json.hpp>

#include "base/assets.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {
namespace {

using boost::json::object;
using boost::json::value;

const value& contract() {
  static const value parsed = [] {
    const auto* asset = find_asset("openapi/rest.json");
    return asset != nullptr ? boost::json::parse(asset->bytes) : value(object{});
  }();
  return parsed;
}

std::string text_of(const object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

// Words between ` are code: text and code in turn, as sections PIECE.
void set_text(html::Page& part, std::string_view text) {
  for (bool code = false; !text.empty(); code = !code) {
    const auto end = std::min(text.find('`'), text.size());
    auto& piece = part.section("PIECE");
    piece.show("PLAIN", !code && end > 0);
    piece.show("CODE", code && end > 0);
    piece.set("TEXT", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

const object& object_of(const object& from, std::string_view name) {
  static const object none;
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_object() ? found->as_object() : none;
}

bool lists(const object& from, std::string_view name, std::string_view word) {
  const auto* found = from.if_contains(name);
  if (found == nullptr || !found->is_array()) return false;
  return std::ranges::any_of(found->as_array(), [&](const value& item) { return item == value(word); });
}

std::string last_part(std::string_view reference) {
  return std::string(reference.substr(reference.rfind('/') + 1));
}

// What a "$ref" names, or the object itself.
const object& resolved(const object& part) {
  const auto reference = text_of(part, "$ref");
  if (!reference.starts_with("#/")) return part;
  boost::system::error_code none;
  const auto* found = contract().find_pointer(reference.substr(1), none);
  return found != nullptr && found->is_object() ? found->as_object() : part;
}

// A schema in the words of JSON: "string", "integer[]", "object | null"; the schema it names, to link to.
struct TypeWords {
  std::string text;
  std::string schema;
};

TypeWords type_of(const object& schema) {
  if (const auto reference = text_of(schema, "$ref"); !reference.empty())
    return {last_part(reference), last_part(reference)};
  for (const auto* choice : {"oneOf", "anyOf", "allOf"})
    if (const auto* found = schema.if_contains(choice); found != nullptr && found->is_array()) {
      TypeWords words;
      for (const auto& one : found->as_array()) {
        auto part = type_of(one.as_object());
        if (!words.text.empty()) words.text += std::string_view(choice) == "allOf" ? " & " : " | ";
        words.text += part.text;
        if (words.schema.empty()) words.schema = part.schema;
      }
      return words;
    }
  const auto* type = schema.if_contains("type");
  if (type != nullptr && type->is_array()) {
    std::string text;
    for (const auto& one : type->as_array())
      text += (text.empty() ? "" : " | ") + std::string(one.as_string());
    return {text, {}};
  }
  const auto name = text_of(schema, "type");
  if (name == "array") {
    auto items = type_of(object_of(schema, "items"));
    return {items.text + "[]", items.schema};
  }
  if (name.empty()) return {schema.if_contains("enum") != nullptr ? "string" : "any", {}};
  return {name, {}};
}

std::string plain(const value& item) {
  return item.is_string() ? std::string(item.as_string()) : boost::json::serialize(item);
}

// "1 to 300 characters", "draft, submitted, ...", "2 to 6 items".
std::string limits_of(const i18n::Language& language, const object& schema) {
  std::vector<std::string> said;
  const auto range = [&](std::string_view least, std::string_view most, const char* between,
                         const char* up_to, const char* from) {
    const auto* low = schema.if_contains(least);
    const auto* high = schema.if_contains(most);
    if (low != nullptr && high != nullptr)
      said.push_back(language.tr(between, {{"least", plain(*low)}, {"most", plain(*high)}}));
    else if (high != nullptr)
      said.push_back(language.tr(up_to, {{"most", plain(*high)}}));
    else if (low != nullptr)
      said.push_back(language.tr(from, {{"least", plain(*low)}}));
  };
  range("minLength", "maxLength", msgid("{least} to {most} characters"), msgid("at most {most} characters"),
        msgid("at least {least} characters"));
  range("minimum", "maximum", msgid("{least} to {most}"), msgid("at most {most}"), msgid("at least {least}"));
  range("minItems", "maxItems", msgid("{least} to {most} items"), msgid("at most {most} items"),
        msgid("at least {least} items"));
  if (const auto* choices = schema.if_contains("enum"); choices != nullptr && choices->is_array()) {
    std::string list;
    for (const auto& choice : choices->as_array()) list += (list.empty() ? "" : ", ") + plain(choice);
    said.push_back(list);
  }
  if (const auto* standing = schema.if_contains("default"))
    said.push_back(language.tr("{value} when left out", {{"value", plain(*standing)}}));
  if (const auto format = text_of(schema, "format"); !format.empty()) said.push_back(format);
  if (const auto pattern = text_of(schema, "pattern"); !pattern.empty()) said.push_back(pattern);
  std::string text;
  for (const auto& one : said) text += (text.empty() ? "" : "; ") + one;
  return text;
}

void fill_row(html::Page& row, const i18n::Language& language, const std::string& name, const object& schema,
              bool required, const std::string& description) {
  const auto type = type_of(schema);
  row.set("NAME", name);
  row.set("TYPE", type.text);
  row.show("LINKED", !type.schema.empty());
  row.show("UNLINKED", type.schema.empty());
  row.set("SCHEMA", type.schema);
  row.show("REQUIRED", required);
  row.set("LIMITS", limits_of(language, schema));
  set_text(row.section("MEANING"), description);
}

// One row for each member; objects that have no name of their own are unfolded: "file.name", "items[].id".
void members(html::Page& table, const i18n::Language& language, const object& schema,
             const std::string& prefix, int depth) {
  for (const auto& [name, member] : object_of(schema, "properties")) {
    const auto& inner = member.as_object();
    const auto whole = prefix + std::string(name);
    auto& row = table.section("MEMBER");
    fill_row(row, language, whole, inner, lists(schema, "required", name), text_of(inner, "description"));
    const auto& items = object_of(inner, "items");
    if (depth < 3 && inner.if_contains("properties") != nullptr)
      members(table, language, inner, whole + ".", depth + 1);
    else if (depth < 3 && items.if_contains("properties") != nullptr)
      members(table, language, items, whole + "[].", depth + 1);
  }
}

// The schema of the first content type; its name in `content_type`.
const object& content_schema(const object& with_content, std::string& content_type) {
  static const object none;
  for (const auto& [type, content] : object_of(with_content, "content")) {
    content_type = type;
    return object_of(content.as_object(), "schema");
  }
  return none;
}

void body_of(html::Page& operation, const i18n::Language& language, const std::string& call,
             const object& described) {
  const auto& body = object_of(described, "requestBody");
  if (body.empty()) return;
  std::string content_type;
  const auto& schema = content_schema(body, content_type);
  auto& section = operation.section("BODY");
  const auto type = type_of(schema);
  section.set("CONTENT_TYPE", content_type);
  section.set("SCHEMA", type.schema);
  section.set("TYPE", type.text);
  section.show("LINKED", !type.schema.empty());
  if (schema.if_contains("properties") != nullptr) {
    auto& table = section.section("MEMBERS");
    table.set("CALL", call);
    members(table, language, schema, "", 0);
  }
}

void answers_of(html::Page& operation, const object& described) {
  for (const auto& [status, answer] : object_of(described, "responses")) {
    const auto& whole = resolved(answer.as_object());
    std::string content_type;
    const auto type = type_of(content_schema(whole, content_type));
    auto& row = operation.section("ANSWER");
    row.set("STATUS", status);
    set_text(row.section("MEANING"), text_of(whole, "description"));
    row.set("CONTENT_TYPE", content_type);
    row.set("SCHEMA", type.schema);
    row.set("TYPE", type.text);
    row.show("LINKED", !type.schema.empty());
  }
}

void operation_of(html::Page& tag, const i18n::Language& language, std::string_view method,
                  std::string_view path, const object& described, const object& of_path) {
  auto& operation = tag.section("OPERATION");
  std::string upper(method);
  std::ranges::transform(upper, upper.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  operation.set("OPERATION_ID", text_of(described, "operationId"));
  const auto whole_path = "/api/v1" + std::string(path);
  const auto call = upper + ' ' + whole_path;
  operation.set("METHOD", upper);
  operation.set("PATH", whole_path);
  operation.set("CALL", call);
  operation.set("SUMMARY", text_of(described, "summary"));
  if (const auto description = text_of(described, "description"); !description.empty())
    set_text(operation.section("DESCRIPTION"), description);
  const auto* security = described.if_contains("security");
  operation.show("OPEN", security != nullptr && security->is_array() && security->as_array().empty());
  std::vector<const object*> parameters;
  for (const auto* from : {&of_path, &described})
    if (const auto* list = from->if_contains("parameters"); list != nullptr && list->is_array())
      for (const auto& one : list->as_array()) parameters.push_back(&resolved(one.as_object()));
  if (!parameters.empty()) {
    auto& table = operation.section("PARAMETERS");
    table.set("CALL", call);
    for (const auto* parameter : parameters) {
      auto& row = table.section("PARAMETER");
      const auto& schema = object_of(*parameter, "schema");
      fill_row(row, language, text_of(*parameter, "name"), schema,
               parameter->if_contains("required") != nullptr, text_of(*parameter, "description"));
      row.set("WHERE", text_of(*parameter, "in"));
    }
  }
  body_of(operation, language, call, described);
  answers_of(operation, described);
}

}  // namespace

http::Response api_docs_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto& whole = contract().as_object();
  const auto& info_of = object_of(whole, "info");
  auto page = page_of(context, "site/api_docs.html");
  page.set("SUMMARY", text_of(info_of, "summary"));
  set_text(page.section("GENERAL"), text_of(info_of, "description"));
  if (const auto* tags = whole.if_contains("tags"); tags != nullptr && tags->is_array())
    for (const auto& item : tags->as_array()) {
      const auto name = text_of(item.as_object(), "name");
      auto& entry = page.section("CONTENTS");
      entry.set("TAG", name);
      entry.set("TAG_MEANING", text_of(item.as_object(), "description"));
      auto& tag = page.section("TAGS");
      tag.set("TAG", name);
      tag.set("TAG_MEANING", text_of(item.as_object(), "description"));
      for (const auto& [path, of_path] : object_of(whole, "paths"))
        for (const auto* method : {"get", "post", "put", "delete"}) {
          const auto& described = object_of(of_path.as_object(), method);
          if (lists(described, "tags", name))
            operation_of(tag, language, method, path, described, of_path.as_object());
        }
    }
  for (const auto& [name, schema] : object_of(object_of(whole, "components"), "schemas")) {
    auto& section = page.section("SCHEMAS");
    const auto& of_schema = schema.as_object();
    section.set("SCHEMA", name);
    section.set("TYPE", type_of(of_schema).text);
    section.set("LIMITS", limits_of(language, of_schema));
    set_text(section.section("MEANING"), text_of(of_schema, "description"));
    if (of_schema.if_contains("properties") != nullptr) {
      auto& table = section.section("MEMBERS");
      table.set("CALL", std::string(name));
      members(table, language, of_schema, "", 0);
    }
  }
  PageInfo info;
  info.title = language.tr("Interface for programs");
  info.description =
      language.tr("The REST interface of the register: calls, parameters, answers and limits.");
  info.path = "api";
  info.nav = Nav::Data;
  info.kind = "api";
  return render_page(context, info, page.render_fragment());
}

// /api/docs: to the page in the visitor's language.
http::Response api_docs_start(const RequestContext& context) {
  auto response = see_other(address(i18n::best_language(context.request.header("accept-language")), "api"));
  response.status = 302;
  response.set("Vary", "Accept-Language");
  return response;
}

}  // namespace simpul::web::site
