// The templates as they are embedded: each bears its mark, and raw HTML enters only where it is listed here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/assets.hpp"
#include "html/page.hpp"
#include "html/template_set.hpp"

namespace simpul::html {
namespace {

// Every {{X:none}} of the templates, with what makes it. A new one needs a line here and a second pair of
// eyes.
const std::set<std::string> kRaw = {
    "site/layout.html JSON_LD",  // Boost.JSON with < as \u003c, in its script element
    "site/layout.html MAIN",     // the page itself
};

TEST(EmbeddedTemplates, LoadInEveryLanguage) {
  EXPECT_NO_THROW(load_templates(
      {"id", "en"}, [](std::string_view, std::string_view text) { return std::string(text); }, true));
}

TEST(EmbeddedTemplates, RawHtmlEntersOnlyWhereListed) {
  std::set<std::string> found;
  for (const auto& asset : all_assets()) {
    if (!asset.path.starts_with("templates/")) continue;
    const std::string name(asset.path.substr(10));
    for (const auto& value : shape_of(name, asset.bytes).fragments) found.insert(name + " " + value);
  }
  EXPECT_EQ(found, kRaw);
}

}  // namespace
}  // namespace simpul::html
