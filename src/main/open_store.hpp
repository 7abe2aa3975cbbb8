// The register as the sub-commands open it.
#pragma once

#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "main/config.hpp"
#include "service/restore.hpp"
#include "storage/store.hpp"

namespace simpul::main_program {

// Makes the data folder if it is not there, opens the database and brings it to the schema of this program.
// Error Unavailable: the folder cannot be made; Conflict: a restore into it was broken off.
inline std::unique_ptr<storage::Store> open_store(const Config& config) {
  service::refuse_half_restored(config.data_folder);
  std::error_code failed;
  std::filesystem::create_directories(config.data_folder, failed);
  if (failed)
    throw Error(ErrorKind::Unavailable, "The data folder {folder} cannot be made: {reason}",
                {{"folder", config.data_folder}, {"reason", failed.message()}});
  return std::make_unique<storage::Store>(config.database_address());
}

}  // namespace simpul::main_program
