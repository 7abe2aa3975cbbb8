// What the faces of the back office work with: made once at start, outlives the dispatcher. The public faces
// never see it.
#pragma once

#include "domain/permission.hpp"
#include "domain/sectors.hpp"
#include "service/accounts.hpp"
#include "service/attachments.hpp"
#include "service/audit_log.hpp"
#include "service/desk.hpp"
#include "service/exports.hpp"
#include "service/freshness.hpp"
#include "service/geometry_readings.hpp"
#include "service/imports.hpp"
#include "service/jobs.hpp"
#include "service/outbox.hpp"
#include "service/potentials.hpp"
#include "service/record_facts.hpp"
#include "service/sessions.hpp"
#include "service/uploads.hpp"
#include "storage/store.hpp"
#include "web/preview.hpp"

namespace simpul::web {

struct Services {
  storage::Store& store;
  const domain::Roles& roles;
  const domain::Classification& classification;
  service::Sessions& sessions;
  service::Accounts& accounts;
  service::Potentials& potentials;
  service::Uploads& uploads;
  service::Attachments& attachments;
  service::Jobs& jobs;
  service::Imports& imports;
  service::Exports& exports;
  const service::Outbox& outbox;
  service::RecordFacts& facts;
  service::Desk& desk;
  service::FreshnessTerms& freshness;
  service::AuditLog& audit;
  service::GeometryReadings& geometry_readings;
  PreviewPage preview_page;
};

}  // namespace simpul::web
