#include <gtest/gtest.h>

#include "base/assets.hpp"

namespace simpul::web::site {

// A comment ends at the first }}: one that holds two braces in a row spills its rest onto the page.
TEST(Templates, EveryMarkIsClosedOnce) {
  std::size_t seen = 0;
  for (const auto& asset : all_assets()) {
    if (!asset.path.starts_with("templates/")) continue;
    ++seen;
    const auto text = asset.bytes;
    bool open = false;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      const auto two = text.substr(at, 2);
      if (two != "{{" && two != "}}") continue;
      EXPECT_EQ(open, two == "}}") << asset.path << ", near: " << text.substr(at, 60);
      open = two == "{{";
      ++at;
    }
    EXPECT_FALSE(open) << asset.path;
  }
  EXPECT_GT(seen, 10u);
}

}  // namespace simpul::web::site
