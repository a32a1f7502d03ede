import type { Locale } from "./routing";

/** One file per area under `messages/<locale>/`; its name is the namespace. */
export async function loadMessages(locale: Locale) {
  const [
    admin,
    auth,
    common,
    credits,
    errors,
    mail,
    marketing,
    notices,
    receipt,
    settings,
    studio,
    topups,
    trial,
  ] = await Promise.all([
    import(`../messages/${locale}/admin.json`),
    import(`../messages/${locale}/auth.json`),
    import(`../messages/${locale}/common.json`),
    import(`../messages/${locale}/credits.json`),
    import(`../messages/${locale}/errors.json`),
    import(`../messages/${locale}/mail.json`),
    import(`../messages/${locale}/marketing.json`),
    import(`../messages/${locale}/notices.json`),
    import(`../messages/${locale}/receipt.json`),
    import(`../messages/${locale}/settings.json`),
    import(`../messages/${locale}/studio.json`),
    import(`../messages/${locale}/topups.json`),
    import(`../messages/${locale}/trial.json`),
  ]);
  return {
    admin: admin.default,
    auth: auth.default,
    common: common.default,
    credits: credits.default,
    errors: errors.default,
    mail: mail.default,
    marketing: marketing.default,
    notices: notices.default,
    receipt: receipt.default,
    settings: settings.default,
    studio: studio.default,
    topups: topups.default,
    trial: trial.default,
  };
}
