// One messy file per trouble that offices have with theirs. Files are written here, or made of a small CSV by
// the tools of GDAL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>

#include "document/xlsx.hpp"
#include "i18n/translator.hpp"
#include "service/exports.hpp"
#include "support/import_office.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using test::ImportOffice;
using testing::ElementsAre;
using testing::IsEmpty;

class ImportFilesTest : public testing::Test {
 protected:
  ImportFilesTest() { fs::create_directories(folder_); }
  ~ImportFilesTest() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  // Runs a tool in the folder; the test fails when it does.
  void tool(const std::string& command) {
    const auto whole = "cd " + folder_.string() + " && " + command + " >/dev/null 2>tool.log";
    ASSERT_EQ(std::system(whole.c_str()), 0) << command;
  }
  std::int64_t create(const fs::path& file) { return office_.create_from(actor_, file).import.id; }
  std::int64_t create(const std::string& name, const std::string& bytes) {
    return office_.create(actor_, name, bytes).import.id;
  }
  void set(std::int64_t id, const std::function<void(SettingsChange&)>& change) {
    office_.set(actor_, id, change);
  }
  boost::json::object check(std::int64_t id) { return office_.check(actor_, id); }
  std::int64_t count(std::int64_t id, const char* outcome) {
    return check(id).at("counts").at(outcome).as_int64();
  }
  std::vector<ImportLine> lines(std::int64_t id) {
    return office_.imports.rows(actor_, id, {}, 0, 100).lines;
  }
  // Why a file is refused at once.
  std::string refusal(const std::function<void()>& call) {
    try {
      call();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Invalid);
      return error.key;
    }
    return "not refused";
  }

  const fs::path folder_ = fs::temp_directory_path() / ("simpul-messy-" + std::to_string(::getpid()));
  ImportOffice office_;
  domain::Actor actor_ = office_.account("regional_operator", "74.01");
};

// What every row has, so that a table needs only the trouble it is about.
constexpr const char* kPlain = ",A,fishery,Ringkas.,Dinas (2026)\n";
constexpr const char* kPlainHeader = ",sektor,kategori,ringkasan,sumber\n";

TEST_F(ImportFilesTest, Windows1252WithSemicolonsAndDecimalCommas) {
  const auto id =
      create("excel.csv",
             "Judul;Sektor;Kategori;Ringkasan;Luas (ha);Sumber\r\nTeluk M\xE9nui;A;fishery;Ringkas \x96 "
             "jelas.;1.234,5;Dinas (2026)\r\n");
  const auto view = office_.imports.get(actor_, id);
  EXPECT_EQ(view.import.settings.encoding, "windows-1252");
  EXPECT_EQ(view.import.settings.delimiter, ";");
  EXPECT_EQ(view.import.settings.decimal, ",");
  EXPECT_EQ(count(id, "new"), 1);
  EXPECT_EQ(lines(id).at(0).judged.draft.title.at("id"), "Teluk Ménui");
  EXPECT_EQ(lines(id)[0].judged.draft.figures.at(0).quantity, 1234.5);
}

TEST_F(ImportFilesTest, Utf16WithTabs) {
  std::string text = "\xFF\xFE";
  for (const char c : std::string(
           "Judul\tSektor\tKategori\tRingkasan\tSumber\nRumput laut\tA\tfishery\tRingkas.\tDinas (2026)\n")) {
    text += c;
    text += '\0';
  }
  const auto id = create("unicode.txt", text);
  EXPECT_EQ(office_.imports.get(actor_, id).import.settings.encoding, "utf-16le");
  EXPECT_EQ(office_.imports.get(actor_, id).import.settings.delimiter, "\t");
  EXPECT_EQ(count(id, "new"), 1);
}

TEST_F(ImportFilesTest, AVrtNamedCsvIsReadAsCsv) {
  const auto id = create("layer.csv",
                         "<OGRVRTDataSource>\n<OGRVRTLayer name=\"passwd\">\n"
                         "<SrcDataSource>/etc/passwd</SrcDataSource>\n</OGRVRTLayer>\n</OGRVRTDataSource>\n");
  const auto view = office_.imports.get(actor_, id);
  EXPECT_EQ(view.import.found.kind, "csv");
  EXPECT_EQ(view.import.found.layers.at(0).fields.at(0).name, "<OGRVRTDataSource>");
}

TEST_F(ImportFilesTest, NothingInTheFile) {
  constexpr const char* kNothing = "There is nothing in the file";
  for (const auto* text : {"", "\xEF\xBB\xBF"})
    EXPECT_EQ(refusal([&] { create("kosong.csv", text); }), kNothing);
  // A header and no row: the dry run says so.
  for (const auto* text : {"Judul;Wilayah\n", "Judul;Wilayah\n;\n;\n"}) {
    const auto job = office_.imports.check(actor_, create("kosong.csv", text));
    while (office_.jobs.run_next()) {
    }
    EXPECT_EQ(office_.job(job).state, domain::JobState::Failed);
    EXPECT_EQ(office_.job(job).fault->key, kNothing);
  }
}

TEST_F(ImportFilesTest, TitleRowsAboveTheHeaderTheHeaderTwiceAndEmptyRows) {
  const auto id = create("laporan.csv", std::string("DAFTAR POTENSI,,,,\nTahun 2026,,,,\n\njudul") +
                                            kPlainHeader + "Satu" + kPlain + ",,,,\njudul" + kPlainHeader +
                                            "Dua" + kPlain + ",,,,\n,,,,\n");
  EXPECT_EQ(office_.imports.get(actor_, id).import.settings.header_row, 4);
  const auto report = check(id);
  EXPECT_EQ(report.at("counts").at("new"), 2);
  EXPECT_EQ(report.at("skipped").at("header"), 1);
  EXPECT_EQ(report.at("skipped").at("empty"), 3);
  EXPECT_EQ(lines(id).at(1).n, 8);
}

TEST_F(ImportFilesTest, TwoColumnsOfOneName) {
  const auto id = create("a.csv", std::string("judul,judul") + kPlainHeader + "Satu,One" + kPlain);
  const auto fields = office_.imports.get(actor_, id).import.found.layers.at(0).fields;
  EXPECT_EQ(fields.at(0).name, "judul");
  EXPECT_EQ(fields.at(1).name, "judul (2)");
  EXPECT_EQ(count(id, "new"), 1);
}

TEST_F(ImportFilesTest, MergedCellsAreFilledFromAbove) {
  const auto id = create("a.csv", std::string("wilayah,judul") + kPlainHeader + "Kabupaten Kolaka,Satu" +
                                      kPlain + ",Dua" + kPlain);
  set(id, [&](SettingsChange& change) {
    change.columns = office_.imports.get(actor_, id).import.settings.columns;
    change.columns->at(0).fill_down = true;
  });
  EXPECT_EQ(count(id, "new"), 2);
  EXPECT_EQ(lines(id).at(1).judged.draft.region_code, "74.01");
  EXPECT_EQ(lines(id)[1].cells.at(0).second, "Kabupaten Kolaka");
}

TEST_F(ImportFilesTest, RegionCodesThatBecameNumbers) {
  const auto admin = office_.account("provincial_administrator", "74");
  const auto id = office_
                      .create(admin, "a.csv",
                              std::string("kode wilayah,judul") + kPlainHeader + "74.1,Satu" + kPlain +
                                  "74.09999999999999,Dua" + kPlain + "7401,Tiga" + kPlain)
                      .import.id;
  const auto report = office_.check(admin, id);
  EXPECT_EQ(report.at("counts").at("new"), 2);
  // 7401 is BPS's code of another region than 74.01: it is asked, not guessed.
  EXPECT_EQ(report.at("codes").as_array().at(0).at("value"), "7401");
  std::vector<std::string> understood;
  for (const auto& one : report.at("understood").as_array())
    if (one.at("field") == "region")
      understood.push_back(std::string(one.at("from").as_string()) + ">" +
                           std::string(one.at("to").as_string()));
  EXPECT_THAT(understood, testing::UnorderedElementsAre("74.1>74.10", "74.09999999999999>74.10"));
}

TEST_F(ImportFilesTest, NumbersWithUnitsDatesForYearsAndInvisibleBlanks) {
  const auto id = create("a.csv",
                         "judul;luas;tahun;sektor;kategori;ringkasan;sumber\n\xC2\xA0Kakao\xC2\xA0rakyat "
                         ";1.234,5 ha;15/01/2024;A;"
                         "fishery;Ringkas.;Dinas (2026)\n");
  EXPECT_EQ(count(id, "new"), 1);
  const auto judged = lines(id).at(0).judged;
  EXPECT_EQ(judged.draft.title.at("id"), "Kakao rakyat");
  EXPECT_EQ(judged.draft.figures.at(0).quantity, 1234.5);
  EXPECT_EQ(judged.draft.figures[0].unit, "ha");
  EXPECT_EQ(judged.draft.figures[0].year, 2024);
  EXPECT_TRUE(std::ranges::any_of(judged.understood, [](const Understood& one) {
    return one.field == "year" && one.from == "15/01/2024";
  }));
}

struct PositionCase {
  const char* repair;
  const char* latitude;
  const char* longitude;
};
class Positions : public ImportFilesTest, public testing::WithParamInterface<PositionCase> {};

TEST_P(Positions, AreNamedAndMendedWhenThatIsAccepted) {
  const auto [repair, latitude, longitude] = GetParam();
  const auto id = create("a.csv", std::string("judul,lintang,bujur") + kPlainHeader + "Satu," + latitude +
                                      "," + longitude + kPlain);
  auto report = check(id);
  EXPECT_EQ(report.at("counts").at("error"), 1);
  ASSERT_EQ(report.at("repairs").as_array().size(), 1u);
  EXPECT_EQ(report.at("repairs").as_array()[0].at("kind"), repair);
  EXPECT_EQ(report.at("repairs").as_array()[0].at("rows"), "2");
  set(id, [&](SettingsChange& change) { change.repairs = {{repair}}; });
  EXPECT_EQ(count(id, "new"), 1);
  const auto place = lines(id).at(0).judged.draft.geometry->parts[0][0][0];
  EXPECT_NEAR(place.x, 121.6037, 0.001);
  EXPECT_NEAR(place.y, -4.06097, 0.001);
}

INSTANTIATE_TEST_SUITE_P(Imports, Positions,
                         testing::Values(PositionCase{"swapped", "121.6037", "-4.06097"},
                                         PositionCase{"south", "4.06097", "121.6037"},
                                         PositionCase{"utm", "9551000", "345000"}));

TEST_F(ImportFilesTest, DegreesMinutesAndSecondsAreUnderstood) {
  const auto id = create("a.csv",
                         "judul;koordinat;sektor;kategori;ringkasan;sumber\nSatu;4°03'39\"S "
                         "121°36'13\"E;A;fishery;Ringkas.;Dinas (2026)\n");
  EXPECT_EQ(count(id, "new"), 1);
  EXPECT_NEAR(lines(id).at(0).judged.draft.geometry->parts[0][0][0].y, -4.06083, 0.0001);
}

TEST_F(ImportFilesTest, MetresOfUtmByItsNumber) {
  const auto id = create("a.csv", std::string("judul,x,y") + kPlainHeader + "Satu,345000,9551000" + kPlain);
  set(id, [](SettingsChange& change) { change.crs = "EPSG:32751"; });
  EXPECT_EQ(count(id, "new"), 1);
  EXPECT_NEAR(lines(id).at(0).judged.draft.geometry->parts[0][0][0].x, 121.6037092, 1e-6);
}

TEST_F(ImportFilesTest, AWorkbookWithTwoSheets) {
  document::XlsxWriter xlsx("Potensi", {{"Judul", 20},
                                        {"Wilayah", 20},
                                        {"Sektor", 9},
                                        {"Kategori", 9},
                                        {"Ringkasan", 9},
                                        {"Luas (ha)", 9},
                                        {"Sumber", 9}});
  for (const auto* title : {"Satu", "Dua"}) {
    xlsx.text(title);
    xlsx.number(74.01);
    xlsx.text("A");
    xlsx.text("fishery");
    xlsx.text("Ringkas.");
    xlsx.number(1234.5);
    xlsx.text("Dinas (2026)");
    xlsx.end_row();
    xlsx.end_row();  // an empty one between
  }
  xlsx.sheet("Catatan", {{"Catatan", 20}});
  xlsx.text("Bukan data");
  xlsx.end_row();
  const auto id = create("buku.xlsx", xlsx.finish()->bytes());
  const auto view = office_.imports.get(actor_, id);
  ASSERT_EQ(view.import.found.layers.size(), 2u);
  EXPECT_EQ(view.import.settings.layer, "Potensi");
  EXPECT_EQ(count(id, "new"), 2);
  EXPECT_EQ(lines(id).at(1).n, 4);
  EXPECT_EQ(lines(id)[1].judged.draft.figures.at(0).quantity, 1234.5);
  set(id, [](SettingsChange& change) { change.layer = "Catatan"; });
  EXPECT_EQ(office_.imports.get(actor_, id).import.settings.columns.at(0).field, "note");
}

TEST_F(ImportFilesTest, AnOpenDocumentSheet) {
  write("a.csv", std::string("judul") + kPlainHeader + "Satu" + kPlain);
  tool("ogr2ogr -f ODS a.ods a.csv");
  EXPECT_EQ(count(create(folder_ / "a.ods"), "new"), 1);
}

class Layers : public ImportFilesTest {
 protected:
  // A layer of one point in the reference system of the file.
  void make(const std::string& arguments) {
    write("a.csv",
          "judul,sektor,kategori,ringkasan,sumber,x,y\nSatu,A,fishery,Ringkas.,Dinas "
          "(2026),121.6037,-4.06097\n");
    tool("ogr2ogr -oo X_POSSIBLE_NAMES=x -oo Y_POSSIBLE_NAMES=y -oo KEEP_GEOM_COLUMNS=NO -s_srs EPSG:4326 " +
         arguments);
  }
  void is_read(const fs::path& file, const std::string& kind) {
    const auto id = create(file);
    EXPECT_EQ(office_.imports.get(actor_, id).import.found.kind, kind);
    EXPECT_EQ(count(id, "new"), 1) << boost::json::serialize(check(id));
    const auto place = lines(id).at(0).judged.draft.geometry->parts[0][0][0];
    EXPECT_NEAR(place.x, 121.6037, 1e-4);
    EXPECT_NEAR(place.y, -4.06097, 1e-4);
  }
};

TEST_F(Layers, AGeoPackageInUtmWithAViewThatIsNamed) {
  make("-f GPKG a.gpkg a.csv -t_srs EPSG:32751");
  tool("ogrinfo a.gpkg -sql 'CREATE VIEW v_rahasia AS SELECT * FROM a'");
  const auto view = office_.create_from(actor_, folder_ / "a.gpkg");
  EXPECT_THAT(view.import.found.ignored, ElementsAre("v_rahasia"));
  ASSERT_EQ(view.import.found.layers.size(), 1u);
  EXPECT_EQ(view.import.found.layers[0].crs, "EPSG:32751");
  EXPECT_EQ(view.import.found.layers[0].geometry, "point");
  is_read(folder_ / "a.gpkg", "gpkg");
}

TEST_F(Layers, GeoJsonAndKmlAndGpx) {
  make("-f GeoJSON a.geojson a.csv -t_srs EPSG:4326");
  is_read(folder_ / "a.geojson", "geojson");
  make("-f LIBKML a.kml a.csv -t_srs EPSG:4326");
  is_read(folder_ / "a.kml", "kml");
  make("-f LIBKML a.kmz a.csv -t_srs EPSG:4326");
  is_read(folder_ / "a.kmz", "kml");
}

TEST_F(Layers, AZippedShapefileThatDoesNotSayItsReferenceSystem) {
  make("-f 'ESRI Shapefile' bentuk.shp a.csv -t_srs EPSG:32751");
  tool("rm bentuk.prj && zip bentuk.zip bentuk.*");
  const auto id = create(folder_ / "bentuk.zip");
  EXPECT_EQ(office_.imports.get(actor_, id).import.found.layers.at(0).crs, "");
  EXPECT_EQ(check(id).at("repairs").as_array().at(0).at("kind"), "utm");
  set(id, [](SettingsChange& change) { change.crs = "EPSG:32751"; });
  EXPECT_EQ(count(id, "new"), 1);
  EXPECT_NEAR(lines(id).at(0).judged.draft.geometry->parts[0][0][0].x, 121.6037, 1e-4);
}

// A collection of one area, as GeoJSON.
std::string area(const std::string& ring) {
  std::string text =
      "{'type':'FeatureCollection','features':[{'type':'Feature','properties':{'judul':'Satu','sektor':'A',"
      "'kategori':'fishery','ringkasan':'Ringkas.','sumber':'Dinas (2026)'},'geometry':{'type':'Polygon',"
      "'coordinates':[[" +
      ring + "]]}}]}";
  std::ranges::replace(text, '\'', '"');
  return text;
}

TEST_F(ImportFilesTest, ASelfCrossingOutlineIsNamedAndMended) {
  const auto id =
      create("a.geojson", area("[121.5,-4.1],[121.6,-4.0],[121.6,-4.1],[121.5,-4.0],[121.5,-4.1]"));
  EXPECT_EQ(check(id).at("repairs").as_array().at(0).at("kind"), "polygon");
  set(id, [](SettingsChange& change) { change.repairs = {{"polygon"}}; });
  EXPECT_EQ(count(id, "new"), 1);
}

TEST_F(ImportFilesTest, AMillionVerticesAreTooMany) {
  std::string ring;
  for (int i = 0; i < 1'000'000; ++i) ring += "[" + std::to_string(121.5 + i * 1e-7) + ",-4.1],";
  const auto id = create("a.geojson", area(ring + "[121.6,-4.0],[121.5,-4.1]"));
  const auto report = check(id);
  EXPECT_EQ(report.at("counts").at("error"), 1);
  EXPECT_TRUE(std::ranges::any_of(report.at("errors").as_array(), [](const boost::json::value& error) {
    return error.at("key") == "The geometry is too large: at most {points} points and {rings} rings.";
  })) << boost::json::serialize(report.at("errors"));
}

TEST_F(ImportFilesTest, HostileFilesAreRefusedWithTheReason) {
  constexpr const char* kDtd = "The file {file} holds a document type definition (DTD). Save it without one.";
  EXPECT_EQ(refusal([&] {
              create("a.kml",
                     "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY x SYSTEM "
                     "\"file:///etc/passwd\">]><kml>&x;</kml>");
            }),
            kDtd);
  // A workbook with a DTD in one of its parts.
  document::XlsxWriter xlsx("Potensi", {{"Judul", 20}});
  xlsx.text("Satu");
  xlsx.end_row();
  write("dtd.xlsx", xlsx.finish()->bytes());
  tool(
      "mkdir -p x/xl/worksheets && cd x && unzip -q ../dtd.xlsx && sed -i 's/?>/?><!DOCTYPE x [<!ENTITY lol "
      "\"lol\">]>/' xl/worksheets/sheet1.xml && zip -q -r ../dtd2.xlsx .");
  EXPECT_EQ(refusal([&] { create(folder_ / "dtd2.xlsx"); }), kDtd);
  tool(
      "mkdir -p bom && head -c 100000000 /dev/zero > bom/a.xml && cd bom && zip -q -r ../bom.xlsx a.xml && "
      "rm a.xml");
  EXPECT_EQ(refusal([&] { create(folder_ / "bom.xlsx"); }),
            "The file {file} unpacks to {bytes} bytes: that is too much.");
  EXPECT_EQ(refusal([&] { create("a.exe", "MZ"); }),
            "{file}: this kind of file is not read here. Known are {endings} (a Shapefile as zip).");
  EXPECT_EQ(refusal([&] { create("a.xlsx", "<html>"); }),
            "The file {file} cannot be read: it is damaged or not what its name says.");
  EXPECT_EQ(refusal([&] { create("a.csv", std::string("PK\x03\x04") + "xx"); }),
            "The file {file} cannot be read: it is damaged or not what its name says.");
  // And the next one is read as always.
  EXPECT_EQ(count(create("baik.csv", std::string("judul") + kPlainHeader + "Satu" + kPlain), "new"), 1);
}

TEST_F(ImportFilesTest, AQuoteThatIsNeverClosedIsToldWithItsRow) {
  const auto id = create(
      "a.csv", std::string("judul") + kPlainHeader + "Satu" + kPlain + "\"Dua" + kPlain + "Tiga" + kPlain);
  const auto report = check(id);
  EXPECT_EQ(report.at("counts").at("new"), 1);
  EXPECT_EQ(report.at("errors").as_array().at(0).at("rows"), "3");
}

TEST_F(ImportFilesTest, TheTemplateGoesOutIsFilledInAndComesBack) {
  Exports exports(office_.potentials, office_.classification, office_.snapshots, folder_);
  const auto& language = i18n::best_language("id");
  const auto bytes = exports.template_xlsx(actor_, "74.01", true, language)->bytes();
  const auto whole = create("templat.xlsx", bytes);
  auto report = check(whole);
  EXPECT_EQ(report.at("counts").at("error"), 0) << boost::json::serialize(report.at("errors"));
  EXPECT_EQ(report.at("counts").at("new"), 0);
  EXPECT_EQ(report.at("counts").at("changed"), 0) << boost::json::serialize(report);
  EXPECT_GT(report.at("counts").at("same").as_int64(), 10);
  // Filled in offline: one row is corrected, one is added.
  write("templat.xlsx", bytes);
  tool(
      "ogr2ogr -f CSV isi.csv templat.xlsx Potensi --config OGR_XLSX_HEADERS DISABLE --config "
      "OGR_XLSX_FIELD_TYPES STRING");
  std::ifstream in(folder_ / "isi.csv");
  std::string text, line;
  std::getline(in, line);  // what GDAL calls the columns
  bool corrected = false;
  for (int row = 0; std::getline(in, line); ++row) {
    // The first record without a note gets one.
    if (row > 0 && !corrected && line.ends_with(',')) {
      line += "Diperiksa di lapangan";
      corrected = true;
    }
    text += line + "\n";
  }
  ASSERT_TRUE(corrected);
  const auto header = text.substr(0, text.find('\n'));
  const auto columns = std::ranges::count(header, ',');
  text += "potensi-baru-kolaka,74.01,,A,fishery,,Potensi baru,,Ringkas.," +
          std::string(static_cast<std::size_t>(columns - 9), ',') + "\n";
  const auto id = create("isi.csv", text);
  report = check(id);
  EXPECT_EQ(report.at("counts").at("changed"), 1) << boost::json::serialize(report.at("errors"));
  // The new row has no source: the same rule as in the form.
  EXPECT_EQ(report.at("counts").at("error"), 1);
  EXPECT_EQ(exports.template_xlsx(actor_, "74.01", false, language)->bytes().substr(0, 2), "PK");
  EXPECT_EQ(test::refused([&] { exports.template_xlsx(actor_, "74.02", true, language); }),
            ErrorKind::NotFound);
}

}  // namespace
}  // namespace simpul::service
