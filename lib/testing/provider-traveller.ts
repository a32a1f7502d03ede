import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { runCallback } from "@/lib/auth/providers/callback";
import { authConfig, type ProviderHooks, type ProviderSettings } from "@/lib/auth/providers/config";
import type { ProviderId } from "@/lib/auth/schema";

/** Fields of the stand-ins' form; what is left out stays as the form has it. */
export interface FormChoice {
  subject?: string;
  email?: string;
  name?: string;
  emailVerified?: boolean;
  emailValid?: boolean;
  fault?: string;
  decision?: "continue" | "deny";
}

/** A browser without pages: it keeps cookies and goes where it is sent. */
export function createTraveller(origin: string, settings: ProviderSettings) {
  const jar = new Map<string, string>();
  const cookieHeader = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  function keep(response: Response): string[] {
    const lines = response.headers.getSetCookie();
    for (const line of lines) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return lines;
  }

  return {
    jar,

    /** As `signIn` of next-auth does it; answers the provider's address and the cookies' lines. */
    async start(provider: ProviderId, params: Record<string, string> = {}) {
      const hooks: ProviderHooks = {
        finish: async () => "/",
        failed: (error) => {
          throw error;
        },
      };
      const { handlers } = NextAuth(() => authConfig(settings, hooks));
      const csrf = await handlers.GET(new NextRequest(`${origin}/api/auth/csrf`));
      keep(csrf);
      const { csrfToken } = (await csrf.json()) as { csrfToken: string };
      const url = new URL(`${origin}/api/auth/signin/${provider}`);
      url.search = new URLSearchParams(params).toString();
      const request = new NextRequest(url, {
        method: "POST",
        headers: {
          cookie: cookieHeader(),
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({ csrfToken, callbackUrl: "/videos" }).toString(),
      });
      const response = await handlers.POST(request);
      const cookies = keep(response);
      return { url: response.headers.get("location") ?? "", cookies };
    },

    callback(url: string, finish: ProviderHooks["finish"], init: RequestInit = {}) {
      const headers = new Headers(init.headers);
      headers.set("cookie", cookieHeader());
      return runCallback(new Request(url, { ...init, headers }), origin, settings, finish);
    },
  };
}

/** Opens the stand-in's authorize page. */
export async function openPage(url: string): Promise<{ status: number; html: string }> {
  const response = await fetch(url, { redirect: "manual" });
  return { status: response.status, html: await response.text() };
}

/** Sends the form of the page; answers the address the person is sent back to. */
export async function decide(url: string, html: string, choice: FormChoice = {}): Promise<string> {
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? "";
  const form = new URLSearchParams();
  for (const [tag] of html.matchAll(/<input[^>]+>/g)) {
    const name = /name="([^"]+)"/.exec(tag)?.[1] ?? "";
    form.set(name, /value="([^"]*)"/.exec(tag)?.[1] ?? "on");
  }
  form.set("decision", "continue");
  for (const [name, value] of Object.entries(choice)) {
    if (value === false) form.delete(name);
    else form.set(name, value === true ? "on" : value);
  }
  const sent = await fetch(new URL(action, url), {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  return sent.headers.get("location") ?? "";
}
