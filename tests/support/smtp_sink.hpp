// A mail server of its own for one test: tests/support/smtp_sink.py as a child. Ends with the object.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace simpul::test {

class SmtpSink {
 public:
  explicit SmtpSink(const std::vector<std::string>& arguments = {}) {
    int in[2], out[2];
    if (::pipe(in) != 0 || ::pipe(out) != 0) throw std::runtime_error("no pipe");
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      for (const int end : {in[0], in[1], out[0], out[1]}) ::close(end);
      std::vector<std::string> words{"python3", SIMPUL_SOURCE_DIR "/tests/support/smtp_sink.py"};
      words.insert(words.end(), arguments.begin(), arguments.end());
      std::vector<char*> list;
      for (auto& word : words) list.push_back(word.data());
      list.push_back(nullptr);
      ::execvp(list[0], list.data());
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    alive_ = in[1];
    from_ = ::fdopen(out[0], "r");
    port_ = line();
  }
  ~SmtpSink() {
    ::close(alive_);
    std::fclose(from_);
    ::waitpid(child_, nullptr, 0);
  }
  SmtpSink(const SmtpSink&) = delete;
  SmtpSink& operator=(const SmtpSink&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + port_; }

  // The next mail that it took over; waits for it.
  boost::json::object mail() { return boost::json::parse(line()).as_object(); }

 private:
  std::string line() {
    std::string text;
    for (int c = std::fgetc(from_); c != '\n'; c = std::fgetc(from_)) {
      if (c == EOF) throw std::runtime_error("the mail server of the test has ended");
      text += static_cast<char>(c);
    }
    return text;
  }

  pid_t child_ = 0;
  int alive_ = -1;
  std::FILE* from_ = nullptr;
  std::string port_;
};

}  // namespace simpul::test
