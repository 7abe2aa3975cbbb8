// Pages from templates (ctemplate, escaping by context). A Page is filled with named values and sections and rendered
// in one language. Names that the template has and nobody set are an error in tests and a log line in production.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simpul::html {

// HTML that is already safe: made by our own code (server SVG, JSON-LD, another Page). The only thing {{X:none}} takes.
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
  // `name` is the path under templates/ ("site/home.html"). The translated form of `language` is used.
  Page(std::string name, std::string language);
  ~Page();
  Page(Page&&) noexcept;

  void set(std::string_view name, std::string_view value);  // escaped by context when rendered
  void set(std::string_view name, long long value);
  void set(std::string_view name, const Fragment& fragment);
  // Shows {{#NAME}} once more and gives its dictionary. The reference lives as long as the Page.
  Page& section(std::string_view name);
  // {{#NAME}} shown once if `on`, with the values of this dictionary.
  void show(std::string_view name, bool on = true);
  // {{>NAME}}: the partial `file` with a dictionary of its own.
  Page& partial(std::string_view name, std::string file);

  // Error Internal: no such template. In tests (strict mode) also when a name of the template was never set.
  std::string render() const;
  Fragment render_fragment() const { return Fragment::trusted(render()); }

 private:
  struct Parts;
  explicit Page(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Translates `[[...]]` of each embedded template once per language; called at start, before the first Page.
// `translate(language, english)` gives the text; it is HTML-escaped before it enters. Error Internal: a template without
// its AUTOESCAPE mark, or a translation whose {{PLACEHOLDERS}} differ.
using Translate = std::string (*)(std::string_view language, std::string_view english);
void load_templates(const std::vector<std::string>& languages, Translate translate, bool strict);

}  // namespace simpul::html
