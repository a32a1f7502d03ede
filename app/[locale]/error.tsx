"use client";

import type { ComponentProps } from "react";
import { PageError } from "@/components/ui/page-error";

export default function ErrorPage(props: ComponentProps<typeof PageError>) {
  return (
    <main>
      <PageError {...props} />
    </main>
  );
}
