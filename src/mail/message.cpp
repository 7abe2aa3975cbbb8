#include "mail/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/error.hpp"

namespace simpul::mail {
namespace {

constexpr std::size_t kMostAddress = 200;
constexpr std::size_t kMostHeader = 500;  // bytes of a subject or name: more is cut
constexpr std::size_t kWordBytes = 45;  // bytes of text in one encoded word: three characters each, 75 in all
constexpr std::size_t kLine = 76;
constexpr std::string_view kHex = "0123456789ABCDEF";

bool letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_dotted(std::string_view text, std::string_view beside) {
  if (text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != text.npos) return false;
  return std::ranges::all_of(
      text, [&](char c) { return letter_or_digit(c) || c == '.' || beside.find(c) != beside.npos; });
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

void add_hex(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '=';
  out += kHex[byte >> 4u];
  out += kHex[byte & 15u];
}

// One line without control characters, cut between two characters.
std::string one_line(std::string_view text) {
  std::string line(text.substr(0, kMostHeader));
  if (text.size() > kMostHeader) {
    std::size_t end = kMostHeader;
    while (end > 0 && continues_character(text[end])) --end;
    line.resize(end);
  }
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }, ' ');
  return line;
}

// RFC 2047, Q encoding; several words on lines of their own when it is long.
std::string encoded_word(std::string_view text) {
  const auto line = one_line(text);
  const bool plain =
      line.size() < 60 && std::ranges::all_of(line, [](char c) {
        return letter_or_digit(c) || std::string_view(" .,:;!?-_()/+'").find(c) != std::string_view::npos;
      });
  if (plain && line.find("=?") == line.npos) return line;
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    auto end = std::min(at + kWordBytes / 3, line.size());
    while (end < line.size() && continues_character(line[end])) --end;
    if (end == at) end = std::min(at + 1, line.size());  // no UTF-8: one byte is still progress
    out += out.empty() ? "=?UTF-8?Q?" : "\r\n =?UTF-8?Q?";
    for (const char c : std::string_view(line).substr(at, end - at)) {
      if (letter_or_digit(c))
        out += c;
      else if (c == ' ')
        out += '_';
      else
        add_hex(out, c);
    }
    out += "?=";
    at = end;
  }
  return out;
}

// RFC 2045 quoted-printable: any bytes as short ASCII lines.
std::string quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      const bool last = i + 1 == line.size();
      const bool plain = c > 32 && c < 127 ? c != '=' : c == ' ' && !last;
      const std::size_t width = plain ? 1 : 3;
      if (column + width > kLine - 1) {
        out += "=\r\n";
        column = 0;
      }
      if (plain)
        out += c;
      else
        add_hex(out, c);
      column += width;
    }
    out += "\r\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// RFC 5322, in universal time; English whatever the locale says.
std::string date_of(Instant instant) {
  constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = instant.microseconds / 1'000'000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", kDays[static_cast<std::size_t>(parts.tm_wday)],
                     parts.tm_mday, kMonths[static_cast<std::size_t>(parts.tm_mon)], 1900 + parts.tm_year,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace

bool is_address(std::string_view text) {
  if (text.size() > kMostAddress) return false;
  const auto at = text.find('@');
  if (at == text.npos || at > 64) return false;
  return is_dotted(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && is_dotted(text.substr(at + 1), "-");
}

std::string_view host_of(std::string_view address) {
  return address.substr(std::min(address.find('@') + 1, address.size()));
}

std::string compose(const Message& message) {
  for (const auto* address : {&message.from, &message.to})
    if (!is_address(*address)) throw Error(ErrorKind::Invalid, "This is no e-mail address", {}, {}, "mail");
  std::string id;
  std::ranges::copy_if(message.id, std::back_inserter(id), letter_or_digit);
  const auto from =
      message.from_name.empty() ? message.from : encoded_word(message.from_name) + " <" + message.from + ">";
  return fmt::format(
      "Date: {}\r\nFrom: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      "Auto-Submitted: auto-generated\r\n\r\n{}",
      date_of(message.date), from, message.to, encoded_word(message.subject), id, host_of(message.from),
      quoted_printable(message.body));
}

}  // namespace simpul::mail
