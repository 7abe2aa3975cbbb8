// A set of documents of one index (65,536 at most) while it is put together: a bit for each. Used to match
// words; what is found becomes a Roaring set.
#pragma once

#include <roaring/roaring.hh>

#include <cstdint>
#include <span>
#include <vector>

namespace simpul::catalog {

class DocumentBits {
 public:
  static constexpr std::size_t kWords = 65536 / 64;

  DocumentBits() : words_(kWords, 0) {}

  void add(std::span<const std::uint16_t> documents) {
    for (auto* words = words_.data(); const auto document : documents)
      words[document / 64] |= std::uint64_t{1} << document % 64;
  }
  // 64 documents each, kWords at most.
  void add(std::span<const std::uint64_t> bits) {
    for (std::size_t i = 0; i < bits.size(); ++i) words_[i] |= bits[i];
  }
  void add(const Roaring& documents);
  void cut(const DocumentBits& other) {
    for (std::size_t i = 0; i < kWords; ++i) words_[i] &= other.words_[i];
  }
  void clear() { words_.assign(kWords, 0); }

  Roaring set() const;

 private:
  std::vector<std::uint64_t> words_;
};

// As many bits as are set. Not std::popcount, which is a call for a processor of any kind.
constexpr std::uint64_t ones(std::uint64_t word) {
  word -= word >> 1 & 0x5555'5555'5555'5555;
  word = (word & 0x3333'3333'3333'3333) + (word >> 2 & 0x3333'3333'3333'3333);
  word = (word + (word >> 4)) & 0x0F0F'0F0F'0F0F'0F0F;
  return word * 0x0101'0101'0101'0101 >> 56;
}

// Of documents in their order, each once.
Roaring set_of(std::span<const std::uint16_t> documents);
// What a set has, in its order.
std::vector<std::uint32_t> listed(const Roaring& set);

}  // namespace simpul::catalog
