// Runs on SQLite and on PostgreSQL.
#include "service/import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

#include "service/check.hpp"
#include "service/export.hpp"
#include "storage/published.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"

namespace simpul::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const domain::Actor kActor{"import"};
const std::filesystem::path kData = SIMPUL_SOURCE_DIR "/data";

const domain::Classification& classification() {
  static const auto known = storage::read_classification({});
  return known;
}

constexpr std::string_view kRegions =
    "code,bps_code,name_id,name_en,kind,capital,capital_lat,capital_lon,area_km2,population,population_year,"
    "established_year,website,source\r\n"
    "74.01,7404,Kolaka,Kolaka,regency,Kolaka,-4.05,121.6,2958.87,257733,2025,1959,,Kepmendagri\r\n";
constexpr std::string_view kCommodities =
    "slug,name_id,name_en,sector,category,hs_code,unit\r\nnickel,Nikel,Nickel,B,mineral,2604,t\r\n";
const std::string kHead =
    "id,region_code,sector,category,commodity,title_id,title_en,summary_id,summary_en,lat,lon,location_"
    "accuracy,"
    "quantity,unit,quantity_kind,year,cooperation_forms,status,source,note\r\n";
const std::string kRow =
    "pomalaa,74.01,B,mineral,nickel,Pomalaa,Pomalaa,Ringkas,Short,-4.2,121.5,village,13,t,reserve,2022,"
    "investment;ksdpk,offered,\"Media (2022), https://a.example; BPS\",\r\n";

class ImportTest : public testing::Test {
 protected:
  ImportTest() : store_(std::make_unique<storage::Store>(database_.address())) {
    folder_ = (std::filesystem::temp_directory_path() / "simpul_import_XXXXXX").string();
    if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder");
  }
  ~ImportTest() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& file, std::string_view text) {
    std::ofstream(std::filesystem::path(folder_) / file, std::ios::binary) << text;
  }
  ImportReport import_folder() { return import_files(*store_, classification(), {folder_}, kActor); }
  ImportReport import_data() { return import_files(*store_, classification(), {kData}, kActor); }
  void basics() {
    write("regions.csv", kRegions);
    write("commodities.csv", kCommodities);
  }
  domain::PublishedRegister published() {
    domain::PublishedRegister content;
    store_->read(
        [&](db::Connection& connection) { content = storage::read_published(connection, classification()); });
    return content;
  }
  static std::vector<std::string> texts(const std::vector<ImportFault>& faults) {
    std::vector<std::string> list;
    for (const auto& fault : faults) list.push_back(to_text(fault));
    return list;
  }

  test::TestDatabase database_;
  std::unique_ptr<storage::Store> store_;
  std::string folder_;
};

TEST_F(ImportTest, TheStartingDataTwiceIsTheSameAsOnce) {
  const auto report = import_data();
  EXPECT_THAT(texts(report.faults), IsEmpty());
  EXPECT_EQ(report.saved.created, 18u + 93 + 277 + 997 + 36 + 40 + 41);
  EXPECT_FALSE(report.positions_checked);
  const auto sequence = store_->last_sequence();

  const auto again = import_data();
  EXPECT_EQ(again.saved.created + again.saved.changed, 0u);
  EXPECT_EQ(again.saved.unchanged, report.saved.created);
  EXPECT_EQ(store_->last_sequence(), sequence);

  const auto findings = check_register(*store_, classification());
  EXPECT_THAT(findings.faults, IsEmpty());
  EXPECT_EQ(findings.audit.entries, sequence);

  // What the export writes is what the import reads: nothing changes.
  write("out.csv", potentials_csv(*store_));
  const auto back = import_folder();
  EXPECT_THAT(texts(back.faults), IsEmpty());
  EXPECT_EQ(back.saved.created + back.saved.changed, 0u);
}

TEST_F(ImportTest, TheStartingDataIsWhatItSays) {
  import_data();
  const auto content = published();
  ASSERT_THAT(content.regions, SizeIs(18));
  const auto& province = content.regions.front();
  EXPECT_EQ(province.code, "74");
  double area = 0;
  std::int64_t population = 0;
  std::set<std::string> bps;
  for (const auto& region : content.regions) {
    bps.insert(region.bps_code);
    if (region.kind == "province") continue;
    area += *region.area_km2;
    population += *region.population;
  }
  EXPECT_NEAR(area, *province.area_km2, 0.0005);
  EXPECT_EQ(population, *province.population);
  EXPECT_THAT(bps, ElementsAre("74", "7401", "7402", "7403", "7404", "7405", "7406", "7407", "7408", "7409",
                               "7410", "7411", "7412", "7413", "7414", "7415", "7471", "7472"));
  // The two schemes differ inside the province.
  const auto bps_of = [&](std::string_view code) {
    return std::ranges::find(content.regions, code, &domain::Region::code)->bps_code;
  };
  EXPECT_EQ(bps_of("74.01"), "7404");
  EXPECT_EQ(bps_of("74.09"), "7410");
  EXPECT_EQ(bps_of("74.10"), "7409");

  EXPECT_EQ(std::ranges::count_if(content.potentials, [](const auto& p) { return p.geometry.empty(); }), 114);
  EXPECT_EQ(std::ranges::count_if(content.potentials, [](const auto& p) { return p.confirmed.has_value(); }),
            0);
  for (const auto& potential : content.potentials)
    EXPECT_EQ(potential.maturity, potential.status == domain::PotentialStatus::Offered
                                      ? domain::Maturity::Prospektif
                                      : domain::Maturity::Potensi);
  const auto month_only = std::ranges::count_if(content.agreements, [](const auto& a) {
    return a.signed_on && a.signed_on->month != 0 && a.signed_on->day == 0;
  });
  EXPECT_EQ(month_only, 2);
}

TEST_F(ImportTest, ChangesAreCountedAndKeepWhatTheFileDoesNotHold) {
  basics();
  write("potentials.csv", kHead + kRow);
  EXPECT_EQ(import_folder().saved.created, 3u);
  const auto first = published().potentials.at(0);
  EXPECT_THAT(first.sources, ElementsAre("Media (2022), https://a.example", "BPS"));
  EXPECT_THAT(first.forms, ElementsAre("ksdpk", "investment"));
  EXPECT_EQ(first.maturity, domain::Maturity::Prospektif);
  auto row = kRow;
  row.replace(row.find(",13,"), 4, ",14,");
  write("potentials.csv", kHead + row);
  const auto report = import_folder();
  EXPECT_EQ(report.saved.changed, 1u);
  EXPECT_EQ(report.saved.unchanged, 2u);
  EXPECT_EQ(published().potentials.at(0).figures.at(0).quantity, 14);
  EXPECT_EQ(published().potentials.at(0).version, 2);
}

TEST_F(ImportTest, ASpreadsheetsRegionCodeIsPutRight) {
  auto regions = std::string(kRegions);
  regions.replace(regions.find("74.01"), 5, "74.1");
  write("regions.csv", regions);
  import_folder();
  EXPECT_EQ(published().regions.at(0).code, "74.10");
}

struct Bad {
  const char* name;
  const char* from;  // in the good row
  const char* to;
  const char* message;
};

class ImportBadCell : public ImportTest, public testing::WithParamInterface<Bad> {};

TEST_P(ImportBadCell, RefusesTheFileWithRowAndColumn) {
  basics();
  auto row = kRow;
  const std::string from = GetParam().from;
  ASSERT_NE(row.find(from), std::string::npos);
  row.replace(row.find(from), from.size(), GetParam().to);
  const auto good = std::string("other") + kRow.substr(7);
  write("potentials.csv", kHead + good + row);
  const auto report = import_folder();
  EXPECT_THAT(texts(report.faults), Contains(HasSubstr(GetParam().message)));
  EXPECT_THAT(report.faults, SizeIs(1)) << testing::PrintToString(texts(report.faults));
  EXPECT_EQ(store_->last_sequence(), 0);
  EXPECT_THAT(published().regions, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, ImportBadCell,
    testing::Values(
        Bad{"Region", "74.01", "74.99",
            "potentials.csv, row 3, column region_code: \"74.99\" does not exist"},
        Bad{"Sector", ",B,", ",BX,", "row 3, column sector: \"BX\" does not exist"},
        Bad{"Category", "mineral", "minerals", "row 3, column category: \"minerals\" does not exist"},
        Bad{"Commodity", ",nickel,", ",nikel,", "row 3, column commodity: \"nikel\" does not exist"},
        Bad{"Status", "offered", "open",
            "row 3, column status: \"open\" is not known here; known: existing, offered"},
        Bad{"Accuracy", "village", "desa", "row 3, column location_accuracy: \"desa\" is not known here"},
        Bad{"Form", "investment;ksdpk", "investment;pkk",
            "row 3, column cooperation_forms: \"pkk\" is not known here"},
        Bad{"FigureKind", "reserve", "stock", "row 3, column quantity_kind: \"stock\" is not known here"},
        Bad{"NoSource", "\"Media (2022), https://a.example; BPS\"", "",
            "row 3, column source: A figure or statement needs its source"},
        Bad{"DecimalComma", ",13,", ",\"13,5\",", "row 3, column quantity: \"13,5\" is not a number"},
        Bad{"Year", ",2022,", ",22,", "row 3, column year: 22 is not a year"},
        Bad{"YearWord", ",2022,", ",lalu,", "row 3, column year: \"lalu\" is not a whole number"},
        Bad{"Latitude", "-4.2", "-94.2", "row 3, column lat"},
        Bad{"NoPosition", ",-4.2,", ",,", "row 3, column lat: must not be empty"},
        Bad{"NoTitle", "Pomalaa,Pomalaa", ",Pomalaa", "row 3, column title_id: must not be empty"},
        Bad{"Duplicate", "pomalaa", "other",
            "row 3, column id: is the same record as row 2 of potentials.csv"},
        Bad{"Slug", "pomalaa", "Pomalaa/1", "row 3, column id: \"Pomalaa/1\" is no identifier"},
        Bad{"Windows1252", "Ringkas", "Caf\xE9",
            "row 3, column summary_id: The cell is not UTF-8 after \"Caf\""},
        Bad{"TooFewCells", ",offered,", ",", "row 3: The row has 19 cells, the header has 20"}),
    [](const auto& info) { return info.param.name; });

TEST_F(ImportTest, TellsAllFaultsAtOnce) {
  basics();
  auto row = kRow;
  row.replace(row.find("74.01"), 5, "74.99").replace(row.find("offered"), 7, "open");
  write("potentials.csv", kHead + row);
  write("needs.csv",
        "commodity,kg_per_person_year,scope,year,kind,conversion_note,source\r\nrice,x,national,2020,total "
        "need,,\r\n");
  EXPECT_THAT(texts(import_folder().faults),
              ElementsAre(HasSubstr("needs.csv, row 2, column kg_per_person_year"),
                          HasSubstr("needs.csv, row 2, column commodity"),
                          HasSubstr("needs.csv, row 2, column source"),
                          HasSubstr("potentials.csv, row 2, column region_code"),
                          HasSubstr("potentials.csv, row 2, column status")));
}

TEST_F(ImportTest, RefusesWrongHeaders) {
  auto head = kHead;
  head.replace(head.find(",lat,"), 5, ",latitude,");
  write("potentials.csv", head + kRow);
  EXPECT_THAT(
      texts(import_folder().faults),
      ElementsAre("potentials.csv, row 1: The column lat is missing in this file of potentials",
                  "potentials.csv, row 1: The column \"latitude\" does not belong in a file of potentials"));
  write("potentials.csv", "a,b\r\n1,2\r\n");
  EXPECT_THAT(texts(import_folder().faults), ElementsAre(HasSubstr("no kind of file")));
  write("potentials.csv", "id;region_code;sector\r\n");
  EXPECT_THAT(texts(import_folder().faults), ElementsAre(HasSubstr("semicolons")));
  std::filesystem::remove(std::filesystem::path(folder_) / "potentials.csv");
  EXPECT_THROW(import_folder(), Error);
}

TEST_F(ImportTest, PositionsAreComparedWithTheBoundariesThatAreLoaded) {
  basics();
  // 121 to 122 degrees east: 0.1 degree of longitude is 11 km here.
  domain::BoundarySet set;
  set.source = "test";
  set.boundaries = {{"74.01", "Kolaka", 2, {}}};
  set.boundaries[0].bands.assign(
      domain::kBoundaryBands,
      geo::Geometry{geo::GeometryKind::Polygon, {{{{121, -4}, {121, -5}, {122, -5}, {122, -4}, {121, -4}}}}});
  EXPECT_TRUE(import_boundaries(*store_, set, kActor));
  EXPECT_FALSE(import_boundaries(*store_, set, kActor));
  const auto at = [&](const std::string& longitude) {
    auto row = kRow;
    row.replace(row.find("121.5"), 5, longitude);
    write("potentials.csv", kHead + row);
    return import_folder();
  };
  auto report = at("122.1");
  EXPECT_TRUE(report.positions_checked);
  EXPECT_THAT(texts(report.faults), IsEmpty());
  EXPECT_THAT(texts(report.warnings),
              ElementsAre(HasSubstr("row 2, column lat: The position is 11.1 km outside 74.01")));
  EXPECT_THAT(at("121.5").warnings, IsEmpty());
  report = at("122.4");
  EXPECT_THAT(texts(report.faults), ElementsAre(HasSubstr("km outside 74.01")));
}

// Every call to the database fails once, the first, the second, ...: the register stays as it was, until one
// import goes through.
TEST_F(ImportTest, AFailingDatabaseLeavesTheRegisterAsItWas) {
  basics();
  import_folder();
  const auto before = store_->last_sequence();
  write("potentials.csv", kHead + kRow + "other" + kRow.substr(7));
  int failing = 1;
  for (bool done = false; !done; ++failing) {
    store_->set_call_hook([failing, call = 0]() mutable {
      if (++call == failing) throw Error(ErrorKind::Unavailable, "failed on purpose");
    });
    try {
      EXPECT_EQ(import_folder().saved.created, 2u);
      done = true;
    } catch (const Error&) {
      EXPECT_EQ(store_->last_sequence(), before) << failing;
      EXPECT_THAT(published().potentials, IsEmpty()) << failing;
    }
  }
  EXPECT_GT(failing, 10);
  EXPECT_EQ(store_->last_sequence(), before + 2);
  store_->set_call_hook({});
  EXPECT_THAT(check_register(*store_, classification()).faults, IsEmpty());
}

// A child process imports the starting data and is killed with SIGKILL at its n-th call to the database.
TEST_F(ImportTest, AKilledImportLeavesTheRegisterAsItWas) {
  basics();
  import_folder();
  const auto before = store_->last_sequence();
  store_.reset();  // no connection goes over to the child
  for (const int kill_at : {2, 5, 100, 1000}) {
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      storage::Store store(database_.address());
      store.set_call_hook([kill_at, call = 0]() mutable {
        if (++call == kill_at) ::kill(::getpid(), SIGKILL);
      });
      import_files(store, classification(), {kData}, kActor);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << kill_at;
    storage::Store after(database_.address());
    EXPECT_EQ(after.last_sequence(), before) << kill_at;
    EXPECT_THAT(check_register(after, classification()).faults, IsEmpty()) << kill_at;
  }
  store_ = std::make_unique<storage::Store>(database_.address());
  EXPECT_THAT(texts(import_data().faults), IsEmpty());
}

}  // namespace
}  // namespace simpul::service
