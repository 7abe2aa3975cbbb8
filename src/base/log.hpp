// One log for the program: spdlog lines on standard error. What a person typed is passed as an argument of a
// field and comes out quoted, so that nobody can forge a line.
#pragma once

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

namespace simpul {

// Level by name: trace, debug, info, warn, error. Unknown: info.
void start_log(const std::string& level);

// Text from outside made safe for one log line: control characters as \xNN, cut at 200 bytes, in quotes.
std::string quoted(std::string_view text);

}  // namespace simpul
