import { routes } from "@/lib/client/routes";

/** The page for a code of an authenticator app, or for a recovery code. */
export function codePath(options: { next: string | undefined; recovery: boolean }): string {
  const path = routes.loginCode(options.next);
  if (!options.recovery) return path;
  return `${path}${path.includes("?") ? "&" : "?"}with=recovery`;
}
