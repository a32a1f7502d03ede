import "server-only";
import { NextRequest, type NextResponse } from "next/server";
import { AppError } from "@/lib/errors";
import { verifyAccessToken } from "./access-token";
import { callerOf } from "./caller";
import { sessionCookies } from "./cookie-session";
import { cookieName, cookieOptions } from "./cookies";
import { renewSession } from "./renewal";

/** Renewed this long before it runs out, so that it lasts for the page it asks for, in ms. */
const marginMs = 10_000;

/**
 * Renews a browser's sign-in on its way to a page, which can't set cookies itself. Answers the
 * request as the page shall see it, and what to lay into the answer.
 */
export async function renewOnTheWay(
  request: NextRequest,
  requestId: string,
): Promise<{ request: NextRequest; finish: (response: NextResponse) => void }> {
  const refreshToken = request.cookies.get(cookieName("refresh"))?.value;
  const nothing = { request, finish: () => undefined };
  const accessToken = request.cookies.get(cookieName("access"))?.value;
  if (!refreshToken || (await isCurrent(accessToken))) return nothing;
  const cookies = await newCookies(request, refreshToken, requestId);
  const headers = new Headers(request.headers);
  const renewed = new NextRequest(request.nextUrl, { headers });
  for (const { name, value } of cookies) {
    if (value) renewed.cookies.set(name, value);
    else renewed.cookies.delete(name);
  }
  return {
    request: renewed,
    finish: (response) => {
      for (const { name, value, options } of cookies) {
        if (value || opensPage(request)) response.cookies.set(name, value, options);
      }
    },
  };
}

/**
 * The person opens a page: only then are cookies of an ended sign-in taken away. What a page asks
 * for by itself, or sends to an action, may well cross a log-in and would take what that laid down.
 */
function opensPage(request: NextRequest): boolean {
  // Browsers have sent it since 2023; one that doesn't is taken at its word.
  const mode = request.headers.get("sec-fetch-mode") ?? "navigate";
  return request.method === "GET" && mode === "navigate";
}

async function newCookies(request: NextRequest, refreshToken: string, requestId: string) {
  const deviceToken = request.cookies.get(cookieName("device"))?.value;
  const caller = callerOf(request.headers, { deviceToken, requestId });
  try {
    return sessionCookies(await renewSession({ refreshToken, caller }));
  } catch (error) {
    if (!AppError.is(error, "refresh_rejected")) throw error;
    const gone = { value: "", options: cookieOptions(0) };
    return [
      { name: cookieName("access"), ...gone },
      { name: cookieName("refresh"), ...gone },
    ];
  }
}

/** One that runs out soon, or that a key signed which is gone, would leave the page a stranger. */
async function isCurrent(accessToken: string | undefined): Promise<boolean> {
  if (!accessToken) return false;
  return (await verifyAccessToken(accessToken, Date.now() + marginMs)) !== undefined;
}
