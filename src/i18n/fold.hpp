// Text made comparable for people: words without case and accents, with their place in the text. Used to find
// words in short lists and to mark them; the catalogue has its own index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simpul::i18n {

// Lower case, compatibility forms and accents removed: "Ménui" -> "menui".
std::string fold(std::string_view utf8);

struct Word {
  std::size_t begin = 0;  // bytes of the text, end not included
  std::size_t end = 0;
  std::string folded;
};
// Runs of letters and digits; everything else parts words. Bytes that are not UTF-8 part words too.
std::vector<Word> words(std::string_view utf8);

// Each word of `wanted` (folded) begins some word of the text. True for no words.
bool has_words(std::string_view text, const std::vector<Word>& wanted);

}  // namespace simpul::i18n
