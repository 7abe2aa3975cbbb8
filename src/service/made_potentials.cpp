#include "service/made_potentials.hpp"

#include <charconv>
#include <fstream>
#include <map>

#include "base/error.hpp"
#include "domain/register.hpp"
#include "domain/validate.hpp"
#include "storage/imports.hpp"
#include "storage/potentials.hpp"
#include "storage/regions.hpp"

namespace simpul::service {
namespace {

constexpr std::size_t kTogether = 5000;  // in one transaction
constexpr const char* kMark = "Data buatan untuk pengukuran; bukan data nyata";

struct Kind {
  const char* sector;
  const char* category;
};
const std::map<std::string_view, Kind> kKinds = {
    {"pertanian", {"A", "food-crop"}},  {"perkebunan", {"A", "plantation"}}, {"perikanan", {"A", "fishery"}},
    {"pertambangan", {"B", "mineral"}}, {"pariwisata", {"I", "tourism"}},    {"industri", {"C", "industry"}},
    {"energi", {"D", "energy"}},
};
const std::map<std::string_view, domain::PotentialStatus> kStatus = {
    {"aktif", domain::PotentialStatus::Existing},
    {"potensi", domain::PotentialStatus::Indicative},
    {"rencana", domain::PotentialStatus::Offered},
    {"tutup", domain::PotentialStatus::Indicative}};

[[noreturn]] void refuse(std::int64_t line) {
  throw Error(ErrorKind::Invalid, "Line {line} is none of a file of made points",
              {{"line", std::to_string(line)}});
}

template <typename Number>
Number number(std::string_view text, std::int64_t line) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) refuse(line);
  return value;
}

// The file is our own: no quotes, no commas inside of cells.
std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t begin = 0;;) {
    const auto end = line.find(',', begin);
    cells.push_back(line.substr(begin, end - begin));
    if (end == std::string_view::npos) return cells;
    begin = end + 1;
  }
}

domain::Potential potential_of(std::string_view text, std::int64_t line,
                               const std::vector<domain::Region>& regions) {
  const auto cells = cells_of(text);
  if (cells.size() != 10) refuse(line);
  const auto kind = kKinds.find(cells[2]);
  const auto status = kStatus.find(cells[4]);
  if (kind == kKinds.end() || status == kStatus.end()) refuse(line);
  domain::Potential potential;
  potential.id = storage::kFirstMadeId + line;
  potential.title = {{"id", std::string(cells[5])}};
  potential.slug = domain::slug_of(cells[5]).substr(0, 70) + "-buatan-" + std::to_string(line);
  potential.region_code = regions[std::hash<std::string_view>()(cells[1]) % regions.size()].code;
  potential.sector = kind->second.sector;
  potential.category = kind->second.category;
  potential.status = status->second;
  potential.geometry = geo::point(number<double>(cells[8], line), number<double>(cells[9], line));
  potential.accuracy = domain::LocationAccuracy::Exact;
  potential.figures = {
      {number<double>(cells[6], line), "t", "production", number<int>(cells[7], line), kMark}};
  potential.sources = {kMark};
  potential.note = kMark;
  return potential;
}

}  // namespace

std::int64_t make_potentials(storage::Store& store, const std::filesystem::path& points,
                             const domain::Actor& actor) {
  std::vector<domain::Region> regions;
  store.read([&](db::Connection& connection) {
    regions = storage::read_regions(connection);
    std::erase_if(regions, [](const auto& region) { return region.kind == "province"; });
    if (regions.empty()) throw Error(ErrorKind::Conflict, "There are no regions yet: import them first");
    if (storage::has_potentials(connection))
      throw Error(
          ErrorKind::Conflict,
          "This register holds potentials: made ones never stand beside them. Use a data folder of its own");
  });
  std::ifstream file(points);
  std::string text;
  if (!file || !std::getline(file, text) || cells_of(text).size() != 10)
    throw Error(ErrorKind::Invalid, "{file} is no file of made points", {{"file", points.string()}});
  std::int64_t line = 0;
  for (bool more = true; more;)
    store.write(actor, [&](storage::WriteTransaction& transaction) {
      const auto first = line + 1;
      for (std::size_t i = 0; i < kTogether && (more = static_cast<bool>(std::getline(file, text))); ++i) {
        auto potential = potential_of(text, ++line, regions);
        potential.changed = transaction.now();
        storage::add(transaction, potential, storage::text_of(potential));
      }
      if (line >= first)
        transaction.audit(
            "make", "potential", "*",
            storage::content_of_import(0, {{storage::kFirstMadeId + first, storage::kFirstMadeId + line}}));
    });
  return line;
}

}  // namespace simpul::service
