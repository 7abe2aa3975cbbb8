#include "base/error.hpp"

namespace simpul {

std::string fill_message(std::string text, const MessageArgs& args) {
  std::string filled;
  filled.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    const auto close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) {
      filled.append(text, at);
      break;
    }
    const auto found = args.find(text.substr(open + 1, close - open - 1));
    filled.append(text, at, open - at);
    filled.append(found == args.end() ? text.substr(open, close - open + 1) : found->second);
    at = close + 1;
  }
  return filled;
}

Error::Error(ErrorKind kind_in, std::string key_in, MessageArgs args_in, std::vector<FieldError> fields_in,
             std::string detail_in)
    : kind(kind_in),
      key(std::move(key_in)),
      args(std::move(args_in)),
      fields(std::move(fields_in)),
      detail(std::move(detail_in)),
      what_(fill_message(key, args) + (detail.empty() ? "" : " [" + detail + "]")) {}

int http_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Invalid:
      return 400;
    case ErrorKind::Unauthenticated:
      return 401;
    case ErrorKind::Forbidden:
      return 403;
    case ErrorKind::NotFound:
      return 404;
    case ErrorKind::Conflict:
      return 409;
    case ErrorKind::TooLarge:
      return 413;
    case ErrorKind::TooMany:
      return 429;
    case ErrorKind::Unavailable:
      return 503;
    case ErrorKind::Internal:
      return 500;
  }
  return 500;
}

}  // namespace simpul
