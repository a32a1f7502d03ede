"use client";

import { CircleAlert, FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { Spinner } from "./spinner";

interface FileDropProps {
  /** As the attribute of a file field has it: ".srt,.vtt,text/plain". */
  accept: string;
  /** `field` names the file field, `formats` says what may be chosen. */
  words: { field: string; drop: string; dropNow: string; choose: string; formats: string };
  /** What is being done with a file; null: one can be taken. */
  pending?: string | null;
  /** Why the last file wasn't taken. */
  problem: string | null;
  onFile: (file: File) => void;
}

/** Takes one file: dropped here, or chosen. */
export function FileDrop({ accept, words, pending = null, problem, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div className="flex flex-col gap-2 pt-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex min-h-44 flex-col items-center justify-center gap-3 rounded-base border border-dashed p-6 text-center",
          over ? "border-accent bg-accent-soft" : "border-line-strong bg-sunken",
        )}
      >
        {pending !== null ? (
          <p role="status" className="flex items-center gap-2 text-ink-muted">
            <Spinner />
            {pending}
          </p>
        ) : (
          <>
            <FileUp aria-hidden="true" strokeWidth={1.5} className="size-7 text-ink-faint" />
            <p className="font-medium pointer-coarse:hidden">{over ? words.dropNow : words.drop}</p>
            <Button onClick={() => input.current?.click()}>{words.choose}</Button>
            <p className="text-ink-muted text-sm">{words.formats}</p>
          </>
        )}
      </div>
      {problem ? (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {problem}
        </p>
      ) : null}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={words.field}
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </div>
  );
}
