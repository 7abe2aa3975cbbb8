#include "catalog/document_bits.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace simpul::catalog {

namespace {

// The portable form of a set of one container (Roaring format specification, 2023): so many documents become
// a set in one copy, where adding them costs for each.
struct Header {
  std::uint32_t cookie = 12346;  // no container of runs
  std::uint32_t containers = 1;
  std::uint16_t key = 0;
  std::uint16_t last = 0;  // how many documents, less one
  std::uint32_t offset = 16;
};
static_assert(sizeof(Header) == 16 && std::endian::native == std::endian::little);
constexpr std::size_t kMostOfList = 4096;  // a container of more is bits

// `bytes` of content are laid out by `fill`, called with where they go.
template <typename Fill>
Roaring read_portable(std::size_t count, std::size_t bytes, Fill fill) {
  thread_local std::array<char, sizeof(Header) + DocumentBits::kWords * sizeof(std::uint64_t)> buffer;
  Header header;
  header.last = static_cast<std::uint16_t>(count - 1);
  std::memcpy(buffer.data(), &header, sizeof header);
  fill(buffer.data() + sizeof header);
  return Roaring::readSafe(buffer.data(), sizeof header + bytes);
}

}  // namespace

void DocumentBits::add(const Roaring& documents) {
  for (const auto document : listed(documents)) words_[document / 64] |= std::uint64_t{1} << document % 64;
}

Roaring DocumentBits::set() const {
  // Most sets are lists: what is in the way of one is found by making it.
  thread_local std::array<std::uint16_t, kMostOfList + 64> list;
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < kWords && count <= kMostOfList; ++i)
    for (auto word = words_[i]; word != 0; word &= word - 1)
      list[count++] = static_cast<std::uint16_t>(i * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
  if (count <= kMostOfList) return set_of(std::span(list).first(count));
  std::uint64_t all = 0;
  for (const auto word : words_) all += ones(word);
  return read_portable(all, words_.size() * sizeof words_[0],
                       [&](char* at) { std::memcpy(at, words_.data(), words_.size() * sizeof words_[0]); });
}

std::vector<std::uint32_t> listed(const Roaring& set) {
  std::vector<std::uint32_t> list(set.cardinality());
  set.toUint32Array(list.data());
  return list;
}

Roaring set_of(std::span<const std::uint16_t> documents) {
  if (documents.empty()) return {};
  if (documents.size() > kMostOfList) {
    DocumentBits bits;
    bits.add(documents);
    return bits.set();
  }
  return read_portable(documents.size(), documents.size_bytes(),
                       [&](char* at) { std::memcpy(at, documents.data(), documents.size_bytes()); });
}

}  // namespace simpul::catalog
