import { Skeleton } from "@/components/ui/skeleton";

/** The list of who speaks, on its way. */
export function SpeakerListSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-2 p-1">
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  );
}
