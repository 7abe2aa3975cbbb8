// What officers keep for themselves: views of the list, which they may share with their region, and text of
// the editor that is not saved yet, which nobody else ever sees. Used by web/api.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/actor.hpp"
#include "storage/store.hpp"
#include "storage/unsaved.hpp"
#include "storage/views.hpp"

namespace simpul::service {

inline constexpr std::size_t kMostViews = 50;                // of one account
inline constexpr std::size_t kMostUnsavedBytes = 512 << 10;  // of one text
inline constexpr std::int64_t kMostUnsavedTexts = 40;        // of one account

class Desk {
 public:
  explicit Desk(storage::Store& store) : store_(store) {}  // must outlive it

  // One's own and those that colleagues of the region share.
  std::vector<storage::View> views(const domain::Actor& actor);
  // The view of that name takes the place of the one before. Errors: Conflict: too many.
  std::vector<storage::View> keep_view(const domain::Actor& actor, const std::string& name,
                                       const std::string& query, bool shared);
  // Error NotFound: it is none of the actor's own.
  void drop_view(const domain::Actor& actor, std::string_view id);

  // `record` 0: one that does not exist yet. Error NotFound: there is no such record for this actor.
  std::optional<storage::Unsaved> unsaved(const domain::Actor& actor, std::int64_t record);
  // Gives when it was kept. What nobody came back to for 30 days goes. Errors: NotFound; TooLarge; Conflict:
  // too many texts.
  Instant keep_unsaved(const domain::Actor& actor, std::int64_t record, const std::string& content);
  void forget_unsaved(const domain::Actor& actor, std::int64_t record);

 private:
  void must_see(db::Connection& connection, const domain::Actor& actor, std::int64_t record) const;

  storage::Store& store_;
};

}  // namespace simpul::service
