import type { ReactNode } from "react";
import type { ProviderId } from "@/lib/auth/schema";

/** A provider's colours and shape, drawn simply; its name stands beside it. */
export function ProviderMark({ provider }: { provider: ProviderId }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" fill="none" className="size-5!">
      {marks[provider]}
    </svg>
  );
}

const marks: Record<ProviderId, ReactNode> = {
  google: (
    <g strokeWidth={3.4}>
      <path d="M15.52 5.83A6.9 6.9 0 0 0 4.03 6.55" stroke="#ea4335" />
      <path d="M4.03 6.55a6.9 6.9 0 0 0 0 6.9" stroke="#fbbc05" />
      <path d="M4.03 13.45a6.9 6.9 0 0 0 10.4 1.83" stroke="#34a853" />
      <path d="M14.43 15.28A6.9 6.9 0 0 0 16.9 10H10.2" stroke="#4285f4" />
    </g>
  ),
  kakao: (
    <>
      <rect width={20} height={20} rx={5} fill="#fee500" />
      <path
        d="M10 4.6c-3.4 0-6.1 2.1-6.1 4.75 0 1.7 1.12 3.2 2.82 4.05l-.6 2.2c-.06.2.17.37.35.25l2.65-1.75q.43.05.88.05c3.4 0 6.1-2.13 6.1-4.8S13.4 4.6 10 4.6Z"
        fill="#191919"
      />
    </>
  ),
  naver: (
    <>
      <rect width={20} height={20} rx={5} fill="#03c75a" />
      <path d="M5.6 5.2h3l3 4.4V5.2h2.8v9.6h-3l-3-4.4v4.4H5.6Z" fill="#fff" />
    </>
  ),
};
