"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { TextLink } from "@/components/ui/link";

interface GoOnProps {
  /** Path of this site. */
  to: string;
  /** What the link says that browsers without JavaScript see for a moment. */
  label: string;
}

/**
 * Goes on to another page. `redirect()` of a page that isn't prerendered comes after the answer
 * has begun, and leaves browsers without JavaScript with an empty page.
 */
export function GoOn({ to, label }: GoOnProps) {
  const router = useRouter();
  useEffect(() => router.replace(to), [router, to]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`0;url=${to}`} />
      <p className="p-6">
        <TextLink href={to}>{label}</TextLink>
      </p>
    </noscript>
  );
}
