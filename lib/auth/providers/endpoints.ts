import type { ProviderId } from "../schema";

/** Where Google publishes the keys of its ID tokens, besides its discovery document. */
const googleKeys = "https://www.googleapis.com/oauth2/v3/certs";

interface OAuthEndpoints {
  issuer: string;
  authorization: string;
  token: string;
  userinfo: string;
}

export interface Endpoints {
  google: { issuer: string; keys: string };
  kakao: OAuthEndpoints;
  naver: OAuthEndpoints;
}

/**
 * The providers' addresses, or those of their stand-ins. `?scope` keeps the library from asking
 * for its own scopes: Kakao and Naver give what the product is registered for.
 * @param standIns IDENTITY_PROVIDERS_URL
 */
export function endpoints(standIns?: string): Endpoints {
  const root = standIns?.replace(/\/+$/, "");
  const google = root ? `${root}/google` : "https://accounts.google.com";
  const kakao = root ? `${root}/kakao` : "https://kauth.kakao.com";
  const naver = root ? `${root}/naver` : "https://nid.naver.com";
  return {
    google: { issuer: google, keys: root ? `${google}/jwks` : googleKeys },
    kakao: {
      issuer: kakao,
      authorization: `${kakao}/oauth/authorize?scope`,
      token: `${kakao}/oauth/token`,
      userinfo: `${root ? kakao : "https://kapi.kakao.com"}/v2/user/me`,
    },
    naver: {
      issuer: naver,
      authorization: `${naver}/oauth2.0/authorize?scope`,
      token: `${naver}/oauth2.0/token`,
      userinfo: `${root ? naver : "https://openapi.naver.com"}/v1/nid/me`,
    },
  };
}

/** What makes a provider ask for the password again, even with an open session of its own. */
export const askAgain: Record<ProviderId, Record<string, string>> = {
  google: { prompt: "login", max_age: "0" },
  kakao: { prompt: "login" },
  naver: { auth_type: "reauthenticate" },
};
