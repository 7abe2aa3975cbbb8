// The built front end, embedded in the program: hashed addresses for templates, and the routes that serve
// them. Entries are named by their source, as Vite's manifest does: "shared/site.css", "map/map.ts",
// "shared/icons/icons.svg"; a file name alone ("plus-jakarta-sans-latin-wght-normal.woff2") will do when only
// one source ends with it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/route.hpp"

namespace simpul::web {

// "/assets/site-BPSM8ff6.css". Error Internal: the manifest has no such entry. When the front end was not
// built there is no manifest at all and the address is "/assets/" and the entry: pages can be tested without
// it.
const std::string& asset_url(std::string_view entry);

// The bytes of an entry; empty when the front end was not built.
std::string_view asset_bytes(std::string_view entry);

// The style sheets that come with a script entry, and the chunks it imports statically (for modulepreload).
std::vector<std::string> asset_styles(std::string_view entry);
std::vector<std::string> asset_imports(std::string_view entry);

// /assets/{file...}, /favicon.svg, /favicon.ico
std::span<const Route> asset_routes();

}  // namespace simpul::web
