import "server-only";

/** Whose object an id names: for telling a wrong id from somebody else's. */
export { ownerOfObject } from "./object-repo";
