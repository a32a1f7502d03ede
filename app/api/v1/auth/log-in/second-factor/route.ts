import { answerChallenge } from "@/lib/auth";
import { secondFactorInput } from "@/lib/auth/schema";
import { json, route } from "@/lib/http/route";

export const POST = route({ auth: "none", body: secondFactorInput }, async ({ body }) => {
  const { next } = await answerChallenge(body);
  return json({ next });
});
