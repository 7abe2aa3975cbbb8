// Whatever the bytes are, they are one type, and the question whether they pretend has an answer.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "foreign/file_type.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto type = simpul::foreign::file_type(bytes);
  if ((type == simpul::foreign::FileType::Empty) != bytes.empty()) std::abort();
  if (simpul::foreign::media_type(type).empty()) std::abort();
  const auto tail = bytes.substr(size > 40 ? size - 40 : 0);
  const bool two = simpul::foreign::pretends(type, bytes, tail);
  // Nothing that is taken away from the end makes it worse, as long as the end of an archive is not seen.
  if (!two && simpul::foreign::pretends(type, bytes, "")) std::abort();
  return 0;
}
