#include "storage/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"

namespace simpul::storage {
namespace {

TEST(Reference, SeventeenFieldsEightGroups) {
  const auto known = read_classification({});
  EXPECT_EQ(known.sectors.size(), 17u);
  EXPECT_EQ(known.groups.size(), 8u);
  EXPECT_EQ(known.sectors.front().code, "A");
  EXPECT_EQ(known.sectors.back().code, "RSTU");
  for (const auto& sector : known.sectors) EXPECT_EQ(sector.scheme, "PDRB2010");
}

TEST(Reference, MapsEveryLetterOfBothClassificationsOnce) {
  const auto known = read_classification({});
  std::string all2020, all2025;
  for (const auto& mapping : known.mappings) {
    for (const auto& letter : mapping.kbli2020) all2020 += letter;
    for (const auto& letter : mapping.kbli2025) all2025 += letter;
  }
  EXPECT_EQ(all2020, "ABCDEFGHIJKLMNOPQRSTU");
  EXPECT_EQ(all2025, "ABCDEFGHIJKLMNOPQRSTUV");
}

TEST(Reference, GroupComesFromCategoryThenSector) {
  const auto known = read_classification({});
  struct Row {
    const char *category, *sector, *group;
  };
  // The table of the design: the category wins over the letter.
  for (const Row& row : {Row{"tourism", "RSTU", "wisata"},
                         {"creative-economy", "C", "wisata"},
                         {"fishery", "A", "laut"},
                         {"plantation", "A", "tani"},
                         {"food-crop", "A", "tani"},
                         {"horticulture", "A", "tani"},
                         {"livestock", "A", "tani"},
                         {"forestry", "A", "tani"},
                         {"mineral", "B", "tambang"},
                         {"energy", "D", "tambang"},
                         {"industry", "C", "industri"},
                         {"infrastructure", "H", "infra"},
                         {"water", "E", "infra"},
                         {"industrial-estate", "L", "infra"},
                         {"trade", "G", "dagang"},
                         {"education", "P", "publik"},
                         {"service", "K", "dagang"},
                         {"service", "Q", "publik"}})
    EXPECT_EQ(known.group_of(row.category, row.sector), row.group) << row.category;
  EXPECT_THROW(known.group_of("service", "X"), Error);
}

TEST(Reference, AFolderReplacesOneFile) {
  const std::filesystem::path folder = testing::TempDir() + "/reference";
  std::filesystem::create_directories(folder / "sectors");
  auto text = reference_text({}, "sectors/groups.toml");
  text.replace(text.find("\"Farming\""), 9, "\"Fields\"");
  std::ofstream(folder / "sectors/groups.toml") << text;
  EXPECT_EQ(read_classification(folder).groups[0].short_name.at("en"), "Fields");

  std::ofstream(folder / "sectors/groups.toml") << text << "\n[extra]\n";
  try {
    read_classification(folder);
    FAIL() << "an unknown key was taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("unknown key \"extra\""));
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace simpul::storage
