import { logOut } from "@/lib/auth";
import { route } from "@/lib/http/route";

export const POST = route({ auth: "none" }, async () => {
  await logOut();
  return new Response(null, { status: 204 });
});
