import "server-only";
import { redirect } from "next/navigation";
import type { AccountView } from "@/lib/accounts/schema";
import { currentUser } from "@/lib/auth";
import { routes } from "@/lib/client/routes";

/**
 * Whose page this is. A visitor is sent to the log-in and back to `path` afterwards. Reads the
 * session, so call it inside Suspense. It steers the browser and guards nothing: services do.
 */
export async function requireUser(path: string): Promise<AccountView> {
  const user = await currentUser();
  if (!user) redirect(routes.login(path));
  return user;
}
