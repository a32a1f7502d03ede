"use client";

import { api } from "./api";

/** Largest file of text that is taken, in bytes. */
export const maxTranscriptBytes = 5 * 1024 ** 2;

/** One line or cue of a text that a person has. */
export interface TranscriptLineView {
  text: string;
  /** Of subtitles: when the file shows it, in ms. */
  startMs?: number;
  endMs?: number;
  speaker?: string;
}

/** A text that was read, and what about it needs a look. */
export interface TranscriptView {
  id: string;
  fileName: string;
  format: "txt" | "srt" | "vtt" | "ass";
  lines: TranscriptLineView[];
  /** In the file, from 1; 0: about the whole file. */
  warnings: { line: number; message: string }[];
}

/** Brings a text for a video; its bytes go as they are, as its encoding is found out there. */
export const importTranscript = (videoId: string, file: File): Promise<TranscriptView> =>
  api<{ transcript: TranscriptView }>(
    `/api/v1/videos/${encodeURIComponent(videoId)}/transcripts?${new URLSearchParams({ fileName: file.name })}`,
    { body: file },
  ).then(({ transcript }) => transcript);
