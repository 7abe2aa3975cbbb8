#include "domain/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace simpul::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kDay = 86'400'000'000;
// 2026-11-24 02:00 in Makassar
constexpr Instant kNight{1'795'456'800'000'000};

std::vector<std::string> nightly(int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back(backup_name({kNight.microseconds - i * kDay}));
  return names;
}

TEST(BackupName, SaysItsTimeAndSortsByIt) {
  EXPECT_EQ(backup_name(kNight), "simpul-20261123T180000Z.tar");
  EXPECT_EQ(backup_time("simpul-20261123T180000Z.tar"), kNight);
  for (const auto* other :
       {"simpul-20261123T180000Z.tar.part", "my-backup.tar", "simpul-20261331T180000Z.tar",
        "simpul-20261123T250000Z.tar", "simpul-2026112xT180000Z.tar", ""})
    EXPECT_FALSE(backup_time(other)) << other;
}

TEST(OutdatedBackups, KeepsTheDaysThenTheMonths) {
  const auto names = nightly(800);
  const auto outdated = outdated_backups(names, 35, 12);
  std::vector<std::string> kept;
  std::ranges::copy_if(names, std::back_inserter(kept), [&](const std::string& name) {
    return std::ranges::find(outdated, name) == outdated.end();
  });
  // 35 days reach back to 21 October and hold the newest of November and of October; ten months more.
  EXPECT_EQ(kept.size(), 35u + 10u);
  EXPECT_EQ(kept[34], "simpul-20261020T180000Z.tar");
  EXPECT_EQ(kept[35], "simpul-20260929T180000Z.tar");  // 30 September, 02:00
  EXPECT_EQ(kept.back(), "simpul-20251230T180000Z.tar");
}

TEST(OutdatedBackups, OfADayTheNewestIsKept) {
  EXPECT_THAT(outdated_backups({"simpul-20261123T170000Z.tar", "simpul-20261123T180000Z.tar",
                                "simpul-20261123T155959Z.tar"},
                               35, 12),
              ElementsAre("simpul-20261123T170000Z.tar"));  // 15:59:59 UTC is the day before in Makassar
}

TEST(OutdatedBackups, CountsBackupsNotTime) {
  EXPECT_THAT(outdated_backups(nightly(35), 35, 0), IsEmpty());
  EXPECT_THAT(outdated_backups({"simpul-20011123T170000Z.tar", "simpul-20991123T180000Z.tar"}, 2, 0),
              IsEmpty());
  EXPECT_THAT(outdated_backups({"holiday.tar", "simpul-20261123T170000Z.tar.old"}, 0, 0), IsEmpty());
  EXPECT_EQ(outdated_backups(nightly(3), 0, 0).size(), 3u);
}

}  // namespace
}  // namespace simpul::domain
