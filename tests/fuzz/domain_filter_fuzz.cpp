// Any query string: the filter that is read from it has a canonical query that means the same.
#include <cstdlib>

#include "domain/filter.hpp"
#include "http/message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simpul;
  const auto query = http::parse_query({reinterpret_cast<const char*>(data), size});
  if (!query) return 0;
  std::vector<domain::FilterNotice> notices;
  const auto filter = domain::parse_filter(*query, notices);
  const auto canonical = domain::to_query(filter);
  const auto again = http::parse_query(canonical);
  notices.clear();
  if (!again || domain::parse_filter(*again, notices) != filter || !notices.empty()) std::abort();
  if (filter.q.size() > 200) std::abort();
  return 0;
}
