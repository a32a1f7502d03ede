"use client";

import { CircleCheck, CircleDashed, CircleSlash, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Spinner } from "@/components/ui/spinner";
import type { JobStatus } from "@/lib/jobs/statuses";

const looks = {
  pending: { tone: "neutral", icon: CircleDashed },
  processing: { tone: "accent", icon: Spinner },
  completed: { tone: "success", icon: CircleCheck },
  failed: { tone: "danger", icon: TriangleAlert },
  cancelled: { tone: "neutral", icon: CircleSlash },
} as const;

/** Where a job stands, in a word with its sign. */
export function JobStatusBadge({ status }: { status: JobStatus }) {
  const t = useTranslations("studio.jobs.status");
  const { tone, icon: Icon } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {t(status)}
    </Badge>
  );
}
