const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Where each of a track's cues stands; worked out once for each list of ids. */
export function placesOf(ids: readonly string[]): ReadonlyMap<string, number> {
  const known = places.get(ids);
  if (known) return known;
  const made = new Map(ids.map((id, index) => [id, index]));
  places.set(ids, made);
  return made;
}
