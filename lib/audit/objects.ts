import "server-only";

/**
 * Whose object an id names, and who has had it open: for telling a wrong id from somebody else's,
 * and that from what is no longer shared.
 */
export { hasOpened, ownerOfObject } from "./object-repo";
