#include "service/made_potentials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "service/potentials.hpp"
#include "service/refresher.hpp"
#include "storage/potentials.hpp"
#include "storage/reference.hpp"
#include "storage/regions.hpp"
#include "support/database.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHead = "id,region_code,sector,commodity,status,title,value,year,lon,lat\n";

class MadePotentialsTest : public testing::Test {
 protected:
  MadePotentialsTest() {
    store_.write({"test"}, [&](storage::WriteTransaction& transaction) {
      for (const std::string code : {"74", "74.01"}) {
        domain::Region region;
        region.code = code;
        region.bps_code = code;
        region.name = {{"id", code}};
        region.kind = code == "74" ? "province" : "regency";
        region.source = "test";
        transaction.audit("create", "region", code, "{}");
        storage::put(transaction, region);
      }
    });
  }
  ~MadePotentialsTest() override { fs::remove(file_); }

  std::int64_t make(const std::string& lines) {
    std::ofstream(file_) << kHead << lines;
    return make_potentials(store_, file_, domain::program("demo"));
  }
  ErrorKind refused(const std::string& lines) {
    try {
      make(lines);
    } catch (const Error& error) {
      return error.kind;
    }
    return ErrorKind::Internal;
  }

  const fs::path file_ = fs::temp_directory_path() / ("simpul-points-" + std::to_string(::getpid()) + ".csv");
  test::TestDatabase database_;
  storage::Store store_{database_.address()};
  domain::Classification classification_ = storage::read_classification({});
};

constexpr const char* kLines =
    "1,IDN.1_1,perikanan,tuna,aktif,Sentra tuna baru,22,2023,122.5,-4.1\n"
    "2,IDN.1_1,energi,surya,rencana,Lahan surya,7.5,2022,122.6,-4.2\n";

TEST_F(MadePotentialsTest, ArePublishedAndSayWhatTheyAre) {
  Published<catalog::Snapshot> published;
  Refresher refresher(store_, classification_, published);
  refresher.refresh();
  EXPECT_EQ(make(kLines), 2);
  EXPECT_TRUE(refresher.refresh());
  const auto snapshot = published.get();
  ASSERT_EQ(snapshot->size(), 2u);
  const auto potential = snapshot->potential("sentra-tuna-baru-buatan-1");
  ASSERT_TRUE(potential);
  EXPECT_EQ(potential->group, "laut");
  EXPECT_EQ(potential->region_code, "74.01");
  EXPECT_GE(potential->id, storage::kFirstMadeId);
  EXPECT_THAT(potential->sources, testing::ElementsAre(testing::HasSubstr("Data buatan")));
  EXPECT_THAT(potential->figures.at(0).source, testing::HasSubstr("Data buatan"));
  // No officer is given a record of them.
  store_.write({"test"}, [&](storage::WriteTransaction& transaction) {
    EXPECT_EQ(adopt_published(transaction, classification_), 0u);
    transaction.audit("adopt", "record", "*", "{}");
  });
}

TEST_F(MadePotentialsTest, NeverStandBesideOthers) {
  EXPECT_EQ(make(kLines), 2);
  EXPECT_EQ(refused(kLines), ErrorKind::Conflict);
}

TEST_F(MadePotentialsTest, AnotherFileIsRefused) {
  EXPECT_EQ(refused("1,x\n"), ErrorKind::Invalid);
  EXPECT_EQ(refused("1,IDN.1_1,ternak,sapi,aktif,Sapi,22,2023,122.5,-4.1\n"), ErrorKind::Invalid);
  EXPECT_EQ(refused("1,IDN.1_1,energi,surya,aktif,Surya,x,2023,122.5,-4.1\n"), ErrorKind::Invalid);
  std::ofstream(file_) << "a;b\n";
  EXPECT_THROW(make_potentials(store_, file_, domain::program("demo")), Error);
  EXPECT_THROW(make_potentials(store_, "/nowhere/points.csv", domain::program("demo")), Error);
}

}  // namespace
}  // namespace simpul::service
