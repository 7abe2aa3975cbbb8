// What a dry run found, row by row and together: counts, errors grouped with the rows they are in, words that
// mean nothing yet, positions that are elsewhere. Used by the services of imports.
#pragma once

#include <array>
#include <boost/json.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "service/imports_judge.hpp"

namespace simpul::service {

// Row numbers in order as "3-17, 40".
class RowRanges {
 public:
  void add(std::int64_t row);
  std::string text() const;  // at most 40 ranges, then an ellipsis
  std::int64_t count() const { return count_; }

 private:
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges_;
  std::int64_t last_ = -1;
  std::int64_t count_ = 0;
};

class DryRunReport {
 public:
  explicit DryRunReport(const CodeBook& codes) : codes_(codes) {}
  void add(std::int64_t row, const JudgedRow& judged, const domain::ImportSettings& settings);
  // As in the contract, without "message": errors carry their key and args.
  boost::json::object json(std::int64_t empty_rows, std::int64_t repeated_headers) const;
  std::int64_t count(RowOutcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }

 private:
  struct Group {
    FieldError error;
    RowRanges rows;
  };
  using Groups = std::map<std::string, Group>;
  static void add_to(Groups& groups, const FieldError& error, std::int64_t row);
  static boost::json::array json_of(const Groups& groups);

  const CodeBook& codes_;
  std::int64_t counts_[4] = {};
  Groups errors_, warnings_;
  std::map<std::array<std::string, 3>, std::int64_t> understood_;
  std::map<std::array<std::string, 2>, std::int64_t> unknown_;
  std::map<std::string, std::pair<RowRanges, bool>> repairs_;
  boost::json::array misplaced_;
  std::int64_t misplaced_count_ = 0;
};

// One row of the index that a dry run leaves beside the file: where it is, and what it came to.
struct RowMark {
  std::int64_t n = 0;
  std::int64_t twin = 0;
  std::uint64_t offset = 0;
  std::uint64_t outcome = 0;
};

class RowIndexWriter {
 public:
  explicit RowIndexWriter(std::filesystem::path file);
  void add(const RowMark& mark);
  void finish();  // the file appears whole

 private:
  std::filesystem::path file_;
  std::ofstream out_;
};
// Error Conflict: there is none yet.
std::vector<RowMark> read_row_index(const std::filesystem::path& file);
void change_row_index(const std::filesystem::path& file, std::size_t position, const RowMark& mark);

}  // namespace simpul::service
