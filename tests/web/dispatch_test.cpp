#include "web/dispatch.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <atomic>
#include <condition_variable>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "http/target.hpp"
#include "i18n/translator.hpp"
#include "web/headers.hpp"
#include "web/status.hpp"

namespace simpul::web {

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

std::atomic<int> made = 0;

// A gate that handlers of the pool wait at, so that tests decide when they end.
struct Gate {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = true;
  int waiting = 0;
  void pass() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [this] { return open; });
    --waiting;
  }
  void set(bool to) {
    std::lock_guard lock(mutex);
    open = to;
    changed.notify_all();
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this, count] { return waiting >= count; });
  }
} gate;

// All that a page may depend on, so that a key which forgets something is seen.
http::Response page(const RequestContext& context) {
  ++made;
  std::string text =
      context.request.target + "\n" + context.language->code() + "\n" + std::string(context.captured);
  text += context.view.theme == Theme::Dark ? " dark" : " light";
  text += context.view.low_data ? " low" : " full";
  for (const auto& [name, value] : context.request.headers) text += name + value;
  text += context.request.client_address + std::string(context.snapshot->version());
  return http::Response::text(200, "text/html; charset=utf-8", text + std::string(2000, ' '));
}

http::Response slow(const RequestContext& context) {
  gate.pass();
  return page(context);
}

http::Response slow_file(const RequestContext&) {
  gate.pass();
  TemporaryFile file({});
  for (int i = 0; i < 1000; ++i) file.append("a line of a large file\n");
  return http::Response::of_file("text/csv; charset=utf-8", file.finish());
}

http::Response fails(const RequestContext& context) {
  ++made;
  if (context.captured == "error")
    throw Error(ErrorKind::Conflict, "Changed by {who}", {{"who", "someone"}}, {}, "secret");
  if (context.captured == "number") throw 42;
  if (context.captured == "header") {
    auto response = http::Response::text(200, "text/html", "x");
    response.set("X-Bad", "a\r\nb: c");
    return response;
  }
  throw std::runtime_error("secret");
}

http::Response tile(const RequestContext& context) {
  ++made;
  if (context.captures[3] == "0") return http::Response{.status = 204};
  return http::Response::text(200, "application/vnd.mapbox-vector-tile", std::string(1000, 'x'));
}

http::Response error_page(const RequestContext& context, const Error& error) {
  return http::Response::text(http_status(error.kind), "text/html; charset=utf-8",
                              "<p>" + std::string(context.language ? context.language->code() : "?") + " " +
                                  fill_message(error.key, error.args) + "</p>");
}

constexpr Route kPages[] = {
    {.method = "GET", .path = "/{lang}/", .handler = page, .operation = "home"},
    {.method = "GET",
     .path = "/{lang}/potensi",
     .handler = page,
     .operation = "list",
     .parameters = "page",
     .filtered = true},
    {.method = "GET", .path = "/{lang}/potensi/{slug}", .handler = page, .operation = "potential"},
    {.method = "GET",
     .path = "/{lang}/lama/{slug}",
     .handler = slow,
     .operation = "slow",
     .work = Work::Pool},
    {.method = "GET",
     .path = "/{lang}/unik/{slug}",
     .handler = slow,
     .operation = "unique",
     .work = Work::Pool,
     .cache = Cache::None},
    {.method = "GET",
     .path = "/{lang}/berkas/{slug}",
     .handler = slow_file,
     .operation = "file",
     .work = Work::Long,
     .cache = Cache::None},
    {.method = "GET",
     .path = "/{lang}/segera/{slug}",
     .handler = page,
     .operation = "quick",
     .work = Work::Pool,
     .cache = Cache::None},
    {.method = "GET", .path = "/{lang}/gagal/{how}", .handler = fails, .operation = "fails"},
    {.method = "GET",
     .path = "/{lang}/gagal-lagi/{how}",
     .handler = fails,
     .operation = "fails2",
     .cache = Cache::None}};
constexpr Route kTiles[] = {{.method = "GET",
                             .path = "/tiles/{layer}/{z}/{x}/{y}.mvt",
                             .handler = tile,
                             .operation = "tile",
                             .cache = Cache::Tile},
                            {.method = "GET",
                             .path = "/tiles/fails/{how}",
                             .handler = fails,
                             .operation = "tile.fails",
                             .cache = Cache::Tile}};

// Keeps what is sent later, for the test to wait for.
struct Later final : http::Reply::State {
  void send(http::Response response) override {
    std::lock_guard lock(mutex);
    sent = std::move(response);
    came.notify_all();
  }
  bool wanted() const override { return true; }
  http::Response wait() {
    std::unique_lock lock(mutex);
    came.wait(lock, [this] { return sent.has_value(); });
    return *sent;
  }
  std::mutex mutex;
  std::condition_variable came;
  std::optional<http::Response> sent;
};

std::string all_headers(const http::Response& response) {
  std::string text = response.ready_headers ? *response.ready_headers : "";
  for (const auto& [name, value] : response.headers) text += name + ": " + value + "\r\n";
  return text;
}

std::string header(const http::Response& response, const std::string& name) {
  const auto text = all_headers(response);
  const auto at = ("\r\n" + text).find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const auto start = at + name.size() + 2;
  return text.substr(start, text.find("\r\n", start) - start);
}

std::string body(const http::Response& response) {
  return response.body ? response.body->bytes : "";
}

class Dispatch : public testing::Test {
 protected:
  Dispatch() {
    made = 0;
    gate.set(true);
    publish({2026, 11, 24});
  }
  ~Dispatch() override { gate.set(true); }

  void publish(Date day) { snapshots.set(catalog::build_snapshot({}, day)); }
  void start(DispatchOptions options = {}) {
    dispatcher = std::make_unique<Dispatcher>(
        std::vector<Face>{{status_routes(), nullptr, false}, {kPages, error_page}, {kTiles}}, snapshots,
        options);
  }
  static http::Request request(std::string_view target, Headers headers = {}, std::string method = "GET") {
    http::Request request;
    EXPECT_TRUE(http::parse_target(target, request)) << target;
    request.method = std::move(method);
    request.headers = std::move(headers);
    request.client_address = "127.0.0.1";
    return request;
  }
  http::Response ask(std::string_view target, Headers headers = {}, std::string method = "GET") {
    if (!dispatcher) start();
    auto later = std::make_shared<Later>();
    const auto asked = request(target, std::move(headers), std::move(method));
    const auto now = dispatcher->answer(asked, [&] { return http::Reply(later); });
    return now ? *now : later->wait();
  }

  Published<catalog::Snapshot> snapshots;
  std::unique_ptr<Dispatcher> dispatcher;
};

}  // namespace

TEST_F(Dispatch, SameKeySameBytesMadeOnce) {
  const auto first = ask("/id/potensi?group=laut,tani&page=2&utm_source=1", {{"cookie", "x=1; theme=light"}});
  const auto second =
      ask("/id/potensi?page=2&group=tani&group=laut", {{"cookie", "theme=light"}, {"accept-language", "en"}});
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(header(first, "ETag"), header(second, "ETag"));
  EXPECT_EQ(made, 1);
  // What is not in the key is not in the page either.
  EXPECT_EQ(body(first).find("utm"), std::string::npos);
  EXPECT_EQ(body(first).find("127.0.0.1"), std::string::npos);
  EXPECT_EQ(body(first).substr(0, body(first).find('\n')), "/id/potensi?group=laut,tani&page=2");
}

TEST_F(Dispatch, OtherKeysOtherBytes) {
  std::set<std::string> bodies;
  bodies.insert(body(ask("/id/potensi")));
  bodies.insert(body(ask("/en/potensi")));
  bodies.insert(body(ask("/id/potensi?page=2")));
  bodies.insert(body(ask("/id/potensi?group=laut")));
  bodies.insert(body(ask("/id/potensi", {{"cookie", "theme=dark"}})));
  bodies.insert(body(ask("/id/potensi", {{"save-data", "on"}})));
  bodies.insert(body(ask("/id/potensi", {{"accept-encoding", "gzip"}})));
  bodies.insert(body(ask("/id/potensi", {{"accept-encoding", "br"}})));
  publish({2026, 11, 25});
  bodies.insert(body(ask("/id/potensi")));
  EXPECT_EQ(bodies.size(), 9U);
  EXPECT_EQ(dispatcher->cache().entries(), 1U);  // the older version has been forgotten
}

TEST_F(Dispatch, CompressesAsTheClientLikes) {
  const auto plain = body(ask("/id/"));
  const auto gzip = ask("/id/", {{"accept-encoding", "gzip, deflate"}});
  EXPECT_EQ(gzip.body->encoding, http::Encoding::Gzip);
  std::string back(plain.size() + 1, '\0');
  std::size_t size = 0;
  auto* decompressor = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_gzip_decompress(decompressor, body(gzip).data(), body(gzip).size(), back.data(),
                                       back.size(), &size),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(decompressor);
  EXPECT_EQ(back.substr(0, size), plain);
  EXPECT_EQ(ask("/id/", {{"accept-encoding", "gzip, br"}}).body->encoding, http::Encoding::Brotli);
}

TEST_F(Dispatch, AnswersNotModified) {
  const auto first = ask("/id/");
  const auto etag = header(first, "ETag");
  ASSERT_FALSE(etag.empty());
  const auto second = ask("/id/", {{"if-none-match", etag}});
  EXPECT_EQ(second.status, 304);
  EXPECT_FALSE(second.body);
  EXPECT_EQ(header(second, "ETag"), etag);
  EXPECT_EQ(ask("/id/", {{"if-none-match", etag}, {"accept-encoding", "br"}}).status, 200);
  publish({2026, 11, 25});  // the body names the version, so it is another
  EXPECT_EQ(ask("/id/", {{"if-none-match", etag}}).status, 200);
}

TEST_F(Dispatch, EtagOutlivesAVersionThatChangesNothing) {
  const auto etag = header(ask("/tiles/regions/1/1/1.mvt"), "ETag");
  const auto version = header(ask("/tiles/regions/1/1/1.mvt"), "Simpul-Version");
  publish({2026, 11, 25});
  const auto later = ask("/tiles/regions/1/1/1.mvt", {{"if-none-match", etag}});
  EXPECT_EQ(later.status, 304);
  EXPECT_NE(header(later, "Simpul-Version"), version);
}

TEST_F(Dispatch, SaysHowLongEachKindIsKept) {
  const auto home = ask("/id/");
  EXPECT_EQ(header(home, "Cache-Control"), "public, max-age=0, must-revalidate");
  EXPECT_EQ(header(home, "Vary"), "Accept-Encoding, Cookie, Save-Data");
  const auto a_tile = ask("/tiles/regions/1/1/1.mvt");
  EXPECT_EQ(header(a_tile, "Cache-Control"), "public, max-age=60, must-revalidate");
  EXPECT_EQ(header(a_tile, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(ask("/tiles/regions/1/1/0.mvt").status, 204);
  EXPECT_EQ(header(ask("/id/unik/a"), "Cache-Control"), "no-store");
  EXPECT_EQ(header(ask("/id/unik/a"), "Access-Control-Allow-Origin"), "");
}

TEST_F(Dispatch, EveryAnswerBearsTheSecurityHeaders) {
  for (const auto* target :
       {"/id/", "/id", "/nothing", "/xx/potensi", "/healthz", "/tiles/x", "/id/gagal/error",
        "/id/gagal/header", "/id/gagal-lagi/header", "/tiles/regions/1/1/0.mvt", "/id/unik/a"}) {
    const auto response = ask(target);
    EXPECT_EQ(header(response, "Content-Security-Policy"), kContentSecurityPolicy) << target;
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << target;
    for (const auto* name :
         {"Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Cache-Control"})
      EXPECT_FALSE(header(response, name).empty()) << target << " " << name;
    if (response.status >= 400) {
      EXPECT_EQ(header(response, "Cache-Control"), "no-store") << target;
    }
  }
}

TEST_F(Dispatch, StrictTransportOnlyOverHttps) {
  EXPECT_EQ(header(ask("/id/"), "Strict-Transport-Security"), "");
  auto secure = request("/id/");
  secure.secure = true;
  const auto response = dispatcher->answer(secure, nullptr);
  EXPECT_EQ(header(*response, "Strict-Transport-Security"), kStrictTransportSecurity);
}

TEST_F(Dispatch, SaysErrorsInTheMannerOfTheFaceAndKeepsNone) {
  const auto conflict = ask("/id/gagal/error");
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(body(conflict), "<p>id Changed by someone</p>");
  for (const auto* how : {"runtime", "number"}) {
    const auto response = ask("/id/gagal/" + std::string(how));
    EXPECT_EQ(response.status, 500) << how;
    EXPECT_EQ(body(response).find("secret"), std::string::npos) << how;
  }
  EXPECT_EQ(ask("/id/gagal/header").status, 500);
  const auto tiles = ask("/tiles/fails/error");
  EXPECT_EQ(tiles.status, 409);
  EXPECT_EQ(body(tiles), "Changed by someone\n");
  EXPECT_EQ(dispatcher->cache().entries(), 0U);
  made = 0;
  ask("/id/gagal/error");
  ask("/id/gagal/error");
  EXPECT_EQ(made, 2);
}

TEST_F(Dispatch, FindsNothingInTheRightManner) {
  EXPECT_EQ(body(ask("/id/nothing/here")), "<p>id There is no such page</p>");
  EXPECT_EQ(ask("/xx/potensi").status, 404);
  EXPECT_EQ(body(ask("/tiles/nothing")), "There is no such page\n");
  const auto wrong = ask("/id/potensi", {}, "DELETE");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(header(wrong, "Allow"), "GET, HEAD");
  EXPECT_EQ(ask("/id/potensi", {}, "TRACE").status, 405);
  EXPECT_EQ(ask("/id/potensi", {}, "HEAD").status, 200);
}

TEST_F(Dispatch, MendsALastSlashByRedirectOnly) {
  const auto home = ask("/id");
  EXPECT_EQ(home.status, 308);
  EXPECT_EQ(header(home, "Location"), "/id/");
  const auto list = ask("/id/potensi/?q=ikan%20tuna");
  EXPECT_EQ(list.status, 308);
  EXPECT_EQ(header(list, "Location"), "/id/potensi?q=ikan%20tuna");
  EXPECT_EQ(ask("/xx").status, 404);
}

TEST_F(Dispatch, IsReadyFromTheFirstSnapshotOn) {
  Published<catalog::Snapshot> none;
  Dispatcher early({{status_routes(), nullptr, false}, {kPages, error_page}}, none, {});
  EXPECT_EQ(early.answer(request("/healthz"), nullptr)->status, 200);
  EXPECT_EQ(early.answer(request("/readyz"), nullptr)->status, 503);
  const auto page = early.answer(request("/id/"), nullptr);
  EXPECT_EQ(page->status, 503);
  EXPECT_FALSE(header(*page, "Retry-After").empty());
  EXPECT_EQ(early.answer(request("/nothing"), nullptr)->status, 404);
  none.set(snapshots.get());
  EXPECT_EQ(early.answer(request("/readyz"), nullptr)->status, 200);
  EXPECT_EQ(early.answer(request("/id/"), nullptr)->status, 200);
}

TEST_F(Dispatch, ShowsMetricsToThisMachineOnlyAndOnlyIfAsked) {
  EXPECT_EQ(ask("/metrics").status, 404);
  start({.metrics = true});
  ask("/id/");
  ask("/id/");
  const auto metrics = ask("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_NE(body(metrics).find("simpul_http_responses_total{operation=\"home\",status=\"2xx\"} 2"),
            std::string::npos)
      << body(metrics);
  EXPECT_NE(body(metrics).find("simpul_page_cache_hits_total 1"), std::string::npos);
  EXPECT_EQ(ask("/metrics", {{"x-forwarded-for", "127.0.0.1"}}).status, 404);
  auto foreign = request("/metrics");
  foreign.client_address = "203.0.113.7";
  EXPECT_EQ(dispatcher->answer(foreign, nullptr)->status, 404);
}

TEST_F(Dispatch, AFullPoolSaysComeBackLater) {
  start({.pool_threads = 1, .pool_queue = 1});
  gate.set(false);
  std::vector<std::shared_ptr<Later>> later;
  const auto begin = [&](const std::string& target) {
    later.push_back(std::make_shared<Later>());
    EXPECT_FALSE(dispatcher->answer(request(target), [&] { return http::Reply(later.back()); }));
  };
  begin("/id/lama/1");
  gate.wait_for(1);
  begin("/id/unik/2");
  begin("/id/lama/3");
  begin("/id/unik/4");
  for (const auto number : {2U, 3U}) {
    const auto busy = later[number]->wait();
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(header(busy, "Retry-After"), "5");
  }
  gate.set(true);
  EXPECT_EQ(later[0]->wait().status, 200);
  EXPECT_EQ(later[1]->wait().status, 200);
  EXPECT_EQ(ask("/id/lama/3").status, 200);  // being busy is not remembered
}

TEST_F(Dispatch, LongWorkKeepsNobodyFromThePool) {
  start({.pool_threads = 1, .pool_queue = 1});
  gate.set(false);
  std::vector<std::shared_ptr<Later>> later;
  for (int i = 0; i < 6; ++i) {
    later.push_back(std::make_shared<Later>());
    const auto asked = request("/id/berkas/" + std::to_string(i));
    EXPECT_GT(dispatcher->patience(asked), std::chrono::seconds(60));
    EXPECT_FALSE(dispatcher->answer(asked, [&] { return http::Reply(later.back()); }));
    if (i == 0) gate.wait_for(1);
  }
  EXPECT_EQ(later[5]->wait().status, 503) << "one is made, four wait";
  EXPECT_EQ(ask("/id/segera/1").status, 200);
  EXPECT_FALSE(dispatcher->patience(request("/id/segera/1")));
  gate.set(true);
  for (int i = 0; i < 5; ++i) {
    const auto response = later[static_cast<std::size_t>(i)]->wait();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body->size(), 23'000u);
  }
}

TEST_F(Dispatch, ALargeFileIsCompressedOnItsWay) {
  for (const auto& [accepted, encoding] :
       {std::pair{"gzip, br", http::Encoding::Brotli}, std::pair{"gzip", http::Encoding::Identity}}) {
    const auto response = ask("/id/berkas/1", {{"accept-encoding", accepted}});
    ASSERT_TRUE(response.body && response.body->file);
    EXPECT_EQ(response.body->encoding, encoding);
    EXPECT_EQ(response.body->size() < 1000, encoding == http::Encoding::Brotli);
  }
}

TEST_F(Dispatch, OneMakerForAllWhoAskTogether) {
  start({.pool_threads = 4});
  gate.set(false);
  std::vector<std::shared_ptr<Later>> later;
  for (int i = 0; i < 5; ++i) {
    later.push_back(std::make_shared<Later>());
    EXPECT_FALSE(dispatcher->answer(request("/id/lama/satu"), [&] { return http::Reply(later.back()); }));
  }
  gate.wait_for(1);
  gate.set(true);
  const auto first = later[0]->wait();
  EXPECT_EQ(first.status, 200);
  for (const auto& other : later) EXPECT_EQ(other->wait().body, first.body);
  EXPECT_EQ(made, 1);
}

TEST_F(Dispatch, ACacheOfNothingMakesEachAnswerAnew) {
  start({.cache_bytes = 0});
  made = 0;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask("/id/lama/satu").status, 200);
  EXPECT_EQ(made, 3);
}

class DispatchThreads : public Dispatch {};

TEST_F(DispatchThreads, ManyAskWhileVersionsChange) {
  start({.cache_bytes = 200'000});
  std::atomic<bool> stop = false;
  std::thread publisher([&] {
    for (int day = 1; day <= 20; ++day) {
      publish({2026, 1, day});
      std::this_thread::yield();
    }
    stop = true;
  });
  std::vector<std::thread> visitors;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    visitors.emplace_back([&, t] {
      for (int i = 0; i < 200 || !stop; ++i) {
        const auto target = (i % 5 == 0 ? "/id/lama/" : "/en/potensi/") + std::to_string((i + t) % 7);
        const auto response = ask(target);
        const auto version = header(response, "Simpul-Version");
        wrong +=
            response.status != 200 || version.empty() || body(response).find(version) == std::string::npos;
      }
    });
  }
  publisher.join();
  for (auto& visitor : visitors) visitor.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace simpul::web
