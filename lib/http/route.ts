import "server-only";
import type { ZodType, z } from "zod";
import { type Principal, renewedPrincipal } from "@/lib/auth/principal";
import { noteRefusal } from "@/lib/auth/refusals";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { readJson } from "./json-body";
import { isOwnOrigin } from "./origin";
import { asAppError, problemResponse } from "./problem";
import { type ByteRate, countBytes, countCall, countRead, type Rate, usualRate } from "./rate";
import { asRequest, currentRequestId } from "./request-id";
import { type PathParams, routeName } from "./route-name";
import { setStrictTransport } from "./strict-transport";

/** Who may call a route, with what, how often: data, so that a test can walk all routes. */
export interface RoutePolicy {
  /**
   * `session`: only an account that is signed in. `studio`: also a visitor who tries the product.
   * `operator`: only an operator; for everybody else there is nothing here. `none`: anybody.
   */
  auth: "session" | "studio" | "operator" | "none";
  params?: ZodType;
  query?: ZodType;
  /** JSON body. Left out: the handler reads the body itself, or there is none. */
  body?: ZodType;
  /** Where a body may be longer than usual: the longest, and all of an account's in a time. */
  longBody?: { maxBytes: number; inAll: ByteRate };
  /** Counted per account; `usualRate` when left out, and not for `auth: "none"`. */
  rate?: Rate;
  /** Answers a file, perhaps in pieces: counted apart from what else is read. */
  file?: true;
}

type Parsed<T> = T extends ZodType ? z.output<T> : undefined;

export interface RouteCall<P extends RoutePolicy> {
  request: Request;
  requestId: string;
  locale: "ko" | "en";
  principal: P["auth"] extends "none" ? undefined : Principal;
  params: Parsed<P["params"]>;
  query: Parsed<P["query"]>;
  body: Parsed<P["body"]>;
}

interface RouteContext {
  /** Nothing where the path has no part to fill in. */
  params: Promise<PathParams | undefined>;
}

export type RouteHandler = ((request: Request, context: RouteContext) => Promise<Response>) & {
  policy: RoutePolicy;
};

/**
 * A route handler from its policy and what it does. Refuses other sites, strangers, callers over
 * their rate and malformed input before `handle` runs; turns every error into a problem answer.
 */
export function route<const P extends RoutePolicy>(
  policy: P,
  handle: (call: RouteCall<P>) => Promise<Response>,
): RouteHandler {
  const run = async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = newId();
    const response = await asRequest(requestId, () => answer(policy, handle, request, context));
    response.headers.set("x-request-id", requestId);
    setStrictTransport(response.headers);
    return response;
  };
  return Object.assign(run, { policy });
}

async function answer<P extends RoutePolicy>(
  policy: P,
  handle: (call: RouteCall<P>) => Promise<Response>,
  request: Request,
  context: RouteContext,
): Promise<Response> {
  const requestId = currentRequestId();
  const locale = requestLocale(request);
  let principal: Principal | undefined;
  try {
    if (!isOwnOrigin(request, { appUrl: env().APP_URL })) throw new AppError("cross_site");
    principal = policy.auth === "none" ? undefined : await renewedPrincipal();
    assertMayCall(policy.auth, principal);
    const name = routeName(request, await context.params);
    const who = principal?.userId ?? "";
    if (policy.auth !== "none") await countRequest(policy, request, { name, who });
    const input = await readInput(policy, request, { context, name, who });
    return await handle({ request, requestId, locale, principal, ...input } as RouteCall<P>);
  } catch (thrown) {
    const error = asAppError(thrown);
    const params = await context.params;
    const objectId = typeof params?.id === "string" ? params.id : undefined;
    const led = request.headers.get("sec-fetch-site") === "cross-site";
    await noteRefusal({ error, led, principal, objectId, route: routeName(request, params) });
    return problemResponse({ error, requestId, locale });
  }
}

/** @throws {AppError} `rate_limited` */
function countRequest(
  policy: RoutePolicy,
  request: Request,
  caller: { name: string; who: string },
): Promise<void> {
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads && !policy.rate) return countRead(caller.who, policy.file ? "file" : "data");
  return countCall({ ...caller, rate: policy.rate ?? usualRate });
}

/** @throws {AppError} `unauthenticated`, `account_required`, `not_found` */
function assertMayCall(auth: RoutePolicy["auth"], principal: Principal | undefined): void {
  if (auth === "none") return;
  if (!principal) throw new AppError("unauthenticated");
  if (auth === "session" && principal.visitor) throw new AppError("account_required");
  if (auth === "operator" && !principal.operator) throw new AppError("not_found");
}

async function readInput(
  policy: RoutePolicy,
  request: Request,
  { context, name, who }: { context: RouteContext; name: string; who: string },
) {
  const params = policy.params?.safeParse(await context.params);
  // A malformed id names nothing: the same answer as for an unknown one.
  if (params && !params.success) throw new AppError("not_found");
  const search = Object.fromEntries(new URL(request.url).searchParams);
  return {
    params: params?.data,
    query: policy.query?.parse(search),
    body: policy.body?.parse(await readBody(policy, request, { name, who })),
  };
}

function readBody(
  { longBody }: RoutePolicy,
  request: Request,
  caller: { name: string; who: string },
): Promise<unknown> {
  if (!longBody) return readJson(request);
  const { maxBytes, inAll } = longBody;
  return readJson(request, maxBytes, (bytes) => countBytes({ ...caller, rate: inAll }, bytes));
}

/** Language for messages: the person's choice, else what the browser prefers, else Korean. */
function requestLocale(request: Request): "ko" | "en" {
  const chosen = /(?:^|;\s*)NEXT_LOCALE=(ko|en)/.exec(request.headers.get("cookie") ?? "")?.[1];
  if (chosen) return chosen === "en" ? "en" : "ko";
  const accepted = request.headers.get("accept-language") ?? "";
  return /^\s*en\b/i.test(accepted) ? "en" : "ko";
}

/** A JSON answer that no cache keeps. */
export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}
