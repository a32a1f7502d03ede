import { type NextRequest, NextResponse } from "next/server";
import createMiddleware from "next-intl/middleware";
import { isLocale, type Locale, localeCookie, routing } from "@/i18n/routing";
import { callerOf } from "@/lib/auth/caller";
import { cookieName, isSecure } from "@/lib/auth/cookies";
import { renewOnTheWay } from "@/lib/auth/proxy-session";
import { noteForeignPost } from "@/lib/auth/refusals";
import { isStudioPath, routes, safeNextPath } from "@/lib/client/routes";
import { env } from "@/lib/env";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";
import { isOwnOrigin } from "@/lib/http/origin";
import { requestIdHeader } from "@/lib/http/request-id";
import { setStrictTransport } from "@/lib/http/strict-transport";
import { newId } from "@/lib/ids";

const chooseLocale = createMiddleware(routing);

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const requestId = newId();
  request.headers.set(requestIdHeader, requestId);
  const response = await guardedAnswer(request, requestId);
  response.headers.set("x-request-id", requestId);
  // These depend on the running server, which a build doesn't know.
  response.headers.set("content-security-policy", contentSecurityPolicy());
  setStrictTransport(response.headers);
  return response;
}

async function guardedAnswer(request: NextRequest, requestId: string): Promise<NextResponse> {
  // What is posted to a page is a server action, which no program calls: a browser has to say that
  // it comes from our own pages. Next itself lets a request without `Origin` pass.
  if (!isOwnOrigin(request, { appUrl: env().APP_URL, sender: "browser" })) {
    await noteForeignPost(callerOf(request.headers, { deviceToken: undefined, requestId }));
    return new NextResponse(null, { status: 403 });
  }
  const renewed = await renewOnTheWay(request, requestId);
  const response = answer(renewed.request);
  renewed.finish(response);
  // next-intl sets it by a configuration that knows no address yet.
  const language = response.cookies.get(localeCookie.name);
  if (language && isSecure()) response.cookies.set({ ...language, secure: true });
  return response;
}

function answer(request: NextRequest): NextResponse {
  const wanted = request.nextUrl.searchParams.get("lang");
  if (isLocale(wanted)) return rememberLocale(request, wanted);
  if (isStudioPath(request.nextUrl.pathname) && !request.cookies.has(cookieName("refresh"))) {
    return toLogIn(request);
  }
  return chooseLocale(request);
}

/**
 * Spares a stranger the studio's empty frame. A courtesy, not a guard: whether a cookie is worth
 * anything is decided by the services that hand out data.
 */
function toLogIn(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  return NextResponse.redirect(new URL(routes.login(`${pathname}${search}`), request.url), 307);
}

/**
 * `?lang=en` on any page: keeps the choice and shows the same page. The switch's link replaces the
 * query, so the page's own one is taken from where the reader came from.
 */
function rememberLocale(request: NextRequest, locale: Locale): NextResponse {
  const target = new URL(request.nextUrl);
  target.searchParams.delete("lang");
  const referer = URL.parse(request.headers.get("referer") ?? "");
  if (referer?.host === request.headers.get("host") && referer.pathname === target.pathname) {
    target.search = referer.search;
    target.searchParams.delete("lang");
  }
  const path = safeNextPath(`${target.pathname}${target.search}`, routes.home());
  const response = NextResponse.redirect(new URL(path, request.url), 303);
  response.cookies.set(localeCookie.name, locale, {
    path: "/",
    sameSite: "lax",
    maxAge: localeCookie.maxAge,
  });
  return response;
}

/**
 * Pages only. A route that matches gets at most 10 MB of a request's body and still answers 200,
 * so uploads and everything else under /api must stay outside. Files such as /icon.svg lie at the
 * root; a dot further down is somebody's try to reach a page around its guards.
 */
export const config = {
  matcher: ["/((?!api(?:/|$)|_next(?:/|$)|libass(?:/|$)|\\.well-known(?:/|$)|[^/]+\\.[^/]+$).*)"],
};
