#include "foreign/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "foreign/syscall_filter.hpp"

namespace simpul::foreign {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kBubblewrap = "/usr/bin/bwrap";
constexpr std::size_t kStderrBytes = 4096;
constexpr int kNotStarted = 126;  // exit code of a child whose exec failed

class File {
 public:
  explicit File(int fd = -1) : fd_(fd) {}
  ~File() { close(); }
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  File& operator=(File&& other) noexcept {
    close();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

[[noreturn]] void cannot_start(const std::string& program, int error) {
  throw Error(ErrorKind::Unavailable, "The program {program} cannot be started.", {{"program", program}}, {},
              std::system_category().message(error));
}

std::pair<File, File> make_pipe(const std::string& program) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) cannot_start(program, errno);
  return {File(ends[0]), File(ends[1])};
}

// What stands before the program on the command line.
std::vector<std::string> bubblewrap_arguments(const ChildCommand& command) {
  std::vector<std::string> a{kBubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop",
                             "ALL", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink",
                             "usr/lib64", "/lib64", "--symlink", "usr/bin", "/bin",
                             // BLAS and LAPACK, which GDAL loads, are links through here.
                             "--ro-bind", "/etc/alternatives", "/etc/alternatives", "--ro-bind",
                             "/etc/ld.so.cache", "/etc/ld.so.cache", "--proc", "/proc", "--dev", "/dev",
                             "--size", "268435456", "--tmpfs", "/tmp"};
  if (!command.input.empty())
    a.insert(a.end(), {"--ro-bind", command.input.string(), command.input.string()});
  if (!command.output_folder.empty())
    a.insert(a.end(), {"--bind", command.output_folder.string(), command.output_folder.string()});
  a.insert(a.end(), {"--chdir", "/tmp", "--", command.program});
  return a;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (auto& s : strings) out.push_back(s.data());
  out.push_back(nullptr);
  return out;
}

void limit(__rlimit_resource what, std::size_t value) {
  const rlimit both{value, value};
  setrlimit(what, &both);
}

// After fork, before exec: nothing here takes memory or locks.
[[noreturn]] void become_child(const ChildLimits& limits, bool filter, int out, int err, char** arguments,
                               char** environment) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = open("/dev/null", O_RDONLY);
  if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) _exit(kNotStarted);
  // Sockets and files of the server stay in the server, whoever forgot to mark them.
  syscall(SYS_close_range, 3U, ~0U, 0U);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  limit(RLIMIT_AS, limits.memory_bytes);
  limit(RLIMIT_FSIZE, limits.file_bytes);
  limit(RLIMIT_CPU, static_cast<std::size_t>(limits.time.count()) / 1000 + 1);
  limit(RLIMIT_NOFILE, 256);
  limit(RLIMIT_CORE, 0);
  if (filter && !forbid_dangerous_calls()) _exit(kNotStarted);
  execve(arguments[0], arguments, environment);
  _exit(kNotStarted);
}

// Reads what is there; false at the end of the pipe.
bool read_some(const File& pipe, std::string& into) {
  std::array<char, 16384> buffer;
  const auto n = read(pipe.get(), buffer.data(), buffer.size());
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  into.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0;
}

// Follows the child to its end, or ends it.
ChildResult follow(pid_t child, File out, File err, const ChildLimits& limits,
                   const std::function<bool()>& asked_to_stop) {
  ChildResult result;
  const auto deadline = Clock::now() + limits.time;
  const File process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  bool stopped = false;
  const auto stop = [&](ChildEnd why) {
    result.end = why;
    stopped = true;
    kill(-child, SIGKILL);
  };
  bool alive = true;
  while (!stopped && (alive || out.open() || err.open())) {
    std::array<pollfd, 3> waiting{pollfd{out.get(), POLLIN, 0}, pollfd{err.get(), POLLIN, 0},
                                  pollfd{alive ? process.get() : -1, POLLIN, 0}};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      stop(ChildEnd::TimedOut);
      break;
    }
    if (asked_to_stop && asked_to_stop()) {
      stop(ChildEnd::Stopped);
      break;
    }
    const long longest = asked_to_stop ? 200 : 60'000;
    if (poll(waiting.data(), waiting.size(), static_cast<int>(std::min(left + 1, longest))) < 0) continue;
    if (waiting[0].revents != 0 && !read_some(out, result.stdout_text)) out.close();
    if (waiting[1].revents != 0 && !read_some(err, result.stderr_text)) err.close();
    if (waiting[2].revents != 0) alive = false;
    if (result.stdout_text.size() > limits.stdout_bytes) stop(ChildEnd::TooMuchOutput);
    if (result.stderr_text.size() > kStderrBytes)
      result.stderr_text.erase(0, result.stderr_text.size() - kStderrBytes);
  }
  kill(-child, SIGKILL);  // whatever it left behind in its group
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (stopped) return result;
  if (WIFEXITED(status)) {
    result.exit_code = WEXITSTATUS(status);
    // bubblewrap reports the end of its child by a signal as 128 + signal.
    if (result.exit_code > 128) result.end = ChildEnd::Crashed;
  } else {
    result.end = WTERMSIG(status) == SIGXCPU ? ChildEnd::TimedOut : ChildEnd::Crashed;
  }
  return result;
}

}  // namespace

ChildResult run_child(const ChildCommand& command, Isolation isolation) {
  const bool wrapped = isolation == Isolation::Namespaces;
  if (access(command.program.c_str(), X_OK) != 0) cannot_start(command.program, errno);
  auto arguments = wrapped ? bubblewrap_arguments(command) : std::vector<std::string>{command.program};
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> environment;
  if (isolation == Isolation::Trusted) environment = command.environment;
  environment.insert(environment.end(), {"PATH=/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8"});
  const auto argv = pointers(arguments);
  const auto envp = pointers(environment);
  auto [out_read, out_write] = make_pipe(command.program);
  auto [err_read, err_write] = make_pipe(command.program);
  const auto child = fork();
  if (child < 0) cannot_start(command.program, errno);
  if (child == 0)
    become_child(command.limits, isolation == Isolation::Limits, out_write.get(), err_write.get(),
                 const_cast<char**>(argv.data()), const_cast<char**>(envp.data()));
  setpgid(child, child);  // in both, so that it holds whoever runs first
  out_write.close();
  err_write.close();
  auto result = follow(child, std::move(out_read), std::move(err_read), command.limits, command.stop);
  if (result.end == ChildEnd::Exited && result.exit_code == kNotStarted)
    cannot_start(command.program, ENOEXEC);
  return result;
}

Isolation child_isolation() {
  static const Isolation found = [] {
    if (access(kBubblewrap, X_OK) != 0) return Isolation::Limits;
    ChildCommand trial;
    trial.program = "/usr/bin/true";
    return run_child(trial, Isolation::Namespaces).ok() ? Isolation::Namespaces : Isolation::Limits;
  }();
  return found;
}

ChildResult run_child(const ChildCommand& command) {
  return run_child(command, child_isolation());
}

OutputFolder::OutputFolder() {
  auto name = (std::filesystem::temp_directory_path() / "simpul-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    throw Error(ErrorKind::Unavailable, "No folder for temporary files can be made in {folder}.",
                {{"folder", std::filesystem::temp_directory_path().string()}});
  path_ = name;
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace simpul::foreign
