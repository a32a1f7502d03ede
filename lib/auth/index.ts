import "server-only";

export type { Principal } from "./live-session";
export { currentPrincipal, currentUser, logIn, logOut, signUp } from "./service";
