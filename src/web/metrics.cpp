#include "web/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <vector>

namespace simpul::web {

struct Metrics::Parts {
  prometheus::Registry registry;
  // By row (the last: no route), status class 1..5.
  std::vector<std::array<prometheus::Counter*, 6>> answers;
  prometheus::Counter* cache_hits = nullptr;
  prometheus::Histogram* handler_seconds = nullptr;
  prometheus::Gauge* cache_bytes = nullptr;
  prometheus::Gauge* cache_entries = nullptr;
};

Metrics::Metrics(std::span<const RouteTable::Row> rows) : parts_(std::make_unique<Parts>()) {
  auto& p = *parts_;
  auto& answers = prometheus::BuildCounter()
                      .Name("simpul_http_responses_total")
                      .Help("Answers by operation and class of status")
                      .Register(p.registry);
  const auto add = [&](const std::string& operation) {
    auto& counters = p.answers.emplace_back();
    for (std::size_t i = 1; i <= 5; ++i)
      counters[i] = &answers.Add({{"operation", operation}, {"status", std::to_string(i) + "xx"}});
  };
  for (const auto& row : rows) add(std::string(row.route->operation));
  add("none");
  p.cache_hits = &prometheus::BuildCounter()
                      .Name("simpul_page_cache_hits_total")
                      .Help("Answers that came from the page cache")
                      .Register(p.registry)
                      .Add({});
  p.handler_seconds = &prometheus::BuildHistogram()
                           .Name("simpul_handler_seconds")
                           .Help("Time to make an answer that was not in the cache, with compression")
                           .Register(p.registry)
                           .Add({}, prometheus::Histogram::BucketBoundaries{
                                        0.0001, 0.0003, 0.001, 0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 3});
  p.cache_bytes = &prometheus::BuildGauge()
                       .Name("simpul_page_cache_bytes")
                       .Help("Bytes held by the page cache")
                       .Register(p.registry)
                       .Add({});
  p.cache_entries = &prometheus::BuildGauge()
                         .Name("simpul_page_cache_entries")
                         .Help("Answers held by the page cache")
                         .Register(p.registry)
                         .Add({});
}

Metrics::~Metrics() = default;

void Metrics::count(const RouteTable::Row* row, int status, From from) {
  auto& p = *parts_;
  const auto number = row == nullptr ? p.answers.size() - 1 : row->number;
  if (auto* counter = p.answers[number][static_cast<std::size_t>(status / 100 % 6)]) counter->Increment();
  if (from == From::Cache) p.cache_hits->Increment();
}

void Metrics::took(double seconds) {
  parts_->handler_seconds->Observe(seconds);
}

void Metrics::cache_holds(std::size_t bytes, std::size_t entries) {
  parts_->cache_bytes->Set(static_cast<double>(bytes));
  parts_->cache_entries->Set(static_cast<double>(entries));
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(parts_->registry.Collect());
}

}  // namespace simpul::web
