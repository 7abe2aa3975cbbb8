#include "service/check.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "catalog/snapshot.hpp"
#include "storage/published.hpp"

namespace simpul::service {

Findings check_register(storage::Store& store, const domain::Classification& classification) {
  Findings findings;
  domain::PublishedRegister content;
  store.read([&](db::Connection& connection) {
    findings.audit = storage::verify_audit(connection);
    try {
      content = storage::read_published(connection, classification);
    } catch (const Error& error) {
      findings.faults.push_back(fmt::format("The register cannot be read: {}", error.what()));
    }
  });
  if (findings.audit.broken_at)
    findings.faults.push_back(
        fmt::format("The audit chain is broken at entry {}: the log was altered", *findings.audit.broken_at));
  findings.summary = fmt::format(
      "{} regions, {} commodities, {} potentials, {} indicator values, {} needs, {} agreements, {} "
      "regulations, {} "
      "boundaries",
      content.regions.size(), content.commodities.size(), content.potentials.size(),
      content.indicators.size(), content.needs.size(), content.agreements.size(), content.regulations.size(),
      content.boundaries.boundaries.size());
  try {
    if (findings.faults.empty()) catalog::build_snapshot(std::move(content), wita_day(system_clock().now()));
  } catch (const Error& error) {
    findings.faults.push_back(fmt::format("The register contradicts itself: {}", error.what()));
  }
  return findings;
}

}  // namespace simpul::service
