#include "web/assets.hpp"

#include <array>
#include <boost/json.hpp>
#include <map>
#include <mutex>

#include "base/assets.hpp"
#include "base/error.hpp"
#include "http/head.hpp"
#include "web/headers.hpp"

namespace simpul::web {

namespace {

constexpr std::string_view kDist = "frontend/dist/";

struct Entry {
  std::string url;
  std::vector<std::string> styles;
  std::vector<std::string> imports;
};
using Manifest = std::map<std::string, Entry, std::less<>>;

[[noreturn]] void fail(std::string what) {
  throw Error(ErrorKind::Internal, "Something went wrong on our side", {}, {}, std::move(what));
}

std::string url_of(std::string_view file) {
  return "/assets/" + std::string(file);
}

Manifest read_manifest() {
  Manifest manifest;
  const auto* asset = find_asset("frontend/dist/.vite/manifest.json");
  if (asset == nullptr) return manifest;
  const auto json = boost::json::parse(asset->bytes);
  const auto text = [](const boost::json::value& value) { return std::string(value.as_string()); };
  for (const auto& [key, value] : json.as_object()) {
    auto& entry = manifest[std::string(key)];
    entry.url = url_of(text(value.at("file")));
    if (const auto* css = value.as_object().if_contains("css"))
      for (const auto& file : css->as_array()) entry.styles.push_back(url_of(text(file)));
    if (const auto* imports = value.as_object().if_contains("imports"))
      for (const auto& other : imports->as_array())
        entry.imports.push_back(url_of(text(json.at(text(other)).at("file"))));
  }
  return manifest;
}

const Entry& entry_of(std::string_view name) {
  static const Manifest manifest = read_manifest();
  if (const auto found = manifest.find(name); found != manifest.end()) return found->second;
  if (manifest.empty()) {
    static std::mutex mutex;
    static Manifest unbuilt;
    std::lock_guard lock(mutex);
    auto& entry = unbuilt[std::string(name)];
    entry.url = url_of(name);
    return entry;
  }
  const Entry* only = nullptr;
  for (const auto& [key, entry] : manifest) {
    if (!key.ends_with(name) || key[key.size() - name.size() - 1] != '/') continue;
    if (only != nullptr) fail("two entries of the front end end with " + std::string(name));
    only = &entry;
  }
  if (only == nullptr) fail("the front end has no entry " + std::string(name));
  return *only;
}

std::string_view type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".woff2", "font/woff2"},
      {".json", "application/json"},
      {".txt", "text/plain; charset=utf-8"},
      {".png", "image/png"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"}};
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

// One file of the front end as it goes out. The bytes are copied from the program at the first request for
// them.
struct Served {
  const Asset* files[3] = {};  // by http::Encoding; null: no such form
  http::Response ready[3];
  std::once_flag made[3];
};

using Table = std::map<std::string_view, Served, std::less<>>;

Table read_table() {
  Table table;
  for (const auto& asset : all_assets()) {
    if (!asset.path.starts_with(kDist) || asset.path.starts_with("frontend/dist/.")) continue;
    auto path = asset.path.substr(kDist.size());
    auto encoding = http::Encoding::Identity;
    if (path.ends_with(".br")) encoding = http::Encoding::Brotli;
    if (path.ends_with(".gz")) encoding = http::Encoding::Gzip;
    if (encoding != http::Encoding::Identity) path.remove_suffix(3);
    table[path].files[static_cast<int>(encoding)] = &asset;
  }
  std::erase_if(table, [](const auto& item) { return item.second.files[0] == nullptr; });
  return table;
}

http::Response serve(const RequestContext& context, std::string_view path,
                     std::string_view cache_control = {}) {
  static Table table = read_table();  // changes only inside its once_flags
  const auto found = table.find(path);
  if (found == table.end()) throw Error(ErrorKind::NotFound, "There is no such page");
  auto& served = found->second;
  const auto encoding = http::best_encoding(context.request.header("accept-encoding"),
                                            served.files[2] != nullptr, served.files[1] != nullptr);
  const auto form = static_cast<std::size_t>(encoding);
  std::call_once(served.made[form], [&] {
    http::Response response;
    response.body =
        std::make_shared<const http::Body>(http::Body{std::string(served.files[form]->bytes), encoding});
    response.set("Content-Type", std::string(type_of(path)));
    response.set("ETag", '"' + std::string(served.files[form]->sha256.substr(0, 20)) + '"');
    if (!cache_control.empty()) response.set("Cache-Control", std::string(cache_control));
    add_headers(response, Cache::Asset);
    response.ready_headers = std::make_shared<const std::string>(http::header_lines(response.headers));
    response.headers.clear();
    served.ready[form] = std::move(response);
  });
  return served.ready[form];
}

http::Response asset(const RequestContext& context) {
  return serve(context, context.captured);
}

// Not hashed in its address, so kept for a day only.
http::Response favicon(const RequestContext& context) {
  return serve(context, "favicon.svg", "public, max-age=86400");
}

http::Response favicon_ico(const RequestContext&) {
  http::Response response;
  response.status = 301;
  response.set("Location", "/favicon.svg");
  response.set("Cache-Control", "public, max-age=86400");
  return response;
}

constexpr std::array kRoutes{
    Route{"GET", "/assets/{file...}", asset, "assets.file", Access::Public, Work::Inline, Cache::Asset},
    Route{"GET", "/favicon.svg", favicon, "assets.favicon", Access::Public, Work::Inline, Cache::Asset},
    Route{"GET", "/favicon.ico", favicon_ico, "assets.favicon_ico", Access::Public, Work::Inline,
          Cache::Asset}};

}  // namespace

const std::string& asset_url(std::string_view entry) {
  return entry_of(entry).url;
}

std::string_view asset_bytes(std::string_view entry) {
  constexpr std::string_view kAssets = "/assets/";
  const auto* found = find_asset(std::string(kDist) + asset_url(entry).substr(kAssets.size()));
  return found == nullptr ? std::string_view() : found->bytes;
}
std::vector<std::string> asset_styles(std::string_view entry) {
  return entry_of(entry).styles;
}
std::vector<std::string> asset_imports(std::string_view entry) {
  return entry_of(entry).imports;
}
std::span<const Route> asset_routes() {
  return kRoutes;
}

}  // namespace simpul::web
