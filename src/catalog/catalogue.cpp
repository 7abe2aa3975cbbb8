#include "catalog/catalogue.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <thread>

namespace simpul::catalog {

namespace {

// A change takes along as many records of earlier changes as cost it no time that anybody notices.
constexpr std::size_t kTakenAlong = 256;
// Segments below this size are merged when there are so many of them.
constexpr std::size_t kSmall = 16384;
constexpr std::size_t kManySmall = 8;
// One that has lost a fourth of its records is made anew.
constexpr std::size_t kLost = 4;

template <typename Each>
void each_live(const Part& part, Each each) {
  for (std::size_t i = 0; i < part.segment->size(); ++i) {
    const auto feature = static_cast<Segment::Number>(i);
    if (part.is_live(feature)) each(part.segment->potential(feature));
  }
}

// Fills one segment after the other. A full one is sorted and indexed on another thread meanwhile, as many at
// a time as the machine has for it.
class Segments {
 public:
  explicit Segments(std::shared_ptr<const Reference> reference)
      : reference_(std::move(reference)), builder_(reference_) {}

  void add(const domain::Potential& potential) {
    builder_.add(potential);
    if (builder_.size() < Segment::kMost) return;
    while (making_.size() >= std::max(1U, std::thread::hardware_concurrency())) collect();
    close(std::launch::async);
  }
  // Potentials of the segment that is not full yet.
  std::size_t open() const { return builder_.size(); }
  std::vector<Part> finish() {
    if (open() > 0) close(std::launch::deferred);
    while (!making_.empty()) collect();
    return std::move(made_);
  }

 private:
  void close(std::launch how) {
    making_.push_back(std::async(
        how, [full = std::make_shared<Segment::Builder>(std::move(builder_))] { return full->finish(); }));
    builder_ = Segment::Builder(reference_);
  }
  void collect() {
    // Taken out first: what it throws comes out once.
    auto first = std::move(making_.front());
    making_.pop_front();
    made_.push_back({first.get(), nullptr});
  }

  std::shared_ptr<const Reference> reference_;
  Segment::Builder builder_;
  std::deque<std::future<std::shared_ptr<const Segment>>> making_;
  std::vector<Part> made_;
};

}  // namespace

void Catalogue::load(domain::PublishedTables tables, const std::function<void(const Sink&)>& read) {
  const auto reference = std::make_shared<const Reference>(std::move(tables));
  Segments segments(reference);
  read([&](const domain::Potential& potential) { segments.add(potential); });
  auto parts = segments.finish();
  reference_ = reference;
  parts_ = std::move(parts);
}

bool Catalogue::set_tables(domain::PublishedTables tables) {
  auto next = std::make_shared<const Reference>(std::move(tables));
  if (!reference_ || !reference_->has_codes_of(*next)) return false;
  reference_ = std::move(next);
  return true;
}

void Catalogue::set_files(std::vector<domain::StoredFile> files) {
  files_ = std::make_shared<const std::vector<domain::StoredFile>>(std::move(files));
}

void Catalogue::strike(std::size_t part, const Roaring& features) {
  if (features.isEmpty()) return;
  auto gone = parts_[part].gone ? *parts_[part].gone : Roaring();
  gone |= features;
  parts_[part].gone = std::make_shared<const Roaring>(std::move(gone));
}

void Catalogue::strike_slug(std::string_view slug) {
  for (std::size_t part = 0; part < parts_.size(); ++part)
    if (const auto found = parts_[part].segment->find_slug(slug)) strike(part, Roaring::bitmapOf(1, *found));
}

void Catalogue::strike_ids(std::int64_t first, std::int64_t last) {
  for (std::size_t part = 0; part < parts_.size(); ++part)
    strike(part, parts_[part].segment->with_ids(first, last));
}

void Catalogue::add(const std::function<void(const Sink&)>& read) {
  std::erase_if(parts_, [](const Part& part) { return part.live() == 0; });
  Segments segments(reference_);
  read([&](const domain::Potential& potential) { segments.add(potential); });
  if (segments.open() > 0)
    std::erase_if(parts_, [&](const Part& part) {
      if (segments.open() + part.live() > kTakenAlong) return false;
      each_live(part, [&](const domain::Potential& potential) { segments.add(potential); });
      return true;
    });
  const auto made = segments.finish();
  parts_.insert(parts_.end(), made.begin(), made.end());
}

std::set<std::string, std::less<>> Catalogue::file_names() const {
  std::set<std::string, std::less<>> names;
  for (const auto& part : parts_)
    for (const auto i : part.segment->members(kTrait, kWithFiles))
      if (const auto feature = static_cast<Segment::Number>(i); part.is_live(feature))
        for (const auto& attachment : part.segment->potential(feature).attachments)
          names.insert(attachment.file);
  return names;
}

std::shared_ptr<const Snapshot> Catalogue::snapshot(std::int64_t sequence, Instant last_change,
                                                    Date today) const {
  return make_snapshot({sequence, last_change, reference_, parts_, files_, areas_}, today);
}

std::optional<Catalogue::Merge> Catalogue::wanted_merge() const {
  Merge merge;
  merge.reference = reference_;
  // The smallest first: larger ones must not use up the room and leave the small ones to heap up.
  auto by_size = parts_;
  std::ranges::stable_sort(by_size, {}, &Part::live);
  std::size_t size = 0;
  for (const auto& part : by_size)
    if (part.live() < kSmall && size + part.live() <= Segment::kMost) {
      merge.parts.push_back(part);
      size += part.live();
    }
  if (merge.parts.size() >= kManySmall) return merge;
  for (const auto& part : parts_)
    if (part.segment->size() > kTakenAlong &&
        (part.segment->size() - part.live()) * kLost > part.segment->size()) {
      merge.parts = {part};
      return merge;
    }
  return std::nullopt;
}

void Catalogue::run(Merge& merge) {
  Segment::Builder builder(merge.reference);
  for (const auto& part : merge.parts)
    each_live(part, [&](const domain::Potential& potential) { builder.add(potential); });
  merge.result = builder.finish();
}

bool Catalogue::adopt(const Merge& merge) {
  Roaring gone;
  std::vector<std::size_t> places;
  for (const auto& before : merge.parts) {
    const auto now = std::ranges::find(parts_, before.segment, &Part::segment);
    if (now == parts_.end()) {
      // Taken along by a change meanwhile: what it had is elsewhere by now.
      for (std::size_t i = 0; i < before.segment->size(); ++i)
        if (const auto feature = static_cast<Segment::Number>(i); before.is_live(feature))
          if (const auto found = merge.result->find_id(before.segment->facts(feature).id)) gone.add(*found);
      continue;
    }
    places.push_back(static_cast<std::size_t>(now - parts_.begin()));
    if (now->gone == before.gone) continue;
    for (const auto i : *now->gone)
      if (before.is_live(static_cast<Segment::Number>(i)))
        if (const auto found =
                merge.result->find_id(before.segment->facts(static_cast<Segment::Number>(i)).id))
          gone.add(*found);
  }
  if (places.empty()) return false;
  std::ranges::sort(places, std::ranges::greater());
  for (const auto place : places) parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(place));
  Part part{merge.result, nullptr};
  if (!gone.isEmpty()) part.gone = std::make_shared<const Roaring>(std::move(gone));
  if (part.live() > 0) parts_.push_back(std::move(part));
  return true;
}

std::shared_ptr<const Snapshot> build_snapshot(domain::PublishedRegister content, Date today) {
  Catalogue catalogue;
  auto potentials = std::move(content.potentials);
  auto files = std::move(content.files);
  AreaTiles::Builder areas(content.areas);
  for (const auto& area : content.areas.areas) areas.add(area);
  const auto sequence = content.audit_sequence;
  const auto last_change = content.last_change;
  catalogue.load(std::move(content), [&](const Catalogue::Sink& sink) {
    for (const auto& potential : potentials) sink(potential);
  });
  catalogue.set_files(std::move(files));
  catalogue.set_areas(areas.finish());
  return catalogue.snapshot(sequence, last_change, today);
}

}  // namespace simpul::catalog
