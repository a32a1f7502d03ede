"use server";

import { logOut } from "@/lib/auth";

/** Where to go afterwards is the page's: it has to forget what it holds. */
export async function logOutAction(): Promise<void> {
  await logOut();
}
