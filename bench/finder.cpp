// CPU of the finder by itself, without HTTP and HTML: each line of a file as words, with the twenty best and
// the counts of three facets. Run by bench/scale; nothing is remembered between two lines.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "base/published.hpp"
#include "catalog/snapshot.hpp"
#include "service/refresher.hpp"
#include "storage/reference.hpp"
#include "storage/store.hpp"

namespace {

using namespace simpul;

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace

// usage: finder_bench DATABASE QUERIES ROUNDS; prints {"mean":, "p50":, "p99":, "hits":} of the best round,
// ms
int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: finder_bench DATABASE QUERIES ROUNDS\n");
    return 2;
  }
  storage::Store store(argv[1]);
  Published<catalog::Snapshot> published;
  service::Refresher(store, storage::read_classification("reference"), published).refresh();
  const auto snapshot = published.get();
  std::vector<std::string> queries;
  std::ifstream file(argv[2]);
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) queries.push_back(line);
  std::vector<double> best;
  double least = 0, hits = 0;
  for (int round = std::stoi(argv[3]); round > 0; --round) {
    std::vector<double> times;
    double sum = 0;
    hits = 0;
    for (const auto& words : queries) {
      catalog::Query query;
      query.filter.q = words;
      query.facets = domain::facet_set({"group", "sector", "region"});
      const auto begun = cpu_ms();
      const auto result = snapshot->find(query);
      times.push_back(cpu_ms() - begun);
      sum += times.back();
      hits += static_cast<double>(result.total);
    }
    if (best.empty() || sum < least) least = sum, best = times;
  }
  std::ranges::sort(best);
  const auto count = static_cast<double>(queries.size());
  fmt::print("{{\"mean\":{:.3f},\"p50\":{:.3f},\"p99\":{:.3f},\"hits\":{:.0f}}}\n", least / count,
             best[best.size() / 2], best[best.size() * 99 / 100], hits / count);
}
