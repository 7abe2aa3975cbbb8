// Reads kecamatan, desa and kelurahan from GeoJSON files of GADM 4.1 and makes them ready for the map. Used
// by `simpul import boundaries` (of the province, indicative) and `simpul demo --areas` (of the whole
// country, for measuring only).
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "domain/actor.hpp"
#include "domain/area.hpp"
#include "storage/store.hpp"

namespace simpul::service {

inline constexpr std::string_view kProvinceInGadm = "sulawesitenggara";  // NAME_1, folded

// Files of level 3 and 4, told by their members GID_3 and GID_4. `province`: NAME_1, folded, of the one that
// is wanted; empty: all. Error Invalid: a file that cannot be read or holds something else, with the area and
// what is wrong with it; nothing of the province in it.
domain::AreaSet build_areas(std::span<const std::filesystem::path> files, std::string_view province);

// Replaces the areas by those of the whole country, which are for measuring only. Error Conflict: the
// register holds potentials that are not made.
bool import_country(storage::Store& store, const domain::AreaSet& set, const domain::Actor& actor);

// Replaces the areas. False: the same are stored already.
bool import_areas(storage::Store& store, const domain::AreaSet& set, const domain::Actor& actor);

}  // namespace simpul::service
