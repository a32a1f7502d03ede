import type { PresentPerson } from "@/lib/tracks/sync-schema";

/** Somebody, however many tabs they have open. */
export interface Face {
  id: string;
  name: string;
  writing: boolean;
}

/** One face a person, in the order of their names; writing in one tab is writing. */
export function facesOf(people: readonly PresentPerson[]): Face[] {
  const faces = new Map<string, Face>();
  for (const { id, name, writing } of people) {
    const known = faces.get(id);
    faces.set(id, { id, name, writing: writing || (known?.writing ?? false) });
  }
  return [...faces.values()].sort((a, b) => a.name.localeCompare(b.name));
}
