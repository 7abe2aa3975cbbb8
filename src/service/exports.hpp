// Lists of the offices as files: what the actor may see, in every state, in the columns that an import takes
// back. Used by web/api.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/open_file.hpp"
#include "catalog/snapshot.hpp"
#include "domain/actor.hpp"
#include "domain/record.hpp"
#include "domain/sectors.hpp"
#include "i18n/translator.hpp"
#include "service/potentials.hpp"
#include "storage/records.hpp"

namespace simpul::service {

// More records than this are not put into one file: a spreadsheet has 1,048,576 rows.
inline constexpr std::size_t kMostExported = 1'000'000;
// Records that can be named one by one.
inline constexpr std::size_t kMostNamed = 500;

// Which records: those of a filter, or, when `ids` is not empty, these alone and in this order.
struct ExportChoice {
  storage::RecordFilter filter;
  storage::RecordOrder order = storage::RecordOrder::Title;
  std::vector<std::int64_t> ids;
};

class Exports {
 public:
  using File = std::shared_ptr<const OpenFile>;

  // All must outlive it. The files grow in `folder`, a few records at a time; empty: in memory.
  Exports(Potentials& potentials, const domain::Classification& classification,
          const Published<catalog::Snapshot>& snapshots, std::filesystem::path folder);

  // Errors: NotFound: no right to export; TooLarge: more than kMostExported; Unavailable: the disk is full.
  File csv(const domain::Actor& actor, const ExportChoice& choice, const i18n::Language& language);
  File xlsx(const domain::Actor& actor, const ExportChoice& choice, const i18n::Language& language);
  File geojson(const domain::Actor& actor, const ExportChoice& choice);
  File geopackage(const domain::Actor& actor, const ExportChoice& choice);

  // A workbook to be filled in offline and imported: headers, lists of what may stand in them on a second
  // sheet. With `rows` the region's records stand in it. Error NotFound: no such region for this actor.
  File template_xlsx(const domain::Actor& actor, const std::string& region, bool rows,
                     const i18n::Language& language);

 private:
  void each(const domain::Actor& actor, const ExportChoice& choice,
            const std::function<void(const domain::Record&)>& take);

  Potentials& potentials_;
  const domain::Classification& classification_;
  const Published<catalog::Snapshot>& snapshots_;
  const std::filesystem::path folder_;
};

}  // namespace simpul::service
