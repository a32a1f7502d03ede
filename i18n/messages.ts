import type { Locale } from "./routing";

/** One file per area under `messages/<locale>/`; its name is the namespace. */
export async function loadMessages(locale: Locale) {
  const [auth, common, errors, mail, marketing, settings, studio] = await Promise.all([
    import(`../messages/${locale}/auth.json`),
    import(`../messages/${locale}/common.json`),
    import(`../messages/${locale}/errors.json`),
    import(`../messages/${locale}/mail.json`),
    import(`../messages/${locale}/marketing.json`),
    import(`../messages/${locale}/settings.json`),
    import(`../messages/${locale}/studio.json`),
  ]);
  return {
    auth: auth.default,
    common: common.default,
    errors: errors.default,
    mail: mail.default,
    marketing: marketing.default,
    settings: settings.default,
    studio: studio.default,
  };
}
