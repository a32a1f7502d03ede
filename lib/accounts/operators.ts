import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { transaction } from "@/lib/transaction";
import { changeOperator, type OperatorRow, readOperators } from "./operator-repo";
import { emailSchema } from "./schema";

/**
 * Lets an account see what concerns the house, or no longer; answers whether that is a change.
 * @throws {AppError} `not_found` when no account has this address
 */
export function setOperator(options: { email: string; operator: boolean }): Promise<boolean> {
  const { operator } = options;
  const email = emailSchema.parse(options.email);
  return transaction(async (tx) => {
    const account = await changeOperator(tx, email, operator);
    if (!account) throw new AppError("not_found");
    if (account.changed) {
      appendAudit(tx, {
        name: "operator_changed",
        level: "warn",
        subjectId: account.id,
        detail: { operator },
      });
    }
    return account.changed;
  });
}

/** Everybody who may see what concerns the house. */
export function allOperators(): Promise<OperatorRow[]> {
  return readOperators();
}
