import type { TranscriptView } from "@/lib/transcripts/schema";
import { api } from "./api";

/** Brings a text for a video; its bytes go as they are, as its encoding is found out there. */
export async function importTranscript(videoId: string, file: File): Promise<TranscriptView> {
  const query = new URLSearchParams({ fileName: file.name });
  const { transcript } = await api<{ transcript: TranscriptView }>(
    `/api/v1/videos/${encodeURIComponent(videoId)}/transcripts?${query}`,
    { body: file },
  );
  return transcript;
}
