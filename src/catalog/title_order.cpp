#include "catalog/title_order.hpp"

#include <algorithm>
#include <numeric>

#include "i18n/translator.hpp"

namespace simpul::catalog {

TitleOrder::TitleOrder(const std::vector<domain::Potential>& potentials) {
  for (const auto& language : i18n::languages()) {
    // Each title is read once, not once for every other title it is compared with.
    std::vector<std::string> keys;
    keys.reserve(potentials.size());
    for (const auto& potential : potentials)
      keys.push_back(language.sort_key(domain::text_in(potential.title, language.code()).text));
    std::vector<std::uint32_t> order(potentials.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, [&](auto a, auto b) { return keys[a] < keys[b]; });
    auto& ranks = ranks_[language.code()];
    ranks.resize(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  }
}

const std::vector<std::uint32_t>& TitleOrder::ranks(std::string_view language) const {
  const auto found = ranks_.find(language);
  return found != ranks_.end() ? found->second : ranks_.find("id")->second;
}

}  // namespace simpul::catalog
