// An import opened for its rows: its file and its judge. Shared by the parts of Imports only.
#pragma once

#include <memory>
#include <unordered_map>

#include "service/imports.hpp"
#include "service/imports_file.hpp"
#include "service/imports_judge.hpp"

namespace simpul::service {

struct Imports::Work {
  std::unique_ptr<storage::Import> import;  // where the judge finds it
  std::unique_ptr<domain::Actor> actor;
  std::unique_ptr<ImportFile> file;
  std::unique_ptr<RowJudge> judge;
  bool fills = false;  // a cell may come from above: rows must be read from the first
};

// The row before this one that means the same record, 0: none; then `judged` says so. `seen` grows with each
// row.
std::int64_t twin_of(const RowJudge& judge, db::Connection& connection, ImportRow& row, JudgedRow& judged,
                     std::unordered_map<std::uint64_t, std::int64_t>& seen);

}  // namespace simpul::service
