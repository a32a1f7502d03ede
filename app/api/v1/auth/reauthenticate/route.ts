import { reauthenticate } from "@/lib/auth";
import { reauthenticateInput } from "@/lib/auth/schema";
import { route } from "@/lib/http/route";

export const POST = route(
  { auth: "session", body: reauthenticateInput },
  async ({ principal, body }) => {
    await reauthenticate(principal, body);
    return new Response(null, { status: 204 });
  },
);
