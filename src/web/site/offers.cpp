// /{lang}/peluang: the potentials that a source reports as offered or looking for a partner, with what is
// known of them.
#include "web/site/cards.hpp"
#include "web/site/counts.hpp"
#include "web/site/list_state.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {
namespace {

// More are for the list, which has pages.
constexpr std::size_t kMostOffers = 120;

}  // namespace

http::Response offers_page(const RequestContext& context) {
  const auto& language = *context.language;
  const auto filter = only("status", "offered");
  std::size_t total = 0;
  const auto offers = first_potentials(context, filter, kMostOffers, &total);

  auto page = page_of(context, "site/offers.html");
  page.set("COUNT_TEXT", language.trn("{n} offer", "{n} offers", static_cast<long long>(total)));
  page.set("LIST_URL", address(language, "potensi", domain::to_query(filter)));
  page.set("CSV_URL", address(language, "potensi.csv", domain::to_query(filter)));
  page.show("EMPTY", total == 0);
  if (total) add_items(page.section("OFFERS"), "OFFER", "site/card.html", context, offers);

  PageInfo info;
  info.title = language.tr("Offers");
  info.description =
      language.tr("Potentials of Southeast Sulawesi reported as offered to investors and partners.");
  info.path = "peluang";
  info.nav = Nav::Potentials;
  info.kind = "offers";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
