import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/account/form-state";
import { cookieOptions, isSecure } from "@/lib/auth/cookies";
import { seal, unseal } from "@/lib/seal";

/** The forms whose answer can outlive the page that they were on. */
export type FormId =
  | "log-in"
  | "code"
  | "recovery"
  | "provider"
  | "sign-up"
  | "resend"
  | "sent"
  | "confirm"
  | "finish"
  | "reset"
  | "new-password"
  | "email";

/** Long enough to load a page, too short to surprise later. */
const briefMs = 60_000;

/** Over https bound to this very host, as the cookies of signing in are. */
const prefix = () => `${isSecure() ? "__Host-" : ""}ax2-form-`;
const cookieOf = (form: FormId) => `${prefix()}${form}`;
const contextOf = (form: FormId) => `form:${form}`;

/**
 * Answers a form with `state`. A browser that runs our code gets it as it is. Any other has left
 * the page by posting the form, and Next answers a post to a prerendered page without the page
 * around it; so the state goes into a cookie and the browser to `back`, which shows it.
 */
export async function answer(form: FormId, back: string, state: FormState): Promise<FormState> {
  if ((await headers()).has("next-action")) return state;
  await keep(form, state);
  redirect(back);
}

/** Keeps `state` for the page that comes next. Sealed: a page shows only what the server said. */
export async function keep(form: FormId, state: FormState, ms: number = briefMs): Promise<void> {
  const sealed = seal(JSON.stringify(state), contextOf(form));
  (await cookies()).set(cookieOf(form), sealed, cookieOptions(ms));
}

/** What `form` said to this browser last, if it was a moment ago. */
export async function remembered(form: FormId): Promise<FormState | undefined> {
  const sealed = (await cookies()).get(cookieOf(form))?.value;
  const text = sealed && unseal(sealed, contextOf(form));
  return text ? (JSON.parse(text) as FormState) : undefined;
}

/** It went well: forgets what forms had said and goes on to `path`. */
export async function leave(path: string): Promise<never> {
  const store = await cookies();
  const said = store.getAll().filter(({ name }) => name.startsWith(prefix()));
  for (const { name } of said) {
    if (name !== cookieOf("sent")) store.set(name, "", cookieOptions(0));
  }
  redirect(path);
}
