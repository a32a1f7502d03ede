import type { ProviderId } from "../schema";

/** As people call them, in both languages. */
export const providerNames: Record<ProviderId, { ko: string; en: string }> = {
  google: { ko: "구글", en: "Google" },
  kakao: { ko: "카카오", en: "Kakao" },
  naver: { ko: "네이버", en: "Naver" },
};

export function providerName(provider: ProviderId, locale: "ko" | "en"): string {
  return providerNames[provider][locale];
}
