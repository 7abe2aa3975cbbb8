#include "foreign/pdf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "foreign/child.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr const char* kBroken = msgid("The PDF cannot be opened: the file is damaged or incomplete");
constexpr std::streamoff kEndBytes = 1024;

ChildResult run(std::string program, std::vector<std::string> arguments, const fs::path& input,
                const std::function<bool()>& stop) {
  ChildCommand command;
  command.program = std::move(program);
  command.arguments = std::move(arguments);
  command.input = input;
  command.limits.stdout_bytes = std::size_t{48} << 20;
  command.stop = stop;
  auto result = run_child(command);
  if (result.end == ChildEnd::Stopped)
    throw Error(ErrorKind::Unavailable, msgid("The work on the PDF was broken off"));
  return result;
}

[[noreturn]] void broken(std::string_view program, const ChildResult& result) {
  throw Error(ErrorKind::Invalid, kBroken, {}, {},
              fmt::format("{}: exit {}, {}", program, result.exit_code, result.stderr_text));
}

// Behind the mark of the end nothing but blanks: what was appended is no PDF, what lacks it was cut.
bool ends_as_it_should(const fs::path& input) {
  std::ifstream in(input, std::ios::binary);
  in.seekg(0, std::ios::end);
  const std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(0, size - kEndBytes));
  const std::string end{std::istreambuf_iterator<char>(in), {}};
  const auto mark = end.rfind("%%EOF");
  return mark != end.npos && end.find_first_not_of("\r\n\t \0"sv, mark + 5) == end.npos;
}

std::string_view field(std::string_view lines, std::string_view name) {
  auto at = lines.starts_with(name) ? 0 : lines.find('\n' + std::string(name));
  if (at == lines.npos) return {};
  at = lines.find_first_not_of(' ', lines.find(name, at) + name.size());
  return lines.substr(at, lines.find('\n', at) - at);
}

// Names that only stand in a PDF that acts, runs or carries something. qpdf gives every object of the file,
// also those in compressed streams, with names undisguised.
void refuse_what_acts(std::string_view objects) {
  constexpr std::array kActs{
      R"("/JavaScript")"sv,    R"("/JS")"sv,        R"("/Launch")"sv,     R"("/EmbeddedFile")"sv,
      R"("/EmbeddedFiles")"sv, R"("/RichMedia")"sv, R"("/SubmitForm")"sv, R"("/ImportData")"sv,
      R"("/GoToE")"sv,         R"("/XFA")"sv,       R"("/Rendition")"sv,  R"("/Movie")"sv};
  for (const auto sign : kActs)
    if (objects.find(sign) != objects.npos)
      throw Error(ErrorKind::Invalid,
                  msgid("The PDF holds a script, an action or an attached file ({name}) and is not accepted. "
                        "Print it to a "
                        "new PDF and send that"),
                  {{"name", std::string(sign.substr(1, sign.size() - 2))}});
}

}  // namespace

Pdf check_pdf(const fs::path& input, const std::function<bool()>& stop) {
  if (!ends_as_it_should(input)) throw Error(ErrorKind::Invalid, kBroken);
  const auto told = run("/usr/bin/pdfinfo", {input.string()}, input, stop);
  // poppler cannot say more about a file that needs a password, and that is what it says.
  const bool locked = told.stderr_text.find("Incorrect password") != std::string::npos ||
                      field(told.stdout_text, "Encrypted:").starts_with("yes");
  if (locked)
    throw Error(ErrorKind::Invalid, msgid("The PDF is encrypted. Save it without a password and send that"));
  if (!told.ok()) broken("pdfinfo", told);

  Pdf pdf;
  const auto pages = field(told.stdout_text, "Pages:");
  std::from_chars(pages.data(), pages.data() + pages.size(), pdf.pages);
  if (pdf.pages < 1) throw Error(ErrorKind::Invalid, kBroken);

  const auto objects =
      run("/usr/bin/qpdf", {"--json=2", "--json-key=qpdf", "--json-stream-data=none", input.string()}, input,
          stop);
  if (objects.end == ChildEnd::TooMuchOutput || objects.end == ChildEnd::TimedOut)
    throw Error(ErrorKind::Invalid, msgid("The PDF is too complicated to be checked"));
  // 3: with warnings that qpdf could mend.
  if (objects.end != ChildEnd::Exited || (objects.exit_code != 0 && objects.exit_code != 3))
    broken("qpdf", objects);
  refuse_what_acts(objects.stdout_text);
  return pdf;
}

}  // namespace simpul::foreign
