#include "foreign/postgres_dump.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"
#include "foreign/child.hpp"

namespace simpul::foreign {
namespace {

ChildCommand command_for(const char* program, const std::vector<std::string>& environment) {
  ChildCommand command;
  command.program = program;
  command.environment = environment;
  command.limits.time = std::chrono::hours(12);
  command.limits.memory_bytes = std::size_t{4} << 30;
  command.limits.file_bytes = std::numeric_limits<std::size_t>::max();
  return command;
}

void check(const ChildResult& result, const std::string& program) {
  if (!result.ok())
    throw Error(ErrorKind::Unavailable,
                "{program} did not do its work: the database cannot be reached or the disk is full. The log "
                "says more",
                {{"program", program}}, {}, result.stderr_text);
}

}  // namespace

bool dump_postgres(const std::vector<std::string>& environment, const std::string& snapshot,
                   const std::filesystem::path& file, const std::function<bool()>& stop) {
  auto command = command_for("/usr/bin/pg_dump", environment);
  command.arguments = {"--format=custom",        "--no-owner",
                       "--no-privileges",        "--no-password",
                       "--snapshot=" + snapshot, "--file=" + file.string()};
  command.stop = stop;
  const auto result = run_child(command, Isolation::Trusted);
  if (result.end == ChildEnd::Stopped) return false;
  check(result, "pg_dump");
  return true;
}

void load_postgres(const std::vector<std::string>& environment, const std::filesystem::path& file) {
  constexpr std::string_view kName = "PGDATABASE=";
  const auto found =
      std::ranges::find_if(environment, [&](const std::string& entry) { return entry.starts_with(kName); });
  auto command = command_for("/usr/bin/pg_restore", environment);
  command.arguments = {"--no-owner",
                       "--no-privileges",
                       "--no-comments",
                       "--exit-on-error",
                       "--single-transaction",
                       "--no-password",
                       "--dbname",
                       found == environment.end() ? std::string() : found->substr(kName.size()),
                       file.string()};
  check(run_child(command, Isolation::Trusted), "pg_restore");
}

}  // namespace simpul::foreign
