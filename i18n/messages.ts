import type { Locale } from "./routing";

/** One file per area under `messages/<locale>/`; its name is the namespace. */
export async function loadMessages(locale: Locale) {
  const [auth, common, errors, marketing, studio] = await Promise.all([
    import(`../messages/${locale}/auth.json`),
    import(`../messages/${locale}/common.json`),
    import(`../messages/${locale}/errors.json`),
    import(`../messages/${locale}/marketing.json`),
    import(`../messages/${locale}/studio.json`),
  ]);
  return {
    auth: auth.default,
    common: common.default,
    errors: errors.default,
    marketing: marketing.default,
    studio: studio.default,
  };
}
