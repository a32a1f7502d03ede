/**
 * Every page's address. Next's typed routes know only the folder `[locale]`, which no address
 * shows; a test holds each of these against the page files instead.
 */
export const routes = {
  home: () => "/",
  login: (next?: string) => withNext("/login", next),
  /** The code that a log-in or a re-authentication waits for. */
  loginCode: (next?: string) => withNext("/login/code", next),
  signUp: (next?: string) => withNext("/sign-up", next),
  /** Leads on from a mail, with its token. */
  signUpConfirm: (token?: string) => withToken("/sign-up/confirm", token),
  /** What an identity provider didn't tell. */
  signUpFinish: () => "/sign-up/finish",
  reset: () => "/reset",
  resetConfirm: (token?: string) => withToken("/reset/confirm", token),
  emailConfirm: (token?: string) => withToken("/email/confirm", token),
  videos: () => "/videos",
  /** `at` opens it with one of its tracks, at one of its cues or at a time in ms. */
  video: (videoId: string, at?: { track?: string; cue?: string | undefined; ms?: number }) =>
    withQuery(
      `/videos/${encodeURIComponent(videoId)}`,
      at && { track: at.track, cue: at.cue, ms: at.ms?.toFixed() },
    ),
  /** What a link opens for whoever has its secret. */
  shared: (token: string) => `/shared/${encodeURIComponent(token)}`,
  upload: () => "/upload",
  jobs: () => "/jobs",
  job: (jobId: string) => `/jobs/${encodeURIComponent(jobId)}`,
  receipt: (jobId: string) => `/jobs/${encodeURIComponent(jobId)}/receipt`,
  /** How good a track is; `version` is the number of an earlier one. */
  report: (trackId: string, version?: number) =>
    withQuery(
      `/tracks/${encodeURIComponent(trackId)}/report`,
      version === undefined ? undefined : { version: String(version) },
    ),
  credits: () => "/credits",
  topUp: () => "/credits/top-up",
  /** Where the payment window sends people. */
  topUpDone: () => "/credits/top-up/done",
  topUpFailed: () => "/credits/top-up/failed",
  orders: () => "/credits/orders",
  order: (orderId: string) => `/credits/orders/${encodeURIComponent(orderId)}`,
  creditHistory: () => "/credits/history",
  creditStatistics: () => "/credits/statistics",
  notices: () => "/notices",
  /** For operators. */
  findings: () => "/admin/findings",
  /** How everything is done. */
  help: () => "/help",
  /** What a visitor without an account starts with. */
  trial: () => "/try",
  /** Moves what was tried into the account. */
  claim: (next?: string) => withNext("/claim", next),
  settings: () => "/settings",
  settingsSecurity: () => "/settings/security",
  settingsSessions: () => "/settings/sessions",
  settingsGlossary: () => "/settings/glossary",
  settingsProfiles: () => "/settings/profiles",
  settingsAccount: () => "/settings/account",
  /** Stands in for a mail server; `mailId` is the mail to show. */
  outbox: (mailId?: string) => (mailId ? `/outbox?mail=${encodeURIComponent(mailId)}` : "/outbox"),
} as const;

function withNext(path: string, next: string | undefined): string {
  return next ? `${path}?next=${encodeURIComponent(next)}` : path;
}

function withQuery(
  path: string,
  query: Record<string, string | undefined> | undefined = {},
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Buying what is lacking: `need` credits, for what is on the page `back`. */
export function topUpFor(need: number, back: string): string {
  return `${routes.topUp()}?${new URLSearchParams({ need: String(need), back })}`;
}

function withToken(path: string, token: string | undefined): string {
  return token ? `${path}?token=${encodeURIComponent(token)}` : path;
}

/** The first parts of the studio's addresses: everything that needs a log-in. */
const studioParts: readonly string[] = [
  "videos",
  "upload",
  "jobs",
  "tracks",
  "credits",
  "notices",
  "claim",
  "admin",
  "settings",
];

/** True for a page behind the log-in; a test holds this against the studio's page files. */
export function isStudioPath(pathname: string): boolean {
  return studioParts.includes(pathname.split("/")[1] ?? "");
}

/**
 * Where to go after signing in: `value` when it is a path of this site, else `fallback`.
 * `//evil.example`, `/\evil.example`, `/\tevil` and addresses with a scheme leave the site in some
 * browsers, so the answer is rebuilt from a parsed address and never the text as given.
 */
export function safeNextPath(value: unknown, fallback: string = routes.videos()): string {
  if (typeof value !== "string" || !value.startsWith("/")) return fallback;
  const base = "http://self.invalid";
  if (!URL.canParse(value, base)) return fallback;
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
