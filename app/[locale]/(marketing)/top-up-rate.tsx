import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { lowestPrice } from "@/lib/topups/lowest-price";

/** What topping up starts at: from the packages on sale, so it follows with the request. */
export async function TopUpRate() {
  await connection();
  const t = await getTranslations("marketing.price");
  const price = await lowestPrice();
  if (!price) return t("topUpClosed");
  return t("topUpRate", { credits: price.credits, amount: price.priceKrw });
}
