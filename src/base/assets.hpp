// Files that travel inside the program: templates, message catalogues (.mo), reference data, migrations,
// front end. The table is made by tools/embed_assets.cmake; the path is the file's path in the project.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace simpul {

struct Asset {
  std::string_view path;  // "templates/site/home.html"
  std::string_view bytes;
  std::string_view sha256;  // lower-case hex
};

// Sorted by path.
std::span<const Asset> all_assets();

// nullptr when there is none of that path.
const Asset* find_asset(std::string_view path);

}  // namespace simpul
