import { z } from "zod";
import { confirmEmailChange } from "@/lib/auth";
import { tokenSchema } from "@/lib/auth/schema";
import { route } from "@/lib/http/route";

const input = z.object({ token: tokenSchema });

export const POST = route({ auth: "none", body: input }, async ({ body }) => {
  await confirmEmailChange(body);
  return new Response(null, { status: 204 });
});
