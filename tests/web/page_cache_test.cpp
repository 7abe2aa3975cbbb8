#include "web/page_cache.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atomic>
#include <map>
#include <thread>

namespace simpul::web {

namespace {

PageCache::Made of(std::string bytes) {
  auto cached = std::make_shared<Cached>();
  cached->response = http::Response::text(200, "text/plain", std::move(bytes));
  return cached;
}

PageCache::Waiter nobody() {
  return {};
}

// Asks for `key` as a lone visitor: what is there, or it makes `bytes`.
std::string ask(PageCache& cache, const std::string& key, const std::string& bytes, bool keep = true) {
  PageCache::Made made;
  if (cache.find(key, made, nobody) == PageCache::Found::Make) {
    made = of(bytes);
    cache.finish(key, made, keep);
  }
  return made->response.body->bytes;
}

}  // namespace

TEST(PageCache, GivesWhatWasMadeFirst) {
  PageCache cache(1 << 20);
  EXPECT_EQ(ask(cache, "a", "1"), "1");
  EXPECT_EQ(ask(cache, "a", "2"), "1");
  EXPECT_EQ(ask(cache, "b", "3"), "3");
  cache.clear();
  EXPECT_EQ(cache.bytes(), 0U);
  EXPECT_EQ(ask(cache, "a", "4"), "4");
}

TEST(PageCache, DoesNotKeepWhatItIsToldNotTo) {
  PageCache cache(1 << 20);
  EXPECT_EQ(ask(cache, "error", "1", false), "1");
  EXPECT_EQ(ask(cache, "error", "2"), "2");
}

TEST(PageCache, TellsAllWhoWaitForOneMaker) {
  PageCache cache(1 << 20);
  PageCache::Made made;
  int told = 0;
  const auto waiter = [&told]() -> PageCache::Waiter {
    return [&told](const PageCache::Made& page) { told += page->response.body->bytes == "made"; };
  };
  ASSERT_EQ(cache.find("a", made, waiter), PageCache::Found::Make);
  EXPECT_EQ(cache.find("a", made, waiter), PageCache::Found::Wait);
  EXPECT_EQ(cache.find("a", made, waiter), PageCache::Found::Wait);
  EXPECT_EQ(told, 0);
  cache.finish("a", of("made"), false);
  EXPECT_EQ(told, 2);
  EXPECT_EQ(cache.find("a", made, waiter), PageCache::Found::Make);
}

TEST(PageCache, StaysWithinItsBytesAndDropsTheLongestUnused) {
  PageCache cache(16 * 10'000);  // sixteen parts, each with room for three of these
  const std::string large(2'500, 'x');
  for (int i = 0; i < 1'000; ++i) {
    ask(cache, "favourite", large);
    ask(cache, std::to_string(i), large);
    ASSERT_LE(cache.bytes(), 160'000U);
  }
  EXPECT_EQ(ask(cache, "favourite", "made again"), large);
  EXPECT_EQ(ask(cache, "0", "made again"), "made again");
  EXPECT_EQ(ask(cache, "too large", std::string(20'000, 'x')).size(), 20'000U);
  EXPECT_EQ(ask(cache, "too large", "made again"), "made again");
}

TEST(PageCache, CountsItsBytesRight) {
  EXPECT_TRUE(rc::check("bytes and entries go back to nothing", [](const std::vector<std::uint8_t>& keys) {
    PageCache cache(16 * 4'000);
    for (const auto key : keys)
      RC_ASSERT(ask(cache, std::to_string(key), std::string(key * 5U, 'x')).size() == key * 5U);
    RC_ASSERT(cache.bytes() <= 64'000U);
    RC_ASSERT((cache.entries() == 0) == (cache.bytes() == 0));
    cache.clear();
    RC_ASSERT(cache.bytes() == 0U);
  }));
}

TEST(PageCacheThreads, ManyAskAndEachKeyHasOneMaker) {
  PageCache cache(1 << 20);
  constexpr int kKeys = 50, kThreads = 8;
  std::array<std::atomic<int>, kKeys> made{};
  std::atomic<int> answers = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int k = 0; k < kKeys; ++k) {
        const auto key = std::to_string(k);
        PageCache::Made page;
        const auto found = cache.find(key, page, [&]() -> PageCache::Waiter {
          return
              [&answers, key](const PageCache::Made& told) { answers += told->response.body->bytes == key; };
        });
        if (found == PageCache::Found::Make) {
          ++made[static_cast<std::size_t>(k)];
          page = of(key);
          cache.finish(key, page, true);
        }
        if (page) answers += page->response.body->bytes == key;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answers, kKeys * kThreads);
  for (const auto& count : made) EXPECT_EQ(count, 1);
}

}  // namespace simpul::web
