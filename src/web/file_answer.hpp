// A file from the disk as an answer: what people sent in is never rendered as a page. Used by the faces that
// hand out photos and documents; on the worker pool, because it reads.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace simpul::web {

// `save_as`: the name under which a document is saved ("Rencana induk.docx" becomes "Rencana induk.pdf");
// empty: shown in place. Error NotFound: it is not there.
http::Response file_answer(const std::filesystem::path& path, std::string media_type,
                           std::string_view save_as);

// RFC 6266: a plain name for old programs, the exact one for the others.
std::string save_as_pdf(std::string_view name);

}  // namespace simpul::web
