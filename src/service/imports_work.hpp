// An import opened for its rows: its file and its judge. Shared by the parts of Imports only.
#pragma once

#include <memory>

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

}  // namespace simpul::service
