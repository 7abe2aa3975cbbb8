// The one exception of the program. Thrown where the fault is known, caught in three places only:
// web/dispatch.cpp, the job worker and main. Expected absence is std::optional; validation is
// std::vector<FieldError>.
#pragma once

#include <exception>
#include <map>
#include <string>
#include <vector>

namespace simpul {

enum class ErrorKind {
  Invalid,          // the input is not acceptable; `fields` says where
  Unauthenticated,  // nobody is signed in
  Forbidden,        // somebody is, but may not
  NotFound,
  Conflict,  // somebody else changed it, or it exists already
  TooLarge,
  TooMany,      // of requests, in a time
  Unavailable,  // for now: full, locked, starting, database down
  Internal      // a fault of ours
};

// Arguments of a message, by the name of the placeholder: {"row","12"} fills {row}.
using MessageArgs = std::map<std::string, std::string>;

// Marks an English message in a table or constant for tools/extract_messages.py; it is translated where it is
// shown.
constexpr const char* msgid(const char* message) {
  return message;
}

// One fault of one field. `key` is an English gettext msgid with {named} placeholders; the face translates
// it.
struct FieldError {
  std::string field;
  std::string key;
  MessageArgs args;
};

// `key` as in FieldError, for the person; `detail` goes to the log only, never to the client.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string key, MessageArgs args = {}, std::vector<FieldError> fields = {},
        std::string detail = {});

  ErrorKind kind;
  std::string key;
  MessageArgs args;
  std::vector<FieldError> fields;
  std::string detail;

  const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;  // key with args filled in, and detail: for the log and the terminal
};

// Fills {name} placeholders; an unknown placeholder stays as it is.
std::string fill_message(std::string text, const MessageArgs& args);

// The HTTP status of a kind (the one table of it).
int http_status(ErrorKind kind);

}  // namespace simpul
