"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "@/components/ui/button";
import type { ButtonStyle } from "@/components/ui/button-style";

interface SubmitButtonProps extends ButtonStyle {
  /** Which way of submitting this is, where a form has several: sent as `provider`. */
  provider?: string;
  children: ReactNode;
}

/** Submits its form, and shows that it is the one that was pressed. */
export function SubmitButton({
  provider,
  variant = "primary",
  size = "lg",
  children,
}: SubmitButtonProps) {
  const { pending, data } = useFormStatus();
  const pressed = pending && (data.get("provider") ?? undefined) === provider;
  return (
    <Button
      type="submit"
      variant={variant}
      size={size}
      pending={pressed}
      disabled={pending && !pressed}
      {...(provider && { name: "provider", value: provider })}
    >
      {children}
    </Button>
  );
}
