import { z } from "zod";
import { providerSchema, type ReauthenticationNeeds } from "@/lib/auth/schema";
import { ApiError } from "@/lib/client/api";

const needsSchema = z.object({
  password: z.boolean(),
  providers: z.array(providerSchema),
  code: z.boolean(),
});

/** What would prove who it is, when that is why a request was refused; else nothing. */
export function reauthenticationNeeds(error: unknown): ReauthenticationNeeds | undefined {
  if (!(error instanceof ApiError) || error.code !== "reauthentication_required") return undefined;
  const parsed = needsSchema.safeParse(error.data);
  // An answer that can't be read still gets the dialog, which then says to log in again.
  return parsed.success ? parsed.data : { password: false, providers: [], code: false };
}

/** What the dialog asks for. */
export interface ReauthenticationForm {
  password: boolean;
  code: boolean;
  providers: ReauthenticationNeeds["providers"];
}

/** The fields and buttons that `needs` come to: a code is asked for on top of a password. */
export function reauthenticationForm(needs: ReauthenticationNeeds): ReauthenticationForm {
  const { password, providers } = needs;
  return { password, providers, code: needs.code && password };
}
