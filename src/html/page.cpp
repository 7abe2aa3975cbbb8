#include "html/page.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <deque>

#include "base/error.hpp"
#include "base/log.hpp"
#include "html/template_set.hpp"

namespace simpul::html {
namespace {

[[noreturn]] void fail(std::string_view page, const std::string& what) {
  throw Error(ErrorKind::Internal, "A page could not be made.", {}, {}, std::string(page) + ": " + what);
}

ctemplate::TemplateString view(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// One dictionary of ctemplate and what has been set in it. `shape` and `names` point into the loaded set.
struct Page::Parts {
  std::string name;
  std::string language;
  const TemplateShape* shape = nullptr;
  const SectionNames* names = nullptr;  // those that must be set when this dictionary is shown
  const Parts* parent = nullptr;
  std::unique_ptr<ctemplate::TemplateDictionary> root;  // only of a whole page
  ctemplate::TemplateDictionary* dictionary = nullptr;
  std::vector<const std::string*> assigned;  // into shape->values
  std::vector<std::string_view> shown;
  std::deque<Page> children;

  const std::pair<const std::string, KnownName>* known(std::string_view value) const {
    const auto at = shape->values.find(value);
    return at == shape->values.end() ? nullptr : &*at;
  }
  bool has(const std::string& value) const {
    for (const Parts* p = this; p; p = p->parent)
      for (const auto* a : p->assigned)
        if (*a == value) return true;
    return false;
  }
  void add_missing(const SectionNames& of, std::vector<std::string>& missing) const {
    for (const auto& value : of.values)
      if (value != "LANG" && value != "BI_NEWLINE" && value != "BI_SPACE" &&
          !templates().globals.contains(value) && !has(value))
        missing.push_back(name + " {{" + value + "}}");
  }
  // Puts the names that nobody set into `missing`, for this dictionary and those below.
  void find_missing(std::vector<std::string>& missing) const {
    add_missing(*names, missing);
    for (const auto& section : shown) add_missing(shape->sections.find(section)->second, missing);
    for (const auto& child : children) child.parts_->find_missing(missing);
  }
};

Page::Page(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Page::~Page() = default;
Page::Page(Page&&) noexcept = default;

Page::Page(std::string name, std::string language) : parts_(std::make_unique<Parts>()) {
  const auto& set = templates();
  const auto shape = set.shapes.find(name);
  if (shape == set.shapes.end()) fail(name, "no such template");
  if (std::find(set.languages.begin(), set.languages.end(), language) == set.languages.end())
    fail(name, "no such language: " + language);
  parts_->shape = &shape->second;
  parts_->names = &shape->second.root;
  parts_->root = std::make_unique<ctemplate::TemplateDictionary>("page");
  parts_->dictionary = parts_->root.get();
  parts_->dictionary->SetTemplateGlobalValue("LANG", language);
  parts_->name = std::move(name);
  parts_->language = std::move(language);
}

const std::string& Page::language() const {
  return parts_->language;
}

void Page::set(std::string_view name, std::string_view value) {
  const auto* known = parts_->known(name);
  if (!known) return;
  if (parts_->shape->fragments.contains(name)) fail(parts_->name, known->first + " takes a Fragment");
  parts_->dictionary->SetValue(*known->second, view(value));
  parts_->assigned.push_back(&known->first);
}

void Page::set(std::string_view name, long long value) {
  set(name, std::string_view(std::to_string(value)));
}

void Page::set(std::string_view name, const Fragment& fragment) {
  const auto* known = parts_->known(name);
  if (!known) return;
  if (!parts_->shape->fragments.contains(name))
    fail(parts_->name, known->first + " takes text, not a Fragment");
  parts_->dictionary->SetValue(*known->second, view(fragment.html()));
  parts_->assigned.push_back(&known->first);
}

Page& Page::section(std::string_view name) {
  const auto found = parts_->shape->sections.find(name);
  if (found == parts_->shape->sections.end()) fail(parts_->name, "no section " + std::string(name));
  auto child = std::make_unique<Parts>();
  child->name = parts_->name;
  child->language = parts_->language;
  child->shape = parts_->shape;
  child->names = &found->second;
  child->parent = parts_.get();
  child->dictionary = parts_->dictionary->AddSectionDictionary(*found->second.name);
  return parts_->children.emplace_back(Page(std::move(child)));
}

void Page::show(std::string_view name, bool on) {
  const auto found = parts_->shape->sections.find(name);
  if (found == parts_->shape->sections.end()) fail(parts_->name, "no section " + std::string(name));
  if (!on) return;
  if (std::find(parts_->shown.begin(), parts_->shown.end(), found->first) != parts_->shown.end()) return;
  parts_->dictionary->ShowSection(*found->second.name);
  parts_->shown.push_back(found->first);
}

Page& Page::partial(std::string_view name, std::string file) {
  if (!parts_->shape->partials.contains(name)) fail(parts_->name, "no partial " + std::string(name));
  const auto shape = templates().shapes.find(file);
  if (shape == templates().shapes.end()) fail(file, "no such template");
  auto child = std::make_unique<Parts>();
  child->language = parts_->language;
  child->shape = &shape->second;
  child->names = &shape->second.root;
  child->dictionary = parts_->dictionary->AddIncludeDictionary(view(name));
  child->dictionary->SetFilename(child->language + "/" + file);
  child->name = std::move(file);
  return parts_->children.emplace_back(Page(std::move(child)));
}

std::string Page::render() const {
  std::vector<std::string> missing;
  parts_->find_missing(missing);
  if (!missing.empty()) {
    std::string list;
    for (const auto& name : missing) list += (list.empty() ? "" : ", ") + name;
    if (templates().strict) fail(parts_->name, "never set: " + list);
    spdlog::error("page {} left unset: {}", parts_->name, list);
  }
  std::string out;
  out.reserve(16 * 1024);
  const std::string key = parts_->language + "/" + parts_->name;
  const auto strip = is_plain_text(parts_->name) ? ctemplate::DO_NOT_STRIP : ctemplate::STRIP_BLANK_LINES;
  if (!templates().cache->ExpandNoLoad(key, strip, parts_->dictionary, nullptr, &out))
    fail(parts_->name, "could not be expanded");
  return out;
}

}  // namespace simpul::html
