"use client";

import NextLink from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import { routes } from "@/lib/client/routes";

const places = {
  videos: routes.videos(),
  jobs: routes.jobs(),
} as const;

/**
 * Where one can go in the studio. The layout's own segment tells the current place: the address
 * (`usePathname`) carries the hidden locale while prerendering and would not match in the browser.
 */
export function StudioNav({
  label,
  labels,
}: {
  label: string;
  labels: Record<keyof typeof places, string>;
}) {
  const segment = useSelectedLayoutSegment();
  return (
    <nav aria-label={label} className="flex h-full items-stretch gap-1">
      {(["videos", "jobs"] as const).map((place) => (
        <NextLink
          key={place}
          href={places[place]}
          aria-current={segment === place ? "page" : undefined}
          className="relative inline-flex min-w-11 items-center justify-center px-2.5 font-medium text-ink-muted transition-colors hover:text-ink aria-[current]:text-ink aria-[current]:after:absolute aria-[current]:after:inset-x-2.5 aria-[current]:after:-bottom-px aria-[current]:after:h-0.5 aria-[current]:after:bg-ink"
        >
          {labels[place]}
        </NextLink>
      ))}
    </nav>
  );
}
