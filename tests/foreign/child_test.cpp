#include "foreign/child.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/error.hpp"

namespace simpul::foreign {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

// Both ways to run a child must hold the same promises.
class Child : public testing::TestWithParam<Isolation> {
 protected:
  ChildResult shell(const std::string& script) {
    command_.program = "/usr/bin/sh";
    command_.arguments = {"-c", script};
    return run_child(command_, GetParam());
  }
  ChildCommand command_;
};

TEST_P(Child, GivesBackOutputAndExitCode) {
  const auto result = shell("echo out; echo err >&2; exit 7");
  EXPECT_EQ(result.end, ChildEnd::Exited);
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.stdout_text, "out\n");
  EXPECT_EQ(result.stderr_text, "err\n");
}

TEST_P(Child, NoShellReadsTheArguments) {
  command_.program = "/usr/bin/echo";
  command_.arguments = {"$(id)", ";", "`id`", "a b"};
  EXPECT_EQ(run_child(command_, GetParam()).stdout_text, "$(id) ; `id` a b\n");
}

TEST_P(Child, StdinIsClosedAndTheEnvironmentIsEmpty) {
  ASSERT_EQ(setenv("SIMPUL_SECRET", "password", 1), 0);
  const auto result = shell("cat; env | sort");
  unsetenv("SIMPUL_SECRET");
  EXPECT_THAT(result.stdout_text, HasSubstr("PATH=/usr/bin:/bin"));
  EXPECT_THAT(result.stdout_text, Not(HasSubstr("SECRET")));
}

TEST_P(Child, OpenFilesOfTheServerDoNotReachIt) {
  const int fd = dup(1);  // not marked close-on-exec
  ASSERT_GT(fd, 2);
  const auto result = shell("ls /proc/self/fd | tr '\\n' ' '");
  close(fd);
  EXPECT_EQ(result.stdout_text, "0 1 2 3 ");  // 3 is ls reading the folder
}

TEST_P(Child, IsEndedWhenItsTimeIsOver) {
  command_.limits.time = 300ms;
  const auto before = std::chrono::steady_clock::now();
  // A grandchild that keeps the pipes open must not keep us.
  EXPECT_EQ(shell("cat /dev/zero >/dev/null & cat /dev/zero >/dev/null").end, ChildEnd::TimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

TEST_P(Child, CannotTakeMoreMemoryThanAllowed) {
  command_.limits.memory_bytes = std::size_t{256} << 20;
  command_.program = "/usr/bin/python3";
  command_.arguments = {"-c", "bytearray(1 << 30)"};
  const auto result = run_child(command_, GetParam());
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(result.stderr_text, HasSubstr("MemoryError"));
}

TEST_P(Child, CannotWriteMoreThanAllowed) {
  command_.limits.stdout_bytes = 100'000;
  EXPECT_EQ(shell("cat /dev/zero").end, ChildEnd::TooMuchOutput);

  const OutputFolder folder;
  command_.output_folder = folder.path();
  command_.limits.file_bytes = 100'000;
  EXPECT_FALSE(shell("exec head -c 1000000 /dev/zero > " + (folder.path() / "big").string()).ok());
  EXPECT_LE(std::filesystem::file_size(folder.path() / "big"), 100'000U);
}

TEST_P(Child, ACrashIsAResult) {
  command_.program = "/usr/bin/python3";
  command_.arguments = {"-c", "import ctypes; ctypes.string_at(0)"};
  EXPECT_EQ(run_child(command_, GetParam()).end, ChildEnd::Crashed);
}

TEST_P(Child, WritesToItsFolderAndReadsItsInput) {
  const OutputFolder folder;
  const OutputFolder elsewhere;
  const auto input = elsewhere.path() / "input";
  std::ofstream(input) << "content";
  command_.input = input;
  command_.output_folder = folder.path();
  EXPECT_TRUE(shell("cat " + input.string() + " > " + (folder.path() / "copy").string()).ok());
  std::string text;
  std::ifstream(folder.path() / "copy") >> text;
  EXPECT_EQ(text, "content");
}

TEST_P(Child, ReachesNoNetwork) {
  command_.program = "/usr/bin/python3";
  command_.arguments = {"-c", "import socket; s = socket.socket(); s.connect(('127.0.0.1', 9))"};
  const auto result = run_child(command_, GetParam());
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(result.stderr_text,
              testing::AnyOf(HasSubstr("Operation not permitted"),  // no socket at all
                             HasSubstr("Connection refused"),       // a loopback of its own, empty
                             HasSubstr("Network is unreachable")));
}

TEST_P(Child, AMissingProgramIsUnavailable) {
  command_.program = "/usr/bin/simpul-no-such-program";
  try {
    run_child(command_, GetParam());
    ADD_FAILURE() << "started";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_THAT(error.what(), HasSubstr("simpul-no-such-program"));
  }
}

// Namespaces are tried only where the machine has them; the mode without is tried everywhere.
std::vector<Isolation> ways() {
  if (child_isolation() == Isolation::Namespaces) return {Isolation::Namespaces, Isolation::Limits};
  return {Isolation::Limits};
}

INSTANTIATE_TEST_SUITE_P(Both, Child, testing::ValuesIn(ways()), [](const auto& info) {
  return info.param == Isolation::Namespaces ? "Namespaces" : "Limits";
});

TEST(ChildIsolation, InNamespacesNothingElseIsThere) {
  if (child_isolation() != Isolation::Namespaces) return;  // this machine has no user namespaces; see ways()
  const OutputFolder folder;
  const auto input = folder.path() / "input";
  const auto secret = folder.path() / "secret";
  std::ofstream(input) << "i";
  std::ofstream(secret) << "s";
  ChildCommand command;
  command.program = "/usr/bin/sh";
  command.input = input;
  command.arguments = {"-c", "cat " + secret.string() +
                                 "; cat /etc/passwd; ls -d /proc/[0-9]* | wc -l; echo x > " + input.string()};
  const auto result = run_child(command, Isolation::Namespaces);
  EXPECT_THAT(result.stderr_text, HasSubstr(secret.string() + ": No such file"));
  EXPECT_THAT(result.stderr_text, HasSubstr("/etc/passwd: No such file"));
  EXPECT_THAT(result.stderr_text, HasSubstr("Read-only file system"));
  EXPECT_LT(std::stoi(result.stdout_text), 6);
}

TEST(OutputFolder, IsGoneAtTheEnd) {
  std::filesystem::path path;
  {
    const OutputFolder folder;
    path = folder.path();
    std::ofstream(path / "file") << "x";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace simpul::foreign
