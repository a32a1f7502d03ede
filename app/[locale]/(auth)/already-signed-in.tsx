import { redirect } from "next/navigation";
import { currentUser } from "@/lib/auth";
import { safeNextPath } from "@/lib/client/routes";

type Query = Promise<Record<string, string | string[] | undefined>>;

/** Sends on whoever is signed in already; shows nothing. Reads the session, so: in Suspense. */
export async function AlreadySignedIn({ searchParams }: { searchParams: Query }) {
  const { next } = await searchParams;
  if (await currentUser()) redirect(safeNextPath(next));
  return null;
}
