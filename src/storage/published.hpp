// What is published, as the catalogue wants it: read once at start, then what the audit log tells has
// changed.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/connection.hpp"
#include "domain/register.hpp"
#include "domain/sectors.hpp"

namespace simpul::storage {

// All that is published but potentials and files, in the order that domain::PublishedTables says. Call this
// and what follows inside Store::read, so that it is one state.
domain::PublishedTables read_published_tables(db::Connection& connection,
                                              const domain::Classification& classification);

// The published potentials with ids from first to last, by id. Those whose source names only the regency come
// without a point: it must not leave the register.
void each_published(db::Connection& connection, const domain::Classification& classification,
                    std::int64_t first, std::int64_t last,
                    const std::function<void(domain::Potential&&)>& take);
std::optional<domain::Potential> find_published(db::Connection& connection,
                                                const domain::Classification& classification,
                                                std::string_view slug);

// Those of the files named that are stored, by hash, without what is not public.
using FileNames = std::set<std::string, std::less<>>;
std::vector<domain::StoredFile> read_published_files(db::Connection& connection, const FileNames& named);

// All of it as one value, potentials by slug: for a register that is not too large for that.
domain::PublishedRegister read_published(db::Connection& connection,
                                         const domain::Classification& classification);

// What the audit log tells that the public sees otherwise after entry `after`.
struct PublicChanges {
  std::int64_t sequence = 0;                                  // of the newest such entry; 0: there is none
  Instant at;                                                 // of that entry
  bool tables = false;                                        // something beside potentials and areas
  bool areas = false;                                         // the finer areas of the map
  bool all = false;                                           // too much to tell: read it anew
  std::vector<std::string> slugs;                             // of potentials
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;  // ids of potentials that an import wrote
};
PublicChanges public_changes(db::Connection& connection, std::int64_t after);

}  // namespace simpul::storage
