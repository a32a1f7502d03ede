import { noteCspReport } from "@/lib/auth/csp-reports";
import { route } from "@/lib/http/route";

/** Browsers say here what our content security policy kept them from doing. */
export const POST = route({ auth: "none" }, async ({ request }) => {
  await noteCspReport(request);
  return new Response(null, { status: 204 });
});
