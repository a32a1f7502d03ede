import type auth from "../messages/ko/auth.json";
import type common from "../messages/ko/common.json";
import type errors from "../messages/ko/errors.json";
import type mail from "../messages/ko/mail.json";
import type marketing from "../messages/ko/marketing.json";
import type settings from "../messages/ko/settings.json";
import type studio from "../messages/ko/studio.json";
import type { Locale } from "./routing";

/** Lets the compiler refuse a text that doesn't exist. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: {
      auth: typeof auth;
      common: typeof common;
      errors: typeof errors;
      mail: typeof mail;
      marketing: typeof marketing;
      settings: typeof settings;
      studio: typeof studio;
    };
  }
}
