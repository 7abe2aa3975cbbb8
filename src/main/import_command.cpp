// `simpul import FOLDER|FILE...` and `simpul import boundaries ...`: says what was loaded, or every fault
// with its place and loads nothing.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <cstdio>

#include "base/error.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"
#include "main/open_store.hpp"
#include "service/area_build.hpp"
#include "service/boundary_build.hpp"
#include "service/import.hpp"
#include "storage/reference.hpp"

namespace simpul::main_program {

namespace {

const domain::Actor kActor = domain::program("import");

void import_registers(const Config& config, const std::vector<std::filesystem::path>& paths) {
  const auto store = open_store(config);
  const auto report =
      service::import_files(*store, storage::read_classification(config.reference_folder), paths, kActor);
  for (const auto& fault : report.faults) fmt::print(stderr, "{}\n", service::to_text(fault));
  if (!report.faults.empty())
    throw Error(ErrorKind::Invalid, "Nothing was imported: {count} faults",
                {{"count", std::to_string(report.faults.size())}});
  for (const auto& doubt : report.warnings) fmt::print("to be looked at: {}\n", service::to_text(doubt));
  for (const auto& file : report.files) fmt::print("{}: {} rows of {}\n", file.file, file.rows, file.kind);
  if (!report.positions_checked)
    fmt::print("Positions were not compared with the regions: no boundaries are loaded\n");
  const auto& saved = report.saved;
  if (saved.created + saved.changed == 0)
    fmt::print("Nothing changed: all {} records are there already\n", saved.unchanged);
  else
    fmt::print("{} new, {} changed, {} unchanged\n", saved.created, saved.changed, saved.unchanged);
}

// `areas`: the finer ones that are drawn on the map inside of them.
void import_boundary_set(const Config& config, const domain::BoundarySet& set, const domain::AreaSet& areas) {
  const auto store = open_store(config);
  const bool changed = service::import_boundaries(*store, set, kActor);
  fmt::print("{} areas from {}, {} without a polygon{}\n", set.boundaries.size(), set.source,
             set.without_polygon.size(), changed ? "" : "; nothing changed");
  const bool finer = service::import_areas(*store, areas, kActor);
  if (areas.areas.empty()) {
    if (finer)
      fmt::print("The indicative kecamatan and villages of the map were taken away: they do not fit\n");
    return;
  }
  fmt::print("{} kecamatan and villages for the map from {}{}\n", areas.areas.size(), areas.source,
             finer ? "" : "; nothing changed");
}

// Indicative boundaries of GADM 4.1 from the two public packages.
void import_indicative(const Config& config, const std::filesystem::path& packages) {
  const auto gadm = packages / "geojson-indonesia/geojson";
  const std::filesystem::path files[] = {gadm / "gadm41_IDN_3.json", gadm / "gadm41_IDN_4.json"};
  import_boundary_set(config, service::build_indicative_boundaries(files[0], packages / "idn-area-data/data"),
                      service::build_areas(files, service::kProvinceInGadm));
}

}  // namespace

void add_import_command(CLI::App& app) {
  auto* command =
      app.add_subcommand("import", "load CSV files (regions, potentials, indicators, ...) or boundaries");
  const auto args = add_config_options(*command);
  const auto paths = std::make_shared<std::vector<std::filesystem::path>>();
  auto* files = command->add_option("files", *paths, "folders or CSV files");
  command->require_subcommand(0, 1);

  auto* boundaries = command->add_subcommand(
      "boundaries",
      "official boundaries from any vector file, or indicative ones from the two public packages");
  const auto boundary_args = add_config_options(*boundaries);
  const auto file = std::make_shared<std::string>();
  // Where `npm ci --prefix tools/boundary-data` puts them: never inside the program or its packages.
  const auto packages = std::make_shared<std::filesystem::path>("tools/boundary-data/node_modules");
  boundaries->add_option("file", *file,
                         "GeoPackage, zipped Shapefile, GeoJSON, KML ... of the responsible office");
  boundaries
      ->add_option("--packages", *packages,
                   "without a file: folder of the two packages with indicative boundaries")
      ->capture_default_str();
  boundaries->callback([=] {
    const auto config = load_config(*boundary_args, environment);
    if (file->empty()) return import_indicative(config, *packages);
    import_boundary_set(config, service::boundaries_from_file(*file), {});
  });
  command->callback([=] {
    if (boundaries->parsed()) return;
    if (files->count() == 0) throw Error(ErrorKind::Invalid, "Give the folders or files to import");
    import_registers(load_config(*args, environment), *paths);
  });
}

}  // namespace simpul::main_program
