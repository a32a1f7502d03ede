"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { cn } from "@/components/ui/cn";

interface OutsideLinkProps {
  href: string;
  /** As a button, or within a list. */
  look?: "button" | "text";
  className?: string;
  children: ReactNode;
}

/** Leads to the payment company's page in a new tab, which learns nothing of this one. */
export function OutsideLink({ href, look = "button", className, children }: OutsideLinkProps) {
  const t = useTranslations("topups.order");
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={cn(
        look === "button"
          ? buttonStyle()
          : "inline-flex items-center gap-1 rounded-base font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-accent [&_svg]:size-3.5",
        className,
      )}
    >
      {children}
      <ExternalLink aria-hidden="true" />
      <span className="sr-only">({t("newTab")})</span>
    </a>
  );
}
