"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { TextLink } from "@/components/ui/link";
import { routes } from "@/lib/client/routes";

interface SwitchLinkProps {
  to: "login" | "signUp";
  children: ReactNode;
}

/** From one account form to the other, keeping where to go afterwards. */
export function SwitchLink({ to, children }: SwitchLinkProps) {
  const plain = <TextLink href={routes[to]()}>{children}</TextLink>;
  return (
    <Suspense fallback={plain}>
      <WithNext to={to}>{children}</WithNext>
    </Suspense>
  );
}

function WithNext({ to, children }: SwitchLinkProps) {
  const next = useSearchParams().get("next") ?? undefined;
  return <TextLink href={routes[to](next)}>{children}</TextLink>;
}
