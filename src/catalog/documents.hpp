// What of the register can be found by words: potentials first (document number = ordinal), then regions,
// commodities and sectors. Used by the snapshot.
#pragma once

#include "catalog/snapshot.hpp"
#include "catalog/text_index.hpp"

namespace simpul::catalog {

TextIndex index_documents(const domain::PublishedRegister& content);

// The kind and the place in its list of a document; `score` is left 0.
Hit document(const domain::PublishedRegister& content, std::uint32_t number);

}  // namespace simpul::catalog
