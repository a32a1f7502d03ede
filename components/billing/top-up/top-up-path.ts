import { routes } from "@/lib/client/routes";

/** The top-up page for somebody who comes from somewhere. */
export function topUpPath(options: { packageId: string | null | undefined; back: string | null }) {
  const query = new URLSearchParams();
  if (options.packageId) query.set("package", options.packageId);
  if (options.back) query.set("back", options.back);
  const text = query.toString();
  return text === "" ? routes.topUp() : `${routes.topUp()}?${text}`;
}
