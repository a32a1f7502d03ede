"use client";

import useSWR, { mutate as mutateAll } from "swr";
import useSWRInfinite, { unstable_serialize } from "swr/infinite";
import type {
  ChangeFindingInput,
  FindingDetail,
  FindingState,
  FindingView,
  RecheckView,
  ReconciliationRunView,
  ReconciliationView,
} from "@/lib/topups/findings-schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

const root = "/api/v1/admin/findings";
const runsKey = "/api/v1/admin/reconciliation";

export interface FindingPage {
  findings: FindingView[];
  counts: Record<FindingState, number>;
  nextCursor: string | null;
}

/** The address of a page of findings, from the page before it; null past the end. */
export function findingPageKey(
  state: FindingState,
  index: number,
  previous: FindingPage | null,
): string | null {
  if (index > 0 && !previous?.nextCursor) return null;
  const cursor = previous?.nextCursor ? `&cursor=${previous.nextCursor}` : "";
  return `${root}?state=${state}${cursor}`;
}

/** Findings in one state, the one seen last first. */
export function useFindings(state: FindingState) {
  const list = useSWRInfinite<FindingPage, ApiError>(
    (index, previous: FindingPage | null) => findingPageKey(state, index, previous),
    { ...swrOptions, keepPreviousData: true, revalidateAll: true },
  );
  const pages = list.data;
  return {
    findings: pages?.flatMap((page) => page.findings),
    counts: pages?.[0]?.counts,
    error: list.error,
    hasMore: pages?.at(-1)?.nextCursor != null,
    loadingMore: pages !== undefined && !list.error && list.size > pages.length,
    loadMore: () => void list.setSize((size) => size + 1),
    reload: () => list.mutate(),
  };
}

const findingKey = (findingId: string) => `${root}/${encodeURIComponent(findingId)}`;

/** A finding with the order behind it. */
export function useFinding(findingId: string) {
  const { data, error, mutate } = useSWR<FindingDetail, ApiError>(
    findingKey(findingId),
    swrOptions,
  );
  return { detail: data, error, reload: () => mutate() };
}

/** When what was compared, how it went, and what waits. */
export function useReconciliation() {
  const { data, error, mutate } = useSWR<ReconciliationView, ApiError>(runsKey, swrOptions);
  return { overview: data, error, reload: () => mutate() };
}

function reloadAll(): void {
  void mutateAll(runsKey);
  for (const state of ["open", "acknowledged", "fixed"] as const) {
    void mutateAll(unstable_serialize((index, previous) => findingPageKey(state, index, previous)));
  }
}

export async function changeFinding(findingId: string, change: ChangeFindingInput): Promise<void> {
  const path = findingKey(findingId);
  await api(path, { method: "PATCH", body: change });
  void mutateAll(path);
  reloadAll();
}

/** Asks the payment company about the order behind a finding, and compares again. */
export async function recheckFinding(findingId: string): Promise<RecheckView> {
  const path = findingKey(findingId);
  const answer = await api<RecheckView>(`${path}/recheck`, { body: {} });
  void mutateAll(path, { finding: answer.finding, order: answer.order }, { revalidate: false });
  reloadAll();
  return answer;
}

/** Lets the owner of the order behind a finding use their credits again. */
export async function releaseWallet(findingId: string): Promise<void> {
  const path = findingKey(findingId);
  const detail = await api<FindingDetail>(`${path}/wallet-release`, { body: {} });
  void mutateAll(path, detail, { revalidate: false });
  reloadAll();
}

/** Compares everything now; it may take a while. */
export async function runReconciliation(): Promise<ReconciliationRunView> {
  try {
    return (await api<{ run: ReconciliationRunView }>(runsKey, { body: {} })).run;
  } finally {
    reloadAll();
  }
}
