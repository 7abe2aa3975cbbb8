// What the server counts about itself, in Prometheus' text form. Written by dispatch, read by /metrics.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "web/route_table.hpp"

namespace simpul::web {

class Metrics {
 public:
  explicit Metrics(std::span<const RouteTable::Row> rows);
  ~Metrics();

  enum class From { Handler, Cache };
  // One answer of a route; `row` null: no route fitted. From any thread, cheap.
  void count(const RouteTable::Row* row, int status, From from);
  // How long a handler took, in seconds.
  void took(double seconds);
  void cache_holds(std::size_t bytes, std::size_t entries);

  std::string text() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace simpul::web
