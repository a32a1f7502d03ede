import { givenEmail, lifetimeSeconds, type Provider } from "./provider";

/**
 * OAuth 2.0 as Naver speaks it: the secret among the parameters, times as text, refusals of the
 * token endpoint with status 200.
 */
export const naverProvider: Provider = {
  name: "naver",
  title: "Naver",
  paths: { authorize: "/oauth2.0/authorize", token: "/oauth2.0/token", profile: "/v1/nid/me" },
  clientAuth: ["post"],
  asksAgain: (params) => params.get("auth_type") === "reauthenticate",
  checkAuthorize: () => undefined,
  tokenAnswer: async (grant, accessToken) => ({
    status: 200,
    body: {
      access_token: accessToken,
      refresh_token: `refresh-${accessToken}`,
      token_type: "bearer",
      expires_in: String(lifetimeSeconds(grant)),
    },
  }),
  tokenError: (error, text) => ({ status: 200, body: { error, error_description: text } }),
  profileAnswer: (grant) => {
    const email = givenEmail(grant);
    return {
      status: 200,
      body: {
        resultcode: "00",
        message: "success",
        response: {
          id: grant.person.subject,
          nickname: grant.person.name,
          profile_image: "https://ssl.pstatic.invalid/stand-in.png",
          name: grant.person.name,
          ...(email !== undefined && { email }),
        },
      },
    };
  },
  profileError: { status: 401, body: { resultcode: "024", message: "Authentication failed" } },
  documents: {},
};
