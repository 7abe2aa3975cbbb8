#include "web/site/highlight.hpp"

#include <algorithm>

namespace simpul::web::site {

html::Fragment highlight(std::string_view text, const std::vector<i18n::Word>& wanted) {
  std::string out;
  std::size_t done = 0;
  for (const auto& word : i18n::words(text)) {
    const bool hit = std::any_of(wanted.begin(), wanted.end(),
                                 [&](const i18n::Word& one) { return word.folded.starts_with(one.folded); });
    if (!hit) continue;
    out += html::escape(text.substr(done, word.begin - done));
    out += "<mark>" + html::escape(text.substr(word.begin, word.end - word.begin)) + "</mark>";
    done = word.end;
  }
  return html::Fragment::trusted(out + html::escape(text.substr(done)));
}

}  // namespace simpul::web::site
