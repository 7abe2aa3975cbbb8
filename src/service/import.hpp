// Loading files into the register: all of them are read and checked first; one fault, and nothing is
// imported; otherwise one transaction with its audit entries. The same files a second time change nothing.
// Used by `simpul import`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "domain/actor.hpp"
#include "domain/boundary.hpp"
#include "domain/sectors.hpp"
#include "storage/save.hpp"
#include "storage/store.hpp"

namespace simpul::service {

// A fault or doubt at one place of a file. Row 1 is the header; row 0: the file as a whole. `what.field` is
// the name of the column; empty: the row as a whole.
struct ImportFault {
  std::string file;
  std::size_t row = 0;
  FieldError what;
};

// "potentials.csv, row 12, column sector: "X" does not exist"
std::string to_text(const ImportFault& fault);

struct ImportedFile {
  std::string file;
  std::string kind;  // "potentials"; empty: not known
  std::size_t rows = 0;
};

struct ImportReport {
  std::vector<ImportedFile> files;
  std::vector<ImportFault> faults;    // any: nothing was imported
  std::vector<ImportFault> warnings;  // imported, but to be looked at
  storage::SaveCount saved;           // over all kinds
  bool positions_checked =
      false;  // false: no boundaries are loaded, positions were not compared with regions
};

// Each path is a CSV file, or a folder whose *.csv files are all meant. What a file holds is told by its
// header. Records that no file names stay as they are. Error NotFound: no such path, or no CSV file in it.
ImportReport import_files(storage::Store& store, const domain::Classification& classification,
                          const std::vector<std::filesystem::path>& paths, const domain::Actor& actor);

// Replaces the boundaries. False: the same are stored already.
bool import_boundaries(storage::Store& store, const domain::BoundarySet& set, const domain::Actor& actor);

}  // namespace simpul::service
