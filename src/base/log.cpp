#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>

namespace simpul {

void start_log(const std::string& level) {
  auto logger = spdlog::stderr_logger_mt("simpul");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(logger));
}

std::string quoted(std::string_view text) {
  std::string safe = "\"";
  for (const unsigned char c : text.substr(0, 200)) {
    if (c < 0x20 || c == 0x7f || c == '"' || c == '\\') {
      safe += fmt::format("\\x{:02x}", c);
    } else {
      safe += static_cast<char>(c);
    }
  }
  return safe += text.size() > 200 ? "...\"" : "\"";
}

}  // namespace simpul
