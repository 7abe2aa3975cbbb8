// PDFs that people send: looked through by poppler and qpdf in limited children. Used by service/attachments.
#pragma once

#include <filesystem>
#include <functional>

namespace simpul::foreign {

struct Pdf {
  int pages = 0;
};

// `input` begins as a PDF does. Error Invalid with the reason: damaged, cut short, encrypted, or it holds
// what does something when it is opened (scripts, programs to start, files, forms that send). `stop`: as in
// ChildCommand.
Pdf check_pdf(const std::filesystem::path& input, const std::function<bool()>& stop = {});

}  // namespace simpul::foreign
