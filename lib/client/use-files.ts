"use client";

import useSWR, { mutate } from "swr";
import type { ArchiveCheck, ExportCheck } from "@/lib/tracks/export-schema";
import type { ImportPreview, ImportResult } from "@/lib/tracks/import-schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

/** Files are asked for by more than an address: a revision, or the bytes of one brought. */
const { fetcher: _byAddress, ...retries } = swrOptions;

const trackPath = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}`;
const videoPath = (videoId: string) => `/api/v1/videos/${encodeURIComponent(videoId)}`;

/** Addresses of a file and of what is known of it beforehand. */
export interface FileAddress {
  href: string;
  check: string;
}

/** One language as one file; `query` as `exportQuery` has it. */
export function trackFile(trackId: string, query: Record<string, string>): FileAddress {
  const search = new URLSearchParams(query);
  const path = `${trackPath(trackId)}/export`;
  return { href: `${path}?${search}`, check: `${path}/check?${search}` };
}

/** Languages of a video in an archive; `query` as `archiveQuery` has it. */
export function videoArchive(videoId: string, query: Record<string, string>): FileAddress {
  const search = new URLSearchParams(query);
  const path = `${videoPath(videoId)}/export.zip`;
  return { href: `${path}?${search}`, check: `${path}/check?${search}` };
}

/**
 * What a file will be. Asked again when the track comes to another revision; while it is asked the
 * answer before stays, unless that was about another file.
 */
export function useFileCheck(address: string | null, revision: number) {
  const {
    data,
    error,
    isValidating,
    mutate: again,
  } = useSWR<FileAnswer, ApiError, [string, number] | null>(
    address === null ? null : [address, revision],
    async ([path]: [string, number]) => ({ path, ...(await api<Omit<FileAnswer, "path">>(path)) }),
    { ...retries, keepPreviousData: true, revalidateOnFocus: false },
  );
  const check = data?.path === address ? data?.check : undefined;
  return { check, error, checking: isValidating, retry: () => void again() };
}

interface FileAnswer {
  path: string;
  check: ExportCheck | ArchiveCheck;
}

/** How a file is to be read, and where it goes: into a track, or beside it as a new language. */
export type ImportTarget = (
  | { kind: "replace"; trackId: string }
  | { kind: "add"; videoId: string; language: string }
) & { fileLanguage?: string };

function importPath(target: ImportTarget, file: File, more: Record<string, string>): string {
  const query = new URLSearchParams({ fileName: file.name, ...more });
  if (target.fileLanguage !== undefined) query.set("fileLanguage", target.fileLanguage);
  if (target.kind === "replace") return `${trackPath(target.trackId)}/import?${query}`;
  query.set("language", target.language);
  return `${videoPath(target.videoId)}/tracks?${query}`;
}

/** What a file holds and would change; null: no file yet. */
export function useImportPreview(file: File | null, target: ImportTarget) {
  const {
    data,
    error,
    isLoading,
    mutate: again,
  } = useSWR<{ preview: ImportPreview }, ApiError, [string, number, number] | null>(
    file && [importPath(target, file, { preview: "1" }), file.size, file.lastModified],
    ([path]: [string, number, number]) => api(path, { body: file }),
    { ...retries, revalidateOnFocus: false },
  );
  return { preview: data?.preview, error, reading: isLoading, again: () => void again() };
}

/** Takes the file. `baseRevision`: the revision that was compared. */
export async function importFile(
  file: File,
  target: ImportTarget,
  baseRevision: number | null,
): Promise<ImportResult> {
  const more = baseRevision === null ? {} : { baseRevision: String(baseRevision) };
  const { imported } = await api<{ imported: ImportResult }>(importPath(target, file, more), {
    body: file,
  });
  if (target.kind === "add") await mutate(videoPath(target.videoId));
  return imported;
}
