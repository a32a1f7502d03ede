/** The filled-in parts of a route's path, by name. */
export type PathParams = Record<string, string | string[] | undefined>;

/**
 * Method and path of a request, with a star for each part that was filled in: one name a route,
 * however its parts are written, so that calls are counted together and nothing that a caller
 * chose gets into a record.
 */
export function routeName(request: Request, params: PathParams | undefined): string {
  const filled = new Set(Object.values(params ?? {}).flat());
  const { pathname } = new URL(request.url);
  const parts = pathname
    .split("/")
    .map((part) => (filled.has(part) || filled.has(decoded(part)) ? "*" : part));
  return `${request.method} ${parts.join("/")}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
