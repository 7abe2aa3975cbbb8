// Potentials in the database with their figures; see regions.hpp for the calls. Here the geometry is what the
// register keeps: also the representative point of a potential whose source names only the regency.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/register.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

// Ids from here on are those of made potentials (service/made_potentials.hpp): they have no record.
inline constexpr std::int64_t kFirstMadeId = 1'000'000'000'000;
bool has_potentials(db::Connection& connection);
// Others than made ones.
bool has_real_potentials(db::Connection& connection);

// Hands over every potential whose id lies between the two, by id, a few thousand of them in memory at a
// time. `state`: published or archived; empty: both. Not those that are hidden (hidden.hpp). The display
// group is not stored and stays empty.
void each_potential(db::Connection& connection, std::string_view state, std::int64_t first, std::int64_t last,
                    const std::function<void(domain::Potential&&)>& take);
std::vector<domain::Potential> read_potentials(db::Connection& connection, std::string_view state);
std::string key_of(const domain::Potential& potential);
// Without id, version and time of change. A geometry stands in it as its box and hash.
std::string content_of(const domain::Potential& potential);
// What a potential is as text: made of it alone, so that a thread can make it before the transaction that
// writes it.
struct PotentialText {
  std::string title, summary, description, forms, sources, attachments;  // JSON
  std::string wkb;                                                       // empty without geometry
};
PotentialText text_of(const domain::Potential& potential);

// Id, version and time of change must be set. A new record becomes published; an old one keeps its state.
// `text` is that of the potential.
void put(WriteTransaction& transaction, const domain::Potential& potential, const PotentialText& text);
void put(WriteTransaction& transaction, const domain::Potential& potential);
// The same for one that is not there yet.
void add(WriteTransaction& transaction, const domain::Potential& potential, const PotentialText& text);

// The published potential with this slug, unless it is hidden.
std::optional<domain::Potential> find_published(db::Connection& connection, std::string_view slug);
// The published or archived potential with this id.
std::optional<domain::Potential> find_potential(db::Connection& connection, std::int64_t id);
// nullopt: there is none.
std::optional<std::int64_t> potential_version(db::Connection& connection, std::int64_t id);
// "published" or "archived".
void set_potential_state(WriteTransaction& transaction, std::int64_t id, std::string_view state);
// Ids of published potentials, but for made ones, whose record is missing, or is older and not being worked
// on.
std::vector<std::int64_t> potentials_ahead_of_records(db::Connection& connection);

}  // namespace simpul::storage
