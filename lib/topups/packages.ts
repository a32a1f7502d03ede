import "server-only";
import { paymentClientConfig, paymentsAreConfigured } from "@/lib/payments";
import type { Tx } from "@/lib/transaction";
import { readPackages } from "./packages-repo";
import { bestOffer, isFor, type PricedPackage, promotionProblem } from "./pricing";
import { promotionView } from "./promotions";
import { type PromotionRow, personalUses, readPromotions } from "./promotions-repo";
import type { PackagesView, PackageView } from "./schema";

/** Promotions that a person may use now, and what is wrong with the code they gave. */
export interface Promotions {
  good: PromotionRow[];
  problem: string | null;
}

/** Looks at what applies by itself and at the code, if one was given. */
export async function promotionsFor(
  options: { userId: string; code?: string | undefined; nowMs: number },
  tx?: Tx,
): Promise<Promotions> {
  const { userId, code, nowMs } = options;
  const rows = await readPromotions(code, tx);
  const uses = await personalUses(
    userId,
    rows.map(({ id }) => id),
    tx,
  );
  const problems = new Map(
    rows.map((row) => {
      const use = uses.get(row.id) ?? "none";
      return [row, promotionProblem(row, { use, nowMs })];
    }),
  );
  const good = rows.filter((row) => problems.get(row) === null);
  if (code === undefined) return { good, problem: null };
  const named = rows.find((row) => row.code === code);
  return { good, problem: named ? (problems.get(named) ?? null) : "promotion_unknown" };
}

/** What is on sale, with the prices that this person would pay now. */
export async function listPackages(options: {
  userId: string;
  code?: string | undefined;
  nowMs?: number;
}): Promise<PackagesView> {
  const { userId, code, nowMs = Date.now() } = options;
  const available = paymentsAreConfigured();
  const [packages, { good, problem }] = await Promise.all([
    readPackages(),
    promotionsFor({ userId, code, nowMs }),
  ]);
  const named = good.find((row) => row.code !== null);
  const fitsNone = named !== undefined && !packages.some((pack) => isFor(pack, named));
  const wrong = problem ?? (fitsNone ? "promotion_unknown" : null);
  return {
    available,
    sandbox: available && paymentClientConfig().sandbox,
    packages: packages.map((pack) => packageView(pack, good)),
    code: code === undefined ? null : { code, good: wrong === null, problem: wrong },
  };
}

function packageView(pack: PricedPackage, promotions: PromotionRow[]): PackageView {
  const { offer, promotion } = bestOffer(pack, promotions);
  const { id, credits } = pack;
  return { id, credits, ...offer, promotion: promotion ? promotionView(promotion) : null };
}
