// Feeds rubbish to the CSV reader: it must neither crash nor hand on a cell that is not UTF-8 or a ragged
// row.
#include <cstdint>
#include <cstdlib>

#include "document/csv_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto table = simpul::document::read_csv({reinterpret_cast<const char*>(data), size});
  for (const auto& row : table.rows) {
    if (row.cells.size() != table.header.size()) std::abort();
    for (const auto& cell : row.cells)
      if (simpul::document::find_bad_utf8(cell) != std::string_view::npos) std::abort();
  }
  for (const auto& fault : table.faults)
    if (fault.row == 0) std::abort();
  return 0;
}
