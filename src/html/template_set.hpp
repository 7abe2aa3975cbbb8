// What is known of the loaded templates: the tree of names of each, and ctemplate's parsed form per language.
// Inside html only.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "html/page.hpp"

namespace ctemplate {
class TemplateCache;
struct StaticTemplateString;
}  // namespace ctemplate

namespace simpul::html {

// What ctemplate knows a name by: looked up once per template instead of once per value set in a page.
using KnownName = const ctemplate::StaticTemplateString*;

// The names that stand directly in a template or in one {{#SECTION}} of it, not those of sections inside.
struct SectionNames {
  std::vector<std::string> values;  // sorted, unique
  KnownName name = nullptr;         // of the section itself; none for the root
};

struct TemplateShape {
  SectionNames root;
  std::map<std::string, SectionNames, std::less<>>
      sections;  // by name, wherever they stand; equal names are one
  std::set<std::string, std::less<>> partials;
  std::map<std::string, KnownName, std::less<>> values;  // all of them
  std::set<std::string, std::less<>> fragments;          // all with :none
};

// Reads the names out of a template. Error Internal: a section that is not closed, a name both with and
// without :none.
TemplateShape shape_of(std::string_view name, std::string_view text);

// "mail/....txt": nothing is escaped, empty lines stay.
bool is_plain_text(std::string_view name);

// `text` with each [[...]] replaced by its translation, escaped unless it is plain text. Error Internal as
// load_templates.
std::string translate_template(std::string_view name, std::string_view text, std::string_view language,
                               Translate translate);

struct TemplateSet {
  std::unique_ptr<ctemplate::TemplateCache> cache;
  std::map<std::string, TemplateShape, std::less<>> shapes;  // by template name
  std::vector<std::string> languages;
  std::set<std::string, std::less<>> globals;
  bool strict = false;
};

// The loaded set. Error Internal before load_templates.
const TemplateSet& templates();

}  // namespace simpul::html
