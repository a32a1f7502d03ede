"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { Button } from "@/components/ui/button";

/** A mail takes a moment to arrive; nobody should have to press for it. */
const everyMs = 5_000;

/** Loads the page's data again: when pressed, when looked at again, and every few seconds. */
export function RefreshButton({ label }: { label: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [router]);

  return (
    <Button pending={pending} onClick={() => startTransition(() => router.refresh())}>
      {pending ? null : <RefreshCw aria-hidden="true" />}
      {label}
    </Button>
  );
}
