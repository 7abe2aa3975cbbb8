// Runs one program over one foreign file in a limited child process, or a trusted program over our own data:
// the only place that starts programs. Through bubblewrap the child sees no network, no other process and
// nothing of the disk but /usr, its input (read only) and one output folder; where the kernel forbids user
// namespaces it runs under limits and a system-call filter alone. Used by the files of this folder.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace simpul::foreign {

enum class Isolation {
  Namespaces,  // bubblewrap
  Limits,      // rlimits, no_new_privs, seccomp: the child can read what the server can read
  Trusted      // rlimits: a program that works on nothing foreign and needs the network (pg_dump)
};

// Which of the two holds on this machine (tried once, then remembered). `simpul check` says it.
Isolation child_isolation();

struct ChildLimits {
  std::chrono::milliseconds time{30'000};
  std::size_t memory_bytes = std::size_t{1} << 30;  // address space
  std::size_t file_bytes = std::size_t{500} << 20;  // each file it writes
  std::size_t stdout_bytes = std::size_t{16} << 20;
};

struct ChildCommand {
  std::string program;                 // absolute, below /usr
  std::vector<std::string> arguments;  // no shell reads them
  std::filesystem::path input;  // absolute; the child sees it at the same path, read only. May be empty
  std::filesystem::path output_folder;  // absolute; the child may write here. May be empty
  ChildLimits limits;
  std::vector<std::string> environment;  // "NAME=value", before PATH, HOME and LANG; Trusted only
  std::function<bool()> stop;            // asked a few times a second: true ends the child. May be empty
};

enum class ChildEnd { Exited, Crashed, TimedOut, TooMuchOutput, Stopped };

struct ChildResult {
  ChildEnd end = ChildEnd::Exited;
  int exit_code = 0;  // of Exited
  std::string stdout_text;
  std::string stderr_text;  // its last 4 KiB, for the log
  bool ok() const { return end == ChildEnd::Exited && exit_code == 0; }
};

// Blocks until the child has ended; stdin is closed, the environment is empty but for PATH, HOME and LANG.
// What the child does wrong is in the result; Error Unavailable when it could not be started at all (program
// missing).
ChildResult run_child(const ChildCommand& command);
ChildResult run_child(const ChildCommand& command, Isolation isolation);

// A fresh folder for a child's output, removed with everything in it at the end of its life.
class OutputFolder {
 public:
  OutputFolder();
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace simpul::foreign
