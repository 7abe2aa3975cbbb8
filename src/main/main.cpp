// Where the program starts: the sub-commands, and the last place that catches.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "base/error.hpp"
#include "base/log.hpp"
#include "main/commands.hpp"

namespace {

// A fault that nobody caught ends the program at once, with a line in the log and a status that systemd takes
// for a failure. Only what cannot throw is done here.
[[noreturn]] void last_words() {
  const char* what = "unknown";
  if (const auto current = std::current_exception()) {
    try {
      std::rethrow_exception(current);
    } catch (const std::exception& error) {
      what = error.what();
    } catch (...) {
    }
  }
  std::fprintf(stderr, "simpul: ended by a fault that nobody handled: %s\n", what);
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  std::set_terminate(last_words);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write with a sentence, not the end
  simpul::start_log("info");

  CLI::App app("Simpul: the register of regional potential and cooperation of Southeast Sulawesi", "simpul");
  app.set_version_flag("--version", SIMPUL_VERSION);
  app.require_subcommand(1);
  simpul::main_program::add_serve_command(app);
  simpul::main_program::add_import_command(app);
  simpul::main_program::add_register_commands(app);
  simpul::main_program::add_user_commands(app);
  simpul::main_program::add_backup_commands(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const simpul::Error& error) {
    fmt::print(stderr, "simpul: {}\n", error.what());
    return 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "simpul: {}\n", error.what());
    return 1;
  }
  return 0;
}
