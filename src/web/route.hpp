// Routes as data: each face gives a constexpr table of rows; dispatch, permission, cache policy, the link
// test and the "every route answers" test all read it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/published.hpp"
#include "catalog/snapshot.hpp"
#include "http/message.hpp"

namespace simpul {
class Error;
}
namespace simpul::i18n {
class Language;
}
namespace simpul::service {
struct Visitor;
}

namespace simpul::web {

class Metrics;
struct Services;

// Who may ask. Public: everybody. Session: who is signed in, also when a password or second factor must be
// set first. Account: who is signed in and has done that. What they may do to which object the services
// decide.
enum class Access { Public, Session, Account };
// Inline: at most 2 ms of CPU and never blocks. Pool: on the bounded worker pool. Long: seconds of work, one
// after the other, so that it keeps none of the pool's threads from those who wait for a page.
enum class Work { Inline, Pool, Long };
// What a request may carry: JSON, or the bytes of a file (application/octet-stream). Neither can be sent by a
// form of another site.
enum class Takes { Json, Bytes };
// Page: kept by (version, path, canonical query, theme, low-data), ETag. Tile: the same, no cookies. Asset:
// immutable. None: made each time, no-store.
enum class Cache { Page, Tile, Asset, None };

// How the visitor asked to see pages (cookies theme and lowdata, header Save-Data).
enum class Theme { Auto, Light, Dark };
struct View {
  Theme theme = Theme::Auto;
  bool low_data = false;
};

struct RequestContext {
  const http::Request& request;
  std::shared_ptr<const catalog::Snapshot> snapshot;
  const i18n::Language* language = nullptr;  // of {lang} in the path; null where the path has none
  std::string_view captured;                 // what the last {name} of the path matched
  std::string_view captures[4] = {};         // all of them, in order, {lang} included
  View view;
  std::string_view site_url;           // "https://potensi.example.go.id" or "" (then addresses are relative)
  std::string_view files_folder;       // where published photos and documents lie
  const Metrics* metrics = nullptr;    // only for a client that may see them
  const Services* services = nullptr;  // for the faces of the back office
  const service::Visitor* visitor = nullptr;  // of a route that is not public
};

using Handler = http::Response (*)(const RequestContext&);

struct Route {
  std::string_view method;  // GET answers HEAD too
  // "/{lang}/potensi/{slug}", "/tiles/{layer}/{z}/{x}/{y}.mvt"; a last "{file...}" takes all segments that
  // are left.
  std::string_view path;
  Handler handler;
  std::string_view operation;  // "site.potential": names the route in tests, metrics and logs
  Access access = Access::Public;
  Work work = Work::Inline;
  Cache cache = Cache::Page;
  // Query parameters that the answer depends on beside the filter vocabulary, by comma: "page,sort". All
  // others are left out of the cache key.
  std::string_view parameters = "";
  bool filtered = false;  // the filter vocabulary belongs to it
  std::size_t body = 0;   // bytes that a request may carry; 0: a small form that is read and not used
  Takes takes = Takes::Json;
};

// A handler of a Page or a Tile sees a request that holds only what its cache key holds: GET, the path, the
// canonical query, no header. So equal keys give equal bytes.

// The routes of one face with its way to say an error: a page in the visitor's language, or (null) a short
// text.
using ErrorPage = http::Response (*)(const RequestContext&, const Error&);
struct Face {
  std::span<const Route> routes;
  ErrorPage error_page = nullptr;
  bool needs_snapshot = true;  // false: answers also before the first snapshot
  int invalid = 400;           // the status of Error Invalid: 422 where fields are named
};

}  // namespace simpul::web
