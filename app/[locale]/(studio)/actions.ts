"use server";

import { redirect } from "next/navigation";
import { logOut } from "@/lib/auth";
import { routes } from "@/lib/client/routes";

export async function logOutAction(): Promise<void> {
  await logOut();
  redirect(routes.home());
}
