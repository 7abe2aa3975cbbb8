#include "i18n/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace simpul::i18n {

std::string fold(std::string_view utf8) {
  std::string out;
  if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    for (const char c : utf8) out += 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* decomposed = icu::Normalizer2::getNFKDInstance(status);
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int>(utf8.size())));
  const auto parts = decomposed->normalize(text, status);
  icu::UnicodeString kept;
  for (int at = 0; at < parts.length();) {
    const UChar32 c = parts.char32At(at);
    at += U16_LENGTH(c);
    if (u_charType(c) != U_NON_SPACING_MARK) kept.append(u_foldCase(c, U_FOLD_CASE_DEFAULT));
  }
  kept.toUTF8String(out);
  return out;
}

std::vector<Word> words(std::string_view utf8) {
  std::vector<Word> found;
  const auto length = static_cast<int>(utf8.size());
  int start = -1;
  const auto close = [&](int end) {
    if (start < 0) return;
    const auto begin = static_cast<std::size_t>(start);
    found.push_back({begin, static_cast<std::size_t>(end),
                     fold(utf8.substr(begin, static_cast<std::size_t>(end) - begin))});
    start = -1;
  };
  for (int at = 0; at < length;) {
    const int here = at;
    UChar32 c = 0;
    U8_NEXT(utf8.data(), at, length, c);
    const bool inside = c >= 0 && (u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK);
    if (inside && start < 0) start = here;
    if (!inside) close(here);
  }
  close(length);
  return found;
}

bool has_words(std::string_view text, const std::vector<Word>& wanted) {
  if (wanted.empty()) return true;
  const auto found = words(text);
  return std::all_of(wanted.begin(), wanted.end(), [&](const Word& word) {
    return std::any_of(found.begin(), found.end(),
                       [&](const Word& candidate) { return candidate.folded.starts_with(word.folded); });
  });
}

}  // namespace simpul::i18n
