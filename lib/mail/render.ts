import "server-only";
import { createTranslator } from "use-intl/core";
import { loadMessages } from "@/i18n/messages";
import { timeZone } from "@/i18n/routing";
import type { Locale } from "@/lib/accounts/schema";
import { tokenLifeMs } from "@/lib/auth/policy";
import { providerIds } from "@/lib/auth/schema";
import { routes } from "@/lib/client/routes";
import { pageUrl } from "./address";
import { asHtml, asText, type MailParts } from "./layout";
import type { MailKind, RenderedMail } from "./schema";
import { cleanValue, spokenMoment } from "./values";

type Values = Record<string, string | number>;

/** Where the button leads in mails that bring no link of their own; others have none. */
const pages: Partial<Record<MailKind, string>> = {
  "sign-up-taken": routes.login(),
  "password-changed": routes.reset(),
  "email-change-asked": routes.settingsSecurity(),
  "email-changed": routes.settingsSecurity(),
  "identity-linked": routes.settingsSecurity(),
  "identity-unlinked": routes.settingsSecurity(),
  "second-factor-on": routes.settingsSecurity(),
  "second-factor-off": routes.settingsSecurity(),
  "recovery-code-used": routes.settingsSecurity(),
  "recovery-codes-renewed": routes.settingsSecurity(),
  "new-device": routes.settingsSessions(),
  "log-in-after-failures": routes.settingsSessions(),
  "log-in-locked": routes.reset(),
  "second-factor-locked": routes.reset(),
  "session-reused": routes.settingsSessions(),
  "session-refused": routes.settingsSessions(),
  "deletion-asked": routes.login(),
  "deletion-cancelled": routes.settingsSecurity(),
};

/** How long the links are good for, as the texts say it. */
const linkLives = {
  signUpHours: tokenLifeMs.sign_up / 3_600_000,
  emailChangeHours: tokenLifeMs.email_change / 3_600_000,
  resetMinutes: tokenLifeMs.password_reset / 60_000,
};

/**
 * A mail's subject, text and HTML in the reader's language. Needs no request, so that the worker
 * can do it.
 * @throws when a text or a value is missing, or a link leads out of the product.
 */
export async function renderMail(mail: {
  kind: MailKind;
  locale: Locale;
  values: Values;
}): Promise<RenderedMail> {
  const { kind, locale } = mail;
  const t = await mailTexts(locale);
  const values = { ...linkLives, ...shownValues(mail.values, locale, t) };
  const say = (key: string) => t(`kinds.${kind}.${key}`, values);
  const path = mail.values.link ?? pages[kind];
  const parts: MailParts = {
    locale,
    brand: t("layout.brand"),
    heading: say("heading"),
    paragraphs: say("body").split("\n\n"),
    button:
      path === undefined
        ? undefined
        : { label: say("button"), url: pageUrl(String(path)), fallback: t("layout.fallback") },
    aside: say("aside"),
    footer: t("layout.footer"),
    home: pageUrl(routes.home()),
  };
  const subject = cleanValue(say("subject"));
  return { subject, text: asText(parts), html: asHtml({ ...parts, subject }) };
}

type Texts = (key: string, values?: Values) => string;

const loaded = new Map<Locale, Promise<Texts>>();

function mailTexts(locale: Locale): Promise<Texts> {
  const texts = loaded.get(locale) ?? loadTexts(locale);
  loaded.set(locale, texts);
  return texts;
}

/** Throws on a missing text instead of sending its key to somebody. */
async function loadTexts(locale: Locale): Promise<Texts> {
  const { mail } = await loadMessages(locale);
  return createTranslator({
    locale,
    messages: mail as Record<string, string>,
    timeZone,
    onError: (error) => {
      throw error;
    },
  });
}

/** The values as a person reads them. */
function shownValues(values: Values, locale: Locale, t: Texts): Values {
  const isProvider = (id: string) => providerIds.some((known) => known === id);
  const shown = (name: string, value: string): string => {
    const text = cleanValue(value);
    if (name === "at" || name === "until") return spokenMoment(text, locale, timeZone);
    if (name === "provider" && isProvider(text)) return t(`providers.${text}`);
    return text || t("layout.unknown");
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? shown(name, value) : value,
    ]),
  );
}
