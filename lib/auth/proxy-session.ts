import "server-only";
import { decodeJwt } from "jose";
import { NextRequest, type NextResponse } from "next/server";
import { AppError } from "@/lib/errors";
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
  if (!refreshToken || isCurrent(request.cookies.get(cookieName("access"))?.value)) return nothing;
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
      for (const { name, value, options } of cookies) response.cookies.set(name, value, options);
    },
  };
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

/** Not yet over by its own words; whether it is ours is checked where it is used. */
function isCurrent(accessToken: string | undefined): boolean {
  if (!accessToken) return false;
  try {
    return (decodeJwt(accessToken).exp ?? 0) * 1000 > Date.now() + marginMs;
  } catch {
    return false;
  }
}
