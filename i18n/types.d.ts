import type admin from "../messages/ko/admin.json";
import type auth from "../messages/ko/auth.json";
import type common from "../messages/ko/common.json";
import type credits from "../messages/ko/credits.json";
import type editor from "../messages/ko/editor.json";
import type errors from "../messages/ko/errors.json";
import type files from "../messages/ko/files.json";
import type glossary from "../messages/ko/glossary.json";
import type help from "../messages/ko/help.json";
import type mail from "../messages/ko/mail.json";
import type marketing from "../messages/ko/marketing.json";
import type notes from "../messages/ko/notes.json";
import type notices from "../messages/ko/notices.json";
import type options from "../messages/ko/options.json";
import type profiles from "../messages/ko/profiles.json";
import type quality from "../messages/ko/quality.json";
import type receipt from "../messages/ko/receipt.json";
import type renders from "../messages/ko/renders.json";
import type report from "../messages/ko/report.json";
import type settings from "../messages/ko/settings.json";
import type sharing from "../messages/ko/sharing.json";
import type sidebyside from "../messages/ko/sidebyside.json";
import type speakers from "../messages/ko/speakers.json";
import type studio from "../messages/ko/studio.json";
import type style from "../messages/ko/style.json";
import type timeline from "../messages/ko/timeline.json";
import type topups from "../messages/ko/topups.json";
import type tour from "../messages/ko/tour.json";
import type transcript from "../messages/ko/transcript.json";
import type trial from "../messages/ko/trial.json";
import type versions from "../messages/ko/versions.json";
import type { Locale } from "./routing";

/** Lets the compiler refuse a text that doesn't exist. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: {
      admin: typeof admin;
      auth: typeof auth;
      common: typeof common;
      credits: typeof credits;
      editor: typeof editor;
      errors: typeof errors;
      files: typeof files;
      glossary: typeof glossary;
      help: typeof help;
      mail: typeof mail;
      marketing: typeof marketing;
      notes: typeof notes;
      notices: typeof notices;
      options: typeof options;
      profiles: typeof profiles;
      quality: typeof quality;
      receipt: typeof receipt;
      renders: typeof renders;
      report: typeof report;
      settings: typeof settings;
      sharing: typeof sharing;
      sidebyside: typeof sidebyside;
      speakers: typeof speakers;
      studio: typeof studio;
      style: typeof style;
      timeline: typeof timeline;
      topups: typeof topups;
      tour: typeof tour;
      transcript: typeof transcript;
      trial: typeof trial;
      versions: typeof versions;
    };
  }
}
