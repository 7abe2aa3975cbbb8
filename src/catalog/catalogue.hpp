// Makes one version of the snapshot after the other. What a version shares with the one before is not made
// again: a change makes a small segment and strikes the old records out in theirs, and small segments are
// merged later, apart from any change. Used by the refresher; from one thread, merge() from any.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "catalog/memory_snapshot.hpp"

namespace simpul::catalog {

class Catalogue {
 public:
  using Sink = std::function<void(const domain::Potential&)>;

  // A register from nothing: `read` hands over every potential. Segments are made meanwhile, on as many
  // threads as the machine has.
  void load(domain::PublishedTables tables, const std::function<void(const Sink&)>& read);
  // Other tables. False, and nothing is changed: there are codes that the segments do not know, so that all
  // has to be loaded.
  bool set_tables(domain::PublishedTables tables);
  void set_files(std::vector<domain::StoredFile> files);
  void set_areas(std::shared_ptr<const AreaTiles> areas) { areas_ = std::move(areas); }

  // Takes what the last version has of these out of the next.
  void strike_slug(std::string_view slug);
  void strike_ids(std::int64_t first, std::int64_t last);
  // Adds the potentials that `read` hands over: they are not in the last version, or were struck out.
  void add(const std::function<void(const Sink&)>& read);

  // What the potentials have as photos and documents.
  std::set<std::string, std::less<>> file_names() const;

  // The version with all that was done so far. `sequence`: of the last audit entry that is in it.
  std::shared_ptr<const Snapshot> snapshot(std::int64_t sequence, Instant last_change, Date today) const;

  // Segments that ought to be one. Nothing is changed until the result is adopted; meanwhile the catalogue
  // may go on.
  struct Merge {
    std::vector<Part> parts;
    std::shared_ptr<const Reference> reference;
    std::shared_ptr<const Segment> result;
  };
  std::optional<Merge> wanted_merge() const;
  Merge merge_of_all() const { return {parts_, reference_, nullptr}; }
  static void run(Merge& merge);
  // False: the catalogue has been loaded anew meanwhile, the result is of no use.
  bool adopt(const Merge& merge);

  std::size_t segments() const { return parts_.size(); }

 private:
  void strike(std::size_t part, const Roaring& features);

  std::shared_ptr<const Reference> reference_;
  std::vector<Part> parts_;
  std::shared_ptr<const std::vector<domain::StoredFile>> files_ =
      std::make_shared<const std::vector<domain::StoredFile>>();
  std::shared_ptr<const AreaTiles> areas_ = std::make_shared<const AreaTiles>();
};

}  // namespace simpul::catalog
