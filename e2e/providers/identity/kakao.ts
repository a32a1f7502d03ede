import { type Grant, givenEmail, lifetimeSeconds, type Provider } from "./provider";

/** OAuth 2.0 as Kakao speaks it; its numbers of errors are those of its documentation. */
export const kakaoProvider: Provider = {
  name: "kakao",
  title: "Kakao",
  paths: { authorize: "/oauth/authorize", token: "/oauth/token", profile: "/v2/user/me" },
  clientAuth: ["post"],
  asksAgain: (params) => params.get("prompt") === "login",
  checkAuthorize: () => undefined,
  tokenAnswer: async (grant, accessToken) => ({
    status: 200,
    body: {
      access_token: accessToken,
      token_type: "bearer",
      refresh_token: `refresh-${accessToken}`,
      expires_in: lifetimeSeconds(grant),
      scope: "account_email profile_image profile_nickname",
      refresh_token_expires_in: 5_183_999,
    },
  }),
  tokenError: (error, text) => ({
    status: error === "invalid_client" ? 401 : 400,
    body: {
      error,
      error_description: text,
      error_code: { invalid_client: "KOE010", invalid_grant: "KOE320", invalid_request: "KOE303" }[
        error
      ],
    },
  }),
  profileAnswer: (grant) => ({
    status: 200,
    body: {
      id: Number(grant.person.subject),
      connected_at: new Date().toISOString(),
      properties: { nickname: grant.person.name },
      kakao_account: kakaoAccount(grant),
    },
  }),
  profileError: { status: 401, body: { msg: "this access token does not exist", code: -401 } },
  documents: {},
};

function kakaoAccount(grant: Grant) {
  const { person, fault } = grant;
  const email = givenEmail(grant);
  const picture = "http://k.kakaocdn.invalid/stand-in.jpg";
  return {
    profile_nickname_needs_agreement: false,
    profile_image_needs_agreement: false,
    profile: {
      nickname: person.name,
      thumbnail_image_url: picture,
      profile_image_url: picture,
      is_default_image: false,
      is_default_nickname: false,
    },
    has_email: email !== undefined,
    email_needs_agreement: email === undefined,
    ...(email !== undefined && {
      is_email_valid: person.emailValid,
      is_email_verified: person.emailVerified && fault !== "unverified_email",
      email,
    }),
  };
}
