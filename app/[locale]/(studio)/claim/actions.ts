"use server";

import { keepTrialApart } from "@/lib/trial/browser";

/** The person said no: not to be asked again by itself. */
export async function keepApartAction(): Promise<void> {
  await keepTrialApart();
}
