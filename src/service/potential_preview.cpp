// A draft as the public would see it.
#include "base/error.hpp"
#include "domain/freshness.hpp"
#include "service/potentials.hpp"

namespace simpul::service {

PotentialPreview Potentials::preview(const domain::Actor& actor, std::int64_t id) {
  auto view = get(actor, id);
  auto& draft = view.record.draft;
  if (draft.accuracy.empty()) draft.accuracy = domain::word(domain::LocationAccuracy::Regency);
  if (draft.status.empty()) draft.status = domain::word(domain::PotentialStatus::Indicative);
  PotentialPreview preview;
  preview.potential = domain::to_potential(draft);
  preview.potential.id = view.record.id;
  preview.potential.group = view.record.group;
  preview.potential.confirmed = view.record.confirmed;
  preview.potential.changed = view.record.changed;
  preview.potential.version = view.record.version;
  if (const auto snapshot = snapshots_.get())
    preview.potential.overdue = domain::is_overdue(
        view.record.confirmed, snapshot->data().freshness.months_of(draft.region_code), snapshot->today());
  preview.files = std::move(view.files);
  preview.is_public = view.record.state == domain::RecordState::Published;
  return preview;
}

}  // namespace simpul::service
