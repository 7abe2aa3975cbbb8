#include "http/compress.hpp"

#include <brotli/encode.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <vector>

#include "base/error.hpp"

namespace simpul::http {

namespace {

constexpr int kBrotliQuality[] = {4, 2};  // by effort

constexpr std::string_view kVectorTile = "application/vnd.mapbox-vector-tile";

[[noreturn]] void fail(const char* what) {
  throw Error(ErrorKind::Internal, "Something went wrong on our side", {}, {}, what);
}

std::string brotli(std::string_view bytes, Effort effort) {
  // A window no larger than the text needs: the encoder's tables grow with it, and touching them costs more
  // than the text itself for a page of 30 kB.
  const int window =
      std::clamp(static_cast<int>(std::bit_width(bytes.size() + 16)), BROTLI_MIN_WINDOW_BITS, 22);
  std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = out.size();
  if (BrotliEncoderCompress(kBrotliQuality[static_cast<int>(effort)], window, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE)
    fail("brotli failed");
  out.resize(size);
  out.shrink_to_fit();
  return out;
}

std::string gzip(std::string_view bytes, Effort effort) {
  struct Level {
    std::uint32_t level;
    std::vector<std::uint8_t> room;
  };
  thread_local Level levels[] = {{3, std::vector<std::uint8_t>(ISAL_DEF_LVL3_DEFAULT)},
                                 {2, std::vector<std::uint8_t>(ISAL_DEF_LVL2_DEFAULT)}};
  auto& [level, room] = levels[static_cast<int>(effort)];
  // What cannot be made smaller is stored, in blocks of 65,535 bytes with 5 of their own.
  std::string out(bytes.size() + bytes.size() / 8192 + 64, '\0');
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.level = level;
  stream.level_buf = room.data();
  stream.level_buf_size = static_cast<std::uint32_t>(room.size());
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  stream.flush = NO_FLUSH;
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<std::uint32_t>(bytes.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  if (bytes.size() > UINT32_MAX / 2 || isal_deflate_stateless(&stream) != COMP_OK) fail("gzip failed");
  out.resize(stream.total_out);
  out.shrink_to_fit();
  return out;
}

}  // namespace

bool compressible(std::string_view content_type) {
  const auto type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
         type == "application/json" || type == "application/xml" || type == "application/javascript" ||
         type == kVectorTile;
}

Effort effort_for(std::string_view content_type) {
  return content_type == kVectorTile ? Effort::Little : Effort::Usual;
}

std::string compress(std::string_view bytes, Encoding encoding, Effort effort) {
  switch (encoding) {
    case Encoding::Brotli:
      return brotli(bytes, effort);
    case Encoding::Gzip:
      return gzip(bytes, effort);
    case Encoding::Identity:
      break;
  }
  return std::string(bytes);
}

std::shared_ptr<const OpenFile> compress(const OpenFile& file, const std::filesystem::path& folder) {
  using Encoder = std::unique_ptr<BrotliEncoderState, decltype(&BrotliEncoderDestroyInstance)>;
  const Encoder encoder(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr),
                        &BrotliEncoderDestroyInstance);
  if (!encoder) fail("brotli has no memory");
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_QUALITY, kBrotliQuality[0]);
  TemporaryFile out(folder);
  std::vector<char> piece(64 * 1024);
  for (std::uint64_t place = 0; BrotliEncoderIsFinished(encoder.get()) == BROTLI_FALSE;) {
    std::size_t have = file.read(place, piece.data(), piece.size());
    place += have;
    const auto operation = have == 0 ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS;
    const auto* next = reinterpret_cast<const std::uint8_t*>(piece.data());
    do {
      std::size_t room = 0;
      if (BrotliEncoderCompressStream(encoder.get(), operation, &have, &next, &room, nullptr, nullptr) ==
          BROTLI_FALSE)
        fail("brotli failed");
      std::size_t size = 0;
      while (const auto* ready = BrotliEncoderTakeOutput(encoder.get(), &size)) {
        out.append({reinterpret_cast<const char*>(ready), size});
        size = 0;
      }
    } while (have > 0);
  }
  return out.finish();
}

}  // namespace simpul::http
