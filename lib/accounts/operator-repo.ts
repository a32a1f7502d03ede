import "server-only";
import { db, type Tx } from "@/lib/db";

export interface OperatorRow {
  id: string;
  email: string | null;
  name: string;
}

/** Makes an account with this address an operator or no longer one; undefined: there is none. */
export async function changeOperator(
  tx: Tx,
  email: string,
  operator: boolean,
): Promise<{ id: string; changed: boolean } | undefined> {
  const user = await tx.user.findFirst({
    where: { email, disabledAt: null, erasedAt: null, visitor: false },
    select: { id: true },
  });
  if (!user) return undefined;
  const { count } = await tx.user.updateMany({
    where: { id: user.id, operator: !operator },
    data: { operator },
  });
  return { id: user.id, changed: count === 1 };
}

export function readOperators(): Promise<OperatorRow[]> {
  return db().user.findMany({
    where: { operator: true, erasedAt: null },
    orderBy: { email: "asc" },
    select: { id: true, email: true, name: true },
  });
}
