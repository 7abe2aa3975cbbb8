#include "http/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/error.hpp"
#include "support/raw_client.hpp"

namespace simpul::http {

namespace {

using namespace std::chrono_literals;
using test::body_of;
using test::RawClient;
using test::status_of;

// Says back what it was asked; some paths answer in other ways.
class Echo final : public Application {
 public:
  ~Echo() override {
    for (auto& thread : threads_) thread.join();
  }
  std::size_t body_limit(const Request& head) const override { return head.path == "/upload" ? 100'000 : 0; }
  std::optional<Response> answer(const Request& request, const MakeReply& later) override {
    ++answered;
    if (request.path == "/throw") throw std::runtime_error("on purpose");
    if (request.path == "/bad-header") {
      auto response = Response::text(200, "text/plain", "x");
      response.set("X-Bad", "a\r\nb: c");
      return response;
    }
    if (request.path == "/file") {
      TemporaryFile file({});
      for (int line = 0; line < 40'000; ++line) file.append("line " + std::to_string(line) + "\n");
      return Response::of_file("text/csv", file.finish());
    }
    if (request.path == "/large-file") {
      TemporaryFile file({});
      for (int i = 0; i < 32; ++i) file.append(std::string(1 << 20, 'x'));
      return Response::of_file("text/csv", file.finish());
    }
    if (request.path == "/large") return Response::text(200, "text/plain", std::string(32 << 20, 'x'));
    if (request.path == "/never" || request.path == "/held") {
      const std::lock_guard lock(mutex_);
      held_.push_back(later());
      came_.notify_all();
      return std::nullopt;
    }
    if (request.path == "/later") {
      threads_.emplace_back([reply = later()] { reply.send(Response::text(200, "text/plain", "later")); });
      return std::nullopt;
    }
    return Response::text(200, "text/plain",
                          request.method + " " + request.path + " " + std::to_string(request.body.size()) +
                              " " + request.client_address + (request.secure ? " secure" : ""));
  }
  Reply held() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [this] { return !held_.empty(); });
    auto reply = held_.front();
    held_.pop_front();
    return reply;
  }
  std::atomic<int> answered = 0;

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<Reply> held_;
  std::vector<std::thread> threads_;
};

ServerOptions on_any_port() {
  ServerOptions options;
  options.port = 0;
  options.threads = 2;
  return options;
}

class ServerTest : public testing::Test {
 protected:
  void start(ServerOptions options = on_any_port()) {
    server = std::make_unique<Server>(std::move(options), application);
    server->start();
  }
  RawClient connect() { return RawClient(server->port()); }
  std::string ask(std::string_view bytes) {
    auto client = connect();
    client.send(bytes);
    return client.until_closed();
  }
  Echo application;
  std::unique_ptr<Server> server;
};

std::string get(std::string_view path, std::string_view more = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n";
}

}  // namespace

TEST_F(ServerTest, KeepsTheConnectionAndAnswersInOrder) {
  start();
  auto client = connect();
  client.send(get("/1") + get("/2") + get("/3"));
  for (const auto* path : {"/1", "/2", "/3"})
    EXPECT_EQ(body_of(client.response()), "GET " + std::string(path) + " 0 127.0.0.1");
  client.send(get("/4", "Connection: close\r\n"));
  const auto last = client.until_closed();
  EXPECT_EQ(status_of(last), 200);
  EXPECT_NE(last.find("Connection: close\r\n"), std::string::npos);
  EXPECT_NE(last.find("\r\nDate: "), std::string::npos);
}

TEST_F(ServerTest, ReadsARequestThatComesByteByByte) {
  start();
  auto client = connect();
  for (const char c : get("/slow")) client.send(std::string_view(&c, 1));
  EXPECT_EQ(body_of(client.response()), "GET /slow 0 127.0.0.1");
}

TEST_F(ServerTest, HeadHasTheLengthButNoBody) {
  start();
  auto client = connect();
  client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get("/y"));
  EXPECT_NE(client.response(true).find("Content-Length: 19\r\n"), std::string::npos);
  EXPECT_EQ(body_of(client.response()), "GET /y 0 127.0.0.1");
}

struct Refused {
  const char* what;
  std::string bytes;
  int status;
};

class Refusal : public ServerTest, public testing::WithParamInterface<Refused> {};

TEST_P(Refusal, HasAStatusAndEndsTheConnection) {
  start();
  // A second request behind the bad one must never be answered.
  const auto response = ask(GetParam().bytes + get("/smuggled"));
  EXPECT_EQ(status_of(response), GetParam().status);
  EXPECT_NE(response.find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(response.find("smuggled"), std::string::npos);
  EXPECT_EQ(application.answered, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Framing, Refusal,
    testing::Values(
        Refused{"BareLf", "GET / HTTP/1.1\nHost: a\n\n", 400},
        Refused{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Refused{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        Refused{"Folded", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400},
        Refused{"SpaceBeforeColon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        Refused{"AbsoluteForm", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"Asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"Authority", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"DotDot", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"EscapedDotDot", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"BadEscape", "GET /?q=%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"Version2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        Refused{"NoVersion", "GET /\r\n\r\n", 400}, Refused{"Tls", "\x16\x03\x01\x02\r\n\r\n", 400},
        Refused{"LengthAndCoding",
                "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: "
                "chunked\r\n\r\n0\r\n\r\n",
                400},
        Refused{"TwoLengths",
                "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400},
        Refused{"TwoDifferentLengths",
                "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy", 400},
        Refused{"LengthList", "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx", 400},
        Refused{"NegativeLength", "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        Refused{"HugeLength",
                "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
        Refused{"GzipCoding", "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
        Refused{"NegativeChunk",
                "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n",
                400},
        Refused{"HugeChunk",
                "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
                400},
        Refused{
            "ChunkWithoutEnd",
            "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n",
            400},
        Refused{"BodyTooLarge", "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n", 413},
        Refused{"BodyWhereNoneIsTaken", "POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 413},
        Refused{"ChunkedTooLarge",
                "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\n" +
                    std::string(100'001, 'x'),
                413},
        Refused{"LongLine", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        Refused{"LongHead", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(33'000, 'a') + "\r\n\r\n", 431},
        Refused{"EndlessLine", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1'000'000, 'a'), 431},
        Refused{"Expectation", "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417}),
    [](const auto& info) { return std::string(info.param.what); });

TEST_F(ServerTest, ReadsBodiesByLengthAndInChunks) {
  start();
  auto client = connect();
  client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" +
              std::string(100'000, 'x'));
  EXPECT_EQ(body_of(client.response()), "POST /upload 100000 127.0.0.1");
  client.send(
      "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n" +
      get("/next"));
  EXPECT_EQ(body_of(client.response()), "POST /upload 13 127.0.0.1");
  EXPECT_EQ(body_of(client.response()), "GET /next 0 127.0.0.1");
}

TEST_F(ServerTest, SaysContinueBeforeTheBody) {
  start();
  auto client = connect();
  client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.response(true), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_EQ(body_of(client.response()), "POST /upload 2 127.0.0.1");
}

TEST_F(ServerTest, RefusesABodyThatIsMostlyChunkHeads) {
  start();
  std::string bytes = "POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20'000; ++i) bytes += "1\r\nx\r\n";
  EXPECT_EQ(status_of(ask(bytes + "0\r\n\r\n")), 400);
}

TEST_F(ServerTest, LivesOnWhenTheApplicationThrows) {
  start();
  auto client = connect();
  client.send(get("/throw") + get("/bad-header") + get("/after"));
  EXPECT_EQ(status_of(client.response()), 500);
  const auto bad = client.response();
  EXPECT_EQ(status_of(bad), 500);
  EXPECT_EQ(bad.find("b: c"), std::string::npos);
  EXPECT_EQ(body_of(client.response()), "GET /after 0 127.0.0.1");
}

TEST_F(ServerTest, BelievesForwardedHeadersOfItsProxiesOnly) {
  start();
  const std::string forwarded =
      "X-Forwarded-For: 9.9.9.9, 203.0.113.7\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n";
  EXPECT_EQ(body_of(ask(get("/", forwarded))), "GET / 0 127.0.0.1");
  auto options = on_any_port();
  options.proxies = {"127.0.0.1"};
  start(options);
  EXPECT_EQ(body_of(ask(get("/", forwarded))), "GET / 0 203.0.113.7 secure");
  EXPECT_EQ(body_of(ask(get("/", "X-Forwarded-For: nonsense\r\nConnection: close\r\n"))),
            "GET / 0 127.0.0.1");
}

TEST_F(ServerTest, EndsSlowHeadsWith408) {
  auto options = on_any_port();
  options.head_time = 100ms;
  start(options);
  auto client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n");
  EXPECT_EQ(status_of(client.until_closed()), 408);
}

TEST_F(ServerTest, EndsConnectionsThatSayNothing) {
  auto options = on_any_port();
  options.head_time = 100ms;
  options.idle_time = 100ms;
  start(options);
  auto silent = connect();
  EXPECT_EQ(silent.until_closed(), "");
  auto idle = connect();
  idle.send(get("/"));
  EXPECT_EQ(status_of(idle.response()), 200);
  EXPECT_EQ(idle.until_closed(), "");
}

TEST_F(ServerTest, EndsSlowBodiesWith408) {
  auto options = on_any_port();
  options.transfer_grace = 100ms;
  start(options);
  EXPECT_EQ(status_of(ask("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\nabc")), 408);
}

TEST_F(ServerTest, EndsWhoDoesNotReadAndServesTheOthers) {
  auto options = on_any_port();
  options.threads = 1;
  options.transfer_grace = 200ms;
  options.transfer_rate = 1 << 30;
  start(options);
  for (const auto* path : {"/large", "/large-file"}) {
    RawClient lazy(server->port(), 4096);
    lazy.send(get(path));
    auto other = connect();
    other.send(get("/other"));
    EXPECT_EQ(status_of(other.response()), 200);
    // The lazy client's connection ends by itself; stop() would otherwise wait for it.
    while (server->open_connections() > 1) std::this_thread::yield();
  }
}

TEST_F(ServerTest, SendsALargeBodyWhole) {
  start();
  auto client = connect();
  client.send(get("/large"));
  EXPECT_EQ(body_of(client.response()).size(), 32U << 20);
}

TEST_F(ServerTest, SendsAFileWholeAndGoesOn) {
  start();
  std::string wanted;
  for (int line = 0; line < 40'000; ++line) wanted += "line " + std::to_string(line) + "\n";
  auto client = connect();
  client.send(get("/file") + "HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n" + get("/after"));
  EXPECT_EQ(body_of(client.response()), wanted);
  EXPECT_NE(client.response(true).find("Content-Length: " + std::to_string(wanted.size()) + "\r\n"),
            std::string::npos);
  EXPECT_EQ(body_of(client.response()), "GET /after 0 127.0.0.1");
}

TEST_F(ServerTest, LimitsConnectionsPerAddressAndInAll) {
  auto options = on_any_port();
  options.connections_per_address = 3;
  start(options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(connect());
    clients.back().send(get("/"));
    EXPECT_EQ(status_of(clients.back().response()), 200);
  }
  EXPECT_EQ(status_of(connect().until_closed()), 503);
  clients.pop_back();
  while (server->open_connections() > 2) std::this_thread::yield();
  auto again = connect();
  again.send(get("/"));
  EXPECT_EQ(status_of(again.response()), 200);

  options.connections_per_address = 100;
  options.connections = 1;
  start(options);
  auto only = connect();
  only.send(get("/"));
  EXPECT_EQ(status_of(only.response()), 200);
  EXPECT_EQ(status_of(connect().until_closed()), 503);
}

TEST_F(ServerTest, SaysThatThePortIsInUse) {
  start();
  ServerOptions same = on_any_port();
  same.port = server->port();
  Server second(same, application);
  try {
    second.start();
    FAIL() << "the port was shared";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_EQ(error.args.at("port"), std::to_string(server->port()));
  }
}

class ServerThreads : public ServerTest {};

TEST_F(ServerThreads, AnswersThatComeFromAnotherThread) {
  start();
  auto client = connect();
  for (int i = 0; i < 20; ++i) {
    client.send(get("/later"));
    EXPECT_EQ(body_of(client.response()), "later");
  }
}

TEST_F(ServerThreads, AnAnswerThatComesTooLateIsNotWanted) {
  auto options = on_any_port();
  options.answer_time = 50ms;
  start(options);
  auto client = connect();
  client.send(get("/never"));
  const auto reply = application.held();
  EXPECT_EQ(status_of(client.response()), 503);
  EXPECT_FALSE(reply.wanted());
  reply.send(Response::text(200, "text/plain", "late"));
  client.send(get("/after"));
  EXPECT_EQ(body_of(client.response()), "GET /after 0 127.0.0.1");
}

TEST_F(ServerThreads, AnAnswerForAClientThatHasGoneIsNotWanted) {
  start();
  {
    auto client = connect();
    client.send(get("/held"));
    const auto reply = application.held();
    EXPECT_TRUE(reply.wanted());
    // A second request behind the first is no reason to leave it.
    client.send(get("/next"));
    reply.send(Response::text(200, "text/plain", "in time"));
    EXPECT_EQ(body_of(client.response()), "in time");
    EXPECT_EQ(body_of(client.response()), "GET /next 0 127.0.0.1");
    client.send(get("/held"));
  }
  const auto reply = application.held();
  while (reply.wanted()) std::this_thread::yield();
  while (server->open_connections() > 0) std::this_thread::yield();
}

TEST_F(ServerThreads, StopFinishesWhatIsInFlightAndTakesNothingNew) {
  start();
  auto idle = connect();
  idle.send(get("/"));
  EXPECT_EQ(status_of(idle.response()), 200);
  auto busy = connect();
  busy.send(get("/held"));
  const auto reply = application.held();
  std::thread stopping([this] { server->stop(); });
  EXPECT_EQ(idle.until_closed(), "");
  reply.send(Response::text(200, "text/plain", "finished"));
  const auto last = busy.until_closed();
  stopping.join();
  EXPECT_EQ(body_of(last), "finished");
  EXPECT_NE(last.find("Connection: close"), std::string::npos);
  EXPECT_THROW(connect(), std::runtime_error);
}

TEST_F(ServerThreads, StopEndsWhatDoesNotFinish) {
  auto options = on_any_port();
  options.stop_time = 50ms;
  start(options);
  auto client = connect();
  client.send(get("/never"));
  const auto reply = application.held();
  server->stop();
  EXPECT_FALSE(reply.wanted());
  server.reset();
  reply.send(Response::text(200, "text/plain", "nobody reads this"));
}

TEST_F(ServerThreads, ManyConnectionsAtOnce) {
  start();
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([this, &good] {
      std::vector<RawClient> clients;
      for (int i = 0; i < 10; ++i) clients.push_back(connect());
      for (int round = 0; round < 5; ++round) {
        for (auto& client : clients) client.send(get("/x"));
        for (auto& client : clients) good += status_of(client.response()) == 200;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 400);
}

}  // namespace simpul::http
