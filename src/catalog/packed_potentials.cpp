#include "catalog/packed_potentials.hpp"

#include <bit>
#include <cstring>

#include "base/error.hpp"

namespace simpul::catalog {

namespace {

std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// Whole numbers take as many bytes as they need, seven bits in each.
template <typename Number>
class Writer {
 public:
  Writer(std::string& out, Number number) : out_(out), number_(number) {}

  void whole(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  void real(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    out_.append(reinterpret_cast<const char*>(&bits), sizeof(bits));
  }
  void text(std::string_view value) {
    whole(value.size());
    out_ += value;
  }
  void shared(std::string_view value) { whole(number_(value)); }
  void local(const domain::LocalText& value) {
    whole(value.size());
    for (const auto& [language, words] : value) {
      shared(language);
      text(words);
    }
  }
  void shared_list(const std::vector<std::string>& values) {
    whole(values.size());
    for (const auto& value : values) shared(value);
  }
  void date(const std::optional<Date>& value) {
    whole(value ? static_cast<std::uint64_t>((value->year * 16 + value->month) * 32 + value->day) + 1 : 0);
  }
  void geometry(const geo::Geometry& value) {
    if (value.empty()) return whole(0);
    whole(static_cast<std::uint64_t>(value.kind));
    whole(value.parts.size());
    for (const auto& part : value.parts) {
      whole(part.size());
      for (const auto& path : part) {
        whole(path.size());
        for (const auto p : path) {
          real(p.x);
          real(p.y);
        }
      }
    }
  }

 private:
  std::string& out_;
  Number number_;
};

class Reader {
 public:
  Reader(const char* at, const std::vector<std::string>& shared) : at_(at), shared_(shared) {}

  std::uint64_t whole() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
  }
  double real() {
    std::uint64_t bits = 0;
    std::memcpy(&bits, at_, sizeof(bits));
    at_ += sizeof(bits);
    return std::bit_cast<double>(bits);
  }
  std::string_view text() {
    const auto size = whole();
    const std::string_view value(at_, size);
    at_ += size;
    return value;
  }
  const std::string& shared() { return shared_[whole()]; }
  domain::LocalText local() {
    domain::LocalText value;
    const auto size = whole();
    value.reserve(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto& language = shared();
      value.emplace_hint(value.end(), language, std::string(text()));
    }
    return value;
  }
  std::vector<std::string> shared_list() {
    std::vector<std::string> values(whole());
    for (auto& value : values) value = shared();
    return values;
  }
  std::optional<Date> date() {
    auto value = whole();
    if (value == 0) return std::nullopt;
    --value;
    return Date{static_cast<int>(value / 512), static_cast<int>(value / 32 % 16),
                static_cast<int>(value % 32)};
  }
  geo::Geometry geometry() {
    geo::Geometry value;
    const auto kind = whole();
    if (kind == 0) return value;
    value.kind = static_cast<geo::GeometryKind>(kind);
    value.parts.resize(whole());
    for (auto& part : value.parts) {
      part.resize(whole());
      for (auto& path : part) {
        path.resize(whole());
        for (auto& p : path) {
          p.x = real();
          p.y = real();
        }
      }
    }
    return value;
  }

 private:
  const char* at_;
  const std::vector<std::string>& shared_;
};

}  // namespace

void PackedPotentials::add(const domain::Potential& potential) {
  if (bytes_.size() > UINT32_MAX)
    throw Error(ErrorKind::Internal, "The register is too large", {}, {}, "more than 4 GB in a segment");
  begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  Writer out(bytes_, [this](std::string_view text) {
    if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(shared_.size());
    shared_.emplace_back(text);
    numbers_.emplace(text, number);
    return number;
  });
  // First what is looked at alone.
  out.text(potential.slug);
  out.local(potential.title);
  out.whole(zigzag(potential.id));
  out.shared(potential.region_code);
  out.shared(potential.sector);
  out.shared(potential.category);
  out.shared(potential.group);
  out.shared(potential.commodity);
  out.geometry(potential.geometry);
  out.whole(static_cast<std::uint64_t>(potential.accuracy));
  out.local(potential.summary);
  out.local(potential.description);
  out.whole(potential.figures.size());
  for (const auto& figure : potential.figures) {
    out.real(figure.quantity);
    out.shared(figure.unit);
    out.shared(figure.kind);
    out.whole(figure.year ? zigzag(*figure.year) + 1 : 0);
    out.shared(figure.source);
  }
  out.shared_list(potential.forms);
  out.whole(static_cast<std::uint64_t>(potential.status));
  out.whole(static_cast<std::uint64_t>(potential.maturity));
  out.shared(potential.contact_unit);
  out.whole(potential.attachments.size());
  for (const auto& attachment : potential.attachments) {
    out.text(attachment.file);
    out.shared(attachment.kind);
    out.text(attachment.name);
    out.local(attachment.caption);
    out.local(attachment.alt);
    out.shared(attachment.credit);
    out.shared(attachment.licence);
  }
  out.shared_list(potential.sources);
  out.text(potential.note);
  out.date(potential.confirmed);
  out.whole(zigzag(potential.changed.microseconds));
  out.whole(zigzag(potential.version));
}

void PackedPotentials::finish(const std::vector<std::uint32_t>& order) {
  // In this order in memory too: what is looked at together lies together.
  std::string bytes;
  std::vector<std::uint32_t> begins;
  bytes.reserve(bytes_.size());
  begins.reserve(order.size());
  for (const auto i : order) {
    begins.push_back(static_cast<std::uint32_t>(bytes.size()));
    const auto end = i + 1 < begins_.size() ? begins_[i + 1] : bytes_.size();
    bytes.append(bytes_, begins_[i], end - begins_[i]);
  }
  bytes_ = std::move(bytes);
  begins_ = std::move(begins);
  shared_.shrink_to_fit();
  numbers_ = {};
}

domain::Potential PackedPotentials::operator[](std::size_t i) const {
  Reader in(bytes_.data() + begins_[i], shared_);
  domain::Potential potential;
  potential.slug = in.text();
  potential.title = in.local();
  potential.id = unzigzag(in.whole());
  potential.region_code = in.shared();
  potential.sector = in.shared();
  potential.category = in.shared();
  potential.group = in.shared();
  potential.commodity = in.shared();
  potential.geometry = in.geometry();
  potential.accuracy = static_cast<domain::LocationAccuracy>(in.whole());
  potential.summary = in.local();
  potential.description = in.local();
  potential.figures.resize(in.whole());
  for (auto& figure : potential.figures) {
    figure.quantity = in.real();
    figure.unit = in.shared();
    figure.kind = in.shared();
    if (const auto year = in.whole()) figure.year = static_cast<int>(unzigzag(year - 1));
    figure.source = in.shared();
  }
  potential.forms = in.shared_list();
  potential.status = static_cast<domain::PotentialStatus>(in.whole());
  potential.maturity = static_cast<domain::Maturity>(in.whole());
  potential.contact_unit = in.shared();
  potential.attachments.resize(in.whole());
  for (auto& attachment : potential.attachments) {
    attachment.file = in.text();
    attachment.kind = in.shared();
    attachment.name = in.text();
    attachment.caption = in.local();
    attachment.alt = in.local();
    attachment.credit = in.shared();
    attachment.licence = in.shared();
  }
  potential.sources = in.shared_list();
  potential.note = in.text();
  potential.confirmed = in.date();
  potential.changed.microseconds = unzigzag(in.whole());
  potential.version = unzigzag(in.whole());
  return potential;
}

std::string_view PackedPotentials::slug(std::size_t i) const {
  return Reader(bytes_.data() + begins_[i], shared_).text();
}

std::string_view PackedPotentials::title(std::size_t i, std::string_view language) const {
  Reader in(bytes_.data() + begins_[i], shared_);
  in.text();
  std::string_view english, indonesian, any;
  for (auto left = in.whole(); left > 0; --left) {
    const std::string_view code = in.shared();
    const auto words = in.text();
    if (words.empty()) continue;
    if (code == language) return words;
    if (code == "en") english = words;
    if (code == "id") indonesian = words;
    if (any.empty()) any = words;
  }
  return !english.empty() ? english : !indonesian.empty() ? indonesian : any;
}

}  // namespace simpul::catalog
