#include <boost/json.hpp>
#include <map>

#include "base/assets.hpp"
#include "base/error.hpp"
#include "web/tiles/query.hpp"

namespace simpul::web::tiles {

namespace {

namespace json = boost::json;

constexpr std::string_view kThemes[] = {"light", "dark", "print"};
constexpr std::string_view kLanguageMark = "@lang";
constexpr std::string_view kGroupMark = "@group-";

[[noreturn]] void incomplete(const std::string& what) {
  throw Error(ErrorKind::Internal, "The program is incomplete", {}, {}, "map style: " + what);
}

const Asset& asset(std::string_view path) {
  const auto* found = find_asset(path);
  if (!found) incomplete(std::string(path) + " is not embedded");
  return *found;
}

json::value parse(std::string_view path) {
  const auto bytes = asset(path).bytes;
  return json::parse(json::string_view(bytes.data(), bytes.size()));
}

// "@sea" -> "#cfe2e7", "@group-laut" -> "#236ab7".
std::string colour(const json::value& tokens, std::string_view token, std::string_view theme) {
  const bool group = token.starts_with(kGroupMark);
  // The groups have no colours of their own for paper.
  const auto column = group && theme == "print" ? std::string_view("light") : theme;
  const auto name = token.substr(group ? kGroupMark.size() : 1);
  const auto path = group ? "/groups/" + std::string(name) + "/" + std::string(column)
                          : "/map/" + std::string(column) + "/" + std::string(name);
  boost::system::error_code missing;
  const auto* found = tokens.find_pointer(path, missing);
  if (!found || !found->is_string())
    incomplete("no token " + std::string(token) + " for " + std::string(theme));
  return std::string(found->get_string());
}

void fill(json::value& value, const json::value& tokens, std::string_view theme, std::string_view language) {
  if (auto* object = value.if_object())
    for (auto& member : *object) fill(member.value(), tokens, theme, language);
  if (auto* array = value.if_array())
    for (auto& item : *array) fill(item, tokens, theme, language);
  auto* string = value.if_string();
  if (!string) return;
  std::string text(*string);
  if (text.starts_with('@')) {
    *string = colour(tokens, text, theme);
    return;
  }
  for (auto at = text.find(kLanguageMark); at != std::string::npos; at = text.find(kLanguageMark, at))
    text.replace(at, kLanguageMark.size(), language);
  *string = text;
}

// Of each theme and language: neither changes while the program runs.
using Styles = std::map<std::pair<std::string, std::string>, std::string>;

Styles make_styles() {
  const auto source = parse("reference/map_style.json");
  const auto tokens = parse("frontend/shared/tokens.json");
  Styles styles;
  for (const auto theme : kThemes)
    for (const auto& language : i18n::languages()) {
      auto style = source;
      fill(style, tokens, theme, language.code());
      styles[{std::string(theme), language.code()}] = json::serialize(style);
    }
  return styles;
}

}  // namespace

http::Response style(const RequestContext& context) {
  static const auto styles = make_styles();
  const auto* asked = context.request.parameter("theme");
  const auto found = styles.find({asked ? *asked : "light", language_of(context).code()});
  if (found == styles.end())
    throw Error(ErrorKind::Invalid, "There is no {name} “{value}”", {{"name", "theme"}, {"value", *asked}});
  return http::Response::text(200, "application/json", found->second);
}

}  // namespace simpul::web::tiles
