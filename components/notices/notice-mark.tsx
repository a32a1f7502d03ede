import {
  CircleCheck,
  CircleDollarSign,
  Coins,
  Film,
  Hourglass,
  type LucideIcon,
  ReceiptText,
  SpellCheck,
  TriangleAlert,
  UserPlus,
  Users,
} from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { NoticeKind } from "@/lib/notices/schema";

const marks: Record<NoticeKind, { icon: LucideIcon; style: string }> = {
  "credits-low": { icon: Coins, style: "text-warning" },
  "top-up-done": { icon: CircleDollarSign, style: "text-success" },
  "credits-expiring": { icon: Hourglass, style: "text-warning" },
  "refund-done": { icon: ReceiptText, style: "text-success" },
  "top-up-ended": { icon: TriangleAlert, style: "text-warning" },
  "refund-rejected": { icon: TriangleAlert, style: "text-danger" },
  "job-unaffordable": { icon: Coins, style: "text-danger" },
  "job-completed": { icon: CircleCheck, style: "text-success" },
  "job-partly-completed": { icon: TriangleAlert, style: "text-warning" },
  "job-failed": { icon: TriangleAlert, style: "text-danger" },
  "video-expiring": { icon: Hourglass, style: "text-warning" },
  "video-shared": { icon: Users, style: "text-accent" },
  "share-joined": { icon: UserPlus, style: "text-accent" },
  "track-reviewed": { icon: SpellCheck, style: "text-accent" },
  "render-completed": { icon: Film, style: "text-success" },
  "render-failed": { icon: TriangleAlert, style: "text-danger" },
  "money-finding": { icon: TriangleAlert, style: "text-danger" },
};

/** The sign of a kind of notice; its text says the same. */
export function NoticeMark({ kind, className }: { kind: NoticeKind; className?: string }) {
  const { icon: Icon, style } = marks[kind];
  return <Icon aria-hidden="true" className={cn("size-4 shrink-0", style, className)} />;
}
