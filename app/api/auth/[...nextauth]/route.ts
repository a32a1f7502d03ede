import { z } from "zod";
import { finishProvider } from "@/lib/auth/provider-flow";
import { answerProviderCallback } from "@/lib/auth/providers/next-auth";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http/route";

/**
 * Where identity providers send people back to; GET /api/auth/callback/google and the like. The
 * rest of next-auth's own interface isn't offered.
 */
export const GET = route(
  {
    auth: "none",
    params: z.object({ nextauth: z.tuple([z.literal("callback"), z.string()]) }),
  },
  ({ request, params }) => answerProviderCallback(request, params.nextauth[1], finishProvider),
);

export const POST = route({ auth: "none" }, () => {
  throw new AppError("not_found");
});
