// The one condition by which statements leave out records that an import has written and nobody is to see yet
// (or any more): their ids stand in hidden_ranges, see migration 0006. The table is empty most of the time;
// then the first half decides once for the whole statement.
#pragma once

// `id`: the column of the record's id, with its table.
#define SIMPUL_NOT_HIDDEN(id)                                                  \
  "(NOT EXISTS (SELECT 1 FROM hidden_ranges) OR " id                           \
  " > COALESCE((SELECT h.last_id FROM hidden_ranges h WHERE h.first_id <= " id \
  " ORDER BY h.first_id DESC LIMIT 1), 0))"
