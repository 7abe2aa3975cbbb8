// Whether the register is in order: the audit chain, and that a snapshot can be built of it. Used by `simpul
// check`.
#pragma once

#include <string>
#include <vector>

#include "domain/sectors.hpp"
#include "storage/audit.hpp"
#include "storage/store.hpp"

namespace simpul::service {

struct Findings {
  storage::AuditVerdict audit;
  std::vector<std::string> faults;  // sentences; empty: in order
  std::string summary;              // "18 regions, 277 potentials, ..."
};

Findings check_register(storage::Store& store, const domain::Classification& classification);

}  // namespace simpul::service
