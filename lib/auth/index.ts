import "server-only";

export {
  answerChallenge,
  confirmSignUp,
  finishProviderSignUp,
  logIn,
  logOut,
  pendingChallenge,
  pendingProviderSignUp,
  pendingSignUp,
  reauthenticate,
  resendSignUp,
  signUp,
} from "./browser";
export { confirmEmailChange, pendingEmailChange } from "./browser-email";
export { pendingPasswordReset, requestPasswordReset, resetPassword } from "./browser-reset";
export type { Principal } from "./principal";
export { currentAccount, currentPrincipal, currentUser, renewedPrincipal } from "./principal";
export { startProvider } from "./provider-flow";
export { configuredProviders } from "./providers/catalog";
