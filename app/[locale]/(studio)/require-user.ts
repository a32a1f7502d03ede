import "server-only";
import { redirect } from "next/navigation";
import type { AccountView } from "@/lib/accounts/schema";
import { currentUser } from "@/lib/auth";
import { routes } from "@/lib/client/routes";

/**
 * Whose page this is. Nobody is sent to the log-in, and a visitor who tries without an account to
 * the sign-up unless the page welcomes `visitors`; both come back to `path` afterwards. Reads the
 * session, so call it inside Suspense. It steers the browser and guards nothing: services do.
 */
export async function requireUser(
  path: string,
  options: { visitors?: boolean } = {},
): Promise<AccountView> {
  const user = await currentUser();
  if (!user) redirect(routes.login(path));
  if (user.visitor && !options.visitors) redirect(routes.signUp(path));
  return user;
}
