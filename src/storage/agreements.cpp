#include "storage/agreements.hpp"

#include "storage/json.hpp"

namespace simpul::storage {
namespace {

const db::Statement kAll("agreements.all", R"sql(
SELECT id, slug, title, parties, type, document_kind, signed_on, ends_on, subject, region_code, source
FROM agreements)sql");

const db::Statement kPut("agreements.put", R"sql(
INSERT INTO agreements (id, slug, title, parties, type, document_kind, signed_on, ends_on, subject, region_code, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO UPDATE SET
  slug = excluded.slug, title = excluded.title, parties = excluded.parties, type = excluded.type,
  document_kind = excluded.document_kind, signed_on = excluded.signed_on, ends_on = excluded.ends_on,
  subject = excluded.subject, region_code = excluded.region_code, source = excluded.source)sql");

}  // namespace

std::vector<domain::Agreement> read_agreements(db::Connection& connection) {
  std::vector<domain::Agreement> agreements;
  connection.each(kAll, {}, [&](const db::Row& row) {
    domain::Agreement agreement;
    agreement.id = row.integer(0);
    agreement.slug = row.text(1);
    agreement.title = local_text(row.text(2));
    agreement.parties = words(row.text(3));
    agreement.type = row.text(4);
    agreement.document_kind = row.text(5);
    agreement.signed_on = parse_date(row.text(6));
    agreement.ends_on = parse_date(row.text(7));
    agreement.subject = row.text(8);
    agreement.region_code = row.text(9);
    agreement.source = row.text(10);
    agreements.push_back(std::move(agreement));
  });
  return agreements;
}

std::string key_of(const domain::Agreement& agreement) {
  return agreement.slug;
}

std::string content_of(const domain::Agreement& agreement) {
  return boost::json::serialize(boost::json::object{{"slug", agreement.slug},
                                                    {"title", to_json(agreement.title)},
                                                    {"parties", to_json(agreement.parties)},
                                                    {"type", agreement.type},
                                                    {"document_kind", agreement.document_kind},
                                                    {"signed_on", or_null(date_text(agreement.signed_on))},
                                                    {"ends_on", or_null(date_text(agreement.ends_on))},
                                                    {"subject", agreement.subject},
                                                    {"region", agreement.region_code},
                                                    {"source", agreement.source}});
}

void put(WriteTransaction& transaction, const domain::Agreement& agreement) {
  transaction.connection().run(
      kPut, {agreement.id, agreement.slug, json_text(agreement.title), json_text(agreement.parties),
             agreement.type, agreement.document_kind, date_text(agreement.signed_on),
             date_text(agreement.ends_on), agreement.subject, agreement.region_code, agreement.source});
}

}  // namespace simpul::storage
