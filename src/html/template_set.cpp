#include "html/template_set.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include "base/assets.hpp"
#include "base/error.hpp"

namespace simpul::html {
namespace {

std::unique_ptr<TemplateSet>& holder() {
  static std::unique_ptr<TemplateSet> set;
  return set;
}

// ctemplate keeps a pointer to the text for ever, so names live as long as the program.
KnownName known_name(const std::string& text) {
  static std::map<std::string, ctemplate::StaticTemplateString> names;
  const auto [at, added] = names.try_emplace(text);
  if (added) {
    at->second = {{at->first.data(), at->first.size(), 0}};
    ctemplate::StaticTemplateStringInitializer(&at->second);
  }
  return &at->second;
}

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorKind::Internal, "A page template is faulty.", {}, {}, what);
}

// Mail and plain text bear no mark; everything that a browser or feed reader parses does.
void check_mark(const TemplateText& source) {
  const auto ends = [&](std::string_view suffix) { return std::string_view(source.name).ends_with(suffix); };
  if (ends(".html") && !source.text.starts_with("{{%AUTOESCAPE context=\"HTML\"}}"))
    fail(source.name + ": does not begin with {{%AUTOESCAPE context=\"HTML\"}}");
  if (ends(".xml") && !source.text.starts_with("{{%AUTOESCAPE context=\"XML\"}}"))
    fail(source.name + ": does not begin with {{%AUTOESCAPE context=\"XML\"}}");
}

}  // namespace

const TemplateSet& templates() {
  if (!holder()) fail("no templates are loaded");
  return *holder();
}

void load_templates(const std::vector<TemplateText>& texts, const std::vector<std::string>& languages,
                    Translate translate, bool strict) {
  auto set = std::make_unique<TemplateSet>();
  set->cache = std::make_unique<ctemplate::TemplateCache>();
  set->languages = languages;
  set->strict = strict;
  for (const auto& source : texts) {
    check_mark(source);
    auto& shape = set->shapes[source.name] = shape_of(source.name, source.text);
    for (auto& [value, name] : shape.values) name = known_name(value);
    for (auto& [section, names] : shape.sections) names.name = known_name(section);
    for (const auto& language : languages) {
      const std::string key = language + "/" + source.name;
      const std::string text = translate_template(source.name, source.text, language, translate);
      const auto strip = is_plain_text(source.name) ? ctemplate::DO_NOT_STRIP : ctemplate::STRIP_BLANK_LINES;
      if (!set->cache->StringToTemplateCache(key, text, strip)) fail(key + " is not readable");
      // Parsed here, so that a template that autoescape cannot follow stops the start, not a visitor.
      if (!set->cache->LoadTemplate(key, strip)) fail(key + " cannot be parsed");
    }
  }
  set->cache->Freeze();
  holder() = std::move(set);
}

void load_templates(const std::vector<std::string>& languages, Translate translate, bool strict) {
  constexpr std::string_view kFolder = "templates/";
  std::vector<TemplateText> texts;
  for (const auto& asset : all_assets())
    if (asset.path.starts_with(kFolder))
      texts.push_back({std::string(asset.path.substr(kFolder.size())), std::string(asset.bytes)});
  load_templates(texts, languages, translate, strict);
}

void set_global(const std::string& name, const std::string& value) {
  templates();
  ctemplate::TemplateDictionary::SetGlobalValue(name, value);
  holder()->globals.insert(name);
}

}  // namespace simpul::html
