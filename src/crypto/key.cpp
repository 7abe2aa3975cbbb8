#include "crypto/key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace simpul::crypto {
namespace {

[[noreturn]] void fail(ErrorKind kind, const char* key, const std::filesystem::path& file) {
  throw Error(kind, key, {{"file", file.string()}});
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

}  // namespace

Key Key::random() {
  if (sodium_init() < 0)
    throw Error(ErrorKind::Internal, "Something went wrong on our side", {}, {}, "sodium");
  Key key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

Key Key::load(const std::filesystem::path& file) {
  Key key = random();
  {
    const Descriptor made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (made.get() >= 0) {
      const auto written = ::write(made.get(), key.bytes_.data(), key.bytes_.size());
      if (written != static_cast<ssize_t>(key.bytes_.size()) || ::fsync(made.get()) != 0) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        fail(ErrorKind::Unavailable, "The key file {file} cannot be written", file);
      }
      return key;
    }
  }
  const Descriptor there(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about {};
  if (there.get() < 0 || ::fstat(there.get(), &about) != 0)
    fail(ErrorKind::Unavailable, "The key file {file} cannot be read", file);
  if ((about.st_mode & 0077) != 0)
    fail(ErrorKind::Invalid, "The key file {file} can be read by others: set its mode to 0600", file);
  if (about.st_size != static_cast<off_t>(key.bytes_.size()) ||
      ::read(there.get(), key.bytes_.data(), key.bytes_.size()) != static_cast<ssize_t>(key.bytes_.size()))
    fail(ErrorKind::Invalid, "{file} is no key file of Simpul: restore it from a backup", file);
  return key;
}

std::string Key::seal(std::string_view plain) const {
  std::string out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  randombytes_buf(bytes, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES,
                        reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), bytes,
                        bytes_.data());
  return out;
}

std::string Key::open(std::string_view sealed) const {
  constexpr std::size_t kAround = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  std::string plain(sealed.size() < kAround ? 0 : sealed.size() - kAround, '\0');
  if (sealed.size() < kAround ||
      crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()),
                                 bytes + crypto_secretbox_NONCEBYTES,
                                 sealed.size() - crypto_secretbox_NONCEBYTES, bytes, bytes_.data()) != 0)
    throw Error(ErrorKind::Internal, "Something went wrong on our side", {}, {},
                "a sealed value does not open: the key file belongs to another database");
  return plain;
}

std::string Key::keyed_hash(std::string_view value) const {
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(value.data()),
                     value.size(), bytes_.data(), bytes_.size());
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

}  // namespace simpul::crypto
