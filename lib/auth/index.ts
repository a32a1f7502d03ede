import "server-only";

export { currentPrincipal, currentUser, logIn, logOut, type Principal, signUp } from "./service";
