import { z } from "zod";
import { startProvider } from "@/lib/auth";
import { providerSchema, startProviderInput } from "@/lib/auth/schema";
import { json, route } from "@/lib/http/route";

const params = z.object({ provider: providerSchema });

/** Linking and proving who it is need a sign-in; `startProvider` asks for it. */
export const POST = route(
  { auth: "none", params, body: startProviderInput },
  async ({ params: { provider }, body }) => json(await startProvider({ ...body, provider })),
);
