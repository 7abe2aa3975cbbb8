#include <algorithm>

#include "base/error.hpp"
#include "html/template_set.hpp"

namespace simpul::html {
namespace {

[[noreturn]] void fail(std::string_view name, const std::string& what) {
  throw Error(ErrorKind::Internal, "A page template is faulty.", {}, {}, std::string(name) + ": " + what);
}

void add(std::vector<std::string>& sorted, const std::string& name) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), name);
  if (at == sorted.end() || *at != name) sorted.insert(at, name);
}

// Line ends and indents of the template are no part of a message: each run of white space is one space.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

// The {{...}} of a text, in order.
std::multiset<std::string> markers(std::string_view text) {
  std::multiset<std::string> found;
  for (auto at = text.find("{{"); at != text.npos; at = text.find("{{", at + 2)) {
    const auto end = text.find("}}", at);
    if (end == text.npos) break;
    found.emplace(text.substr(at, end + 2 - at));
  }
  return found;
}

// Escapes all but the {{...}}: they are filled in, and escaped for their place, when the page is rendered.
std::string escape_around_markers(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto at = text.find("{{");
    const auto end = at == text.npos ? text.npos : text.find("}}", at);
    if (end == text.npos) return out + escape(text);
    out += escape(text.substr(0, at));
    out += text.substr(at, end + 2 - at);
    text.remove_prefix(end + 2);
  }
  return out;
}

}  // namespace

bool is_plain_text(std::string_view name) {
  return name.ends_with(".txt");
}

TemplateShape shape_of(std::string_view name, std::string_view text) {
  TemplateShape shape;
  std::vector<std::string> open;
  for (auto at = text.find("{{"); at != text.npos; at = text.find("{{", at)) {
    const auto end = text.find("}}", at);
    if (end == text.npos) fail(name, "{{ without }}");
    const std::string_view marker = text.substr(at + 2, end - at - 2);
    if (text.find("}}", end + 2) < text.find("{{", end + 2))
      fail(name, "}} without {{ after {{" + std::string(marker.substr(0, 30)));
    at = end + 2;
    if (marker.empty()) fail(name, "empty {{}}");
    const std::string rest(marker.substr(1));
    switch (marker.front()) {
      case '!':
      case '%':
        break;
      case '#':
        open.push_back(rest);
        shape.sections[rest];
        break;
      case '/':
        if (open.empty() || open.back() != rest) fail(name, "{{/" + rest + "}} closes nothing");
        open.pop_back();
        break;
      case '>':
        shape.partials.insert(rest);
        break;
      default: {
        const std::string value(marker.substr(0, marker.find(':')));
        const bool fragment = marker.substr(value.size()) == ":none";
        SectionNames& here = open.empty() ? shape.root : shape.sections[open.back()];
        if (fragment != shape.fragments.contains(value) && shape.values.contains(value))
          fail(name, value + " stands with :none and without");
        add(here.values, value);
        shape.values.emplace(value, nullptr);
        if (fragment) shape.fragments.insert(value);
      }
    }
  }
  if (!open.empty()) fail(name, "{{#" + open.back() + "}} is not closed");
  return shape;
}

std::string translate_template(std::string_view name, std::string_view text, std::string_view language,
                               Translate translate) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (;;) {
    const auto at = text.find("[[");
    if (at == text.npos) break;
    const auto end = text.find("]]", at);
    if (end == text.npos) fail(name, "[[ without ]]");
    const std::string english = one_line(text.substr(at + 2, end - at - 2));
    const std::string translated = translate(language, english);
    if (markers(english) != markers(translated))
      fail(name, "the translation to " + std::string(language) + " of \"" + english +
                     "\" has other {{PLACEHOLDERS}}: \"" + translated + "\"");
    out += text.substr(0, at);
    out += is_plain_text(name) ? translated : escape_around_markers(translated);
    text.remove_prefix(end + 2);
  }
  out += text;
  return out;
}

}  // namespace simpul::html
