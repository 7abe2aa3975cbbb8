#include "domain/attachment.hpp"

#include <algorithm>
#include <set>

namespace simpul::domain {
namespace {

class Faults {
 public:
  explicit Faults(std::vector<FieldError>& faults, std::size_t index)
      : faults_(faults), prefix_("attachments." + std::to_string(index) + '.') {}

  void add(const std::string& field, std::string key, MessageArgs args = {}) {
    faults_.push_back({prefix_ + field, std::move(key), std::move(args)});
  }
  void text(const std::string& field, std::string_view value, std::size_t most) {
    if (value.size() > most)
      faults_.push_back(
          FieldError{prefix_ + field, "is longer than {most} bytes", {{"most", std::to_string(most)}}});
  }
  void local(const std::string& field, const LocalText& value) {
    for (const auto& [language, words] : value) text(field + '.' + language, words, kMostCaption);
  }

 private:
  std::vector<FieldError>& faults_;
  const std::string prefix_;
};

bool indonesian(const LocalText& text) {
  const auto found = text.find("id");
  return found != text.end() && !found->second.empty();
}

}  // namespace

std::vector<FieldError> validate(const std::vector<Attachment>& attachments) {
  std::vector<FieldError> faults;
  std::set<std::string_view> files;
  std::size_t photos = 0, documents = 0;
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    const auto& one = attachments[i];
    Faults of(faults, i);
    if (one.kind == kPhoto) {
      ++photos;
      if (!indonesian(one.caption))
        of.add("caption.id", msgid("A photo needs a caption before it is published"));
      if (!indonesian(one.alt))
        of.add("alt.id", msgid("A photo needs a text for people who cannot see it before it is published"));
    } else if (one.kind == kDocument) {
      ++documents;
      if (one.name.empty()) of.add("name", "must not be empty");
    } else {
      of.add("kind", "\"{value}\" does not exist", {{"value", one.kind}});
    }
    if (!files.insert(one.file).second) of.add("file", msgid("The same file is there twice"));
    of.text("name", one.name, kMostName);
    of.local("caption", one.caption);
    of.local("alt", one.alt);
    of.text("credit", one.credit, kMostName);
    of.text("licence", one.licence, kMostLicence);
  }
  const MessageArgs most{{"most", std::to_string(kMostOfAKind)}};
  if (photos > kMostOfAKind)
    faults.push_back({"attachments", msgid("There can be at most {most} photos"), most});
  if (documents > kMostOfAKind)
    faults.push_back({"attachments", msgid("There can be at most {most} documents"), most});
  return faults;
}

std::vector<int> widths_of(const StoredFile& file) {
  std::vector<int> widths;
  for (const int width : kWidths) {
    widths.push_back(width);
    if (width >= file.width) break;
  }
  return widths;
}

std::string_view variant_type(const StoredFile& file, std::string_view variant) {
  if (file.kind == kDocument) return variant == "document.pdf" ? "application/pdf" : "";
  for (const int width : widths_of(file)) {
    const auto name = std::to_string(width);
    if (variant == name + ".webp") return "image/webp";
    if (variant == name + ".jpg") return "image/jpeg";
  }
  return "";
}

std::string folder_of(std::string_view hash) {
  return std::string(hash.substr(0, 2)) + '/' + std::string(hash);
}

const StoredFile* find_file(std::span<const StoredFile> files, std::string_view hash) {
  const auto found = std::ranges::lower_bound(
      files, hash, {}, [](const StoredFile& file) { return std::string_view(file.hash); });
  return found != files.end() && found->hash == hash ? &*found : nullptr;
}

}  // namespace simpul::domain
