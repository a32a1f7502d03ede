"use client";

import NextLink from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import { Suspense } from "react";
import { routes } from "@/lib/client/routes";

const places = ["videos", "jobs"] as const;

interface StudioNavProps {
  label: string;
  labels: Record<(typeof places)[number], string>;
}

/**
 * Where one can go in the studio, the current place marked. On a page of one video or job the
 * address isn't known while prerendering: there the mark follows with the request.
 */
export function StudioNav(props: StudioNavProps) {
  return (
    <Suspense fallback={<NavLinks {...props} current={null} />}>
      <MarkedLinks {...props} />
    </Suspense>
  );
}

/** By segment, as `usePathname` shows the hidden locale while prerendering and not afterwards. */
function MarkedLinks(props: StudioNavProps) {
  return <NavLinks {...props} current={useSelectedLayoutSegment()} />;
}

function NavLinks({ label, labels, current }: StudioNavProps & { current: string | null }) {
  return (
    <nav aria-label={label} className="flex h-full items-stretch sm:gap-1">
      {places.map((place) => (
        <NextLink
          key={place}
          href={routes[place]()}
          aria-current={current === place ? "page" : undefined}
          className="relative inline-flex min-w-11 items-center justify-center whitespace-nowrap px-2 font-medium text-ink-muted sm:px-2.5 transition-colors hover:text-ink aria-[current]:text-ink aria-[current]:after:absolute aria-[current]:after:inset-x-2 sm:aria-[current]:after:inset-x-2.5 aria-[current]:after:-bottom-px aria-[current]:after:h-0.5 aria-[current]:after:bg-ink"
        >
          {labels[place]}
        </NextLink>
      ))}
    </nav>
  );
}
