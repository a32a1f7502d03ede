import "server-only";
import { AppError } from "@/lib/errors";
import { takenOverBy } from "@/lib/trial/claim";

/**
 * A page that is open belongs to whoever opened it, though another account may have logged in since
 * in the same browser. What a visitor has made is the account's that has taken it over.
 * @param readerId whose page it is; left out: the account's that asks
 * @throws {AppError} `other_account`
 */
export async function assertSame(userId: string, readerId = userId): Promise<void> {
  if (readerId === userId || (await takenOverBy(userId)).includes(readerId)) return;
  throw new AppError("other_account");
}
