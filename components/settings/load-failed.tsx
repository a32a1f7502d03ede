"use client";

import { Panel } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import type { ApiError } from "@/lib/client/api";

interface LoadFailedProps {
  error: ApiError;
  title: string;
  onRetry: () => void;
}

/** A page of the settings that couldn't be read. */
export function LoadFailed(props: LoadFailedProps) {
  return (
    <Panel>
      <RequestError {...props} />
    </Panel>
  );
}
