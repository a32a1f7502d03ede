import { logOut } from "@/lib/auth";
import { route } from "@/lib/http/route";

export const POST = route({ auth: "none" }, async () => {
  await logOut();
  // Storage stays: edits that haven't been sent yet are the person's, and hold no sign-in.
  return new Response(null, { status: 204, headers: { "clear-site-data": '"cache"' } });
});
