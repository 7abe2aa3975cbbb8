// Runs the real ogr2ogr on files that the real ogr2ogr made, and on hostile ones.
#include "foreign/vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "base/error.hpp"

namespace simpul::foreign {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::SizeIs;

// Two places in the projected coordinates that offices use (UTM zone 51 south).
constexpr std::string_view kUtm = R"({"type":"FeatureCollection",
  "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32751"}},"features":[
  {"type":"Feature","properties":{"kode":"74.71","nama":"Kendari"},
   "geometry":{"type":"Point","coordinates":[445519.6,9560714.4]}},
  {"type":"Feature","properties":{"kode":"74.10","nama":"Bau-Bau é"},
   "geometry":{"type":"Point","coordinates":[456544.3,9396939.2]}}]})";

class VectorFile : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, std::string_view bytes) {
    const auto path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  // Makes a file of another format from kUtm.
  std::filesystem::path make(const std::string& format, const std::string& name,
                             std::vector<std::string> options = {}) {
    ChildCommand command;
    command.program = "/usr/bin/ogr2ogr";
    command.input = write("source.geojson", kUtm);
    command.output_folder = folder_.path();
    const auto path = folder_.path() / name;
    command.arguments = {"-f", format, path.string(), command.input.string()};
    command.arguments.insert(command.arguments.end(), options.begin(), options.end());
    const auto result = run_child(command, Isolation::Limits);
    EXPECT_TRUE(result.ok()) << result.stderr_text;
    return path;
  }

  static std::vector<json::object> read(const std::filesystem::path& file, const VectorLimits& limits = {}) {
    std::vector<json::object> features;
    read_vector_file(
        file, [&](std::string_view text) { features.push_back(json::parse(text).as_object()); }, limits);
    return features;
  }

  static std::string refusal(const std::filesystem::path& file, const VectorLimits& limits = {}) {
    try {
      const auto features = read(file, limits);
      return "accepted " + std::to_string(features.size());
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Invalid);
      return error.what();
    }
  }

  static void expect_the_two_places(const std::vector<json::object>& features) {
    ASSERT_THAT(features, SizeIs(2));
    const auto& geometry = features[0].at("geometry").as_object();
    EXPECT_EQ(geometry.at("type").as_string(), "Point");
    EXPECT_NEAR(geometry.at("coordinates").at(0).to_number<double>(), 122.5093, 0.001);
    EXPECT_NEAR(geometry.at("coordinates").at(1).to_number<double>(), -3.9742, 0.001);
    EXPECT_EQ(features[1].at("properties").at("nama").as_string(), "Bau-Bau é");
  }

  OutputFolder folder_;
};

TEST_F(VectorFile, ReadsGeoPackageInWgs84) {
  const auto features = read(make("GPKG", "daerah.gpkg"));
  expect_the_two_places(features);
  EXPECT_EQ(features[1].at("properties").at("kode").as_string(), "74.10");
}

TEST_F(VectorFile, ReadsAZippedShapefile) {
  make("ESRI Shapefile", "daerah.shp", {"-lco", "ENCODING=UTF-8"});
  ChildCommand zip;
  zip.program = "/usr/bin/python3";
  zip.output_folder = folder_.path();
  zip.arguments = {"-c",
                   "import glob, os, sys, zipfile\nos.chdir(sys.argv[1])\n"
                   "with zipfile.ZipFile('daerah.zip', 'w') as z:\n"
                   "  for f in glob.glob('daerah.*'):\n    if not f.endswith('.zip'): z.write(f)\n",
                   folder_.path().string()};
  ASSERT_TRUE(run_child(zip, Isolation::Limits).ok());
  expect_the_two_places(read(folder_.path() / "daerah.zip"));
}

TEST_F(VectorFile, ReadsTheOtherFormats) {
  expect_the_two_places(read(write("utm.geojson", kUtm)));
  expect_the_two_places(read(make("FlatGeobuf", "daerah.fgb", {"-lco", "SPATIAL_INDEX=NO"})));
  expect_the_two_places(read(make("KML", "daerah.kml")));
  for (const auto& file : {make("XLSX", "daerah.xlsx"), make("ODS", "daerah.ods")}) {
    const auto rows = read(file);
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[1].at("properties").at("kode").as_string(), "74.10") << file;
  }
}

TEST_F(VectorFile, ReadsEveryLayer) {
  const auto file = make("GPKG", "two.gpkg", {"-nln", "first"});
  make("GPKG", "two.gpkg", {"-update", "-nln", "second (of two)"});
  EXPECT_THAT(read(file), SizeIs(4));
}

TEST_F(VectorFile, CsvValuesStayText) {
  const auto features = read(write("daerah.csv", "kode,nama\n74.10,Buton Utara\n"));
  ASSERT_THAT(features, SizeIs(1));
  EXPECT_EQ(features[0].at("properties").at("kode").as_string(), "74.10");
}

TEST_F(VectorFile, CsvFromASpreadsheetIsRecoded) {
  const auto features = read(write("daerah.csv",
                                   "kode,nama\n74.10,Caf\xE9 \x93"
                                   "Buton\x94\n"));
  ASSERT_THAT(features, SizeIs(1));
  EXPECT_EQ(features[0].at("properties").at("nama").as_string(), "Café “Buton”");
}

TEST_F(VectorFile, AVrtThatCallsItselfCsvIsReadAsCsv) {
  // As a VRT it would read another file of the server.
  const auto secret = write("secret.csv", "password\nhunter2\n");
  const auto text = "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" + secret.string() +
                    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>\nsecond,line\n";
  const auto features = read(write("upload.csv", text));
  ASSERT_THAT(features, SizeIs(1));
  EXPECT_THAT(json::serialize(features[0]), testing::Not(HasSubstr("hunter2")));
  EXPECT_THAT(json::serialize(features[0]), HasSubstr("second"));
}

TEST_F(VectorFile, AVrtByAnotherNameIsRefused) {
  const auto secret = write("secret.csv", "password\nhunter2\n");
  const auto text = "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" + secret.string() +
                    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
  for (const auto* name : {"upload.geojson", "upload.gpkg", "upload.kml", "upload.fgb", "upload.xlsx"})
    EXPECT_THAT(refusal(write(name, text)), HasSubstr("damaged or not what its name says")) << name;
  EXPECT_THAT(refusal(write("upload.vrt", text)), HasSubstr("this kind of file is not read"));
}

TEST_F(VectorFile, DamagedFilesAreRefused) {
  const auto good = make("GPKG", "daerah.gpkg");
  std::ifstream in(good, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  EXPECT_THAT(refusal(write("half.gpkg", bytes.substr(0, 5000))), HasSubstr("half.gpkg"));
  EXPECT_THAT(refusal(write("rubbish.zip", "PK\x03\x04 rubbish")), HasSubstr("rubbish.zip"));
  EXPECT_THAT(refusal(write("empty.geojson", "")), HasSubstr("empty.geojson"));
  EXPECT_THAT(refusal(folder_.path() / "none.gpkg"), HasSubstr("none.gpkg"));
  EXPECT_THAT(refusal(folder_.path()), HasSubstr("cannot be read"));
}

TEST_F(VectorFile, ALinkToAnotherFileShowsOnlyThatFile) {
  const auto real = write("real.geojson", kUtm);
  const auto link = folder_.path() / "link.geojson";
  std::filesystem::create_symlink(real, link);
  expect_the_two_places(read(link));
}

TEST_F(VectorFile, LimitsHold) {
  const auto file = write("utm.geojson", kUtm);
  VectorLimits limits;
  limits.features = 1;
  EXPECT_THAT(refusal(file, limits), HasSubstr("too large"));
  limits = {};
  limits.feature_bytes = 50;
  EXPECT_THAT(refusal(file, limits), HasSubstr("too large"));
  limits = {};
  limits.child.file_bytes = 100;
  EXPECT_THAT(refusal(file, limits), HasSubstr("utm.geojson"));
  limits = {};
  limits.child.time = std::chrono::milliseconds(1);
  EXPECT_THAT(refusal(file, limits), HasSubstr("takes too long"));
}

TEST_F(VectorFile, WhatTheCallerThrowsPassesThrough) {
  EXPECT_THROW(read_vector_file(write("utm.geojson", kUtm),
                                [](std::string_view) { throw Error(ErrorKind::Conflict, "stop"); }),
               Error);
}

}  // namespace
}  // namespace simpul::foreign
