// A row of an import judged: what record it means, what the record would become, and everything that is wrong
// or was understood. The rules are those of the form: domain::validate(). Used by the services of imports.
#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/snapshot.hpp"
#include "domain/actor.hpp"
#include "domain/import_settings.hpp"
#include "domain/record.hpp"
#include "domain/sectors.hpp"
#include "service/imports_codes.hpp"
#include "service/imports_file.hpp"
#include "storage/imports.hpp"

namespace simpul::service {

enum class RowOutcome : std::uint8_t { New, Changed, Same, Error };
std::string_view word(RowOutcome outcome);
std::optional<RowOutcome> row_outcome(std::string_view word);

// A value that was not taken as it stands.
struct Understood {
  std::string field;
  std::string from;
  std::string to;
};
struct MemberChange {
  std::string field;
  boost::json::value from;
  boost::json::value to;
};
// Where a position lies that is not in its region.
struct Misplaced {
  geo::Point point;
  std::string region;
  std::string in;  // another region; empty: none, the sea
  double km = 0;   // from its region
};

struct JudgedRow {
  RowOutcome outcome = RowOutcome::New;
  domain::PotentialDraft draft;
  std::optional<domain::Record> record;  // that it means, as it is now
  std::string key;                       // the office's own
  std::vector<FieldError> errors;
  std::vector<FieldError> warnings;
  std::vector<Understood> understood;
  std::vector<domain::ImportCode> unknown;  // words of code fields that mean nothing; `code` is empty
  std::vector<std::string> repairs;         // kinds that would help, or helped
  std::optional<Misplaced> misplaced;
  std::vector<MemberChange> changes;  // of Changed
};

class RowJudge {
 public:
  // All must outlive it. `fields`: of the file.
  RowJudge(const storage::Import& import, const std::vector<std::string>& fields, const domain::Actor& actor,
           const domain::Classification& classification, std::shared_ptr<const catalog::Snapshot> snapshot,
           const std::vector<domain::ImportCode>& remembered, std::map<std::int64_t, storage::Cells> fixes);

  // The cells as they count: corrected, and filled from above. Rows must come in order when the settings
  // fill.
  void complete(ImportRow& row);
  bool fixed(std::int64_t n) const { return fixes_.contains(n); }
  // Needs complete() before. `twin`: the row before it that means the same record, 0: none.
  JudgedRow judge(db::Connection& connection, const ImportRow& row, std::int64_t twin) const;
  // What makes two rows mean the same record; empty: nothing does.
  std::string identity(const JudgedRow& judged) const;

  const CodeBook& codes() const { return codes_; }

 private:
  struct Reading;
  void read_codes(Reading& reading) const;
  void read_texts(Reading& reading) const;
  void read_position(Reading& reading) const;
  void read_figure(Reading& reading) const;
  void find_record(Reading& reading) const;
  void check(Reading& reading, std::int64_t twin) const;
  std::optional<std::string> cell(const Reading& reading,
                                  std::string_view field) const;  // none: no such column
  std::string code(Reading& reading, std::string_view field, const std::string& value) const;

  const storage::Import& import_;
  const domain::Actor& actor_;
  const domain::Classification& classification_;
  const std::shared_ptr<const catalog::Snapshot> snapshot_;
  domain::Vocabulary vocabulary_;
  CodeBook codes_;
  std::map<std::int64_t, storage::Cells> fixes_;
  const std::vector<std::string>& fields_;
  std::map<std::string, std::size_t, std::less<>> columns_;   // field -> cell
  std::map<std::string, std::string, std::less<>> defaults_;  // field -> value
  std::map<std::size_t, std::string> above_;                  // cells that fill down
};

}  // namespace simpul::service
