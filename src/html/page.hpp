// Pages from templates (ctemplate, escaping by context). A Page is filled with named values and sections and
// rendered in one language. Names that the template has and nobody set are an error in tests and a log line
// in production. Used by web/site and everything else that writes HTML or a feed.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simpul::html {

// HTML that is already safe: made by our own code (server SVG, JSON-LD, another Page). The only thing
// {{X:none}} takes.
class Fragment {
 public:
  static Fragment trusted(std::string html) { return Fragment(std::move(html)); }
  const std::string& html() const { return html_; }

 private:
  explicit Fragment(std::string html) : html_(std::move(html)) {}
  std::string html_;
};

// Text with & < > " ' escaped.
std::string escape(std::string_view text);

class Page {
 public:
  // `name` is the path under templates/ ("site/home.html"). The translated form of `language` is used. LANG
  // is set. Error Internal: no such template or language.
  Page(std::string name, std::string language);
  ~Page();
  Page(Page&&) noexcept;

  // Error Internal: a name that is {{NAME:none}} in the template, which takes only a Fragment; and the
  // reverse. A name that the template does not have is passed over, so that one function can fill the cards
  // of several templates.
  void set(std::string_view name, std::string_view value);  // escaped by context when rendered
  void set(std::string_view name, const char* value) { set(name, std::string_view(value)); }
  void set(std::string_view name, long long value);
  void set(std::string_view name, const Fragment& fragment);
  // Shows {{#NAME}} once more and gives its dictionary, which sees the values of this one too. The reference
  // lives as long as the Page. Error Internal: the template has no such section.
  Page& section(std::string_view name);
  // {{#NAME}} shown once if `on`, with the values of this dictionary.
  void show(std::string_view name, bool on = true);
  // {{>NAME}}: the partial `file` with a dictionary of its own, which sees only LANG and the globals.
  Page& partial(std::string_view name, std::string file);
  // "id", "en": as given to the constructor.
  const std::string& language() const;

  // In tests (strict mode) Error Internal when a name of the template was never set; else a log line.
  std::string render() const;
  Fragment render_fragment() const { return Fragment::trusted(render()); }

 private:
  struct Parts;
  explicit Page(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Translates `[[...]]` of each embedded template once per language; called at start, before the first Page.
// `translate(language, english)` gives the text; it is HTML-escaped before it enters. Error Internal: a
// template without its AUTOESCAPE mark, or a translation whose {{PLACEHOLDERS}} differ. A second call
// replaces what the first one loaded and must not run beside a render.
using Translate = std::string (*)(std::string_view language, std::string_view english);
void load_templates(const std::vector<std::string>& languages, Translate translate, bool strict);

// The same from texts that are not embedded (tests). `name` as in Page: "site/home.html".
struct TemplateText {
  std::string name;
  std::string text;
};
void load_templates(const std::vector<TemplateText>& texts, const std::vector<std::string>& languages,
                    Translate translate, bool strict);

// A value that every template sees when nothing nearer sets the name ("ICONS"). At start only, after
// load_templates.
void set_global(const std::string& name, const std::string& value);

}  // namespace simpul::html
